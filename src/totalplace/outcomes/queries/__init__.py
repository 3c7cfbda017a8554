"""The only way that other rooms and doors read indicators, readings and targets."""

from __future__ import annotations

from totalplace.outcomes.queries.comparing import (
    Beside,
    Comparators,
    ListRow,
    beside,
    comparators,
    compare,
    neighbour_lists,
)
from totalplace.outcomes.queries.indicators import (
    UndefinedRow,
    indicator,
    indicators,
    undefined,
)
from totalplace.outcomes.queries.readings import (
    AreaRow,
    AsideRow,
    VintageRow,
    areas,
    every_area,
    forms,
    held_measures,
    in_area,
    last_change,
    name_of,
    series,
    set_aside,
    set_aside_kinds,
    vintage,
    vintages,
)

__all__ = [
    "AreaRow",
    "AsideRow",
    "Beside",
    "Comparators",
    "ListRow",
    "UndefinedRow",
    "VintageRow",
    "areas",
    "beside",
    "comparators",
    "compare",
    "every_area",
    "forms",
    "held_measures",
    "in_area",
    "indicator",
    "indicators",
    "last_change",
    "name_of",
    "neighbour_lists",
    "series",
    "set_aside",
    "set_aside_kinds",
    "undefined",
    "vintage",
    "vintages",
]
