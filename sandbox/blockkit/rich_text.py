"""Rich text: what Slack's own composer produces, as a tree of sections, lists, quotes and code.

Source: Slack's reference of the rich_text block and its elements, 2026.
"""

from __future__ import annotations

from sandbox.blockkit.rules import Amount, Choice, Flag, Kinds, ListOf, Rule, Shape, String, Url, Whole

_STYLE_NAMES = ("bold", "italic", "strike", "highlight", "client_highlight", "underline", "unlink", "code")
STYLE = Shape(optional={name: Flag() for name in _STYLE_NAMES})
_WORD = String(least=0)
# In pixels; 0 turns it off.
_BORDER: dict[str, Rule] = {"border": Whole(0)}


def _inline(required: dict[str, Rule], **optional: Rule) -> Shape:
    return Shape(required=required, optional={"style": STYLE, **optional})


_CITED: dict[str, tuple[str, ...]] = {
    "file": ("descriptor", "file_id"),
    "external": ("app_name", "app_icon_url"),
    "web": ("display_name", "title", "snippet"),
    "message": ("channel", "message_ts"),
    "memory": ("memory_id",),
}
_CITATION_DETAILS = Shape(
    required={"citation_type": Choice(tuple(_CITED))},
    optional={key: _WORD for keys in _CITED.values() for key in keys},
)

INLINE: dict[str, Shape] = {
    "text": _inline({"text": String()}),
    "link": _inline({"url": Url()}, text=_WORD, unsafe=Flag(), from_llm=Flag(), is_slack_url=Flag(), truncated=Flag()),
    "emoji": _inline({"name": String()}, unicode=_WORD, skin_tone=Whole(1, 6), url=_WORD, display_name=_WORD),
    "user": _inline({"user_id": String()}, from_llm=Flag()),
    "usergroup": _inline({"usergroup_id": String()}),
    "channel": _inline({"channel_id": String()}, tab_id=_WORD, from_llm=Flag()),
    "team": _inline({"team_id": String()}),
    "broadcast": _inline({"range": Choice(("here", "channel", "everyone"))}),
    "color": _inline({"value": String(pattern=r"#[0-9A-Fa-f]{6}", otherwise="must be a valid hex color")}),
    "date": _inline({"timestamp": Whole(), "format": String()}, timezone=_WORD, url=Url(), fallback=_WORD),
    "tag": _inline(
        {"text": String()},
        color=Choice(("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red")),
    ),
    "attachment_mention": _inline(
        {"url": Url()},
        text=_WORD,
        app_id=_WORD,
        entity_id=_WORD,
        icon_url=_WORD,
        icon_name=_WORD,
        channel_id=_WORD,
        ts=_WORD,
        full_size_preview_enabled=Flag(),
        reference_object_type=_WORD,
        product_name=_WORD,
    ),
    "canvas": _inline(
        {"file_id": String()},
        label=_WORD,
        hide_title=Flag(),
        section_id=_WORD,
        text=_WORD,
        url=_WORD,
        is_skill_invocation=Flag(),
    ),
    "canvas_message_unfurl": _inline({"root_message_ts": String(), "root_message_channel": String()}),
    "canvas_user_mention": _inline({"user_id": String()}, thread_id=_WORD),
    "citation": _inline(
        {"url": Url(), "text": String(), "index": Amount(), "details": _CITATION_DETAILS},
        from_llm=Flag(),
        is_slack_url=Flag(),
    ),
    "file": _inline({"file_id": String()}, text=_WORD, url=_WORD, is_skill_invocation=Flag()),
    "list_record": _inline({"file_id": String()}, record_id=_WORD, view_id=_WORD, text=_WORD, url=_WORD),
    "message_mention": _inline(
        {"channel_id": String(), "message_ts": String()}, author_id=_WORD, thread_ts=_WORD, text=_WORD, url=_WORD
    ),
    "salesforce_data_field": _inline(
        {"salesforce_record_id": String()},
        salesforce_field_label=_WORD,
        salesforce_field_api_name=_WORD,
        salesforce_include_field_label=Flag(),
    ),
    "work_object_mention": _inline(
        {"entity_id": String(), "app_id": String(), "text": String(), "url": Url()},
        icon_url=_WORD,
        full_size_preview_enabled=Flag(),
        product_name=_WORD,
    ),
    "workflow_mention": _inline(
        {"workflow_id": String(), "function_trigger_id": String(), "text": String()},
        url=_WORD,
        channel_id=_WORD,
        ts=_WORD,
    ),
}

# An empty section is how the composer writes an empty line or an empty point of a list.
_SECTION = Shape(required={"elements": ListOf(Kinds(INLINE), least=0)})
_LIST = Shape(
    required={"style": Choice(("bullet", "ordered")), "elements": ListOf(Kinds({"rich_text_section": _SECTION}))},
    optional={**_BORDER, "indent": Whole(0, 8), "offset": Whole(0)},
)
_QUOTE = Shape(required={"elements": ListOf(Kinds(INLINE))}, optional=_BORDER)
_CODE = Kinds({"text": INLINE["text"], "link": INLINE["link"]})
_PREFORMATTED = Shape(required={"elements": ListOf(_CODE)}, optional={**_BORDER, "language": String()})

PARTS = Kinds(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": _LIST,
        "rich_text_quote": _QUOTE,
        "rich_text_preformatted": _PREFORMATTED,
    }
)

RICH_TEXT_BLOCK = Shape(required={"elements": ListOf(PARTS)}, optional={"block_id": String(255)})
RICH_TEXT = Kinds({"rich_text": RICH_TEXT_BLOCK})
