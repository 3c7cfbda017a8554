"""What agencies reply, what must be answered, and what is an answer."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Stance(StrEnum):
    """What an agency says of a proposal."""

    AGREE = "agree"
    AGREE_IF = "agree if"
    OBJECT = "object"


class PointKind(StrEnum):
    """What was said that must be answered."""

    OBJECTION = "objection"
    AGREE_IF = "agree if"
    LATE_REPLY = "late reply"  # which an officer took up, though it came late
    ADVICE = "advice"
    THEME = "theme"


POINT_OF: Final = {Stance.AGREE_IF: PointKind.AGREE_IF, Stance.OBJECT: PointKind.OBJECTION}


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer must be: so many words, and more than one of these phrases."""

    fewest_words: int
    says_nothing: Collection[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a point: what changed (by how many pence, in what), or why nothing did."""

    changed: bool
    words: str
    pence: int | None = None  # None: it did not change in money
    led_to: Citation | None = None  # where the change stands


def stance_of(said: str) -> Stance:
    """What was said, as one of the three. Raises Refused for anything else."""
    if said not in list(Stance):
        raise Refused(
            f"'{said}' is no reply",
            why=f"an agency replies {', '.join(Stance)}",
            next_step="Choose one of them",
        )
    return Stance(said)


def check_reply(stance: Stance, words: str) -> None:
    """Raise Refused for an objection or a condition without its reasons."""
    if stance is not Stance.AGREE and len(words_of(words)) < 3:
        raise Refused(
            "The reply cannot be given",
            why=f"'{stance}' needs its reasons, and what would have to change",
            next_step="Give them in a sentence or two",
        )


def check_answer(answer: Answered, rule: Answering) -> None:
    """Raise Refused for an answer that says nothing ("noted", too few words) or contradicts itself.

    Conscientious consideration is shown by saying what changed, or why nothing did.
    """
    said = words_of(answer.words)
    empty = {" ".join(words_of(one)) for one in rule.says_nothing}
    if " ".join(said) in empty or len(said) < rule.fewest_words:
        raise Refused(
            "This is no answer",
            why=f"it says nothing, or has fewer than {rule.fewest_words} words",
            next_step="Say what changed, in pence or in the target, or why nothing did",
        )
    if not answer.changed and (answer.pence is not None or answer.led_to is not None):
        raise Refused(
            "The answer does not agree with itself",
            why="it says that nothing changed, and by how much or where it did",
            next_step="Say that it changed, or leave the sum and the change out",
        )


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without marks."""
    return [word.lower() for word in _WORD.findall(text)]
