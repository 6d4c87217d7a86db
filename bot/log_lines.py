"""What stands in the log: one event name per line, with the workspace, the number of the ask and who did it.

Never what people wrote, their names, or a secret, at whatever level: a text field that is not in KEPT is dropped, what
a library says is cut where it begins to quote, and of an exception stay its type and the places it came through.
Every logger goes through here, ours (`log.warning("ledger_silent", extra={…})`) and those of the libraries.
"""

import logging
import re
import sys
import traceback
from typing import TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

OURS = "baton"  # our loggers begin with that; what they say is an event name, the rest stands in fields
LONGEST = 200  # characters of a field
FRAMES = 12  # places of an exception that are kept, the innermost ones

KEPT = frozenset(
    {
        *("event", "level", "logger", "timestamp"),
        *("workspace", "actor", "ask", "channel", "person"),
        *("said", "move", "kind", "code", "method", "fault", "what", "entry", "part", "state", "trace"),
    }
)
"""The fields that may hold text: ids and words of our own or Slack's. Numbers may stand in any field."""


def begin_logging(level: str, form: str = "text", stream: TextIO | None = None) -> None:
    """Log to `stream` (standard error) from `level` on, as `text` (key=value) or `json`.

    The libraries below us speak up from WARNING only: below that they log what people wrote.
    """
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _drop_what_people_wrote,
                _renderer(form, stream),
            ],
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
                _only_places,
            ],
        )
    )
    handler.addFilter(_ours_or_a_warning)  # not by their levels: Bolt sets those of its loggers itself
    logging.basicConfig(level=level, handlers=[handler])


def _is_ours(logger: str) -> bool:
    return logger == OURS or logger.startswith(f"{OURS}.")


def _ours_or_a_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or _is_ours(record.name)


def _renderer(form: str, stream: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), sort_keys=False, pad_event_to=0)


def _only_places(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """An exception becomes `fault`, its type, and `trace`, where it came through; what it says may be somebody's."""
    told: ExcInfo | tuple[None, None, None] | bool | None = event.pop("exc_info", None)
    event.pop("exc_text", None)
    event.pop("stack_info", None)
    fault = told[1] if isinstance(told, tuple) else None
    if fault is None:
        return event
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    places = " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
    return {"fault": type(fault).__name__, **event, "trace": places}


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def _drop_what_people_wrote(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Keep the fields that may be told, each short and without what it quotes."""
    kept: EventDict = {}
    for field, value in event.items():
        if isinstance(value, bool | int | float) or value is None:
            kept[field] = value
        elif field == "trace":
            kept[field] = str(value)
        elif field in KEPT:
            kept[field] = _unquoted(str(value))
    if not _is_ours(str(event.get("logger", ""))):
        kept["event"] = _begin_of(str(event.get("event", "")))
    return kept


def _unquoted(text: str) -> str:
    """The first line, with quoted sentences taken out: databases quote the row that they refuse.

    Half a character, which a payload may hold and no stream can write, is told by its number.
    """
    line = text.partition("\n")[0].encode("utf-8", "backslashreplace").decode()
    line = re.sub(r"[\x00-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", line)
    return re.sub(r"""(["'`])(?:(?!\1).)*[\s\u0080-\U0010ffff](?:(?!\1).)*\1""", "…", line)[:LONGEST]


def _begin_of(text: str) -> str:
    """What a library says, up to where it begins to show data."""
    return re.split(r"[\n{\[\"'`=(]|: ", text, maxsplit=1)[0].strip()[:LONGEST]
