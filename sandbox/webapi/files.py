"""files.*: the three steps of an upload, and looking a file up."""

from typing import Any

from sandbox import posting
from sandbox.blockkit import check_blocks
from sandbox.files import StoredFile
from sandbox.identifiers import secret
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method
from sandbox.webapi.drafts import refuse

LONGEST_ALT = 1000
LARGEST_SNIPPET = 1_000_000


@method("files.getUploadURLExternal", "files:write", tier=4, required=("filename", "length"))
def files_get_upload_url_external(call: Call) -> Json:
    """Step one: where to post the bytes."""
    length = call.arguments.whole("length", 0, "invalid_arguments")
    if length < 1:
        raise Refused("missing_argument")
    if len(call.arguments.text("alt_txt")) > LONGEST_ALT:
        raise Refused("alt_txt_too_large")
    if call.arguments.has("snippet_type") and length > LARGEST_SNIPPET:
        raise Refused("snippet_too_large")
    file_id = call.slack.sequence.identifier("F", call.workspace.id)
    file = StoredFile(
        file_id,
        call.workspace.id,
        call.bot.id,
        call.arguments.text("filename"),
        length,
        secret("upload", file_id),
        call.arguments.text("alt_txt"),
        created=int(call.slack.clock.now().timestamp()),
    )
    call.slack.files.files[file_id] = file
    return {"upload_url": f"{call.slack.base_url}/upload/v1/{file.ticket}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write", tier=4, required=("files",), takes_json=True)
def files_complete_upload_external(call: Call) -> Json:
    """Step three: name the files and show them in a channel."""
    wanted: Any = call.arguments.structure("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise Refused("invalid_arguments", "must provide an array [json-pointer:/files]")
    place = None
    if call.arguments.has("channel_id"):
        place = call.conversation("channel_id")
        if call.bot.id not in place.members:
            raise Refused("not_in_channel")
    blocks = call.arguments.structure("blocks", "invalid_blocks")
    if blocks is not None:
        refuse(check_blocks(blocks, "message"))
    files = []
    for one in wanted:
        file = call.slack.files.files.get(str(one.get("id")))
        if file is None or file.team_id != call.workspace.id or file.content is None:
            raise Refused("file_not_found")
        if file.user != call.bot.id:
            raise Refused("access_denied")
        files.append((file, one.get("title")))
    for file, title in files:
        file.title = title or file.title
        file.completed = True
        if place is not None:
            file.channels.append(place.id)
    described = [file.as_slack(call.slack.base_url) for file, _ in files]
    if place is not None:
        draft = posting.Draft(call.arguments.text("initial_comment"), blocks or [], files=described)
        draft.thread_ts = call.arguments.text("thread_ts") or None
        draft.subtype = "file_share"
        posting.post_as_app(call.slack, call.workspace, call.caller, place, draft)
    return {"files": described}


@method("files.info", "files:read", tier=4, required=("file",))
def files_info(call: Call) -> Json:
    """One file."""
    file = call.slack.files.files.get(call.arguments.text("file"))
    if file is None or file.team_id != call.workspace.id or not file.completed:
        raise Refused("file_not_found")
    return {"file": file.as_slack(call.slack.base_url), "comments": [], "response_metadata": {"next_cursor": ""}}
