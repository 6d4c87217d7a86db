"""The one loose type of the sandbox: a JSON object as it goes over the wire."""

from typing import Any

Json = dict[str, Any]
Blocks = list[Json]
