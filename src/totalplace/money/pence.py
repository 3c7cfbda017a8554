"""Whole pence: written as pounds, and shared out so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name", str, int)


def share_out(total_pence: int, weights: Mapping[Name, int]) -> dict[Name, int]:
    """Divide a sum by weight; the shares always add up to the total, to the penny.

    Odd pence go to those whose exact share was cut by most, ties by name. A negative sum shares
    out as the same positive sum would, with its sign turned. Raises ValueError where a weight is
    below zero or none is above it.
    """
    if not weights or min(weights.values()) < 0 or max(weights.values()) == 0:
        raise ValueError("weights must be zero or more, and at least one above zero")
    if total_pence < 0:
        return {who: -share for who, share in share_out(-total_pence, weights).items()}
    whole = sum(weights.values())
    shares = {who: total_pence * weight // whole for who, weight in weights.items()}
    odd_pence = total_pence - sum(shares.values())
    nearest = sorted(weights, key=lambda who: (-(total_pence * weights[who] % whole), who))
    for who in nearest[:odd_pence]:
        shares[who] += 1
    return shares


def pounds(pence: int) -> str:
    """Pence written as pounds: £1,234.56, and -£0.05 with the sign before the pound."""
    whole, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{whole:,}.{odd:02d}"
