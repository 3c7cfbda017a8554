"""/api/v1/commissioning/plans/: how the money of a place is planned, heard, adopted, allocated."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from totalplace.commissioning.actions import plan_adopting, plan_answers, plans
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.queries import allocations
from totalplace.commissioning.queries import plans as queries
from totalplace.commissioning.queries.plans import PlanRow
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of
from totalplace.commissioning.rules.sorts import Sort
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.commissioning_plans_said import (
    Allocation,
    Plan,
    PlanAdopting,
    PlanAnswering,
    PlanDrafting,
    PlanLack,
    PlanLacks,
    PlanLine,
    PlanListed,
    PlanPosting,
    PlanProposing,
    PlanReplying,
    PlanRevising,
    PlanStating,
    PlanWhy,
)
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.report.plans_told import (
    lacks_of,
    plain_allocation,
    plain_line,
    plain_plan,
    plain_summary,
)
from totalplace.doors.web.commissioning.plans.looking import today
from totalplace.doors.web.showing import now
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

router = Router()
_ONE = "/{place}/{number}"


@reads(router, "", answers=Listed[PlanListed])
def every_plan(
    _: Asker,
    *,
    place: Annotated[str, Field(max_length=64, description="Only those of this one.")] = "",
    after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Plans that were proposed, by place and number."""
    rows = there(lambda: queries.plans(place))
    published = [row for row in rows if row.published]
    return page(published, lambda row: row.citation.id, _listed, after=after or None, limit=limit)


@reads(router, "/{place}/in-force", answers=Allocation)
def allocation_in_force(_: Asker, *, place: Code) -> Allocation:
    """The allocation of a place that holds."""
    there(lambda: places.place(place))
    return Allocation(**plain_allocation(there(lambda: _in_force(place))))


@reads(router, _ONE, answers=PlanLacks)
def one_plan(_: Asker, *, place: Code, number: Number) -> PlanLacks:
    """A plan that was proposed: its versions, who answered, and what it lacks."""
    row, on = _published(place, number), today()
    return PlanLacks(**plain_plan(row, on), lacks=[PlanLack(**one) for one in lacks_of(row, on)])


@reads(router, _ONE + "/lines", answers=list[PlanLine])
def plan_lines(_: Asker, *, place: Code, number: Number) -> list[PlanLine]:
    """What every option gets in every year under what is proposed, and which funds pay."""
    row = _published(place, number)
    return [PlanLine(**plain_line(one)) for one in queries.lines(row.last)]


@reads(router, _ONE + "/allocation", answers=Allocation)
def one_allocation(_: Asker, *, place: Code, number: Number) -> Allocation:
    """The allocation that a plan became."""
    row = there(lambda: allocations.allocation(f"{place}/{number}"))
    return Allocation(**plain_allocation(row))


@writes(router, "/{place}", act=Act.PLAN, answers=Plan, status=201)
def draft_plan(by: Officer, *, place: Code, said: PlanDrafting) -> Plan:
    """Draft a plan of a place from a case."""
    there(lambda: places.place(place))
    case = _case(said.case)
    return _told(
        plans.draft(place, said.title, case, agency=said.agency, why=said.why, by=by, on=now())
    )


@writes(router, _ONE + "/propose", act=Act.PLAN, answers=Plan)
def propose_plan(by: Officer, *, place: Code, number: Number, said: PlanProposing) -> Plan:
    """Propose one of the three plans of a draft."""
    chosen = Chosen(Sort(said.plan), said.because)
    return _told(plans.propose(_at(place, number), chosen, by=by, on=now()))


@writes(router, _ONE + "/revise", act=Act.PLAN, answers=Plan)
def revise_plan(by: Officer, *, place: Code, number: Number, said: PlanRevising) -> Plan:
    """Make the next version of a plan that is proposed."""
    case = _case(said.case) if said.case else None
    row = plans.revise(
        _at(place, number), case, Chosen(Sort(said.plan), said.because), reason=said.reason,
        because=said.because_of_answer, by=by, on=now(),
    )  # fmt: skip
    return _told(row)


