"""From a draft of targets to targets that were heard, changed, decided and adopted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.bodies import OwnRules
from totalplace.decisions.rules.proposals import Proposal
from totalplace.example_place.days import Course
from totalplace.example_place.deciding import decide
from totalplace.example_place.heard import guarantees, partnership, themes
from totalplace.example_place.heard.tables import COUNTY, LIVES_HERE, PUBLISHER, write_tables
from totalplace.example_place.heard.words import PLANTED, answers
from totalplace.example_place.naming import COUNCIL, PLACE, TARGETS
from totalplace.money.years import FinancialYear
from totalplace.outcomes.actions import adopting, target_sets
from totalplace.outcomes.actions import readings as outcomes
from totalplace.outcomes.queries import affected_agencies, target_set
from totalplace.outcomes.queries.sets import TargetSetRow
from totalplace.outcomes.rules.targets import Baseline, Step, Target
from totalplace.outcomes.rules.wanted import Wanted, said_again
from totalplace.participation import actions as hearings
from totalplace.participation import queries as heard
from totalplace.participation.actions import answering, asking
from totalplace.participation.actions.answering import Sent
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.definitions.public import question_about
from totalplace.participation.queries import PointRow
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
from totalplace.participation.rules.public import questions
from totalplace.participation.rules.public.codes import Keys
from totalplace.participation.rules.replies import Answered, PointKind
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation
from totalplace.sources.home import Home

_HEALTH: Final = "EX-IB"
_CARERS: Final = PLANTED[-2].name
# Days before today on which each thing is done: twelve weeks to be heard in, 28 clear days' notice.
_BEGAN, _PROPOSED, _OPENED, _MET, _LAST, _READ, _CONCLUDED, _NOTICED, _TAKEN = (
    350, 340, 330, 290, 246, 230, 220, 210, 170,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it: the targets, what the machine made of the answers, and who was silent."""

    targets: TargetSetRow
    themes: themes.Found
    answers: int
    points: int  # that were raised and had to be answered
    changed: int  # of them, that changed the targets
    silent: tuple[str, ...]
    guarantees: int


def adopt_targets(into: Path, *, home: Home, keys: Keys, by: Who, on: datetime, seed: int) -> Heard:
    """Take in readings, propose targets, hear everybody, change them, decide, and adopt.

    `keys` are those under which the installation keeps receipts. Raises Refused where the rules do.
    """
    terms = outcomes.Terms(publisher=PUBLISHER, place=PLACE)
    list(outcomes.add(write_tables(into, seed=seed), terms, home=home, by=by, on=on))
    return _heard(Course(by, on), keys, seed)


@transaction.atomic
def _heard(course: Course, keys: Keys, seed: int) -> Heard:
    """All of it or nothing: whoever is stopped half-way begins it anew when it is run again."""
    by, on = course.by, course.now
    _set_up_council(course)
    partnership.set_up(by=by, on=course.at(_BEGAN))
    proposed = _propose(course)
    number = _open(course, proposed)
    true = _all_speak(course, number, proposed.citation, keys, seed)
    found = themes.finish(number, true, by=by, on=course.at(_READ), seed=seed)
    points, changed = _answer(course, number)
    silent = _conclude(course, number)
    decision = _decide(course, proposed.citation)
    adopted = adopting.adopt(TARGETS, decision, reason="As the full council decided", by=by, on=on)
    in_force = guarantees.put_in_force(by=by, on=on)
    return Heard(adopted, found, len(true), points, changed, silent, in_force)


def _set_up_council(course: Course) -> None:
    by, on = course.by, course.at(_BEGAN)
    decisions.add_body(
        COUNCIL, agency="EX-CC", kind="full-council", name="Full council", by=by, on=on
    )
    rules = OwnRules(
        "full-council", on.date(), "Constitution (made up)",
        frozenset({"policy-framework", "budget"}),
    )  # fmt: skip
    decisions.set_rules(COUNCIL, rules, by=by, on=on)


