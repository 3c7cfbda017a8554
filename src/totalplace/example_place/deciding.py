"""How the made-up place hears on a proposal that few speak to, and how its council decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.example_place.days import Course
from totalplace.example_place.naming import COUNCIL, HOST, PLACE
from totalplace.participation import actions as hearings
from totalplace.participation.rules.drafts import Draft
from totalplace.participation.rules.freezing import Affected
from totalplace.record.rules.chain import Citation

_IN_BUDGET: Final = "The sums are within the budget of each body that named them."


@dataclass(frozen=True, slots=True)
class Paper:
    """What is laid before those who are heard."""

    title: str
    file_name: str
    text: str


def open_hearing(
    course: Course, about: Citation, draft: Draft, paper: Paper, affected: list[Affected]
) -> int:
    """Open a hearing on its first day, with one paper; returns its number."""
    opens = draft.when.first_day
    before = (course.now.date() - opens).days if opens else 0
    on = course.at(before, 8)
    number = hearings.begin(
        about, place=PLACE, agency=HOST, draft=draft, by=course.by, on=on
    ).number
    hearings.add_paper(
        number, paper.title, file_name=paper.file_name, content=paper.text.encode(),
        by=course.by, on=on,
    )  # fmt: skip
    hearings.open_hearing(number, affected=affected, by=course.by, on=course.at(before, 9))
    return number


def conclude_unanswered(course: Course, number: int, before: int) -> None:
    """Conclude a hearing to which neither the partnership nor the public said anything."""
    for part in ("partnership", "public"):
        hearings.finish_part(
            number, part, "Nobody of it said anything.", by=course.by, on=course.at(before)
        )
    hearings.conclude(number, reason="All was answered", by=course.by, on=course.at(before, 15))


def decide(
    course: Course, proposal: Proposal, because: str, *, noticed: int, taken: int
) -> Citation:
    """The council decides, on notice and with its finance officer's comment; days are ago."""
    by, on = course.by, course.at(noticed)
    cited = decisions.propose(COUNCIL, proposal, by=by, on=on).citation
    decisions.give_notice(cited.id, by=by, on=on)
    decisions.comment_on_finance(cited.id, _IN_BUDGET, by=by, on=on)
    taking = Taking(because, ["Cllr Ann Lee"])
    decisions.take(cited.id, taking, by=by, on=course.at(taken))
    return cited