@writes(router, _ONE + "/withdraw", act=Act.PLAN, answers=Plan)
def withdraw_plan(by: Officer, *, place: Code, number: Number, said: PlanWhy) -> Plan:
    """Withdraw a plan before it is adopted."""
    return _told(plans.withdraw(_at(place, number), reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/answer", act=Act.ANSWER_PLAN, answers=Plan)
def answer_plan(by: Officer, *, place: Code, number: Number, said: PlanAnswering) -> Plan:
    """Accept or contest an agency's part, and say what it will commission with it."""
    at = _at(place, number)
    intents = [
        plan_answers.Intent(one.option, (one.indicator, one.area), one.words, one.pence)
        for one in said.intents
    ]
    answer = plan_answers.Answer(said.accepts, said.words, intents)
    plan_answers.answer(at, said.agency, answer, by=by, on=now())
    return _told(queries.plan(at))


@writes(router, _ONE + "/reply", act=Act.PLAN, answers=Plan)
def reply_to_answer(by: Officer, *, place: Code, number: Number, said: PlanReplying) -> Plan:
    """Answer a part that an agency contests."""
    at = _at(place, number)
    plan_answers.reply(at, said.answer, words=said.words, changed=said.changed, by=by, on=now())
    return _told(queries.plan(at))


@writes(router, _ONE + "/state", act=Act.STATE_ROBUSTNESS, answers=Plan)
def state_on_plan(by: Officer, *, place: Code, number: Number, said: PlanStating) -> Plan:
    """State on the estimates and reserves, as chief finance officer."""
    at = _at(place, number)
    plan_answers.state(at, robustness=said.robustness, reserves=said.reserves, by=by, on=now())
    return _told(queries.plan(at))


@writes(router, _ONE + "/adopt", act=Act.ADOPT_PLAN, answers=Allocation)
def adopt_plan(by: Officer, *, place: Code, number: Number, said: PlanAdopting) -> Allocation:
    """Adopt a plan that was heard, under a decision in effect about it."""
    cited = Citation("decision", said.decision.removeprefix("decision "))
    row = plan_adopting.adopt(_at(place, number), cited, reason=said.reason, by=by, on=now())
    return Allocation(**plain_allocation(row))


@writes(router, _ONE + "/post", act=Act.ADOPT_PLAN, answers=Allocation)
def post_plan(by: Officer, *, place: Code, number: Number, said: PlanPosting) -> Allocation:
    """Post the allocation that a plan became to a book, once."""
    row = plan_adopting.post_allocation(_at(place, number), said.book, by=by, on=now())
    return Allocation(**plain_allocation(row))


def _at(place: str, number: int) -> str:
    """The plan of an address, as it is cited. Raises a 404 where there is none."""
    row: PlanRow = there(lambda: queries.plan(f"{place}/{number}"))
    return row.citation.id


def _published(place: str, number: int) -> PlanRow:
    def found() -> PlanRow:
        row = queries.plan(f"{place}/{number}")
        if not row.published:
            raise Refused(
                f"There is no plan {row.citation.id}",
                why="it is not proposed yet",
                next_step="Ask again once it is",
            )
        return row

    row: PlanRow = there(found)
    return row


def _in_force(place: str) -> allocations.AllocationRow:
    found = allocations.allocation_in_force(place)
    if found is None:
        raise Refused(
            f"No allocation is in force in {place}",
            why="the place has adopted no plan",
            next_step="See what is proposed in the list of plans",
        )
    return found


def _listed(row: PlanRow) -> PlanListed:
    return PlanListed(**plain_summary(row, today()))


def _told(row: PlanRow) -> Plan:
    return Plan(**plain_plan(row, today()))


def _case(sheets: dict[str, list[list[str]]]) -> Case:
    found = case_of(sheets)
    if isinstance(found, CaseFaults):
        raise found.refused("The case")
    return found
