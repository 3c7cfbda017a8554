"""Who shows the money of a pool in its own accounts: who controls it, and by what share.

A pooled budget is not an entity in itself: it is reflected in the accounts of its partners
according to control (IFRS 10, IFRS 11; HFMA and CIPFA, Pooled budgets and the Better Care Fund,
October 2014). An arrangement says so for a line of a pool, or for all of them, from a day on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused

NOBODY: Final = ""  # of whom it is not said yet: it is shown apart, and never spread
EVERY_LINE: Final = ""
Weights = Mapping[str, int]  # agency -> weight: pence, or hundredths of a per cent


class Treatment(StrEnum):
    """How a partner shows the money of a pool in its own accounts."""

    PRINCIPAL = "principal"  # it controls: all of it is its own
    AGENT = "agent"  # it acts for others: none of it is its own
    JOINT = "joint operation"  # its own share of each item
    MEMORANDUM = "memorandum"  # named in a note, and in no account


class Basis(StrEnum):
    """Who controls, and so by what the money is shared out."""

    LEAD = "one partner controls"  # its principal shows all
    OWN = "each partner controls its own money"  # the payer of a line shows all of that line
    CONTRIBUTION = "joint control, shared by contribution"  # weights are pence
    PERCENTAGES = "joint control, shared by agreed per cent"  # weights are hundredths of a per cent

    @property
    def joint(self) -> bool:
        """Whether each partner shows a share of each item."""
        return self in (Basis.CONTRIBUTION, Basis.PERCENTAGES)


WHOLE: Final = 100_00  # hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Part:
    """How one partner shows the money, and its weight; 0 where it shows no share."""

    agency: str
    treatment: Treatment
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Who shows the money of a line, or of every line that has none of its own, from a day on."""

    line: str  # EVERY_LINE: of all that have no arrangement of their own
    first_day: date
    basis: Basis
    parts: tuple[Part, ...]

    def weights(self, payer: str) -> Weights:
        """By what the money of a line is shared out; `payer` is who gives the money of the line."""
        if self.basis is Basis.OWN:
            return {payer: 1}
        if self.basis is Basis.LEAD:
            return {part.agency: 1 for part in self.parts if part.treatment is Treatment.PRINCIPAL}
        return {part.agency: part.weight for part in self.parts if part.weight}


def check(arrangement: Arrangement) -> None:
    """Refuse an arrangement that cannot be shown in accounts: Refused says what is wrong."""
    parts = arrangement.parts
    why = _twice(parts) or _weights_wrong(arrangement) or _treatments_wrong(arrangement)
    if why:
        raise Refused(
            "The partners cannot show the money so",
            why=why,
            next_step="Put it right, and give the whole arrangement again",
        )


def in_force(arrangements: Iterable[Arrangement], line: str, day: date) -> Arrangement | None:
    """What is arranged about a line on a day: its own, else the pool's; None where nothing is.

    The latest that had begun holds. Two of one day: the one that was said last.
    """
    found: dict[bool, Arrangement] = {}
    for one in arrangements:
        if one.line not in (line, EVERY_LINE) or one.first_day > day:
            continue
        own = one.line == line
        if own not in found or found[own].first_day <= one.first_day:
            found[own] = one
    return found.get(True) or found.get(False)


def _twice(parts: tuple[Part, ...]) -> str:
    named = [part.agency for part in parts]
    twice = sorted({agency for agency in named if named.count(agency) > 1})
    if twice:
        return f"{twice[0]} is named twice"
    return "" if parts else "no partner is named"


def _weights_wrong(arrangement: Arrangement) -> str:
    weights = [part.weight for part in arrangement.parts]
    if min(weights) < 0:
        return "a share is below nothing"
    if not arrangement.basis.joint:
        return "shares are given where nothing is shared" if any(weights) else ""
    if not any(weights):
        return "no partner has a share"
    if arrangement.basis is Basis.PERCENTAGES and sum(weights) != WHOLE:
        return f"the shares come to {sum(weights) / 100:g} per cent, not to 100"
    return ""


def _treatments_wrong(arrangement: Arrangement) -> str:
    parts, basis = arrangement.parts, arrangement.basis
    principals = sum(part.treatment is Treatment.PRINCIPAL for part in parts)
    if basis is Basis.LEAD and principals != 1:
        return f"one partner controls, but {principals} are named as principal"
    joint = any(part.treatment is Treatment.JOINT for part in parts)
    if joint and not basis.joint:
        return f"a joint operation is named, but {basis.value}"
    if basis.joint and any(
        bool(part.weight) != (part.treatment is Treatment.JOINT) for part in parts
    ):
        return "those in a joint operation have a share, and nobody else has"
    return ""
