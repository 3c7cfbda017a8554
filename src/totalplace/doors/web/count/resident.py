"""A place for its residents: where a pound goes, by whom and for what, and how far the chain is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.queries.editions import EditionRow
from totalplace.count.rules.standing import Standing
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.count.rules.words import listed, plural
from totalplace.doors.report.pictures.sums import spoken
from totalplace.doors.report.whole import grouping
from totalplace.doors.report.whole.grouping import title_of
from totalplace.doors.report.whole.said import DECIDES, Summed, per_head
from totalplace.doors.web.count.opening import Reading, address
from totalplace.doors.web.count.page import Link
from totalplace.money.pence import pounds, share_out
from totalplace.places.rules.mandates import MAY, Act

# Money of a gross sum that buys nothing in the place: it is no part of a resident's pound.
_NO_SERVICE: Final = frozenset({"passed_on", "not_spending"})
_MOST: Final = 14


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a pound: what it is, how many pence of it, and where it is looked at closer."""

    name: str
    pence: int  # of a pound; 0 where it is less than half a penny
    sum_said: str
    who: str
    href: str
    explain: str
    who_href: str = ""

    @property
    def said(self) -> str:
        """The pence in words."""
        return f"{self.pence}p" if self.pence else "under 1p"


@dataclass(frozen=True, slots=True)
class Pound:
    """A pound split by purpose, by body and by who decides; each adds up to 100 pence."""

    by_purpose: tuple[Share, ...]
    by_body: tuple[Share, ...]
    by_decides: tuple[Share, ...]
    left_out: str  # what brings in more than it costs, in a sentence


def pound(reading: Reading) -> Pound | None:
    """The pound of an edition; None where nothing is known that could be split."""
    lines = [x for x in reading.whole.lines if x.service not in _NO_SERVICE]
    purposes = _positive(grouping.by_service(reading.report, lines))
    if not purposes:
        return None
    return Pound(
        by_purpose=tuple(_purposes(reading, purposes)),
        by_body=tuple(_bodies(reading, _positive(grouping.by_agency(lines)))),
        by_decides=tuple(_decides(reading, _positive(grouping.by_decides(reading.report, lines)))),
        left_out=_left_out(reading, lines),
    )


def _positive(found: Iterable[Summed]) -> list[Summed]:
    return [s for s in found if s.pence is not None and s.pence > 0]


def _split(found: Sequence[Summed]) -> dict[str, int]:
    """A hundred pence shared out by sum: they always add up to a pound."""
    return share_out(100, {s.name: s.pence or 0 for s in found})


def _purposes(reading: Reading, found: Sequence[Summed]) -> Iterator[Share]:
    pence, rule = _split(found), str(reading.whole.income)
    for s in found:
        spender = grouping.by_agency(s.lines)[0]
        yield Share(
            title_of(reading.report, s.name),
            pence[s.name],
            spoken(s.pence or 0),
            spender.lines[0].agency_name,
            reading.to("purposes", s.name) if s.name else "",
            reading.explain(rule=rule, service=s.name or "none"),
            reading.to("agencies", spender.name),
        )


def _bodies(reading: Reading, found: Sequence[Summed]) -> Iterator[Share]:
    pence, rule = _split(found), str(reading.whole.income)
    for s in found[:_MOST]:
        chief = [x.name for x in grouping.by_service(reading.report, s.lines) if (x.pence or 0) > 0]
        yield Share(
            s.lines[0].agency_name,
            pence[s.name],
            spoken(s.pence or 0),
            listed([title_of(reading.report, name) for name in chief], most=2),
            reading.to("agencies", s.name),
            reading.explain(rule=rule, agency=s.name),
        )
    rest = found[_MOST:]
    if rest:
        name = plural(len(rest), "other body", "other bodies")
        sum_ = sum(s.pence or 0 for s in rest)
        yield Share(
            name, sum(pence[s.name] for s in rest), spoken(sum_), "", reading.to("agencies"),
            reading.explain(rule=rule),
        )  # fmt: skip


def _decides(reading: Reading, found: Sequence[Summed]) -> Iterator[Share]:
    titles = {str(who): said for who, said in DECIDES.items()}
    pence, rule = _split(found), str(reading.whole.income)
    for s in found:
        chief = [x.name for x in grouping.by_service(reading.report, s.lines) if (x.pence or 0) > 0]
        yield Share(
            titles[s.name],
            pence[s.name],
            spoken(s.pence or 0),
            listed([title_of(reading.report, name) for name in chief], most=2),
            reading.to("decides"),
            reading.explain(rule=rule, decides=s.name or "nobody"),
        )


