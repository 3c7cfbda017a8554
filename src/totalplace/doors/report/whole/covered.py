"""What is held and what is missing: coverage, breaks, why payments rose, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.published import AgencyYear
from totalplace.count.rules.whole_place.changes import Change, Part
from totalplace.count.rules.whole_place.from_payments import Explained
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.count.rules.words import percent
from totalplace.doors.report.pictures.sums import brief
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.grouping import missing_bodies, silent_services
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit, between, estimate, name_said
from totalplace.doors.report.whole.tables import Cell, Row, Table, money, table, words


def coverage(report: Report) -> Table | None:
    """Of each body, the months held and what its payments come to of its accounts."""
    found = report.whole.explained
    if not found:
        return None
    sums = [p for e in found for p in (e.payments_pence, e.accounts_pence) if p is not None]
    unit = Unit.for_sums(sums)
    rows = [
        Row(
            e.agency_name,
            (
                _months(e),
                money(unit, e.payments_pence),
                money(unit, e.passed_on_pence) if e.passed_on_pence else Cell("–"),
                money(unit, e.accounts_pence),
                words(explained(e), e.form),
            ),
        )
        for e in found
    ]
    caption = (
        "Payments are gross and accounts are net of income, so more than 100% is possible. "
        "Accounts are those of the whole body, also where the place is only a part of its area."
    )
    heads = [
        "Body", "Months held", f"Payments, {unit.name}", "Of that passed on",
        f"Accounts, {unit.name}", "<What payments explain",
    ]  # fmt: skip
    return table("Table of what is held", caption, heads, rows)


def _months(e: Explained) -> Cell:
    if e.payments_pence is None:
        return Cell("none", look="short")
    return Cell(f"{e.months_held} of 12", look="short" if e.months_held < 12 else "")


def explained(e: Explained) -> str:
    """How much of its accounts a body's payments come to, in words."""
    if e.payments_pence is None:
        return "No payments are held."
    if e.accounts_pence is None:
        return "No accounts are held to compare with."
    if e.ratio is None:
        return "The accounts come to nothing or less, so no share can be said."
    own = e.payments_pence - e.passed_on_pence
    less = "Less what is only passed on, payments" if e.passed_on_pence else "Payments"
    return f"{less} come to {percent(own, e.accounts_pence)} of this body’s accounts."


def months_of(report: Report) -> dict[str, AgencyYear]:
    """What each body published for the year of the count, by code."""
    count = report.whole.payments
    year = report.whole.year
    years = count.agency_years if count else ()
    return {y.agency.code: y for y in years if y.months and y.year == year}


def breaks(report: Report) -> Table | None:
    """Changes of boundary or publishing that are no growth; None where none was found."""
    found = report.whole.breaks
    if not found:
        return None
    unit = Unit.for_sums(b.pence or 0 for b in found)
    has_sums = any(b.pence is not None for b in found)
    rows = []
    for b in found:
        cells = [words(b.when), words(b.what)]
        if has_sums:
            cells.append(money(unit, b.pence))
        rows.append(Row(b.agency_name, tuple(cells)))
    heads = ["Body", "<When", "<What changed", *([unit.name] if has_sums else [])]
    caption = "Across each of these no two years can be compared."
    return table("Table of breaks", caption, heads, rows)


@dataclass(frozen=True, slots=True)
class Rise:
    """Why one body's payments rose or fell: a sentence, and its parts."""

    says: str
    parts: Table
    within: Table | None


def rises(report: Report) -> list[Rise]:
    """Why payments changed between two years, body by body."""
    return [_rise(report, change) for change in report.changes]


def rise_said(report: Report, change: Change) -> str:
    """From what to what an agency's payments rose or fell, in a sentence."""
    way = "rose" if change.pence > 0 else "fell" if change.pence < 0 else "stayed"
    return (
        f"{report.name_of(change.agency)}: payments {way} from {brief(change.before_pence)} to "
        f"{brief(change.after_pence)}."
    )


def part_said(part: Part) -> str:
    """What a part of a change is; a payee by a name as it is read."""
    return name_said(part.what) if part.kind == "payee" else part.what


