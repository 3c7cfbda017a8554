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
from totalplace.outcomes.queries.sets import (
    InForce,
    TargetSetRow,
    affected_agencies,
    target_set,
    target_sets,
    targets,
)
from totalplace.outcomes.queries.targets_heard import (
    adoption_lacks,
    best_decision,
    stage_of,
    you_said,
)

__all__ = [
    "AreaRow",
    "AsideRow",
    "Beside",
    "Comparators",
    "InForce",
    "ListRow",
    "TargetSetRow",
    "UndefinedRow",
    "VintageRow",
    "adoption_lacks",
    "affected_agencies",
    "areas",
    "beside",
    "best_decision",
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
    "stage_of",
    "target_set",
    "target_sets",
    "targets",
    "undefined",
    "vintage",
    "vintages",
    "you_said",
]
