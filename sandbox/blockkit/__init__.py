"""A strict Block Kit validator that needs no network: it refuses what Slack refuses, and says it as Slack does.

    faults = check_blocks(blocks, "message")
    if faults:
        return refusal(faults)      # {"ok": False, "error": "invalid_blocks", …}

`check_blocks` reads the blocks of a message, `check_view` a modal or Home tab, `check_attachments` the attachments of a
message. `validation_answer` answers a call of `blocks.validate`. The rules are tables: `blocks`, `cards`, `tables`,
`elements`, `rich_text`, `objects`, `views`; `whole` has those over all blocks together, and `reading` reads a payload
against them. The package uses the standard library only and knows nothing of the rest of the sandbox.
"""

from sandbox.blockkit.fault import Fault, Surface, refusal
from sandbox.blockkit.messages import check_attachments, check_blocks
from sandbox.blockkit.validation import validation_answer
from sandbox.blockkit.views import check_view

__all__ = [
    "Fault",
    "Surface",
    "check_attachments",
    "check_blocks",
    "check_view",
    "refusal",
    "validation_answer",
]
