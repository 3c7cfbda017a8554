"""What is lacking before a plan may be adopted, beside what its hearing lacks itself.

What is adopted is what was heard, changed only as answers say; every part that an agency contests
was answered; the chief finance officer stated on this very version before the body decided, which
has to have regard to it (Local Government Act 2003, section 25); and the body that sets the budget
decided about this very plan, once those concerned were heard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.participation.rules.gate import Lack
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Made:
    """A version: when it was made, and the answer of its hearing that led to it."""

    number: int
    on: datetime
    because: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is to adopt a plan, as far as this room looks at it."""

    id: str
    about: str  # as it is cited
    agency: str
    matter: str
    body_kind: str
    taken_on: date | None
    recorded: datetime | None = None  # when that was put on record


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of the chief finance officer: on which version, and when."""

    version: int
    on: datetime


@dataclass(frozen=True, slots=True)
class Contested:
    """The last word of an agency that contests its part, and whether it was answered."""

    agency: str  # its name
    number: int
    answered: bool


def not_as_heard(
    versions: Sequence[Made],
    *,
    opened: datetime | None,
    answers: Mapping[int, bool],
    elsewhere: Collection[int] = (),
) -> list[Lack]:
    """Where what stands is not what was heard, changed only as answers say.

    `answers` are the numbers of the answers that stand, and whether each says that something
    changed; what those `elsewhere` changed is something else, which they name.
    """
    if opened is None:
        return []  # the hearing itself says that it is lacking
    since = [version for version in versions if version.on > opened]
    found: list[Lack] = []
    if len(since) == len(versions):
        found.append(
            Lack(
                "What was heard is not this plan",
                "it was proposed after its hearing was opened",
                "Withdraw that hearing and open another on what is proposed",
            )
        )
    found += [
        _rests_on_nothing(version.number)
        for version in since
        if not (version.because and answers.get(version.because))
    ]
    led_to = {*elsewhere, *(version.because for version in since)}
    return found + [_nothing_did(n) for n, changed in sorted(answers.items())
                    if changed and n not in led_to]  # fmt: skip


def _rests_on_nothing(version: int) -> Lack:
    return Lack(
        f"Version {version} does not rest on an answer",
        "it was made after the hearing was opened, and no answer that stands says that "
        "something changed",
        "Revise the plan, naming the answer that led to it",
    )


def _nothing_did(answer: int) -> Lack:
    return Lack(
        f"Answer {answer} says that something changed, and nothing did",
        "no version of the plan names it",
        "Revise the plan as it says, or answer again",
    )


def unanswered(contested: Sequence[Contested]) -> list[Lack]:
    """The contested parts that the proposer has not answered yet."""
    return [
        Lack(
            f"{one.agency} contests its part, and has no answer",
            "a part that is contested is answered before the plan is adopted",
            "Say what changed, or why nothing did",
        )
        for one in contested
        if not one.answered
    ]


def check_revision(
    because: int | None, *, opened: datetime | None, answers: Mapping[int, bool]
) -> None:
    """Raise Refused for a change after the opening of a hearing that no answer led to."""
    what = "The plan cannot be revised so"
    if opened is None:
        if because is not None:
            raise Refused(
                what,
                why="it is not being heard yet, so there is no answer to name",
                next_step="Revise it without naming an answer",
            )
        return
    if because is None:
        raise Refused(
            what,
            why="it is being heard, and it is not said which answer led to the change",
            next_step="Answer what was said first, then name that answer",
        )
    if because not in answers:
        raise Refused(
            what,
            why=f"there is no answer {because} in its hearing",
            next_step="Name the number of an answer that says what changed",
        )
    if not answers[because]:
        raise Refused(
            what,
            why=f"answer {because} says that nothing changed",
            next_step="Answer again, saying what changes; then name that answer",
        )


def statement_lacks(
    statement: Stated | None, *, last: Made, decision: Decided | None
) -> list[Lack]:
    """Where the chief finance officer's statement is not one on this version, before deciding."""
    law = "Local Government Act 2003, section 25"
    if statement is None or statement.version != last.number:
        on = (
            f"version {last.number}"
            if statement is None
            else (f"version {last.number}; the last one is on version {statement.version}")
        )
        return [
            Lack(
                "The chief finance officer has made no statement on the plan as it stands",
                f"there is none on {on} ({law})",
                "Have it stated whether its estimates are robust and its reserves adequate",
            )
        ]
    if decision is None or decision.taken_on is None or not _is_later(statement.on, decision):
        return []
    return [
        Lack(
            "The chief finance officer's statement came after the decision",
            f"whoever decides has to have regard to it ({law})",
            "Have it decided anew, with the statement before those who decide",
        )
    ]


def decision_lacks(
    decision: Decided,
    *,
    about: str,
    agency: str,
    matters: Mapping[str, Collection[str]],
    concluded: date | None,
    last: Made | None,
) -> list[Lack]:
    """Where a decision cannot adopt a plan, whatever its own standing is.

    `matters` are those under which plans may be adopted, each with the kinds of body that may;
    `last` is the version that stands: members decide on what lies before them, and on no later one.
    """
    what = f"Decision {decision.id} cannot adopt this plan"
    found: list[tuple[str, str]] = []
    if decision.about != about:
        other = decision.about or "nothing that is named"
        found.append((f"it is about {other}", f"Name a decision that is about {about}"))
    if decision.agency != agency:
        why = f"it is a decision of {decision.agency}, and {agency} is accountable for it"
        found.append((why, f"Name a decision of {agency}"))
    if decision.body_kind not in matters.get(decision.matter, ()):
        kind, matter = (said.replace("-", " ") for said in (decision.body_kind, decision.matter))
        why = f"a decision of the kind '{matter}' by a body of the kind '{kind}' sets no budget"
        found.append((why, "Propose it to the body that sets the budget, under that matter"))
    found += _too_early(decision, concluded, last)
    return [Lack(what, why, next_step) for why, next_step in found]


def _too_early(
    decision: Decided, concluded: date | None, last: Made | None
) -> Iterator[tuple[str, str]]:
    """Why a decision came before what had to lie before it, and what to do."""
    if decision.taken_on is not None and concluded is not None and decision.taken_on <= concluded:
        taken, heard = in_words(decision.taken_on), in_words(concluded)
        yield (
            f"it was taken on {taken}, and its hearing was concluded on {heard}",
            "It has to be taken on a later day, when the body can have read what was said",
        )
    if last is not None and _is_later(last.on, decision):
        yield (
            f"version {last.number} was made after it was taken, and nobody decided on that",
            "Have it decided anew, on the plan as it stands",
        )


def _is_later(on: datetime, decision: Decided) -> bool:
    if decision.taken_on is None:
        return False
    after = decision.recorded is not None and on > decision.recorded
    return after or local_day(on) > decision.taken_on
