"""The questions on the partnership: six principles of six statements, four steps, and cannot say.

The principles are those of the Partnership Assessment Tool (Hardy, Hudson and Waddington 2003).
Each round keeps the statements as they were put, so that what they were answers to stays known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CANNOT_SAY: Final = 0
STEPS: Final = (1, 2, 3, 4)  # from disagreeing strongly to agreeing strongly
AGREES: Final = 3  # from this step on
LOCAL: Final = ""  # the relation of local bodies with each other


@dataclass(frozen=True, slots=True)
class Element:
    """A statement; `verified` is whether what it asks about was read in a published source."""

    code: str
    says: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle and its statements."""

    code: str
    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """All that is put to a person, and how many answers are needed before any are shown."""

    principles: tuple[Principle, ...]
    steps: tuple[str, ...]  # from step 1 on
    cannot_say: str
    fewest: int

    @property
    def codes(self) -> tuple[str, ...]:
        """Every statement, in order."""
        return tuple(one.code for principle in self.principles for one in principle.elements)

    def principle(self, code: str) -> Principle | None:
        """A principle by its code."""
        return next((one for one in self.principles if one.code == code), None)

    def step(self, number: int) -> str:
        """A step in words."""
        return self.cannot_say if number == CANNOT_SAY else self.steps[number - 1]


def text_of(said: Questions) -> str:
    """The questions in their one set form, as a round keeps them."""
    told = {
        "principles": [
            {
                "code": one.code,
                "title": one.title,
                "elements": [
                    {"code": e.code, "says": e.says, "verified": e.verified} for e in one.elements
                ],
            }
            for one in said.principles
        ],
        "steps": list(said.steps),
        "cannot_say": said.cannot_say,
        "fewest": said.fewest,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def questions_of(text: str) -> Questions:
    """The questions of a text that `text_of` made."""
    told = json.loads(text)
    return Questions(
        tuple(
            Principle(
                one["code"],
                one["title"],
                tuple(Element(e["code"], e["says"], e["verified"]) for e in one["elements"]),
            )
            for one in told["principles"]
        ),
        tuple(told["steps"]),
        told["cannot_say"],
        told["fewest"],
    )


def digest_of(text: str) -> str:
    """SHA-256 of the text, in hexadecimals."""
    return hashlib.sha256(text.encode()).hexdigest()


def same_wording(one: Questions, other: Questions, principle: str) -> bool:
    """Whether a principle was put in the same words; else its answers are not compared."""
    return _words(one, principle) == _words(other, principle)


def _words(said: Questions, principle: str) -> Sequence[object]:
    found = said.principle(principle)
    return [said.steps, [one.says for one in found.elements] if found else None]
