"""The page of a submission: the guess and its reasons, sums, faults, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.reading import last_work, under_way
from totalplace.doors.web.sources.seeing import buttons, home
from totalplace.doors.web.work.pages import can_stop, keeps_asking, refreshed
from totalplace.doors.web.work.queries import WorkRow
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.reasons import CALLED
from totalplace.sources.rules.submitting.compared import differences
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import queries
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.report import FaultFound, Report, TableFound

FAULTS_SHOWN: Final = 50
_SURE, _FAIRLY = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that was taken for a role: how surely, why, and some of its cells."""

    role: str
    at: str
    header: str
    sure: str
    why: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultsAlike:
    """Faults of one reason in one column: how many are listed, and the first of them."""

    first: FaultFound
    count: int


@officers_only
@require_safe
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """A submission as it stands."""
    row = visible(number, officer_of(request))
    work = last_work(row)
    report = queries.report_of(home(), row)
    before = queries.month_before_of(row)
    this = queries.sums_of(row)
    shown = {
        "row": row,
        "can": buttons(row, officer_of(request), now()),
        "work": work if work and _is_shown(row, work) else None,
        "add_again": can_add_again(row, officer_of(request)),
        "can_stop": can_stop(work),
        "waits": keeps_asking(request, work),
        "report": report,
        "tables": _tables(report),
        "kinds": _alike(report),
        "faults": list(islice(report.faults, FAULTS_SHOWN)) if report else [],
        "before": before,
        "this": this,
        "unlike": differences(this, before) if this else [],
    }
    return refreshed(request, work, show(request, "sources/submission.html", shown))


def can_add_again(row: SubmissionRow, officer: Officer) -> bool:
    """Whether what was certified waits, with nothing under way that would add it."""
    if row.stage is not Stage.CERTIFIED or under_way(row) is not None:
        return False
    acts = (Act.CERTIFY, Act.GIVE_FIGURES)
    return any(places.may(officer, act, agency=row.agency, on=now()) for act in acts)


def visible(number: int, officer: Officer) -> SubmissionRow:
    """A submission that an officer may see; for others there is none."""
    row = queries.submission(number)
    if not places.may(officer, Act.READ_UNPUBLISHED, agency=row.agency, on=now()):
        raise Http404
    return row


def _is_shown(row: SubmissionRow, work: WorkRow) -> bool:
    """Whether what is done with it is shown: while it is, or where it came to nothing."""
    return work.is_under_way or not row.is_read or row.stage is Stage.CERTIFIED


def _tables(report: Report | None) -> list[tuple[TableFound, list[Guess]]]:
    return [(table, _guesses(table)) for table in report.tables] if report else []


def _guesses(table: TableFound) -> list[Guess]:
    cells = {column.letter: column.cells for column in table.columns}
    found = []
    for role in Role:
        taken = table.taken.get(role.value)
        if taken is not None:
            at = str(taken["column"])
            found.append(
                Guess(
                    CALLED[role].removeprefix("the ").capitalize(), at, str(taken["header"]),
                    sure_said(float(taken["confidence"])), str(taken["reason"]),
                    cells.get(at, ()),
                )
            )  # fmt: skip
    return found


def sure_said(confidence: float) -> str:
    """How sure a guess is, in words and as a share."""
    if confidence >= 1:
        return "Said by you or a recipe"
    word = "Sure" if confidence >= _SURE else "Fairly sure" if confidence >= _FAIRLY else "Unsure"
    return f"{word} ({confidence:.0%})"


def _alike(report: Report | None) -> list[FaultsAlike]:
    """Faults counted by table, column and reason, the most first."""
    alike: dict[tuple[str, str, str, str], list[FaultFound]] = {}
    for fault in report.faults if report else ():
        key = (fault.document, fault.sheet, fault.column, fault.why)
        alike.setdefault(key, []).append(fault)
    most = sorted(alike.values(), key=lambda some: -len(some))
    return [FaultsAlike(some[0], len(some)) for some in most]
