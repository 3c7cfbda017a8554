"""Questions that a hearing asks the public: of what kind, in which order, with which choices.

They are set while the hearing is a draft and stand as they are once it is open: an answer is an
answer to the question that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from totalplace.refusal import Refused

MOST_QUESTIONS: Final = 30
MOST_CHOICES: Final = 60  # as many as a city has wards, more or less
_LONGEST_WORDS: Final = 500
_LONGEST_CHOICE: Final = 200


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"  # one of several choices
    SEVERAL = "several"  # as many of the choices as apply
    SCALE = "scale"  # one of several choices that stand in an order, such as agree to disagree
    FREE = "free"  # in one's own words

    @property
    def is_closed(self) -> bool:
        """Whether the answers are chosen, and so can be counted as they are."""
        return self is not Kind.FREE


AGREEMENT: Final = (
    "Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is read. `about` is the code of what it asks of the answerer, or empty."""

    number: int
    kind: Kind
    words: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    about: str = ""

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q{self.number}"


def check_questions(questions: Sequence[Question], *, known: Iterable[str] = ()) -> None:
    """Raise Refused for questions that nobody could answer.

    `known` are the codes of what an answerer may be asked about themselves; such questions are
    never required (Equality Act 2010, section 149 asks for regard, not for an answer).
    """
    what = "These questions cannot be asked"
    if not questions or len(questions) > MOST_QUESTIONS:
        why = f"there are {len(questions)}, and there may be 1 to {MOST_QUESTIONS}"
        raise Refused(what, why=why, next_step="Ask what the decision turns on, and no more")
    codes = set(known)
    for at, question in enumerate(questions, start=1):
        wrong = _wrong(question, at, codes)
        if wrong:
            raise Refused(what, why=f"question {at} {wrong}", next_step="Put the question right")
    asked = [q.about for q in questions if q.about]
    if len(asked) != len(set(asked)):
        why = "they ask the same of the answerer twice"
        raise Refused(what, why=why, next_step="Leave one of the two out")


def _wrong(question: Question, at: int, known: set[str]) -> str:
    if question.number != at:
        return f"is numbered {question.number}"
    if not question.words.strip() or len(question.words) > _LONGEST_WORDS:
        return f"has no words, or more than {_LONGEST_WORDS} letters"
    if question.about and (question.about not in known or question.required):
        return "asks of the answerer what is not defined, or requires an answer to it"
    if question.kind is Kind.FREE:
        return "has choices, and is answered in words" if question.choices else ""
    return _wrong_choices(question.choices)


def _wrong_choices(choices: Sequence[str]) -> str:
    if not 2 <= len(choices) <= MOST_CHOICES:
        return f"has {len(choices)} choices; it needs 2 to {MOST_CHOICES}"
    if any(not one.strip() or len(one) > _LONGEST_CHOICE for one in choices):
        return f"has a choice without words, or one of more than {_LONGEST_CHOICE} letters"
    if len({one.casefold().strip() for one in choices}) != len(choices):
        return "has the same choice twice"
    if any(";" in one for one in choices):
        return "has a choice with a semicolon, which parts choices on paper forms"
    return ""


def numbered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Questions as they stand in this order, numbered from 1."""
    return tuple(
        Question(at, q.kind, q.words, q.hint, q.choices, q.required, q.about)
        for at, q in enumerate(questions, start=1)
    )


def as_rows(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Questions as they are kept."""
    return [
        {
            "number": q.number, "kind": q.kind.value, "words": q.words, "hint": q.hint,
            "choices": list(q.choices), "required": q.required, "about": q.about,
        }
        for q in questions
    ]  # fmt: skip


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Questions as they were kept."""
    return tuple(
        Question(
            row["number"], Kind(row["kind"]), row["words"], row["hint"], tuple(row["choices"]),
            row["required"], row["about"],
        )
        for row in rows
    )  # fmt: skip
