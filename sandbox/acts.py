"""What people do in the sandbox: type, click, fill in, submit, close. Each act is carried to its app and answered.

Pages and stories call these; the answer tells what the person would see at once.
"""

from typing import TYPE_CHECKING, Any

from sandbox import payloads, posting, showing
from sandbox.answers import Answer
from sandbox.apps import App
from sandbox.blocks import find_element
from sandbox.conversations import DIRECT, PRIVATE, PUBLIC, Conversation
from sandbox.deeds import Administrator
from sandbox.entries import client_errors
from sandbox.messages import Message
from sandbox.outcomes import NotThere, Outcome
from sandbox.people import Person
from sandbox.shapes import Blocks, Json
from sandbox.submissions import Submissions
from sandbox.typing_in import command_text, message_text
from sandbox.views import View
from sandbox.webapi.calls import Refused
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

ACTION_VALUES = (
    "value",
    "rich_text_value",
    "selected_option",
    "selected_options",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
)


class Acts:
    """The hands of the people in one workspace."""

    def __init__(self, slack: "Slack", workspace: Workspace) -> None:
        self.slack = slack
        self.workspace = workspace
        self.submissions = Submissions(slack, workspace)

    def say(self, person: Person, place: Conversation, typed: str, thread_ts: str | None = None) -> Message:
        """Say something; handles and channels are linked as Slack links them."""
        with self.slack.lock:
            self._may_act(person)
            if not self.workspace.sees(person.id, place) or person.id not in place.members:
                raise NotThere("not_in_channel")
            self._may_write(person, place)
            if place.archived:
                raise NotThere("is_archived")
            draft = posting.Draft(message_text(self.workspace, typed), thread_ts=thread_ts)
            return posting.say(self.slack, self.workspace, place, person, draft)

    def command(self, person: Person, place: Conversation, typed: str, thread_ts: str | None = None) -> Outcome:
        """Type a slash command, such as ``/ask @finance …``."""
        name, text = (*typed.split(maxsplit=1), "", "")[:2]
        found = next(
            (
                (installation, command)
                for installation in self.workspace.installations.values()
                if not installation.removed and (command := installation.app.manifest.command(name))
            ),
            None,
        )
        if name == "/invite":
            return self._invite(person, place, text)
        if found is None:
            return self._tell(person, place, f"{name} is not a valid command.", "unknown_command")
        if thread_ts is not None:
            return self._tell(person, place, f"{name} is not supported in threads. Sorry!", "not_in_threads")
        self._may_act(person)
        if not self.workspace.sees(person.id, place):
            raise NotThere("channel_not_found")
        installation, command = found
        with self.slack.lock:
            escaped = command_text(self.workspace, text, should_escape=command.should_escape)
            payload = payloads.command(self.slack, self.workspace, installation.app, person, place, name, escaped)
        answer = self.slack.delivery.carry(installation.app, "command", payload, f"command {name}")
        if not answer.ok:
            text = f'{name} failed with the error "{answer.error}"'
            return self._tell(person, place, text, str(answer.error), answer)
        said = self._take_reply(installation.app, person, place, answer)
        if isinstance(said, Refused):
            return self._tell(person, place, f'{name} failed with the error "{said.code}"', said.code, answer)
        return Outcome(answer.status, answer.body, answer.milliseconds)

    def _take_reply(self, app: App, person: Person, place: Conversation, answer: Answer) -> Refused | None:
        """A command's answer may itself be a message, private unless it says in_channel."""
        body: Any = answer.body
        if isinstance(body, str):
            body = {"text": body} if body.strip() else None
        if not isinstance(body, dict) or not (body.get("text") or body.get("blocks") or body.get("attachments")):
            return None
        with self.slack.lock:
            url = self.slack.response_urls.issue(self.workspace, app.id, place, person.id)
            return self.slack.response_urls.answer_given(url, body)

    def _invite(self, person: Person, place: Conversation, text: str) -> Outcome:
        """``/invite @name``, which is Slack's own: somebody, or an app, comes into the channel."""
        handle = text.strip().removeprefix("@").casefold()
        invited = next((one for one in self.workspace.people.values() if one.handle.casefold() == handle), None)
        if place.kind not in (PUBLIC, PRIVATE) or person.id not in place.members:
            return self._tell(person, place, "You can't invite people here.", "cant_invite")
        if invited is None:
            return self._tell(person, place, f"There is nobody called {text.strip() or '…'} here.", "user_not_found")
        Administrator(self.slack, self.workspace).join(invited, place)
        return Outcome()

    def _tell(
        self, person: Person, place: Conversation, text: str, error: str, answer: Answer | None = None
    ) -> Outcome:
        with self.slack.lock:
            posting.slackbot_whisper(self.slack, self.workspace, place, person.id, text)
        if answer is None:
            return Outcome(error=error)
        return Outcome(answer.status, answer.body, answer.milliseconds, error)

    def click(
        self,
        person: Person,
        container: Message | View,
        block_id: str,
        action_id: str,
        chosen: Json | None = None,
        state: Json | None = None,
    ) -> Outcome:
        """Press a button or choose in a menu. ``chosen`` holds what was chosen, ``state`` the other values entered."""
        self._may_act(person)
        with self.slack.lock:
            app = self._owner(container)
            element = self._element(person, container, block_id, action_id)
            action = self._action(block_id, element, chosen or {})
            if isinstance(container, View):
                container.enter((state or {}).get("values") or {})
                self._remember(container, block_id, action)
                payload = payloads.view_action(self.slack, self.workspace, app, person, container, action)
            else:
                place = self.workspace.conversations[container.channel]
                payload = payloads.message_action(
                    self.slack, self.workspace, app, person, place, container, action, state
                )
        if element.get("url") and not app.manifest.interactivity:
            return Outcome()
        answer = self.slack.delivery.carry(app, "interactive", payload, f"action {action_id}")
        if not answer.ok:
            self.slack.notice(self.workspace, person.id, f"{action_id} failed: {answer.error}")
        return Outcome(answer.status, answer.body, answer.milliseconds, answer.error)

    def _may_act(self, person: Person) -> None:
        if person.deleted:
            raise NotThere("account_inactive")

    def _may_write(self, person: Person, place: Conversation) -> None:
        other = self.slack.apps.get(self.workspace.people[place.other_side(person.id)].app_id or "")
        if place.kind != DIRECT or other is None:
            return
        if not other.manifest.messages_tab or other.manifest.messages_read_only:
            raise NotThere("messages_tab_disabled")

    def _owner(self, container: Message | View) -> App:
        app = self.slack.apps.get(container.app_id or "")
        installation = self.workspace.installations.get(container.app_id or "")
        if app is None or installation is None or installation.removed:
            raise NotThere("app_missing_action_url")
        return app

    def _element(self, person: Person, container: Message | View, block_id: str, action_id: str) -> Json:
        if isinstance(container, View):
            present = container in self.workspace.views.stack(person.id) or (
                self.workspace.views.homes.get((person.id, container.app_id)) is container
            )
            blocks: Blocks = container.blocks
        else:
            place = self.workspace.conversations[container.channel]
            present = not container.deleted and self.workspace.sees(person.id, place)
            present = present and container.ephemeral_to in (None, person.id)
            blocks = container.blocks + [
                block for attachment in container.attachments for block in attachment.get("blocks", [])
            ]
        element = find_element(blocks, block_id, action_id)
        if not present or element is None:
            raise NotThere(f"nothing called {action_id} is before {person.name}")
        return element

    def _action(self, block_id: str, element: Json, chosen: Json) -> Json:
        action: Json = {"action_id": element["action_id"], "block_id": block_id, "type": element["type"]}
        for name in ("text", "value", "style", "placeholder"):
            if name in element and (element["type"] == "button" or name == "placeholder"):
                action[name] = element[name]
        for name in ACTION_VALUES:
            if name in chosen and not (element["type"] == "button" and name == "value"):
                action[name] = chosen[name]
        return action | {"action_ts": f"{self.slack.clock.now().timestamp():.6f}"}

    def _remember(self, view: View, block_id: str, action: Json) -> None:
        value = {name: action[name] for name in ACTION_VALUES if name in action}
        if value and action["type"] not in ("button", "overflow"):
            view.enter({block_id: {action["action_id"]: {"type": action["type"], **value}}})

    def submit(self, person: Person, view: View, values: Json | None = None) -> Outcome:
        """Press a modal's submit button. Required and too short entries are refused here, as Slack's client does."""
        with self.slack.lock:
            if view not in self.workspace.views.stack(person.id):
                raise NotThere("the view is not open")
            view.enter(values or {})
            errors = client_errors(view)
            if errors:
                showing.show_errors(self.slack, self.workspace, view, errors)
                return Outcome(errors=errors)
            app = self._owner(view)
            payload = payloads.submission(self.slack, self.workspace, app, person, view)
        what = f"submit {view.body.get('callback_id', '')}"
        answer = self.slack.delivery.carry(app, "interactive", payload, what)
        with self.slack.lock:
            return self.submissions.take(person, view, app, answer)

    def close(self, person: Person, view: View, *, whole_stack: bool = False) -> Outcome:
        """Close a modal by its close button; ``whole_stack``: by the X, which takes all of them away."""
        with self.slack.lock:
            if view not in self.workspace.views.stack(person.id):
                raise NotThere("the view is not open")
            everything = whole_stack or bool(view.body.get("clear_on_close"))
            if everything:
                taken = showing.clear_views(self.slack, self.workspace, person.id)
            else:
                taken = showing.close_view(self.slack, self.workspace, view)
        self.submissions.tell_closing(person, taken, None, cleared=everything)
        return Outcome()

    def shortcut(
        self, person: Person, callback_id: str, place: Conversation | None = None, message: Message | None = None
    ) -> Outcome:
        """Choose a shortcut, from a message's menu if there is a message."""
        self._may_act(person)
        if message is not None and message.ephemeral_to is not None:
            raise NotThere("a message that only you see has no shortcuts")
        kind = "message" if message is not None else "global"
        app = next(
            (
                installation.app
                for installation in self.workspace.installations.values()
                for shortcut in installation.app.manifest.shortcuts
                if not installation.removed and shortcut.callback_id == callback_id and shortcut.kind == kind
            ),
            None,
        )
        if app is None:
            raise NotThere(f"no {kind} shortcut called {callback_id}")
        with self.slack.lock:
            if message is not None and place is not None:
                payload = payloads.message_shortcut(
                    self.slack, self.workspace, app, person, place, message, callback_id
                )
            else:
                payload = payloads.global_shortcut(self.slack, self.workspace, app, person, callback_id)
        answer = self.slack.delivery.carry(app, "interactive", payload, f"shortcut {callback_id}")
        if not answer.ok:
            self.slack.notice(self.workspace, person.id, f"{callback_id} failed: {answer.error}")
        return Outcome(answer.status, answer.body, answer.milliseconds, answer.error)

    def suggest(
        self, person: Person, container: Message | View, block_id: str, action_id: str, value: str
    ) -> list[Json]:
        """The options that an external select offers for what was typed so far."""
        with self.slack.lock:
            app = self._owner(container)
            self._element(person, container, block_id, action_id)
            view = container if isinstance(container, View) else None
            message = container if isinstance(container, Message) else None
            payload = payloads.suggestion(self.workspace, app, person, block_id, action_id, value, view, message)
        answer = self.slack.delivery.carry(app, "options", payload, f"options {action_id}")
        body: Any = answer.body if isinstance(answer.body, dict) else {}
        options: list[Json] = list(body.get("options") or [])
        for group in body.get("option_groups") or []:
            options.extend(group.get("options") or [])
        return options[:100]

    def open_home(self, person: Person, app: App, tab: str = "home") -> View | None:
        """Look at an app's Home tab; the app is told by app_home_opened."""
        with self.slack.lock:
            installation = self.workspace.installations[app.id]
            place = self.workspace.direct([installation.bot_user_id, person.id], self.slack.clock.now())
            view = self.workspace.views.homes.get((person.id, app.id))
            event: Json = {"type": "app_home_opened", "user": person.id, "channel": place.id, "tab": tab}
            if view is not None and tab == "home":
                event["view"] = view.as_slack()
            self.slack.events.emit(self.workspace, event, to=installation)
            return view
