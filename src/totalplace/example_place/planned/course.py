"""From a case to an allocation: proposed, answered by each agency, heard, decided, and posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.agreements.queries.agreements import agreements
from totalplace.agreements.queries.books import book_of
from totalplace.commissioning.actions import plan_adopting, plan_answers, plans
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.queries.allocations import AllocationRow
from totalplace.commissioning.queries.plans import PlanRow, affected_agencies, plan
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.sorts import Sort
from totalplace.decisions.rules.proposals import Proposal
from totalplace.example_place.agreed.bargain import first_year
from totalplace.example_place.days import Course
from totalplace.example_place.deciding import (
    Paper,
    conclude_unanswered,
    decide,
    open_hearing,
)
from totalplace.example_place.naming import COUNCIL, HOST, PLACE
from totalplace.example_place.planned.case import example_case, known_best
from totalplace.example_place.planned.services import BOARD, SATISFACTION, WANTED
from totalplace.participation import actions as hearings
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
)
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation

PLANNED: Final = f"{PLACE}/1"
ABOUT: Final = Citation("plan", PLANNED)
# Days before today on which each thing is done.
_DRAFTED, _PROPOSED, _OPENED, _ANSWERED, _LAST, _CONCLUDED, _NOTICED, _TAKEN = (
    130, 125, 120, 100, 62, 56, 52, 15,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of it, held against the plan that is known to be best."""

    plan: PlanRow
    allocation: AllocationRow
    furthest_pence: int  # by which a line of the plan found differs from the one that is known
    points: float
    known_points: float
    posted: bool


def allocate(*, by: Who, on: datetime) -> Planned:
    """Divide the made-up grant; where its agreement has a book, post what was allocated.

    Raises Refused where the rules do. Stopped half-way, nothing of it is kept.
    """
    with transaction.atomic():
        course = Course(by, on)
        case = example_case(first_year(course), f"decision {COUNCIL}/1")
        _propose(course, case)
        number = _open(course)
        _answer(course)
        for agency in (HOST, BOARD):
            hearings.reply(
                number, agency, "agree", "We answered for our part beside the plan.", by=by,
                on=course.at(_ANSWERED),
            )  # fmt: skip
        conclude_unanswered(course, number, _CONCLUDED)
        plan_answers.state(
            PLANNED, robustness="Unit costs are those of last year; effects are made up.",
            reserves="No reserve is used.", by=by, on=course.at(_NOTICED + 1),
        )  # fmt: skip
        decision = _decide(course)
        found = plan_adopting.adopt(PLANNED, decision, reason="As decided", by=by, on=on)
        posted = _post(found, course)
        return _told(posted or found, posted is not None)


def _propose(course: Course, case: Case) -> None:
    by = course.by
    plans.draft(
        PLACE, "The block grant of Wexshire", case, agency=HOST,
        why="The grant comes in one sum, and nobody has said yet what it is for.", by=by,
        on=course.at(_DRAFTED),
    )  # fmt: skip
    because = "It brings most children back to school, and no guarantee gives way"
    plans.propose(PLANNED, Chosen(Sort.MOST, because), by=by, on=course.at(_PROPOSED))


def _open(course: Course) -> int:
    draft = Draft(
        Question(
            "The block grant", "Is the money in the right places?", "How much each service has",
            "What national guarantees and conditions keep",
        ),
        Alternatives(
            (
                Alternative("The fairest plan", "Each part of the place nearer to the average"),
                Alternative("The least change", "Half of the gain, and far less money moved"),
            ),
            "It brings outcomes furthest within all that must be kept",
        ),
        Reasons(
            "The grant is for outcomes, and last year's shares were for institutions",
            (Effect("pupils who ride the school bus", "fewer seats are paid for", -234_940_71),),
        ),
        Equality(dict.fromkeys(characteristics(), "none known; asked about in the answers")),
        when=When(
            course.day(_OPENED), course.day(_LAST),
            why_shorter="It follows a hearing of twelve weeks on the outcomes themselves",
        ),
    )  # fmt: skip
    text = plan(PLANNED).last.text
    paper = Paper("The case, every service and effect", "case.txt", text)
    return open_hearing(course, ABOUT, draft, paper, affected_agencies(PLANNED))


def _answer(course: Course) -> None:
    """Each body with money in it says whether it accepts; the board contests, and is answered."""
    by, on = course.by, course.at(_ANSWERED)
    absence = WANTED[0].key
    ours = (
        plan_answers.Intent("breakfast-clubs", absence, "A club in every primary school"),
        plan_answers.Intent("family-visits", absence, "A visit before any fine"),
    )
    accepts = plan_answers.Answer(True, "We can commission all of it by April.", ours)
    plan_answers.answer(PLANNED, HOST, accepts, by=by, on=on)
    theirs = (
        plan_answers.Intent("counsellors", absence, "A counsellor for each secondary school"),
        plan_answers.Intent(
            "balance-classes", (SATISFACTION, WANTED[1].area), "Classes in each surgery's area"
        ),
    )
    contests = plan_answers.Answer(False, "The coast needs more classes than it gets.", theirs)
    said = plan_answers.answer(PLANNED, BOARD, contests, by=by, on=on)
    plan_answers.reply(
        PLANNED, said.number, words="The coast keeps its fair share of a thousand places; more "
        "would cost more than it reaches elsewhere.", changed=False, by=by,
        on=course.at(_ANSWERED - 10),
    )  # fmt: skip


def _decide(course: Course) -> Citation:
    proposal = Proposal(
        "Adopt the plan for the block grant", "To adopt the plan as it was proposed", "budget",
        course.day(_TAKEN), 0, 0, about=ABOUT,
    )  # fmt: skip
    because = "It reaches most of the outcomes that the council set"
    return decide(course, proposal, because, noticed=_NOTICED, taken=_TAKEN)


def _post(found: AllocationRow, course: Course) -> AllocationRow | None:
    """Post to the book of the agreement, where it could be signed and so has one."""
    its = book_of(agreements(PLACE)[0])
    if its is None:
        return None
    return plan_adopting.post_allocation(found.citation, its.code, by=course.by, on=course.now)


def _told(found: AllocationRow, posted: bool) -> Planned:
    row, known = plan(PLANNED), known_best()
    problem, chosen = row.last.problem, row.last.stands
    best = [known[line.option] for line in problem.lines]
    apart = [abs(one - other) for one, other in zip(chosen.pence, best, strict=True)]
    return Planned(row, found, max(apart), chosen.points, problem.points(best), posted)
