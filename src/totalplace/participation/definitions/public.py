"""What the public may be asked about themselves, and how answers are counted, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.participation.rules.public.abuse import Limits
from totalplace.participation.rules.public.questions import Kind, Question
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
_LIMITS: Final = (
    "longest_answer", "least_seconds", "most_hours", "most_addresses", "most_an_hour",
    "campaign_from", "campaign_words",
)  # fmt: skip
_COUNTING: Final = ("hidden_below", "least_weight", "most_weight", "most_codes")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answerer may be asked about themselves, and into which years of age it falls."""

    code: str
    words: str
    hint: str
    categories: tuple[str, ...]
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """How answers are counted and shown."""

    hidden_below: int
    least_weight: float
    most_weight: float
    most_codes: int


@cache
def prefer_not() -> str:
    """The choice of whoever does not want to say."""
    return str(_read("about_you.yaml", {"prefer_not", "asked"})["prefer_not"])


@cache
def about_you() -> Mapping[str, Asked]:
    """What an answerer may be asked about themselves, by code."""
    found = {}
    for code, one in _read("about_you.yaml", {"prefer_not", "asked"})["asked"].items():
        _only(one, {"words", "hint", "categories", "years"}, "about_you.yaml")
        years = tuple((first, last) for first, last in one["years"])
        found[code] = Asked(code, one["words"], one["hint"], tuple(one["categories"]), years)
    return found


def question_about(code: str, *, categories: Iterable[str] = ()) -> Question:
    """The question that asks of an answerer what a code stands for; its number is for its list.

    Raises Refused for a code that is not defined, and for one whose categories are the place's own
    where none are given.
    """
    asked = about_you().get(code)
    choices = tuple(categories) or (asked.categories if asked else ())
    if asked is None or not choices:
        raise Refused(
            f"Nobody can be asked about their {code}",
            why="it is not defined" if asked is None else "its categories are not said",
            next_step=f"What may be asked is {', '.join(about_you())}; name the areas of the place",
        )
    return Question(0, Kind.ONE, asked.words, asked.hint, (*choices, prefer_not()), about=code)


@cache
def limits() -> Limits:
    """From when on an answer is looked at by a person before it counts."""
    said = _answering()
    return Limits(**{name: said[name] for name in _LIMITS})


@cache
def counting() -> Counting:
    """How answers are counted and shown."""
    said = _answering()
    return Counting(**{name: said[name] for name in _COUNTING})


def _answering() -> dict[str, Any]:
    return _read("answering.yaml", {"uncertain", *_LIMITS, *_COUNTING})


def _read(file: str, keys: Iterable[str]) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    _only(said, _ABOUT | set(keys), file)
    return said


def _only(said: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    """Raise Refused unless exactly these keys are said."""
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {where} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step=f"Put the key right in {where}",
        )
