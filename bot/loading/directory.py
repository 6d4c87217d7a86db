"""Who is @lin, and which channel is #equipment? Slack is asked, once per kind of question, and only if need be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

from handlers.reading import profile
from store.people import Profile

PERSON_ID = re.compile(r"[UW][A-Z0-9]{2,}")
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{2,}")
USERGROUP_ID = re.compile(r"S[A-Z0-9]{2,}")


class NotFound(Exception):
    """`str()` is the sentence that says what was not found, and what to do."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that Slack shows us. `is_member`: Baton is in it and may post."""

    id: str
    name: str
    is_member: bool
    is_archived: bool


@dataclass
class Directory:
    """The people, channels and user groups of the token's workspace."""

    client: WebClient
    _by_id: dict[str, Profile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Only questions are asked through this client: asking twice does no harm.
        self.client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=10), ConnectionErrorRetryHandler()]

    def person(self, text: str) -> Profile:
        """The person written as U…, @handle or e-mail address. Raises NotFound, and what the Slack client raises."""
        if PERSON_ID.fullmatch(text):
            found = self._person_by_id(text)
        elif "@" in text.removeprefix("@"):
            found = self._person_by_email(text)
        else:
            found = self._person_by_handle(text)
        if found.is_deleted:
            raise NotFound(f"{text} has left: the account is deactivated.")
        if found.is_bot:
            raise NotFound(f"{text} is a bot, not a person.")
        return found

    def channel(self, text: str) -> Channel:
        """The channel written as C… or #name. Raises NotFound, and what the Slack client raises."""
        if CHANNEL_ID.fullmatch(text):
            try:
                return _channel(self.client.conversations_info(channel=text)["channel"])
            except SlackApiError as fault:
                raise _unless(fault, "channel_not_found", f"There is no channel {text} that Baton can see.") from fault
        wanted = text.removeprefix("#")
        found = self._channels.get(wanted)
        if found is None:
            raise NotFound(f"There is no channel #{wanted} that Baton can see; invite it to a private one first.")
        return found

    def usergroup(self, text: str) -> str:
        """The id of the user group written as S… or @handle. Raises NotFound, and what the Slack client raises."""
        if USERGROUP_ID.fullmatch(text):
            return text
        found = self._usergroups.get(text.removeprefix("@"))
        if found is None:
            raise NotFound(f"There is no user group {text}.")
        return found

    def _person_by_id(self, person_id: str) -> Profile:
        if person_id not in self._by_id:
            try:
                user = self.client.users_info(user=person_id, include_locale=True)["user"]
            except SlackApiError as fault:
                raise _unless(fault, "user_not_found", f"Nobody here has the id {person_id}.") from fault
            self._by_id[person_id] = profile(user, self._workspace_id)
        return self._by_id[person_id]

    def _person_by_email(self, address: str) -> Profile:
        try:
            user = self.client.users_lookupByEmail(email=address)["user"]
        except SlackApiError as fault:
            if fault.response.get("error") == "enterprise_is_restricted":  # an organisation's token may not ask so
                return self._person_listed_with(address)
            raise _unless(fault, "users_not_found", f"Nobody here has the address {address}.") from fault
        return self._person_by_id(str(user["id"]))  # the look-up does not tell the language

    def _person_listed_with(self, address: str) -> Profile:
        for found in self._by_address.get(address.casefold(), []):
            if not found.is_deleted:
                return found
        raise NotFound(f"Nobody here has the address {address}.")

    def _person_by_handle(self, text: str) -> Profile:
        wanted = text.removeprefix("@").casefold()
        for names in (self._by_name, self._by_display_name):
            found = names.get(wanted, [])
            present = [one for one in found if not one.is_deleted] or found
            if len(present) > 1:
                ids = ", ".join(one.id for one in present)
                raise NotFound(f"Several people are called @{wanted}; write one of {ids}.")
            if present:
                return present[0]
        raise NotFound(f"Nobody here is called @{wanted}.")

    @cached_property
    def _everybody(self) -> list[dict[str, Any]]:
        return list(_pages(self.client.users_list, "members", limit=500, include_locale=True))

    @property
    def _workspace_id(self) -> str | None:
        """The one that is meant, where the client is an organisation's."""
        return self.client.default_params.get("team_id")

    def _grouped(self, name_of: Callable[[dict[str, Any]], str]) -> dict[str, list[Profile]]:
        found: dict[str, list[Profile]] = {}
        for user in self._everybody:
            found.setdefault(name_of(user).casefold(), []).append(profile(user, self._workspace_id))
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Profile]]:
        return self._grouped(lambda user: str(user.get("name") or ""))

    @cached_property
    def _by_address(self) -> dict[str, list[Profile]]:
        return self._grouped(lambda user: str((user.get("profile") or {}).get("email") or ""))

    @cached_property
    def _by_display_name(self) -> dict[str, list[Profile]]:
        return self._grouped(lambda user: str((user.get("profile") or {}).get("display_name") or ""))

    @cached_property
    def _channels(self) -> dict[str, Channel]:
        kinds = "public_channel,private_channel"
        found = _pages(self.client.conversations_list, "channels", limit=500, types=kinds, exclude_archived=False)
        channels = [_channel(one) for one in found]
        return {one.name: one for one in sorted(channels, key=lambda one: not one.is_archived)}

    @cached_property
    def _usergroups(self) -> dict[str, str]:
        return {str(one["handle"]): str(one["id"]) for one in self.client.usergroups_list()["usergroups"]}


def _pages(method: Callable[..., Any], key: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    while True:
        page = method(**arguments)
        yield from page[key]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        arguments["cursor"] = cursor


def _channel(channel: dict[str, Any]) -> Channel:
    return Channel(
        str(channel["id"]),
        str(channel.get("name") or ""),
        bool(channel.get("is_member")),
        bool(channel.get("is_archived")),
    )


def _unless(fault: SlackApiError, code: str, sentence: str) -> Exception:
    return NotFound(sentence) if fault.response.get("error") == code else fault
