"""The only way that other rooms and doors read guarantees, what they come to, and variants."""

from __future__ import annotations

from totalplace.entitlements.queries.guarantees import (
    KIND,
    CostRow,
    GuaranteeRow,
    MoveRow,
    VersionRow,
    guarantee,
    guarantees,
    version,
)
from totalplace.entitlements.queries.in_force import (
    Entitlement,
    Few,
    Floor,
    entitlement,
    few,
    floor,
    in_force,
    need,
)
from totalplace.entitlements.queries.variants import (
    VariantRow,
    variant_in_force,
    variants,
)

__all__ = [
    "KIND",
    "CostRow",
    "Entitlement",
    "Few",
    "Floor",
    "GuaranteeRow",
    "MoveRow",
    "VariantRow",
    "VersionRow",
    "entitlement",
    "few",
    "floor",
    "guarantee",
    "guarantees",
    "in_force",
    "need",
    "variant_in_force",
    "variants",
    "version",
]
