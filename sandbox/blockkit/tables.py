"""Blocks that show data: the table, the data table with its pages and sorting, and the charts.

Source: Slack's reference of blocks, 2026. The limits on all tables and charts of one message together are in `whole`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.blockkit.cards import BLOCK_ID, MESSAGE_AND_HOME
from sandbox.blockkit.elements import MESSAGE, ONLY_BUTTON
from sandbox.blockkit.fault import Fault
from sandbox.blockkit.rich_text import RICH_TEXT_BLOCK
from sandbox.blockkit.rules import Amount, Choice, Flag, Kinds, ListOf, Place, Shape, String, Whole

_RAW_TEXT = Shape(required={"text": String()})
_RAW_NUMBER = Shape(required={"value": Amount(), "text": String()})
_RAW = {"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER}
_CELLS: dict[str, Shape] = {**_RAW, "rich_text": RICH_TEXT_BLOCK}
_ACTION_CELL = Shape(required={"element": ONLY_BUTTON}, optional={"fallback": Kinds(_RAW)})

TABLE = Shape(
    required={"rows": ListOf(ListOf(Kinds(_CELLS), most=20), most=100)},
    optional={
        **BLOCK_ID,
        "column_settings": ListOf(
            Shape(optional={"align": Choice(("left", "center", "right")), "is_wrapped": Flag()}),
            least=0,
            most=20,
            gaps=True,
        ),
    },
    surfaces=MESSAGE_AND_HOME,
)


def _rows_are_even(block: Mapping[str, object], place: Place) -> Iterator[Fault]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not rows:
        return
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            where = place.at("rows").at(index)
            yield where.fault("all rows must have the same number of cells", "items", len(rows[0]))


def _header_is_plain(block: Mapping[str, object], place: Place) -> Iterator[Fault]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not rows:
        return
    for index, cell in enumerate(rows[0]):
        if cell["type"] not in _RAW:
            where = place.at("rows").at(0).at(index).at("type")
            yield where.fault(f"unsupported type: {cell['type']}", "enum", list(_RAW))


def _row_header_exists(block: Mapping[str, object], place: Place) -> Iterator[Fault]:
    rows, column = block.get("rows"), block.get("row_header_column_index")
    if isinstance(rows, list) and rows and isinstance(column, int) and column >= len(rows[0]):
        yield place.at("row_header_column_index").fault(
            f"must be less than or equal to {len(rows[0]) - 1}", "maximum", len(rows[0]) - 1
        )


DATA_TABLE = Shape(
    required={
        "caption": String(),
        # The header and up to two hundred rows.
        "rows": ListOf(ListOf(Kinds({**_CELLS, "action": _ACTION_CELL}), most=20), least=2, most=201),
    },
    optional={**BLOCK_ID, "page_size": Whole(1, 100), "row_header_column_index": Whole(0)},
    surfaces=MESSAGE_AND_HOME,
    further=(_rows_are_even, _header_is_plain, _row_header_exists),
)

_POINT = Shape(required={"label": String(20), "value": Amount()})
_AXES = Shape(
    required={"categories": ListOf(String(20), most=20)}, optional={"x_label": String(50), "y_label": String(50)}
)


def _series_fit_axis(chart: Mapping[str, object], place: Place) -> Iterator[Fault]:
    series, axes = chart.get("series"), chart.get("axis_config")
    if not isinstance(series, list) or not isinstance(axes, dict):
        return
    categories = axes.get("categories", [])
    names: set[str] = set()
    for index, line in enumerate(series):
        where = place.at("series").at(index)
        if line["name"] in names:
            yield where.at("name").fault(f'`name` "{line["name"]}" already exists', "uniqueItems", True)
        names.add(line["name"])
        labels = [point["label"] for point in line["data"]]
        for step, label in enumerate(labels):
            if label not in categories:
                yield (
                    where.at("data").at(step).at("label").fault("must match one of the categories", "enum", categories)
                )
        if sorted(set(labels)) != sorted(labels) or len(labels) < len(categories):
            yield where.at("data").fault("must have exactly one point for each category", "items", categories)


_LINES = Shape(
    required={
        "series": ListOf(Shape(required={"name": String(20), "data": ListOf(_POINT, most=20)}), most=12),
        "axis_config": _AXES,
    },
    further=(_series_fit_axis,),
)
_PIE = Shape(
    required={"segments": ListOf(Shape(required={"label": String(20), "value": Amount(above=0)}), most=12)},
)

DATA_VISUALIZATION = Shape(
    required={
        "title": String(50),
        "chart": Kinds({"pie": _PIE, "bar": _LINES, "area": _LINES, "line": _LINES}),
    },
    optional=BLOCK_ID,
    surfaces=MESSAGE,
)
