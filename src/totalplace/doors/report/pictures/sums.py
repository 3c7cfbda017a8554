"""Sums of money as short as a picture needs them, and as they are read out."""

from __future__ import annotations

import re
from typing import Final

# Long scale words are not used in British public accounts: a billion is a thousand million.
_STEPS: Final = (
    (1_000_000_000_00, "bn", " billion"),
    (1_000_000_00, "m", " million"),
    (1_000_00, "k", " thousand"),
)
_POINTLESS: Final = re.compile(r"\.0+(?!\d)|(?<=\.\d)0(?!\d)")


def brief(pence: int) -> str:
    """Pence as a picture shows them: £1.9bn, £308m, £4.5m, £52k, £87, -£12m."""
    return _said(pence, 1, 2)


def finer(pence: int) -> str:
    """Pence where sums lie close together, or are round: £1.93bn, £30.8m, £308m, £2.5bn, £1bn."""
    return _POINTLESS.sub("", _said(pence, 1, 3))


def spoken(pence: int) -> str:
    """Pence as they are read out: £1.93 billion, £308 million, £52 thousand, minus £12 million."""
    return _POINTLESS.sub("", _said(pence, 2, 3)).replace("-", "minus ")


def _said(pence: int, words: int, figures: int) -> str:
    """A sum in its unit with so many figures, and never fewer than stand before the point."""
    size, sign = abs(pence), "-" if pence < 0 else ""
    for step in _STEPS:
        unit = step[0]
        # From 999,500 a sum is said in millions, so that nothing is said to be £1000k.
        if 2 * size >= 2 * unit - unit // 1000:
            for places in range(figures - 1, -1, -1):
                parts = (2 * size * 10**places + unit) // (2 * unit)
                if places == 0 or parts < 10**figures:
                    whole, rest = divmod(parts, 10**places)
                    point = f".{rest:0{places}d}" if places else ""
                    return f"{sign}£{whole:,}{point}{step[words]}"
    pounds = (size + 50) // 100
    return f"{sign if pounds else ''}£{pounds:,}"


def share(part: int, whole: int) -> str:
    """A share of a whole that is above zero, in whole per cent: 53%, under 1%."""
    percent = (200 * part + whole) // (2 * whole)
    return f"{percent}%" if percent or not part else "under 1%"
