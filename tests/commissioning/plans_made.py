"""A place whose plan is drafted, proposed, heard, answered, stated on, decided, adopted, posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from totalplace.commissioning.actions import plan_adopting, plan_answers, plans
from totalplace.commissioning.actions.plan_answers import Answer, Intent
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.queries.allocations import AllocationRow
from totalplace.commissioning.queries.plans import PlanRow, affected_agencies, plan
from totalplace.commissioning.rules.case import Area, Case
from totalplace.commissioning.rules.sorts import Sort
from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.bodies import OwnRules
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.ledger import actions as ledger
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind, Nature
from totalplace.ledger.rules.verbs import Colour
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
from totalplace.participation.rules.replies import Answered
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator, Who
from totalplace.record.rules.chain import Citation

from .cases import WELL, case, effect, option

ADA = Operator("Ada")
ONE = "wexshire/1"
ABOUT = Citation("plan", ONE)
(WEIGHED, DRAFTED, PROPOSED, OPENED, LAST, ANSWERED, CONCLUDED, STATED, TAKEN, ADOPTED) = (
    42, 50, 60, 62, 145, 150, 155, 160, 170, 175
)  # fmt: skip
DEFAULT = date(2026, 1, 5)
WEIGHTS = "decision wex-council/1"
ADOPTING = Citation("decision", "wex-council/2")


def a_case(**other: Any) -> Case:
    """Nursery places and home visits of the council, classes of the health board, and its roads.

    The roads have no effect, so that their money stays. Of the other 1,500 pounds the most outcomes
    come from moving home visits' money to classes.
    """
    said: dict[str, Any] = {
        "pounds": 2_000,
        "place": "wexshire",
        "first_year": 2027,
        "areas": (Area("N", "North", 900), Area("S", "South", 300)),
        "weights_by": WEIGHTS,
    }
    options = (
        option("nursery", 600, effect("1"), agency="wex", area="N", saturates_units=50),
        option("visits", 600, effect("0.2"), agency="wex", area="N", least_pence=100_00),
        option("classes", 300, effect("0.6", of=WELL), agency="icb", area="S", saturates_units=40),
        option("roads", 500, agency="wex"),
    )
    return case(*(other.pop("options", options)), **{**said, **other})


@dataclass(frozen=True)
class Wexshire:
    """The place, and what is done there on so many days from its first."""

    base: date = DEFAULT
    by: Who = ADA

    def day(self, days: int) -> date:
        return self.base + timedelta(days=days)

    def at(self, days: int, hour: int = 12) -> datetime:
        return datetime.combine(self.day(days), time(hour), tzinfo=UTC)

    def drafted(self, its: Case | None = None, *, on: int = DRAFTED) -> PlanRow:
        return plans.draft(
            "wexshire", "The grant of 2027-28", its or a_case(), agency="wex",
            why="To divide the grant so that more children are ready for school.", by=self.by,
            on=self.at(on),
        )  # fmt: skip

    def proposed(self, its: Case | None = None, *, sort: Sort = Sort.MOST) -> PlanRow:
        made = self.drafted(its)
        chosen = Chosen(sort, "It does most for children.")
        return plans.propose(made.citation.id, chosen, by=self.by, on=self.at(PROPOSED))

    def revised(
        self, its: Case | None = None, *, because: int | None, sort: Sort = Sort.FAIREST,
        on: int = ANSWERED, hour: int = 13,
    ) -> PlanRow:  # fmt: skip
        return plans.revise(
            ONE, its, Chosen(sort, "It is what was asked for."), reason="As was answered",
            because=because, by=self.by, on=self.at(on, hour),
        )  # fmt: skip

    def opened(self, about: Citation = ABOUT, *, leaving_out: str = "") -> int:
        number = self.begun_hearing(about)
        asked = [one for one in affected_agencies(about.id) if one.agency != leaving_out]
        hearings.open_hearing(number, affected=asked, by=self.by, on=self.at(OPENED, 9))
        return number

    def begun_hearing(self, about: Citation = ABOUT) -> int:
        draft = Draft(
            Question("The grant", "Is this the right plan?", "All of it", "Nothing"),
            Alternatives((Alternative("Do nothing", "As last year"),), "It is feasible"),
            Reasons("Too few are ready", (Effect("children", "they learn more"),)),
            Equality(dict.fromkeys(characteristics(), "none, because all are served alike")),
            when=When(self.day(OPENED), self.day(LAST)),
        )
        number = hearings.begin(
            about, place="wexshire", agency="wex", draft=draft, by=self.by, on=self.at(PROPOSED)
        ).number
        hearings.add_paper(
            number, "The plan", file_name="plan.pdf", content=b"%PDF-1.4 the plan", by=self.by,
            on=self.at(PROPOSED),
        )  # fmt: skip
        return number

    def objected(self, number: int, agency: str = "icb") -> None:
        hearings.reply(
            number, agency, "object", "Our part is too small.", by=self.by,
            on=self.at(OPENED + 10),
        )  # fmt: skip

    def answered(self, number: int, *, changed: bool) -> None:
        words = (
            "The fairest plan is proposed instead."
            if changed
            else "Nothing changes, for the reasons that the plan gives."
        )
        hearings.answer(number, 1, Answered(changed, words), by=self.by, on=self.at(ANSWERED))

    def concluded(self, number: int) -> None:
        for part in ("partnership", "public"):
            hearings.finish_part(
                number, part, "Nobody of it said anything.", by=self.by, on=self.at(CONCLUDED)
            )
        hearings.conclude(number, reason="All was answered", by=self.by, on=self.at(CONCLUDED, 15))

    def heard(self, its: Case | None = None) -> PlanRow:
        """A plan that nobody objected to, whose hearing is concluded."""
        made = self.proposed(its)
        self.concluded(self.opened(made.citation))
        return plan(made.citation.id)

    def said(
        self, agency: str = "icb", *, accepts: bool = True, on: int = OPENED + 5, words: str = ""
    ) -> int:
        intents = [Intent("classes", WELL, "Forty more classes", 100_00)] if accepts else []
        answer = Answer(accepts, words or "We can do that.", intents if agency == "icb" else [])
        made = plan_answers.answer(ONE, agency, answer, by=self.by, on=self.at(on))
        return made.number

    def stated(self, *, on: int = STATED) -> None:
        plan_answers.state(
            ONE, robustness="The estimates are robust.", reserves="The reserves are adequate.",
            by=self.by, on=self.at(on),
        )  # fmt: skip

    def decided(
        self, body: str = "wex-council", *, matter: str = "budget", about: Citation | None = ABOUT,
        on: int = TAKEN,
    ) -> Citation:  # fmt: skip
        proposal = Proposal(
            "Adopt the plan", "To adopt it", matter, self.day(on), 0, 0, about=about
        )
        row = decisions.propose(body, proposal, by=self.by, on=self.at(on - 40))
        decisions.give_notice(row.citation.id, by=self.by, on=self.at(on - 40))
        taking = Taking("It is the right one", ["Cllr Ann Lee"])
        decisions.take(row.citation.id, taking, by=self.by, on=self.at(on))
        return row.citation

    def adopted(
        self, decision: Citation, citation: str = ONE, *, on: int = ADOPTED
    ) -> AllocationRow:
        return plan_adopting.adopt(
            citation, decision, reason="As the council decided", by=self.by, on=self.at(on)
        )

    def all_done(self) -> AllocationRow:
        """A plan from its draft to its adoption, to which the health board agrees."""
        self.proposed()
        number = self.opened()
        self.said()
        self.concluded(number)
        self.stated()
        return self.adopted(self.decided())

    def booked(self, pounds: int = 2_000, *, line: str = "grant", code: str = "wexshire-1") -> str:
        """A book of the place with one line, in which the centre promised so much."""
        on = self.at(ADOPTED)
        new = ledger.NewBook("The grant", "wexshire", "wex", 2027, 2029)
        ledger.open_book(code, new, by=self.by, on=on)
        it = ledger.NewLine("The grant", "dep", Nature.REVENUE, Citation("letter", "1"))
        ledger.add_line(code, line, it, by=self.by, on=on)
        legs = verbs.promised(Colour(line, 2027, "dep", "wex"), pounds * 100)
        ledger.post(
            code, legs, day=self.day(ADOPTED), kind=Kind.PROMISED,
            citation=Citation("letter", "1"), by=self.by, on=on,
        )  # fmt: skip
        return code

    def posted(self, code: str = "wexshire-1", citation: str = ONE) -> AllocationRow:
        return plan_adopting.post_allocation(citation, code, by=self.by, on=self.at(ADOPTED + 1))


def begun(base: date = DEFAULT, *, by: Who = ADA) -> Wexshire:
    """The place with its agencies, the bodies of its council, and the decision on the weights."""
    here = Wexshire(base, by)
    on = here.at(0)
    places.register_place("wexshire", name="Wexshire", by=by, on=on)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"),
        ("icb", "Wexshire Health Board", "nhs-board"),
    ):
        places.register_agency(code, name=name, kind=kind, by=by, on=on)
        places.join_place("wexshire", code, by=by, on=on)
    places.register_agency("dep", name="The Department", kind="department", by=by, on=on)
    for code, kind, law, matters in (
        ("wex-council", "full-council", "full-council", {"policy-framework", "budget"}),
        ("wex-cabinet", "executive", "council-executive", {"executive"}),
    ):
        decisions.add_body(code, agency="wex", kind=kind, name=code, by=by, on=on)
        rules = OwnRules(law, base, "Constitution", frozenset(matters), 500_000_00)
        decisions.set_rules(code, rules, by=by, on=on)
    here.decided(about=None, on=WEIGHED)
    return here