def _left_out(reading: Reading, lines: Sequence[Line]) -> str:
    negative = [
        title_of(reading.report, s.name)
        for s in grouping.by_service(reading.report, lines)
        if s.pence is not None and s.pence < 0
    ]
    said = []
    if negative:
        said.append(
            f"Not in this pound, because it takes in more than it spends: {listed(negative)}."
        )
    if reading.whole.income is Income.GROSS and any(
        x.service in _NO_SERVICE for x in reading.whole.lines
    ):
        said.append("Money that is only passed on, or lent, is not in it either.")
    return " ".join(said)


def at_once(reading: Reading) -> str:
    """The sum and what it is a head, in one sentence of plain English."""
    whole = reading.whole
    total = whole.total.pence
    kind = (
        "spent for"
        if whole.income is Income.NET
        else "paid, in published payments, by public bodies of"
    )
    if not any(x.pence is not None for x in whole.lines):
        return f"What public bodies spent for {whole.place_name} in {whole.year} is not known yet."
    said = f"{spoken(total)} is known to be {kind} {whole.place_name} in {whole.year}"
    if whole.people:
        said += f": {per_head(total, whole.people)} for each of {whole.people:,} people"
    return f"{said}."


def exactly(reading: Reading) -> str:
    """The total to the penny."""
    return pounds(reading.whole.total.pence)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the chain: where it stands, and what waits for whom."""

    name: str
    says: str
    status: str  # "done", "waits" or "not yet"
    waits: str = ""
    link: Link | None = None


_NOT_YET: Final = (
    ("Agreements", "What the place and central government bind themselves to do."),
    ("Commissioning", "What the money is to buy, and who gets it."),
    ("Delivery", "Contracts, milestones, and spending against what was given."),
    ("Monitoring", "Whether lives get better, and who answers where they do not."),
    ("Learning", "What was tried, and what it taught."),
)


def stages(reading: Reading | None, newest: EditionRow | None) -> tuple[Stage, ...]:
    """The chain of a place from files to lessons; what has no room yet is said to have none.

    `newest` is the last edition that the reader may read: it is the one that waits for somebody.
    """
    if reading is None or newest is None:
        first = (
            Stage("Sources", "Files as public bodies publish them, read as they are.", "waits",
                  "Agencies send their figures."),
            Stage("Count", "No edition can be read yet.", "waits", _who(Act.FREEZE, "freezes one")),
        )  # fmt: skip
    else:
        first = (_sources(reading), _count(newest))
    return (*first, *(Stage(name, says, "not yet") for name, says in _NOT_YET))


def _sources(reading: Reading) -> Stage:
    files = len(reading.opened.plain["files"])
    bodies = len(
        {
            e.agency
            for e in reading.whole.explained
            if e.payments_pence is not None or e.accounts_pence is not None
        }
    )
    gone = len(grouping.missing_bodies(reading.report))
    says = f"{plural(files, 'file')} of {plural(bodies, 'body', 'bodies')}, read as published."
    waits = f"{plural(gone, 'body', 'bodies')} of which nothing is in the total." if gone else ""
    return Stage(
        "Sources",
        says,
        "waits" if gone else "done",
        waits,
        Link("What is held", reading.to("coverage")),
    )


def _count(row: EditionRow) -> Stage:
    says = f"Edition {row.number} of {row.year} is {row.standing}."
    link = Link("Read the edition", address(row))
    match row.standing:
        case Standing.PROVISIONAL:
            return Stage("Count", says, "waits", _who(Act.SIGN_OFF, "signs it off or not"), link)
        case Standing.DISPUTED:
            return Stage("Count", says, "waits", _who(Act.SETTLE, "settles the dispute"), link)
        case Standing.SUPERSEDED:
            return Stage("Count", says, "done", "", link)
        case Standing.SIGNED_OFF:
            return Stage("Count", says, "done", "", link)


def _who(act: Act, does: str) -> str:
    """Whose turn it is, by the table of who may do what."""
    roles = sorted(str(role) for role in MAY[act].roles)
    return f"The {' or '.join(roles)} {does}."
