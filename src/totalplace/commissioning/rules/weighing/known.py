"""How much of a plan is known: what share of its pounds has effects that a stranger can look up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case, Option
from totalplace.refusal import Refused

GUESSES: Final = "if these guesses hold"
BEST: Final = "the best plan that could be found"


class Footing(StrEnum):
    """What the effects of a service's money rest on."""

    OPENABLE = "graded, with a source that anybody can open"
    ACCEPTED = "not graded, and accepted by an officer on the record"
    NONE = "no effect that is known, so the money stays where it is"


@dataclass(frozen=True, slots=True)
class Pounds:
    """Pence by what their effects rest on."""

    openable: int = 0
    accepted: int = 0
    without: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.openable + self.accepted + self.without

    def share_of(self, footing: Footing) -> float | None:
        """The share, 0 to 1, that rests on something; None where there is no money."""
        part = {
            Footing.OPENABLE: self.openable,
            Footing.ACCEPTED: self.accepted,
            Footing.NONE: self.without,
        }[footing]
        return part / self.total if self.total else None

    def with_pence(self, footing: Footing, pence: int) -> Pounds:
        """These and more of one footing."""
        match footing:
            case Footing.OPENABLE:
                return Pounds(self.openable + pence, self.accepted, self.without)
            case Footing.ACCEPTED:
                return Pounds(self.openable, self.accepted + pence, self.without)
            case Footing.NONE:
                return Pounds(self.openable, self.accepted, self.without + pence)


@dataclass(frozen=True, slots=True)
class Bar:
    """From where on a page may say "best": shares in whole per cent, as `definitions/known.yaml`.

    `openable` is of the pounds of the plan, `kept` of those that it moves.
    """

    openable: int
    kept: int


@dataclass(frozen=True, slots=True)
class AgencyKnown:
    """The same of one agency."""

    agency: str
    now: Pounds
    planned: Pounds


@dataclass(frozen=True, slots=True)
class Known:
    """How much of a plan is known. `now` is a year, `planned` all years of the plan.

    `kept` is the share of moved pounds that keep their direction (`chance.direction`), None where
    nobody looked; without it, or without a bar, nothing may be called best.
    """

    now: Pounds
    planned: Pounds
    agencies: tuple[AgencyKnown, ...]
    bar: Bar | None = None
    kept: float | None = None

    @property
    def openable(self) -> float:
        """The share of the plan's pounds with an openable source, 0 to 1."""
        return self.planned.share_of(Footing.OPENABLE) or 0.0

    @property
    def best_may_be_said(self) -> bool:
        """Whether both shares reach the bar."""
        if self.bar is None or self.kept is None:
            return False
        return self.openable * 100 >= self.bar.openable and self.kept * 100 >= self.bar.kept

    @property
    def words(self) -> str:
        """What a page may call the plan."""
        return BEST if self.best_may_be_said else f"the plan, {GUESSES}"


def footing_of(option: Option) -> Footing:
    """What an option's money rests on: the weakest of the effects that drive it.

    An effect of a unit that nobody priced says nothing of money, and so it is none.
    """
    driven = option.driven
    if not driven or option.unit_pence is None:
        return Footing.NONE
    return Footing.OPENABLE if all(one.openable for one in driven) else Footing.ACCEPTED


def known(
    case: Case, pence: Sequence[int], *, bar: Bar | None = None, kept: float | None = None
) -> Known:
    """How much of a plan is known, in all and by agency.

    `pence` are by line, as a plan has them. `bar` is `definitions.known.bar()` and `kept` the share
    of `chance.direction`. Raises Refused where the plan is of another case.
    """
    check_length(case, pence)
    now, planned = Pounds(), Pounds()
    agencies: dict[str, tuple[Pounds, Pounds]] = {}
    for place, option in enumerate(case.options):
        footing = footing_of(option)
        put = sum(pence[line_number(case, place, year)] for year in range(case.years))
        now, planned = now.with_pence(footing, option.now_pence), planned.with_pence(footing, put)
        before, after = agencies.get(option.agency, (Pounds(), Pounds()))
        agencies[option.agency] = (
            before.with_pence(footing, option.now_pence), after.with_pence(footing, put),
        )  # fmt: skip
    rows = tuple(AgencyKnown(code, *its) for code, its in sorted(agencies.items()))
    return Known(now, planned, rows, bar, kept)


def check_length(case: Case, pence: Sequence[int]) -> None:
    """Raise Refused where a plan has not one sum for each option and year of a case."""
    wanted = case.years * len(case.options)
    if len(pence) != wanted:
        raise Refused(
            "The plan cannot be looked at",
            why=f"it has {len(pence):,} sums, and the case has {wanted:,}",
            next_step="Give the plan with the case that it was made from",
        )
