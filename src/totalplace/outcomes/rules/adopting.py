"""What is lacking before targets may be adopted, beside what their hearing lacks itself.

What is adopted is what was heard, changed only as answers say; and it is adopted under a decision
of the body that adopts the policy framework, about these very targets, taken once they were heard.
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
    """A version: when it was made, and the answer that led to it."""

    number: int
    on: datetime
    because: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is to adopt targets, as far as this room looks at it."""

    id: str
    about: str  # as it is cited
    agency: str
    matter: str
    body_kind: str
    taken_on: date | None
    recorded: datetime | None = None  # when that was put on record


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
                "What was heard is not these targets",
                "they were proposed after their hearing was opened",
                "Withdraw that hearing and open another on what is proposed",
            )
        )
    found += [
        Lack(
            f"Version {version.number} does not rest on an answer",
            "it was made after the hearing was opened, and no answer that stands says that "
            "something changed",
            "Revise the targets, naming the answer that led to it",
        )
        for version in since
        if not (version.because and answers.get(version.because))
    ]
    led_to = {*elsewhere, *(version.because for version in since)}
    return found + [_nothing_did(n) for n, changed in sorted(answers.items())
                    if changed and n not in led_to]  # fmt: skip


def _nothing_did(answer: int) -> Lack:
    return Lack(
        f"Answer {answer} says that something changed, and nothing did",
        "no version of the targets names it",
        "Revise the targets as it says, or answer again",
    )


def check_revision(
    because: int | None, *, opened: datetime | None, answers: Mapping[int, bool]
) -> None:
    """Raise Refused for a change after the opening of a hearing that no answer led to."""
    what = "The targets cannot be revised so"
    if opened is None:
        if because is not None:
            raise Refused(
                what,
                why="they are not being heard yet, so there is no answer to name",
                next_step="Revise them without naming an answer",
            )
        return
    if because is None:
        raise Refused(
            what,
            why="they are being heard, and it is not said which answer led to the change",
            next_step="Answer what was said first, then name that answer",
        )
    if because not in answers:
        raise Refused(
            what,
            why=f"there is no answer {because} in their hearing",
            next_step="Name the number of an answer that says what changed",
        )
    if not answers[because]:
        raise Refused(
            what,
            why=f"answer {because} says that nothing changed",
            next_step="Answer again, saying what changes; then name that answer",
        )


def decision_lacks(
    decision: Decided,
    *,
    about: str,
    agency: str,
    matters: Mapping[str, Collection[str]],
    concluded: date | None,
    last: Made | None,
) -> list[Lack]:
    """Where a decision cannot adopt targets, whatever its own standing is.

    `matters` are those under which targets may be adopted, each with the kinds of body that may;
    `last` is the version that stands: members decide on what lies before them, and on no later one.
    """
    what = f"Decision {decision.id} cannot adopt these targets"
    found: list[tuple[str, str]] = []
    if decision.about != about:
        other = decision.about or "nothing that is named"
        found.append((f"it is about {other}", f"Name a decision that is about {about}"))
    if decision.agency != agency:
        why = f"it is a decision of {decision.agency}, and {agency} is accountable for them"
        found.append((why, f"Name a decision of {agency}"))
    if decision.body_kind not in matters.get(decision.matter, ()):
        kind, matter = (said.replace("-", " ") for said in (decision.body_kind, decision.matter))
        why = f"a decision of the kind '{matter}' by a body of the kind '{kind}' does not set the "
        next_step = "Propose it to the body that adopts the policy framework, under that matter"
        found.append((f"{why}policy of the place", next_step))
    found += _too_early(decision, concluded, last)
    return [Lack(what, why, next_step) for why, next_step in found]


def _too_early(
    decision: Decided, concluded: date | None, last: Made | None
) -> Iterator[tuple[str, str]]:
    """Why a decision came before what had to lie before it, and what to do."""
    if decision.taken_on is not None and concluded is not None and decision.taken_on <= concluded:
        taken, heard = in_words(decision.taken_on), in_words(concluded)
        yield (
            f"it was taken on {taken}, and their hearing was concluded on {heard}",
            "It has to be taken on a later day, when the body can have read what was said",
        )
    if last is not None and _is_later(last, decision):
        yield (
            f"version {last.number} was made after it was taken, and nobody decided on that",
            "Have it decided anew, on the targets as they stand",
        )


def _is_later(version: Made, decision: Decided) -> bool:
    if decision.taken_on is None:
        return False
    after = decision.recorded is not None and version.on > decision.recorded
    return after or local_day(version.on) > decision.taken_on
