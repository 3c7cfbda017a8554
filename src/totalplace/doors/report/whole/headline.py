"""The top of the whole-place report: what is counted, how much of it is measured, by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.lines import Income, Status, Total
from totalplace.count.rules.words import percent, plural
from totalplace.doors.report.pictures.sums import brief
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.grouping import (
    everything,
    missing_bodies,
    missing_sums,
    silent_services,
)
from totalplace.doors.report.whole.prices import in_prices
from totalplace.doors.report.whole.said import (
    INCOMES,
    STATUSES,
    Summed,
    between,
    estimate,
    per_head,
    split,
    split_said,
)
from totalplace.money.pence import pounds

PASSED_ON: Final = "passed_on"
NOT_SPENDING: Final = "not_spending"
_NO_ESTIMATE: Final = (
    "What part of the whole place this is, cannot be said: there is no estimate of what is missing."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the headline: what it is, the figure, and a sentence."""

    name: str
    figure: str
    says: str
    is_not: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """What the page says at once."""

    claim: str  # "Known to be spent for X in Y"
    figure: str  # "£8.3bn", or "not known"
    between: str
    status: str  # "Measured 71%, apportioned 6%, modelled 23%"
    missing: str  # "missing: 4 bodies", or nothing
    of_whole: str  # "That is at most 37% of the whole place", or nothing
    exact: str
    bar: tuple[tuple[str, int], ...]
    rule: str
    figures: tuple[Figure, ...]
    means: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """All of it as one sentence, for a terminal or a cell."""
        ranged = f" ({self.between})" if self.between else ""
        tail = "; ".join(part for part in (self.status, self.missing) if part)
        said = f"{self.claim}: {self.figure}{ranged}."
        parts = [said, f"{tail[:1].upper()}{tail[1:]}." if tail else "", self.of_whole]
        return " ".join(part for part in parts if part)


def headline(report: Report) -> Headline:
    """The headline of a count."""
    whole = everything(report)
    return Headline(
        claim=_claim(report),
        figure="not known" if whole.pence is None else brief(whole.pence),
        between=_between(whole),
        status=_status(report),
        missing=_missing(report),
        exact=""
        if whole.pence is None
        else f"The lines below add up to exactly {pounds(whole.pence)}.",
        of_whole=_of_whole(report),
        bar=tuple((str(status), share) for status, share in split(_with_missing(whole))),
        rule=INCOMES[report.whole.income],
        figures=tuple(_figures(report)),
        means=tuple(_means(report)),
    )


def _between(whole: Summed) -> str:
    if whole.pence is not None:
        return between(whole.low_pence, whole.high_pence)
    ranged = between(*estimate(whole.lines))
    return f"what can be estimated lies {ranged}" if ranged else ""


def _claim(report: Report) -> str:
    whole = report.whole
    if everything(report).pence is None:
        return f"Spent for {whole.place_name} in {whole.year}"
    if whole.income is Income.NET:
        return f"Known to be spent for {whole.place_name} in {whole.year}"
    return f"Known to be paid by public bodies of {whole.place_name} in {whole.year}"


def _status(report: Report) -> str:
    whole = everything(report)
    if whole.pence is None:
        return ""
    if report.whole.income is Income.GROSS:
        said = "All of it is measured, from published payments; payroll and benefits are not in it"
        return f"{said}; {explained_said(report)}" if explained_said(report) else said
    found = split(whole.total.by_status)
    if len(found) == 1:
        return f"All of that is {found[0][0]}"
    said = split_said(whole.total.by_status)
    return said[:1].upper() + said[1:]


def _with_missing(whole: Summed) -> dict[Status, int]:
    """What is known by status, and the least that is missing, as far as it can be estimated."""
    return whole.total.by_status | {Status.MISSING: max(0, estimate(whole.lines)[0] or 0)}


def _of_whole(report: Report) -> str:
    """What part of the whole place is known, as far as the rest can be estimated; in a sentence.

    A part of the rest without an estimate can only make the known part smaller.
    """
    whole = everything(report)
    low, high = estimate(whole.lines)
    if whole.pence is None or whole.pence <= 0 or report.whole.income is Income.GROSS:
        return ""
    if low is None or high is None or high <= 0:
        return _NO_ESTIMATE if missing_bodies(report) else ""
    most = percent(whole.pence, whole.pence + max(0, low))
    least = percent(whole.pence, whole.pence + high)
    listed = {x.agency for x in whole.lines}
    silent = [code for code in missing_bodies(report) if code not in listed]
    if silent or any(x.pence is None and x.low_pence is None for x in whole.lines):
        return f"So this is at most {most} of what is spent for the whole place."
    part = most if most == least else f"{least} to {most}"
    return f"So this is about {part} of what is spent for the whole place."


