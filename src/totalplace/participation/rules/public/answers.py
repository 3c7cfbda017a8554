"""An answer as it comes from a page or a paper form: read, cleaned, and what is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from totalplace.participation.rules.public.questions import Kind, Question

# What was answered, by the number of the question: the choices made, or the words. A question
# that was left out is not there.
Answers = Mapping[int, tuple[str, ...]]

_KEPT: Final = "\n\t"
# Marks that turn the direction of what follows: with them a text shows as what it is not.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with the answer to a question, in a sentence that says what to do."""

    question: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """For whom an answer speaks, where it speaks for a group; `speaks_for` people, if known."""

    name: str = ""
    speaks_for: int | None = None
    how_asked: str = ""

    @property
    def is_one(self) -> bool:
        """Whether the answer is of a group."""
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What was understood of an answer, and what is wrong with it."""

    answers: Answers
    group: Group
    wrong: tuple[Wrong, ...] = field(default=())


def cleaned(text: str) -> str:
    """Words as they are kept: one form of each letter, plain line ends, no control characters.

    Nothing else is changed: what looks like a formula or like HTML is what somebody wrote, and is
    made harmless where it is shown (see `sources.rules.outward`).
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        letter for letter in plain
        if letter in _KEPT or (unicodedata.category(letter) not in ("Cc", "Cs", "Co")
                               and letter not in _TURNING)
    ).strip()  # fmt: skip


def read(
    questions: Iterable[Question], said: Mapping[str, Sequence[str]], *, longest: int
) -> ReadAnswer:
    """Read an answer from the fields of a form. `longest` is the most letters of a free answer."""
    answers: dict[int, tuple[str, ...]] = {}
    wrong: list[Wrong] = []
    for question in questions:
        given = [cleaned(one) for one in said.get(question.field, ())]
        given = [one for one in given if one]
        fault = _fault(question, given, longest)
        if fault:
            wrong.append(Wrong(question.number, fault))
        if given:
            answers[question.number] = tuple(given)
    group, more = _group(said)
    return ReadAnswer(answers, group, (*wrong, *more))


def _fault(question: Question, given: Sequence[str], longest: int) -> str:
    if not given:
        if not question.required:
            return ""
        verb = "Answer" if question.kind is Kind.FREE else "Choose an answer to"
        return f"{verb} question {question.number}: {question.words}"
    if question.kind is Kind.FREE:
        over = len(given[0]) - longest
        if over > 0:
            return (
                f"Your answer to question {question.number} is {over:,} letters longer than the "
                f"{longest:,} that it may have. Make it shorter"
            )
        return ""
    odd = [one for one in given if one not in question.choices]
    if odd:
        return f"Choose from what question {question.number} offers, not “{odd[0][:60]}”"
    if question.kind is not Kind.SEVERAL and len(given) > 1:
        return f"Choose one answer to question {question.number}"
    return ""


_GROUP_FIELDS: Final = ("group_name", "group_size", "group_how")
_LONGEST_NAME: Final = 200
_LONGEST_HOW: Final = 1_000
_LARGEST_GROUP: Final = 10_000_000


def _group(said: Mapping[str, Sequence[str]]) -> tuple[Group, list[Wrong]]:
    name, size, how = (
        cleaned((said.get(one) or [""])[0]) for one in _GROUP_FIELDS
    )  # fmt: skip
    if not (name or size or how):
        return Group(), []
    wrong = []
    if not name or len(name) > _LONGEST_NAME:
        wrong.append(Wrong(0, "Enter the name of the group that you answer for"))
    if not how or len(how) > _LONGEST_HOW:
        wrong.append(Wrong(0, "Say how the people of the group were asked, in a sentence or two"))
    number = size.replace(",", "").replace(" ", "")
    people = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else None
    if size and (people is None or not 0 < people <= _LARGEST_GROUP):
        wrong.append(Wrong(0, "Enter how many people the group speaks for as a number, or nothing"))
    return Group(name[:_LONGEST_NAME], people, how[:_LONGEST_HOW]), wrong


def as_row(answers: Answers) -> dict[str, list[str]]:
    """Answers as they are kept."""
    return {str(number): list(given) for number, given in sorted(answers.items())}


def from_row(row: Mapping[str, Any]) -> dict[int, tuple[str, ...]]:
    """Answers as they were kept."""
    return {int(number): tuple(given) for number, given in row.items()}


def as_fields(answers: Answers, group: Group) -> dict[str, list[str]]:
    """Answers as the fields of a form, to show them again or to send them on."""
    fields = {f"q{number}": list(given) for number, given in answers.items()}
    if group.is_one:
        size = "" if group.speaks_for is None else str(group.speaks_for)
        fields |= dict(zip(_GROUP_FIELDS, ([group.name], [size], [group.how_asked]), strict=True))
    return fields
