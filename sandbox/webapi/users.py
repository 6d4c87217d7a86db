"""users.*: who people are, in which language and time zone."""

from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method
from sandbox.webapi.conversations import conversations_of, described

MOST_AT_ONCE = 1000


@method("users.info", "users:read", tier=4, required=("user",))
def users_info(call: Call) -> Json:
    """One person; ``include_locale`` for the language."""
    person = call.person()
    return {
        "user": person.as_slack(
            call.slack.clock.now(),
            with_locale=call.arguments.flag("include_locale"),
            with_email="users:read.email" in call.caller.scopes,
        )
    }


@method("users.list", "users:read", tier=2)
def users_list(call: Call) -> Json:
    """Everybody, deactivated people and bots too."""
    now = call.slack.clock.now()
    people, metadata = call.page(list(call.workspace.people.values()), default=MOST_AT_ONCE, strict=False)
    with_email = "users:read.email" in call.caller.scopes
    with_locale = call.arguments.flag("include_locale")
    return {
        "members": [person.as_slack(now, with_locale=with_locale, with_email=with_email) for person in people],
        "cache_ts": int(now.timestamp()),
        "response_metadata": metadata,
    }


@method("users.lookupByEmail", "users:read.email", tier=3, required=("email",))
def users_lookup_by_email(call: Call) -> Json:
    """The person of an address; deactivated people are not found."""
    wanted = call.arguments.text("email").lower()
    for person in call.workspace.people.values():
        if person.email and person.email.lower() == wanted and not person.deleted:
            return {"user": person.as_slack(call.slack.clock.now())}
    raise Refused("users_not_found")


@method("users.profile.get", "users.profile:read", tier=4)
def users_profile_get(call: Call) -> Json:
    """A person's profile."""
    person = call.person() if call.arguments.has("user") else call.bot
    return {"profile": person.profile(with_email="users:read.email" in call.caller.scopes)}


@method("users.getPresence", "users:read", tier=3)
def users_get_presence(call: Call) -> Json:
    """Whether somebody is there."""
    person = call.person() if call.arguments.has("user") else call.bot
    return {"presence": person.presence}


@method("users.conversations", tier=3)
def users_conversations(call: Call) -> Json:
    """The conversations that somebody (default: the caller) is in, as far as the caller may see them."""
    person = call.person() if call.arguments.has("user") else call.bot
    found = [place for place in conversations_of(call) if person.id in place.members]
    places, metadata = call.page(found, most=999)
    return {"channels": [described(call, place) for place in places], "response_metadata": metadata}
