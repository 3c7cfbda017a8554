"""What is lacking before a proposal may be adopted, beside what its hearing lacks itself.

What is adopted is what was heard, changed only as answers say; and it is adopted under a decision
of the body that may, about this very proposal, taken once those concerned were heard. Each room
that adopts says what it adopts in its own words, and asks here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.participation.rules.gate import Lack
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Called:
    """What is adopted, in the words of its room: "these targets" or "this plan", they or it."""

    this: str
    the: str
    they_were: str
    they_are: str
    them: str
    their: str
    stand: str  # as "they stand" or "it stands"
    wrong_body: str  # what a decision of a body that may not does not do
    right_body: str  # to which it is to be proposed


@dataclass(frozen=True, slots=True)
class Made:
    """A version: when it was made, and the answer that led to it."""

    number: int
    on: datetime
    because: int | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is to adopt a proposal, as far as it is looked at here."""

    id: str
    about: str  # as it is cited
    agency: str
    matter: str
    body_kind: str
    taken_on: date | None
    recorded: datetime | None = None  # when that was put on record


def not_as_heard(
    called: Called,
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
                f"What was heard is not {called.this}",
                f"{called.they_were} proposed after {called.their} hearing was opened",
                "Withdraw that hearing and open another on what is proposed",
            )
        )
    found += [
        Lack(
            f"Version {version.number} does not rest on an answer",
            "it was made after the hearing was opened, and no answer that stands says that "
            "something changed",
            f"Revise {called.the}, naming the answer that led to it",
        )
        for version in since
        if not (version.because and answers.get(version.because))
    ]
    led_to = {*elsewhere, *(version.because for version in since)}
    return found + [_nothing_did(called, n) for n, changed in sorted(answers.items())
                    if changed and n not in led_to]  # fmt: skip


def _nothing_did(called: Called, answer: int) -> Lack:
    return Lack(
        f"Answer {answer} says that something changed, and nothing did",
        f"no version of {called.the} names it",
        f"Revise {called.the} as it says, or answer again",
    )


def check_revision(
    called: Called,
    because: int | None,
    *,
    opened: datetime | None,
    answers: Mapping[int, bool],
) -> None:
    """Raise Refused for a change after the opening of a hearing that no answer led to."""
    what = f"{called.the.capitalize()} cannot be revised so"
    if opened is None:
        if because is not None:
            raise Refused(
                what,
                why=f"{called.they_are} not being heard yet, so there is no answer to name",
                next_step=f"Revise {called.them} without naming an answer",
            )
        return
    if because is None:
        raise Refused(
            what,
            why=f"{called.they_are} being heard, and it is not said which answer led to the change",
            next_step="Answer what was said first, then name that answer",
        )
    if because not in answers:
        raise Refused(
            what,
            why=f"there is no answer {because} in {called.their} hearing",
            next_step="Name the number of an answer that says what changed",
        )
    if not answers[because]:
        raise Refused(
            what,
            why=f"answer {because} says that nothing changed",
            next_step="Answer again, saying what changes; then name that answer",
        )


def decision_lacks(
    called: Called,
    decision: Decided,
    *,
    about: str,
    agency: str,
    matters: Mapping[str, Collection[str]],
    concluded: date | None,
    last: Made | None,
) -> list[Lack]:
    """Where a decision cannot adopt a proposal, whatever its own standing is.

    `matters` are those under which it may be adopted, each with the kinds of body that may;
    `last` is the version that stands: members decide on what lies before them, and on no later one.
    """
    what = f"Decision {decision.id} cannot adopt {called.this}"
    found: list[tuple[str, str]] = []
    if decision.about != about:
        other = decision.about or "nothing that is named"
        found.append((f"it is about {other}", f"Name a decision that is about {about}"))
    if decision.agency != agency:
        why = (
            f"it is a decision of {decision.agency}, and {agency} is accountable for {called.them}"
        )
        found.append((why, f"Name a decision of {agency}"))
    if decision.body_kind not in matters.get(decision.matter, ()):
        kind, matter = (said.replace("-", " ") for said in (decision.body_kind, decision.matter))
        why = (
            f"a decision of the kind '{matter}' by a body of the kind '{kind}' {called.wrong_body}"
        )
        found.append((why, f"Propose it to {called.right_body}, under that matter"))
    found += _too_early(called, decision, concluded, last)
    return [Lack(what, why, next_step) for why, next_step in found]


def _too_early(
    called: Called, decision: Decided, concluded: date | None, last: Made | None
) -> Iterator[tuple[str, str]]:
    """Why a decision came before what had to lie before it, and what to do."""
    if decision.taken_on is not None and concluded is not None and decision.taken_on <= concluded:
        taken, heard = in_words(decision.taken_on), in_words(concluded)
        yield (
            f"it was taken on {taken}, and {called.their} hearing was concluded on {heard}",
            "It has to be taken on a later day, when the body can have read what was said",
        )
    if last is not None and is_later(last.on, decision):
        yield (
            f"version {last.number} was made after it was taken, and nobody decided on that",
            f"Have it decided anew, on {called.the} as {called.stand}",
        )


def is_later(on: datetime, decision: Decided) -> bool:
    """Whether something was done after a decision was taken, or put on record."""
    if decision.taken_on is None:
        return False
    after = decision.recorded is not None and on > decision.recorded
    return after or local_day(on) > decision.taken_on