def _wanted(course: Course) -> list[Wanted]:
    year = course.now.year
    ends = [date(year + n, 3, 31) for n in (2, 3, 4)]
    source = "Table made up by Total Place"
    return [
        Wanted(
            "persistent-absence", COUNTY[0], Baseline(Decimal("19.6"), "2024/25", source),
            tuple(map(Step, ends, map(Decimal, ("17.5", "15.0", "12.5")))),
            {"EX-CC": Decimal(50), _HEALTH: Decimal(30), "EX-PC": Decimal(5)},
            "Falls in attendance come before falls in results, health and safety.",
            {"EX-CC": 1_200_000_00, _HEALTH: 900_000_00},
        ),
        Wanted(
            "life-satisfaction", COUNTY[0], Baseline(Decimal("7.38"), "2023/24", source),
            tuple(map(Step, ends, map(Decimal, ("7.40", "7.45", "7.55")))),
            {"EX-CC": Decimal(20), _HEALTH: Decimal(20)},
            "What people say of their own lives is a result in its own right.",
        ),
    ]  # fmt: skip


def _propose(course: Course) -> TargetSetRow:
    by, on = course.by, course.at(_BEGAN)
    first = FinancialYear(course.now.year + 1)
    made = target_sets.draft(
        PLACE, "Every child at school", agency="EX-CC", by=by, on=on,
        years=(first, FinancialYear(first.start + 2)),
        why="One child in five misses a tenth of school or more, and no one body can change that.",
    )  # fmt: skip
    cited = made.citation.id
    target_sets.revise(cited, _wanted(course), reason="First draft", by=by, on=on)
    return target_sets.propose(cited, reason="Ready to be heard", by=by, on=course.at(_PROPOSED))


def _draft(course: Course) -> Draft:
    """All that the hearing says before it opens, but its papers."""
    return Draft(
        Question(
            "Every child at school",
            "Are these the right targets for attendance, and is the money in the right places?",
            "How far and how fast, who moves what, and for how much", "Nothing",
        ),
        Alternatives(
            (
                Alternative("Go on as now", "One child in five would still miss a tenth of school"),
                Alternative("More fines", "They are followed by no better attendance"),
            ),
            "It works on what keeps children away: buses, hunger, and waiting for help",
        ),
        Reasons(
            "Attendance fell in 2021/22 and has hardly risen since",
            (
                Effect("children who miss school", "fewer miss a tenth of it", 2_100_000_00),
                Effect("families who were fined", "a visit before a fine", None),
            ),
        ),
        Equality(dict.fromkeys(characteristics(), "none known; asked about in the answers")),
        when=When(course.day(_OPENED), course.day(_LAST)),
    )  # fmt: skip


def _open(course: Course, proposed: TargetSetRow) -> int:
    by, on = course.by, course.at(_PROPOSED)
    number = hearings.begin(
        proposed.citation, place=PLACE, agency="EX-CC", draft=_draft(course), by=by, on=on
    ).number
    hearings.add_paper(
        number, "The targets, and what each rests on", file_name="targets.txt",
        content=b"Persistent absence from 19.6 to 12.5 in 100; life satisfaction to 7.55 of 10.\n",
        by=by, on=on,
    )  # fmt: skip
    free, scale = questions.Kind.FREE, questions.Kind.SCALE
    asked = (
        questions.Question(
            0, scale, "Do you agree with these targets?", choices=questions.AGREEMENT
        ),
        questions.Question(0, free, "What would bring more children to school?"),
        question_about("age"),
    )
    asking.set_questions(number, asked, by=by, on=on)
    asking.say_lives_here(
        number, "age", LIVES_HERE, source=PUBLISHER, year=course.now.year - 1, by=by, on=on
    )
    hearings.open_hearing(
        number, affected=affected_agencies(TARGETS), by=by, on=course.at(_OPENED, 9)
    )
    return number