def explained_said(report: Report) -> str:
    """What the payments come to of the accounts of those bodies for which both are known."""
    both = [e for e in report.whole.explained if e.ratio is not None]
    if not both:
        return ""
    paid = sum((e.payments_pence or 0) - e.passed_on_pence for e in both)
    accounts = sum(e.accounts_pence or 0 for e in both)
    bodies = plural(len(both), "body", "bodies")
    less = "less what is only passed on, " if any(e.passed_on_pence for e in both) else ""
    return f"{less}payments come to {percent(paid, accounts)} of the accounts of {bodies}"


def _missing(report: Report) -> str:
    gone, sums = len(missing_bodies(report)), missing_sums(report)
    parts = [plural(gone, "body", "bodies")] if gone else []
    if sums:
        parts.append(f"{plural(sums, 'sum')} of others" if gone else plural(sums, "sum"))
    ranged = between(*estimate(report.whole.lines))
    if ranged:
        parts[-1] += f" (estimated {ranged})"
    silent = silent_services(report)
    if silent and not parts:
        parts.append(plural(len(silent), "service"))
    return f"missing: {', and '.join(parts)}" if parts else ""


def _means(report: Report) -> list[tuple[str, str]]:
    whole = everything(report)
    used = [s for s in Status if whole.total.by_status.get(s)]
    if _missing(report):
        used.append(Status.MISSING)
    return [(str(status), STATUSES[status]) for status in used]


def _figures(report: Report) -> list[Figure]:
    whole, pence = report.whole, everything(report).pence
    found = [_a_head(report, pence)]
    if report.in_prices_of is not None:
        later = in_prices(report, pence)
        found.append(
            Figure(
                f"At the prices of {report.in_prices_of}",
                "not known" if later is None else brief(later),
                "By the GDP deflator, which is provisional.",
            )
        )
    if whole.income is Income.GROSS and pence is not None:
        found += _gross_parts(report)
    return found


def _a_head(report: Report, pence: int | None) -> Figure:
    whole = report.whole
    if not whole.people:
        return Figure(
            "Per person", "not known", "How many people live here is not in the register."
        )
    source = f" ({whole.people_source})" if whole.people_source else ""
    said = f"For each of {whole.people:,} people{source}."
    return Figure("Per person", per_head(pence, whole.people), said)


def _gross_parts(report: Report) -> list[Figure]:
    """Of a gross total, what buys nothing in the place."""
    sums = dict.fromkeys((PASSED_ON, NOT_SPENDING), 0)
    for line in report.whole.lines:
        if line.service in sums:
            sums[line.service] += line.pence or 0
    if not any(sums.values()):
        return []
    left = report.whole.total.pence - sum(sums.values())
    said = f"{brief(sums[PASSED_ON])} is only passed on (precepts, levies, taxes) and "
    said += f"{brief(sums[NOT_SPENDING])} is lent or held: it buys nothing here."
    return [Figure("Of that, spent on services", brief(left), said)]


def three_numbers(report: Report) -> list[Figure]:
    """The three sums that are often taken for one, each with what it is and what it is not."""
    numbers, place = report.whole.numbers, report.whole.place_name
    if numbers is None or everything(report).pence is None:
        return []
    inside, unknown = numbers.paid_in_pence, numbers.paid_in_unknown_pence
    return [
        Figure(
            "Spent for the place",
            brief(numbers.for_the_place.pence),
            f"What is spent for the people who live in {place}, by every body counted, wherever "
            "the money is paid.",
            "It is not a budget that anybody in the place controls.",
        ),
        Figure(
            "Decided in the place",
            _of(numbers.controlled, numbers.for_the_place),
            "The part that a body of the place may change. Of the rest, "
            f"{_or_nothing(numbers.negotiable.pence)} is given with conditions and "
            f"{_or_nothing(numbers.national.pence)} is decided for the whole country.",
            "It is not spare: most of it is owed by law or contract already.",
        ),
        Figure(
            "Known to be paid in the place",
            brief(inside) if inside else "not known",
            "What is known to reach people and bodies who are in the place.",
            f"It is not all that reaches them: for {brief(unknown)} nobody publishes where the "
            "one who was paid is.",
        ),
    ]


def _or_nothing(pence: int) -> str:
    return brief(pence) if pence else "nothing that is known"


def _of(part: Total, whole: Total) -> str:
    said = brief(part.pence)
    return f"{said} ({percent(part.pence, whole.pence)})" if whole.pence > 0 else said
