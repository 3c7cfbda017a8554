"""The only writer of guarantees and variants: one verb, one act, each on the record."""

from __future__ import annotations

from totalplace.entitlements.actions.enacting import enact, repeal, withdraw
from totalplace.entitlements.actions.proposing import CostSaid, add_cost, propose
from totalplace.entitlements.actions.shipped import put_shipped
from totalplace.entitlements.actions.variants import end_variant, set_variant

__all__ = [
    "CostSaid",
    "add_cost",
    "enact",
    "end_variant",
    "propose",
    "put_shipped",
    "repeal",
    "set_variant",
    "withdraw",
]