def _all_speak(
    course: Course, number: int, about: Citation, keys: Keys, seed: int
) -> Mapping[str, str]:
    """Agencies reply, or are silent; the partnership meets; residents answer. Returns the truth."""
    by = course.by
    partnership.advise(about, by=by, called_on=course.at(_MET + 14), starts_at=course.at(_MET, 14))
    hearings.reply(
        number, "EX-CC", "agree", "We will move our half of it.", by=by, on=course.at(_MET)
    )
    hearings.reply(
        number, _HEALTH, "object",
        "We can move twenty in a hundred of it, and 600,000 pounds: our other money is promised.",
        pence=-300_000_00, by=by, on=course.at(_MET - 10),
    )  # fmt: skip
    true = answers(seed=seed)
    chance = random.Random(seed)
    ages = question_about("age").choices
    days = _OPENED - _LAST
    for n, text in enumerate(true):
        said = {
            "q1": [chance.choice(questions.AGREEMENT)], "q2": [text], "q3": [chance.choice(ages)],
        }  # fmt: skip
        on = course.at(_OPENED - n * days // len(true), 10)
        answering.respond(number, said, Sent(f"made up {n}", 90.0), keys=keys, on=on)
    return true


def _answer(course: Course, number: int) -> tuple[int, int]:
    """Every point is answered; returns how many there were, and how many changed the targets."""
    changed, points = 0, heard.hearing(number).points
    for minute, point in enumerate(points):
        on = course.at(_READ - 1) + timedelta(minutes=minute)
        said = _said_to(point)
        row = hearings.answer(number, point.number, said, by=course.by, on=on)
        if said.changed:
            changed += 1
            answer = max(a.number for p in row.points for a in p.answers)
            _change(course, point, answer, on=on)
    return len(points), changed


def _said_to(point: PointRow) -> Answered:
    if point.kind is PointKind.THEME and point.words.startswith(_CARERS):
        return Answered(
            True, "The county adds 150,000 pounds a year, to find young carers and free them "
            "from caring before school.", 150_000_00, Citation("targets", TARGETS),
        )  # fmt: skip
    if point.kind is PointKind.OBJECTION:
        return Answered(
            True, "The board's part is lowered to twenty in a hundred and 600,000 pounds, and the "
            "last step is 13 instead of 12.5.", -300_000_00, Citation("targets", TARGETS),
        )  # fmt: skip
    return Answered(
        False, "Nothing changes in the targets: it is already among what the money is for, and "
        "the plan of the coming year will say how much.",
    )  # fmt: skip


def _change(course: Course, point: PointRow, answer: int, *, on: datetime) -> None:
    """The next version of the targets, which names the answer that led to it."""
    absence, *others = (said_again(one) for one in _standing())
    shares, pence, steps = dict(absence.shares), dict(absence.pence), absence.steps
    if point.kind is PointKind.OBJECTION:
        shares[_HEALTH], pence[_HEALTH] = Decimal(20), 600_000_00
        steps = (*steps[:-1], Step(steps[-1].day, Decimal("13.0")))
    else:
        pence["EX-CC"] += 150_000_00
    changed = Wanted(
        absence.indicator, absence.area, absence.baseline, steps, shares, absence.why, pence
    )
    target_sets.revise(
        TARGETS, [changed, *others], reason="As was answered", because=answer, by=course.by,
        on=on + timedelta(seconds=30),
    )  # fmt: skip


def _standing() -> tuple[Target, ...]:
    last = target_set(TARGETS).last
    return last.targets if last else ()


def _conclude(course: Course, number: int) -> tuple[str, ...]:
    """Conclude the hearing; returns the agencies that were asked and said nothing."""
    hearings.finish_part(
        number, "partnership", "It met once and advised.", by=course.by, on=course.at(_CONCLUDED)
    )
    row = hearings.conclude(
        number, reason="All was answered", by=course.by, on=course.at(_CONCLUDED, 15)
    )
    replied = {reply.agency for reply in row.replies}
    return tuple(sorted({one.agency for one in row.consultees if one.agency} - replied))


def _decide(course: Course, about: Citation) -> Citation:
    proposal = Proposal(
        "Adopt targets for attendance", "To adopt the targets as changed after the hearing",
        "policy-framework", course.day(_TAKEN), 0, 0, about=about,
    )  # fmt: skip
    because = "All were heard, and what they said changed the targets"
    return decide(course, proposal, because, noticed=_NOTICED, taken=_TAKEN)
