"""Tables of the room: private to it, and only added to."""

from __future__ import annotations

from totalplace.outcomes.models.readings import (
    Measured,
    NeighbourList,
    Neighbours,
    OwnDefinition,
    Vintage,
)
from totalplace.outcomes.models.targets import (
    Adoption,
    Target,
    TargetMove,
    TargetPart,
    TargetSet,
    TargetStep,
    TargetVersion,
)

__all__ = [
    "Adoption",
    "Measured",
    "NeighbourList",
    "Neighbours",
    "OwnDefinition",
    "Target",
    "TargetMove",
    "TargetPart",
    "TargetSet",
    "TargetStep",
    "TargetVersion",
    "Vintage",
]
