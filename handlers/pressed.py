"""What does a button under an ask say? Which ask, which message or list it stands in, and what else it carries.

A button carries the number alone, or a small object; a "…" menu carries `act:number:origin`.
"""

from dataclasses import dataclass
from typing import Any

from handlers.reading import Click

HIGHEST = 2**31 - 1  # that both databases can look for


@dataclass(frozen=True, slots=True)
class Pressed:
    """`origin`: where the button stands (`nudges:7`, `home:0.0.0`), empty for cards that the courier keeps up to date.

    `act`: what was chosen from a menu. `further`: what else the button carries, as `change` or `until`.
    """

    number: int
    origin: str
    act: str
    further: dict[str, Any]


def pressed(click: Click) -> Pressed:
    """Read a click on anything that `cards.acts` draws."""
    if click.value.startswith("{"):
        carried = click.particulars
        return Pressed(_number(carried.get("number")), str(carried.get("from", "")), click.action_id, carried)
    if ":" in click.value:
        act, number, *origin = click.value.split(":", 2)
        return Pressed(_number(number), origin[0] if origin else "", act, {})
    return Pressed(_number(click.value), "", click.action_id, {})


def _number(told: object) -> int:
    """The number of an ask; 0, which no ask has, for what is none: our own buttons always carry one."""
    number = int(told) if isinstance(told, int) or (isinstance(told, str) and told.isdecimal()) else 0
    return number if number <= HIGHEST else 0


def to_keep(click: Click, **further: Any) -> dict[str, Any]:
    """What a form opened by this click keeps, so that its sending can draw anew what was clicked."""
    about = pressed(click)
    kept = {"number": about.number, "from": about.origin, "url": click.response_url} | further
    if click.view is not None:
        kept["view"] = click.view.id
    return {name: value for name, value in kept.items() if value}
