"""What made-up residents answer, and which theme each answer truly belongs to."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ANSWERS: Final = 240  # of which a few in a hundred say nothing
NOTHING_SAID: Final = ("No comment.", "Nothing to add, thank you.")


@dataclass(frozen=True, slots=True)
class Planted:
    """A theme as it was planted: its share of the answers in thousandths, and ways to say it."""

    name: str
    share: int
    openings: tuple[str, ...]
    reasons: tuple[str, ...]


# The last two are said by few and matter much: a list of themes that leaves them out is false.
PLANTED: Final = (
    Planted(
        "Buses to school are late, full or gone", 300,
        ("The bus to school is often late", "Our school bus was cut last year",
         "The bus is full before it reaches our village"),
        ("so children give up waiting", "and the next bus comes an hour later",
         "and parents without a car have no other way"),
    ),
    Planted(
        "Breakfast and clubs before the bell", 230,
        ("A breakfast club would bring children in early", "Hungry children do not learn",
         "Free breakfast at school worked for our family"),
        ("because mornings at home are rushed", "and clubs before the bell help working parents",
         "so please pay for breakfast in every school"),
    ),
    Planted(
        "Waiting for help with anxiety", 200,
        ("My daughter is too anxious to go in", "We waited a year for the mental health team",
         "Anxiety keeps many teenagers at home"),
        ("and the waiting list for a counsellor is endless",
         "and nobody rang us back about the appointment",
         "so get counsellors into schools without a waiting list"),
    ),
    Planted(
        "Fines do not help", 150,
        ("Fining parents changes nothing", "A fine made things worse for us",
         "Penalty notices punish poor families"),
        ("when the reason is illness", "and the money should be spent on a visit instead",
         "and the fine came before anybody asked us why"),
    ),
    Planted(
        "Young carers are not seen", 30,
        ("I look after my disabled mother before school", "Young carers miss lessons",
         "My brother is a young carer"),
        ("and nobody at school knows that I am a carer", "and caring comes first for us",
         "so ask who cares for somebody at home"),
    ),
    Planted(
        "Letters in languages that families read", 20,
        ("The letters about attendance come only in English", "Please translate the letters",
         "My parents cannot read the attendance letters"),
        ("and an interpreter would help", "so they do not know what the school asks",
         "because we speak Romanian at home"),
    ),
)  # fmt: skip


_AGES: Final = range(4, 17)  # of the children in an answer, so that no two answers are alike


def answers(*, seed: int, several: int = ANSWERS) -> Mapping[str, str]:
    """Free answers with the theme that each belongs to; those that say nothing have none.

    The same from the same seed. No two answers are the same text.
    """
    chance = random.Random(seed)
    said: dict[str, str] = {}
    for theme in PLANTED:
        wanted = len(said) + max(3, several * theme.share // 1000)
        while len(said) < wanted:
            first, second = sorted(chance.sample(_AGES, 2))
            words = f"{chance.choice(theme.openings)}, {chance.choice(theme.reasons)}"
            said[f"{words}; ours are {first} and {second}."] = theme.name
    said |= dict.fromkeys(NOTHING_SAID, "")
    listed = list(said.items())
    chance.shuffle(listed)
    return dict(listed)
