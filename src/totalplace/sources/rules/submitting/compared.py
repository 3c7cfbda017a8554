"""A submission beside the agency's month before: what an officer should look at before signing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.money.pence import pounds

# Differences that a month of the same body rarely has: half as much again, or a third less.
_MUCH_MORE: Final = 1.5
_MUCH_LESS: Final = 0.67
_FEW: Final = 30  # payments, of which a month says little


@dataclass(frozen=True, slots=True)
class Sums:
    """What a file comes to. Money in pence."""

    name: str
    first_date: date | None
    last_date: date | None
    rows: int
    payments: int
    faults: int
    pence: int

    @property
    def days(self) -> int | None:
        """How many days it covers, or None where no payment has a day."""
        if self.first_date is None or self.last_date is None:
            return None
        return (self.last_date - self.first_date).days + 1


def month_before(this: Sums, held: Iterable[Sums]) -> Sums | None:
    """The held file that ends last before this one begins; where days are not known, the last."""
    dated = [s for s in held if s.last_date is not None]
    if this.first_date is not None:
        dated = [s for s in dated if s.last_date < this.first_date]  # type: ignore[operator]
    return max(dated, key=lambda s: (s.last_date or date.min, s.name), default=None)


def differences(this: Sums, before: Sums | None) -> list[str]:
    """What is unlike the month before, in full sentences; none where nothing stands out.

    Files of different lengths are compared by what they hold a day.
    """
    if before is None or before.payments < _FEW:
        return []
    scale = (this.days or 1) / (before.days or 1) if this.days and before.days else 1.0
    told = []
    for what, now, then, said in (
        ("payments", this.payments, before.payments * scale, f"{this.payments:,}"),
        ("pounds", this.pence, before.pence * scale, pounds(this.pence)),
    ):
        ratio = now / then if then > 0 else None
        if ratio is not None and ratio > _MUCH_MORE:
            told.append(f"It has {said} {_noun(what)}: {ratio:.1f} times {before.name}.")
        elif ratio is not None and ratio < _MUCH_LESS:
            told.append(f"It has {said} {_noun(what)}: {max(ratio, 0):.0%} of {before.name}.")
    share, old = _share(this), _share(before)
    if share > 2 * old and share > 0.02:
        told.append(f"{share:.0%} of its rows are faults, beside {old:.0%} of {before.name}.")
    return told


def _noun(what: str) -> str:
    return "payments" if what == "payments" else "in all"


def _share(sums: Sums) -> float:
    return sums.faults / sums.rows if sums.rows else 0.0
