"""Can Baton post in this channel? It joins a public one by itself; into a private one somebody has to invite it."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.words import Words

_CANNOT = frozenset({"missing_scope", "not_allowed_token_type", "restricted_action", "method_not_supported"})


def refused(client: WebClient, channel_id: str, words: Words) -> str | None:
    """None once Baton is in the channel; else why it is not, and what to do. Raises what the Slack client raises."""
    try:
        channel = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as fault:
        if fault.response.get("error") != "channel_not_found":
            raise
        return _invite(words)
    if channel.get("is_im") or channel.get("is_mpim"):
        return words.say("Please choose a channel: the cards of its asks stand there for everybody.")
    if channel.get("is_archived"):
        return words.say("That channel is archived. Please choose another one.")
    if channel.get("is_member"):
        return None
    return _invite(words) if channel.get("is_private") else _joined(client, channel_id, words)


def _joined(client: WebClient, channel_id: str, words: Words) -> str | None:
    try:
        client.conversations_join(channel=channel_id)
    except SlackApiError as fault:
        if fault.response.get("error") not in _CANNOT:
            raise
        return _invite(words)
    return None


def _invite(words: Words) -> str:
    return words.say("Baton is not in that channel. Type /invite @Baton there, then send this again.")
