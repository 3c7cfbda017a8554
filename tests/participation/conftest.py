"""A place whose council holds a hearing: built in one line, moved on by days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from totalplace.participation import actions, queries
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.queries import HearingRow
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
    Who,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.replies import Answered
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.places.rules.mandates import Who as Acting
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
ABOUT = Citation("targets", "wexshire/1")
BEGUN = date(2026, 2, 2)
OPENS = date(2026, 2, 9)
LAST = date(2026, 5, 3)  # the eighty-fourth day
CLOSED = date(2026, 5, 4)
AFFECTED = (Affected("wex", 500_000_00, "runs it"), Affected("nhs", 200_000_00), Affected("pol"))
WORDS = "We moved two hundred thousand pounds to the second year for this."
UNCHANGED = Answered(changed=False, words="The law sets this sum, so it could not be changed.")


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def a_draft(**said: object) -> Draft:
    """A draft that may open, with what is said instead."""
    whole = Draft(
        question=Question(
            "Ready for school", "Should more children be ready for school by 2029, and how?",
            "how much is spent on it, and by whom", "nothing",
        ),
        alternatives=Alternatives(
            (Alternative("Leave it as it is", "One child in three is not ready"),),
            "It helps most children for each pound",
        ),
        reasons=Reasons(
            "Falls here come before falls in attendance",
            (Effect("families with children under five", "one more visit a year", 300_000_00),),
        ),
        equality=Equality(dict.fromkeys(characteristics(), "none, because all are visited")),
        who=Who(),
        when=When(OPENS, LAST),
    )  # fmt: skip
    return replace(whole, **said)  # type: ignore[arg-type]


@dataclass
class Hearing:
    """A hearing, and what is done in it on which day. Everybody acts as the operator."""

    number: int = 1
    about: Citation = ABOUT
    by: Acting = ADA
    today: date = field(default=OPENS)

    @property
    def row(self) -> HearingRow:
        """As others see it."""
        return queries.hearing(self.number)

    def begin(self, draft: Draft | None = None, *, papers: int = 1) -> Hearing:
        """Begin it, with its draft and papers."""
        on = at(min(self.today, BEGUN)) if self.number == 1 else at(self.today)
        row = actions.begin(
            self.about, place="wexshire", agency="wex", draft=draft or a_draft(), by=self.by, on=on
        )
        self.number = row.number
        for n in range(1, papers + 1):
            actions.add_paper(
                row.number, f"Paper {n}", file_name=f"p{n}.pdf", content=f"paper {n}".encode(),
                by=self.by, on=on,
            )  # fmt: skip
        return self

    def open(self, *, affected: tuple[Affected, ...] = AFFECTED, on: date | None = None) -> Hearing:
        """Open it."""
        actions.open_hearing(self.number, affected=affected, by=self.by, on=at(on or self.today))
        return self

    def pass_to(self, day: date) -> Hearing:
        """Let days pass."""
        self.today = day
        return self

    def close(self) -> Hearing:
        """Let its last day pass."""
        closing = self.row.closing_day
        assert closing is not None
        return self.pass_to(closing + timedelta(days=1))

    def reply(
        self,
        agency: str = "nhs",
        stance: str = "object",
        words: str = "It costs us more",
        **said: int,
    ) -> Hearing:
        """Reply for an agency."""
        actions.reply(self.number, agency, stance, words, by=self.by, on=at(self.today), **said)
        return self

    def answer(self, point: int = 1, said: Answered = UNCHANGED) -> Hearing:
        """Answer a point."""
        actions.answer(self.number, point, said, by=self.by, on=at(self.today))
        return self

    def finish(self, *parts: str) -> Hearing:
        """Finish parts; both that must be, unless others are named."""
        for part in parts or ("partnership", "public"):
            words = "Silent: nothing was said by the last day."
            actions.finish_part(self.number, part, words, by=self.by, on=at(self.today))
        return self

    def conclude(self) -> Hearing:
        """Conclude it."""
        actions.conclude(self.number, reason="All was heard.", by=self.by, on=at(self.today))
        return self

    def heard(self) -> Hearing:
        """Held from beginning to end: one agency objects and is answered, the others are silent."""
        return self.begin().open().reply().close().answer().finish().conclude()


@pytest.fixture
def wexshire(db: None) -> None:
    """A place with a council, a health board and a police force."""
    day = at(date(2026, 1, 1))
    places.register_place("wexshire", name="Wexshire", by=ADA, on=day)
    kinds = {"wex": "council", "nhs": "nhs-board", "pol": "police"}
    for code, kind in kinds.items():
        places.register_agency(code, name=f"Wexshire {kind}", kind=kind, by=ADA, on=day)
        places.join_place("wexshire", code, by=ADA, on=day)


@pytest.fixture
def a_hearing(wexshire: None) -> Callable[..., Hearing]:
    """Builds a hearing that is not begun yet."""
    return Hearing
