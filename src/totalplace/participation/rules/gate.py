"""The gate: what is lacking before a proposal that was heard may be adopted.

The database says the same by itself, in `participation_lacks`; a test runs both over the same
histories. A silent agency is no lack: silence is no consent and no veto.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from totalplace.decisions.rules.days import in_words
from totalplace.participation.rules.hearings import Part, Stage


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is lacking: what, why it is needed, and what to do."""

    what: str
    why: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}. {self.next_step}."


@dataclass(frozen=True, slots=True)
class PointFact:
    """Something that must be answered, and whether it was."""

    number: int
    kind: str
    answered: bool


@dataclass(frozen=True, slots=True)
class HearingFacts:
    """What was done in the hearing that counts: the last of those that were opened, not withdrawn.

    `asked` says on which day each agency was asked; `last_act` is the latest day on which anything
    was done or said in it, its conclusion left out.
    """

    number: int
    stage: Stage  # by what was done, not by the day: never closed
    opened_on: date
    closing_day: date
    last_act: date
    asks_public: bool = True
    asks_partnership: bool = True
    asked: Mapping[str, date] = field(default_factory=dict)
    points: tuple[PointFact, ...] = ()
    finished: Collection[Part] = ()
    concluded_on: date | None = None


def lacking(
    facts: HearingFacts | None, *, affected: Collection[str], on: date, today: date
) -> list[Lack]:
    """What is lacking on a day for what was heard to be adopted; nothing: the gate is open.

    `affected` are the codes of agencies with money or a target in what is to be adopted. `today`
    is the day by the clock of the records: nothing is adopted on a day that has not come.
    """
    if on > today:
        return [_not_come(on)]
    if facts is None:
        return [
            Lack(
                "Nobody was heard on this",
                "no hearing about it was opened, or the one that was is withdrawn",
                "Prepare a hearing and open it",
            )
        ]
    return [*lacks_asking(facts, affected), *lacks_to_conclude(facts, on), *_conclusion(facts, on)]


def lacks_asking(facts: HearingFacts, affected: Collection[str]) -> Iterator[Lack]:
    """Who was not asked that had to be, or was asked too late."""
    for agency in sorted(affected):
        if agency not in facts.asked:
            yield Lack(
                f"{agency} was not asked",
                "it has money or a target in the proposal, and is asked by right",
                "Withdraw this hearing or begin another, in which it is asked",
            )
    for agency, day in sorted(facts.asked.items()):
        if day > facts.opened_on:
            yield Lack(
                f"{agency} was asked too late",
                f"it was asked on {in_words(day)}, after the hearing opened",
                "Begin another hearing, in which it is asked when it opens",
            )
    if not facts.asks_public:
        yield Lack(
            "The public was not asked",
            "nothing that needs a hearing is adopted without one of the public",
            "Begin another hearing, in which the public is asked",
        )


def lacks_to_conclude(facts: HearingFacts, on: date) -> Iterator[Lack]:
    """What is lacking on a day for a hearing to be concluded."""
    if on <= facts.closing_day:
        yield Lack(
            f"The hearing is open until the end of {in_words(facts.closing_day)}",
            "nobody can close it early",
            "Wait until that day is over",
        )
    for point in facts.points:
        if not point.answered:
            yield Lack(
                f"Point {point.number} ({point.kind}) has no answer",
                "everything that was said is answered: what changed, or why nothing did",
                f"Answer point {point.number}",
            )
    if facts.asks_partnership and Part.PARTNERSHIP not in facts.finished:
        yield Lack(
            "The partnership's part is not finished",
            "it was asked, and its advice or its silence must be said",
            "Put its advice in, or say that it was silent, and finish its part",
        )
    if facts.asks_public and Part.PUBLIC not in facts.finished:
        yield Lack(
            "The public's part is not finished",
            "every answer stands in a theme, or was read by somebody who says so",
            "Finish the themes",
        )


def _conclusion(facts: HearingFacts, on: date) -> Iterator[Lack]:
    if facts.concluded_on is None:
        yield Lack(
            "The hearing is not concluded",
            "an officer of the accountable body says that it is whole",
            "Conclude it once all else is done",
        )
    elif facts.concluded_on > on:
        yield Lack(
            f"The hearing was concluded on {in_words(facts.concluded_on)}",
            f"that is after {in_words(on)}",
            "Act on that day or a later one",
        )
    elif facts.concluded_on <= facts.closing_day or facts.concluded_on < facts.last_act:
        yield Lack(
            f"The hearing is said to be concluded on {in_words(facts.concluded_on)}",
            "that is before it was closed, or before the last thing was said in it",
            "Have the records looked at: they were not written by this program",
        )


def _not_come(on: date) -> Lack:
    return Lack(
        f"Nothing can be adopted on {in_words(on)}", "that day has not come", "Wait until it has"
    )
