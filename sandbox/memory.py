"""What people have seen so far in a story, and what apps have said that nobody was seen to see."""

from sandbox import finding
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.reading import read_message
from sandbox.slack import Slack
from sandbox.views import View
from sandbox.workspace import SLACKBOT, Workspace


class Memory:
    """Remembers for each person the messages, and which edit of them, that they have seen."""

    def __init__(self, slack: Slack, workspace: Workspace) -> None:
        self._slack = slack
        self._workspace = workspace
        self._seen: dict[tuple[str, int], int] = {}
        self._expected: set[int] = set()

    def unseen(self, person: Person, text: str, where: str | None, *, mark: bool = True) -> Message | View | None:
        """The newest thing saying ``text`` that the person has not seen; ``mark`` makes it seen and expected."""
        with self._slack.lock:
            if where in ("modal", "home"):
                things = [one for one in finding.before(self._workspace, person, where) if isinstance(one, View)]
                return next((one for one in things if text in finding.words_on(self._workspace, one, person)), None)
            for message in finding.messages_before(self._workspace, person, where):
                if self._seen.get((person.id, message.number), -1) >= message.revision:
                    continue
                if text in read_message(self._workspace, message, person) or text in message.text:
                    if mark:
                        self._seen[(person.id, message.number)] = message.revision
                        self._expected.add(message.number)
                    return message
        return None

    def expect(self, messages: list[Message]) -> None:
        """Call these expected although nobody has looked at them."""
        self._expected.update(message.number for message in messages)

    def unexpected(self) -> list[Message]:
        """What apps (and Slackbot) have said that nobody was seen to see, oldest first."""
        said = [one for one in self.said_by_apps() if one.number not in self._expected and not one.deleted]
        return sorted(said, key=lambda message: message.number)

    def said_by_apps(self) -> list[Message]:
        """Everything that apps and Slackbot have said so far."""
        with self._slack.lock:
            return [
                message
                for place in self._workspace.conversations.values()
                for message in (*place.messages.values(), *place.ephemerals)
                if message.app_id is not None or message.user == SLACKBOT
            ]

    def described(self, message: Message) -> str:
        """Where it stands, for whom, and what it says."""
        place = self._workspace.conversations[message.channel]
        names = ", ".join(f"@{self._workspace.people[member].handle}" for member in place.members)
        where = f"#{place.name}" if place.name else f"the direct message of {names}"
        to = f" only to @{self._workspace.people[message.ephemeral_to].handle}" if message.ephemeral_to else ""
        return f"in {where}{to}: {read_message(self._workspace, message)}"
