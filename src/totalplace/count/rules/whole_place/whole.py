"""The whole-place count as it is handed on: frozen, for every door alike. Money is in pence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from totalplace.count.rules.published import Count
from totalplace.count.rules.whole_place.flows import Flow, Matrix
from totalplace.count.rules.whole_place.from_payments import Explained
from totalplace.count.rules.whole_place.from_returns import Disagreement, TakenOut
from totalplace.count.rules.whole_place.lines import Income, Line, Status, Total, total


@dataclass(frozen=True, slots=True)
class Checked:
    """Two returns that look as if they overlap, and why they do not."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Break:
    """A change of boundary or of publishing: the years beside it are no trend."""

    agency: str
    agency_name: str
    when: str
    what: str
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class KnownCount:
    """A count that the place once made of itself, in the prices of its year."""

    title: str
    year: str
    pence: int
    parts: tuple[tuple[str, int], ...]
    note: str


@dataclass(frozen=True, slots=True)
class SourceUsed:
    """A file that the count was made from."""

    sha256: str
    document: str
    publisher: str
    licence: str
    what: str  # "payments", or the form of a return


@dataclass(frozen=True, slots=True)
class Groups:
    """Lines of one income rule added up by something, the largest first."""

    rows: tuple[tuple[str, Total], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(t.pence for _, t in self.rows)


@dataclass(frozen=True, slots=True)
class ThreeNumbers:
    """Three different sums that are often taken for one. None where it is not known."""

    for_the_place: Total  # spent for the benefit of those who live there
    controlled: Total  # of that, what a body of the place may decide
    negotiable: Total  # of that, what a department could let the place decide
    national: Total  # of that, what is decided for everybody
    paid_in_pence: int  # known to be paid to people and bodies in the place
    paid_in_unknown_pence: int  # paid to somebody, it is not published where


@dataclass(frozen=True, slots=True)
class WholePlace:
    """What every counted body spends in a place in a year, each pound once."""

    place: str
    place_name: str
    year: str
    people: int | None
    people_source: str
    net_lines: tuple[Line, ...]  # from returns
    gross_lines: tuple[Line, ...]  # from payments
    numbers: ThreeNumbers | None  # of the net lines; None without returns
    flows: tuple[Flow, ...]
    matrix: Matrix
    taken_out: tuple[TakenOut, ...]
    checked: tuple[Checked, ...]
    disagreements: tuple[Disagreement, ...]
    explained: tuple[Explained, ...]
    breaks: tuple[Break, ...]
    sources: tuple[SourceUsed, ...]
    payments: Count | None  # each agency's payments, with what is doubtful; None where none held
    capital_lines: tuple[Line, ...] = ()  # building, from returns: apart, and in no total
    stood_for: tuple[str, ...] = ()  # bodies with nothing held, for which an estimate stands
    known: tuple[KnownCount, ...] = ()
    notes: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)  # of bodies, by code

    @property
    def income(self) -> Income:
        """The income rule of the figure that heads the count."""
        return Income.NET if self.net_lines else Income.GROSS

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of that rule."""
        return self.net_lines or self.gross_lines

    @property
    def total(self) -> Total:
        """The spending of the place by the rule that heads the count."""
        return total(self.lines)

    @property
    def measured(self) -> float | None:
        """The share of the total that is measured, 0 to 1."""
        return self.total.share_of(Status.MEASURED)

    def by(self, key: Callable[[Line], str], lines: Iterable[Line] | None = None) -> Groups:
        """Lines added up by a key, the largest first."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines if lines is None else lines:
            found[key(line)].append(line)
        summed = [(name, total(same)) for name, same in found.items()]
        return Groups(tuple(sorted(summed, key=lambda row: (-row[1].pence, row[0]))))


def three_numbers(
    lines: Iterable[Line], decides: Callable[[str], str], paid_in: Callable[[Line], bool]
) -> ThreeNumbers:
    """The three sums of net lines: `decides` tells of a service, `paid_in` of a line."""
    listed = [line for line in lines if line.pence is not None]
    of = {
        who: total([line for line in listed if decides(line.service) == who])
        for who in ("local", "negotiable", "national")
    }
    inside = sum(line.pence or 0 for line in listed if paid_in(line))
    whole = total(listed)
    return ThreeNumbers(
        for_the_place=whole,
        controlled=of["local"],
        negotiable=of["negotiable"],
        national=of["national"],
        paid_in_pence=inside,
        paid_in_unknown_pence=whole.pence - inside,
    )
