"""A place whose targets are drafted, proposed, heard, decided and adopted, by real acts on days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.bodies import OwnRules
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.money.years import FinancialYear
from totalplace.outcomes.actions import adopting, target_sets
from totalplace.outcomes.queries.sets import TargetSetRow, affected_agencies, target_set
from totalplace.outcomes.rules.wanted import Wanted
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

ADA = Operator("Ada")
ONE = "wexshire/1"
DRAFTED, PROPOSED, OPENED, LAST, ANSWERED, CONCLUDED, TAKEN, ADOPTED = (
    50, 60, 62, 145, 150, 155, 170, 175
)  # fmt: skip
DEFAULT = date(2026, 1, 5)
ABOUT = Citation("targets", ONE)


@dataclass(frozen=True)
class WexshirePlace:
    """The place, and what is done there on so many days from its first."""

    base: date = DEFAULT
    by: Who = ADA

    def day(self, days: int) -> date:
        return self.base + timedelta(days=days)

    def at(self, days: int, hour: int = 12) -> datetime:
        return datetime.combine(self.day(days), time(hour), tzinfo=UTC)

    @property
    def years(self) -> tuple[FinancialYear, FinancialYear]:
        return FinancialYear(2027), FinancialYear(2029)

    def drafted(self, wanted: Sequence[Wanted]) -> TargetSetRow:
        made = target_sets.draft(
            "wexshire", "Every child at school", agency="wex", years=self.years,
            why="Too many children miss school.", by=self.by, on=self.at(DRAFTED),
        )  # fmt: skip
        return target_sets.revise(
            made.citation.id, wanted, reason="First draft", by=self.by, on=self.at(DRAFTED)
        )

    def proposed(self, wanted: Sequence[Wanted]) -> TargetSetRow:
        made = self.drafted(wanted)
        return target_sets.propose(
            made.citation.id, reason="Ready to be heard", by=self.by, on=self.at(PROPOSED)
        )

    def revised(
        self, wanted: Sequence[Wanted], *, because: int | None, on: int = ANSWERED, hour: int = 13
    ) -> TargetSetRow:
        return target_sets.revise(
            ONE, wanted, reason="As was answered", because=because, by=self.by,
            on=self.at(on, hour),
        )  # fmt: skip

    def begun_hearing(self, about: Citation = ABOUT, *, last: int = LAST) -> int:
        """A hearing that may be opened, with one paper."""
        draft = Draft(
            Question(
                "Targets for school", "Are these the right targets?", "All of them", "Nothing"
            ),
            Alternatives((Alternative("Do nothing", "Children fall behind"),), "It is feasible"),
            Reasons("Too many miss school", (Effect("children", "they learn more"),)),
            Equality(dict.fromkeys(characteristics(), "none, because all are served alike")),
            when=When(self.day(OPENED), self.day(last)),
        )
        number = hearings.begin(
            about, place="wexshire", agency="wex", draft=draft, by=self.by, on=self.at(PROPOSED)
        ).number
        hearings.add_paper(
            number, "The targets", file_name="targets.pdf", content=b"%PDF-1.4 the targets",
            by=self.by, on=self.at(PROPOSED),
        )  # fmt: skip
        return number

    def opened(self, about: Citation = ABOUT, *, leaving_out: str = "") -> int:
        number = self.begun_hearing(about)
        asked = [one for one in affected_agencies(about.id) if one.agency != leaving_out]
        hearings.open_hearing(number, affected=asked, by=self.by, on=self.at(OPENED, 9))
        return number

    def objected(self, number: int, agency: str = "icb") -> None:
        hearings.reply(
            number, agency, "object", "We cannot move thirty per cent of it with our money.",
            by=self.by, on=self.at(OPENED + 10),
        )  # fmt: skip

    def answered(self, number: int, point: int = 1, *, changed: bool) -> None:
        words = "The board's share is lowered to twenty per cent, as it says it can move no more."
        if not changed:
            words = "Nothing changes: the board's own figures show that it can move that much."
        hearings.answer(number, point, Answered(changed, words), by=self.by, on=self.at(ANSWERED))

    def concluded(self, number: int) -> None:
        for part in ("partnership", "public"):
            hearings.finish_part(
                number, part, "Nobody of it said anything.", by=self.by, on=self.at(CONCLUDED)
            )
        hearings.conclude(number, reason="All was answered", by=self.by, on=self.at(CONCLUDED, 15))

    def decided(
        self,
        body: str = "wex-council",
        *,
        matter: str = "policy-framework",
        about: Citation | None = ABOUT,
        on: int = TAKEN,
    ) -> Citation:
        proposal = Proposal(
            "Adopt the targets", "To adopt the targets of the place", matter, self.day(on), 0, 0,
            about=about,
        )  # fmt: skip
        row = decisions.propose(body, proposal, by=self.by, on=self.at(on - 40))
        decisions.give_notice(row.citation.id, by=self.by, on=self.at(on - 40))
        taking = Taking("They are the right ones", ["Cllr Ann Lee"])
        decisions.take(row.citation.id, taking, by=self.by, on=self.at(on))
        return row.citation

    def adopted(
        self, decision: Citation, citation: str = ONE, *, on: int = ADOPTED
    ) -> TargetSetRow:
        return adopting.adopt(
            citation, decision, reason="As the council decided", by=self.by, on=self.at(on)
        )

    def heard(self, wanted: Sequence[Wanted]) -> TargetSetRow:
        """Targets that nobody objected to, whose hearing is concluded."""
        made = self.proposed(wanted)
        number = self.opened(made.citation)
        self.concluded(number)
        return target_set(made.citation.id)


def begun(base: date = DEFAULT, *, by: Who = ADA) -> WexshirePlace:
    """The place with its agencies and the bodies of its council."""
    here = WexshirePlace(base, by)
    on = here.at(0)
    places.register_place("wexshire", name="Wexshire", by=by, on=on)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"),
        ("icb", "Wexshire Health Board", "nhs-board"),
        ("fire", "Wexshire Fire Service", "fire"),
    ):
        places.register_agency(code, name=name, kind=kind, by=by, on=on)
        places.join_place("wexshire", code, by=by, on=on)
    for code, kind, law, matters in (
        ("wex-council", "full-council", "full-council", {"policy-framework", "budget"}),
        ("wex-cabinet", "executive", "council-executive", {"executive"}),
    ):
        decisions.add_body(code, agency="wex", kind=kind, name=code, by=by, on=on)
        rules = OwnRules(law, base, "Constitution", frozenset(matters), 500_000_00)
        decisions.set_rules(code, rules, by=by, on=on)
    return here