def _rise(report: Report, change: Change) -> Rise:
    name = report.name_of(change.agency)
    unit = Unit.for_sums(p.pence for p in change.parts)
    rows = [Row(part_said(p), (words(p.kind), money(unit, p.pence))) for p in change.parts]
    foot = Row("The whole change", (words(""), money(unit, change.pence)))
    label = f"Table of why payments of {name} changed"
    caption = "The parts add up to the change. Newly published payments are not new spending."
    heads = ["What", "<Kind", f"More by, {unit.name}"]
    parts = table(label, caption, heads, rows, foot=foot, look="slim")
    return Rise(rise_said(report, change), parts, _within(report, change, unit))


def _within(report: Report, change: Change, unit: Unit) -> Table | None:
    """What payments to public bodies were in the later year, where a way of paying is new."""
    if not change.within:
        return None
    rows = [
        Row(report.titles.natures.title(p.what), (money(unit, p.pence),)) for p in change.within
    ]
    label = f"Table of payments of {report.name_of(change.agency)} to public bodies"
    caption = "What this body paid other public bodies in the later year, by what it was."
    return table(label, caption, ["What it was", unit.name], rows, look="slim")


def missing(report: Report) -> Table | None:
    """What is not known, with an estimate where there is one; None where nothing is missing."""
    lines = [line for line in report.whole.lines if line.pence is None]
    if not gaps(report):
        return None
    unit = Unit.for_sums(x.high_pence or 0 for x in lines)
    rows = [
        Row(gap.name, (words(gap.of, gap.detail), _not_known(gap, unit), words(gap.why)))
        for gap in gaps(report)
    ]
    heads = ["Body", "<Of what", f"Estimate, {unit.name}", "<Why, and how it is estimated"]
    caption = "None of this is in the total. An estimate is a range and never one sum."
    return table("Table of what is missing", caption, heads, rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known of a body: of which service, between which sums, and why."""

    name: str
    of: str
    detail: str
    low_pence: int | None
    high_pence: int | None
    why: str


_NOT_PAID: Final = (
    "Beyond that, published payments leave out pay, benefits and sums under the least that is "
    "published; only returns say how much."
)
_ALL: Final = "All its services"
_WHY_SILENT: Final = "No return and no payments of this body stand in this total."


def gaps(report: Report) -> list[Gap]:
    """All that is missing, the largest estimate first; a body that is wholly blank only once."""
    found = dict.fromkeys(_gap(report, x) for x in report.whole.lines if x.pence is None)
    listed = {line.agency for line in report.whole.lines}
    silent = [
        Gap(name, _ALL, "", None, None, _WHY_SILENT)
        for code, name in missing_bodies(report).items()
        if code not in listed
    ]
    return [*sorted(found, key=lambda g: (-(g.high_pence or 0), g.name, g.of)), *silent]


def _gap(report: Report, line: Line) -> Gap:
    if not report.service_of(line):
        return Gap(line.agency_name, _ALL, "", line.low_pence, line.high_pence, line.note)
    of = report.titles.service(line.service)
    detail = "" if line.detail in {of, line.agency_name} else line.detail
    return Gap(line.agency_name, of, detail, line.low_pence, line.high_pence, line.note)


def _not_known(gap: Gap, unit: Unit) -> Cell:
    low, high = gap.low_pence, gap.high_pence
    under = f"about {unit.said(low)}" if low is not None and low == high else ""
    return Cell(NOT_KNOWN, under or unit.range_said(low, high), "short")


def silent_said(report: Report) -> str:
    """Services for which no line stands at all, in a sentence; empty where there are none."""
    silent = [report.titles.service(code) for code in silent_services(report)]
    if not silent:
        return ""
    return f"No return has a line for: {'; '.join(silent)}."


def missing_said(report: Report) -> str:
    """What is missing in pounds as far as it can be estimated, in a sentence."""
    lines = [line for line in report.whole.lines if line.pence is None]
    gone = missing_bodies(report)
    if not lines and not gone:
        said = "No body of the place is missing from this total."
        return f"{said} {_NOT_PAID}" if report.whole.income is Income.GROSS else said
    low, high = estimate(lines)
    if low is None or high is None:
        said = "Of what is missing, nothing can be estimated."
        return f"{said} {_NOT_PAID}" if report.whole.income is Income.GROSS else said
    ranged = between(low, high) or f"about {brief(low)}"
    without = sum(gap.low_pence is None for gap in gaps(report))
    said = f"As far as it can be estimated, {ranged} is missing from the total."
    return f"{said} For {without} more no estimate can be made." if without else said
