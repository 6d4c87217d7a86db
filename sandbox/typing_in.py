"""From what a person types to what an app gets: mentions, channels, groups and links become tokens, & < > entities."""

import re

from sandbox.conversations import PUBLIC
from sandbox.workspace import Workspace

NAME = r"[\w.\-]+"
PIECES = re.compile(
    rf"(?P<url>https?://[^\s<>|]+)|(?P<mail>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)"
    rf"|(?<![\w@#&;])(?:@(?P<who>{NAME})|#(?P<where>{NAME}))"
)
EVERYBODY = ("here", "channel", "everyone")


def entities(text: str) -> str:
    """``& < >`` as Slack sends them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def message_text(workspace: Workspace, typed: str) -> str:
    """The text of a message: ``<@U…>``, ``<#C…>``, ``<!subteam^S…>``, ``<https://…>``."""
    return _tokens(workspace, typed, named=False)


def command_text(workspace: Workspace, typed: str, *, should_escape: bool) -> str:
    """The text of a command. With ``should_escape`` users come as ``<@U…|handle>``, private channels as ``<#C…|>``."""
    typed = typed.strip()
    return _tokens(workspace, typed, named=True) if should_escape else entities(typed)


def _tokens(workspace: Workspace, typed: str, *, named: bool) -> str:
    parts: list[str] = []
    end = 0
    for match in PIECES.finditer(typed):
        parts.append(entities(typed[end : match.start()]))
        parts.append(_token(workspace, match, named))
        end = match.end()
    return "".join((*parts, entities(typed[end:])))


def _token(workspace: Workspace, match: re.Match[str], named: bool) -> str:
    if match["url"]:
        url = match["url"].rstrip(".,;:!?)")
        return f"<{entities(url)}>" + entities(match["url"][len(url) :])
    if match["mail"]:
        return f"<mailto:{match['mail']}|{match['mail']}>"
    word = match["who"] or match["where"]
    for length in range(len(word), 0, -1):
        rest = word[length:]
        # A name ends where no letter or digit of the Latin script follows: @ann's, @设备科请修.
        if rest and re.match(r"[A-Za-z0-9_]", rest):
            continue
        token = (
            _person_or_group(workspace, word[:length], named)
            if match["who"]
            else _place(workspace, word[:length], named)
        )
        if token is not None:
            return token + entities(rest)
    return entities(match.group())


def _person_or_group(workspace: Workspace, handle: str, named: bool) -> str | None:
    if handle in EVERYBODY:
        return f"<!{handle}>"
    for person in workspace.people.values():
        if person.handle == handle:
            return f"<@{person.id}|{handle}>" if named else f"<@{person.id}>"
    group = workspace.usergroup_named(handle)
    if group is not None and not group.disabled:
        return f"<!subteam^{group.id}|@{handle}>" if named else f"<!subteam^{group.id}>"
    return None


def _place(workspace: Workspace, name: str, named: bool) -> str | None:
    channel = workspace.channel_named(name)
    if channel is None:
        return None
    if not named:
        return f"<#{channel.id}>"
    return f"<#{channel.id}|{channel.name if channel.kind == PUBLIC else ''}>"
