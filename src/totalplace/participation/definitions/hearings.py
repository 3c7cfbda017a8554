"""The definition of hearings, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.participation.rules.period import Lengths
from totalplace.participation.rules.replies import Answering
from totalplace.refusal import Refused

_FILE: Final = "hearings.yaml"
_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "uncertain", "period", "answers",
    "papers", "characteristics",
}  # fmt: skip


@cache
def _said() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    _only(said, _KEYS)
    return said


@cache
def lengths() -> Lengths:
    """For how many days people are heard."""
    said = _said()["period"]
    _only(said, {"usual_days", "floor_days", "least_days", "late_paper_days"})
    return Lengths(**said)


@cache
def answering() -> Answering:
    """What an answer must be."""
    said = _said()["answers"]
    _only(said, {"fewest_words", "says_nothing"})
    return Answering(said["fewest_words"], tuple(said["says_nothing"]))


@cache
def characteristics() -> Mapping[str, str]:
    """The protected characteristics by code, in words."""
    return dict(_said()["characteristics"])


@cache
def paper_limits() -> tuple[int, tuple[str, ...]]:
    """The most bytes of a paper, and the endings that its file may have."""
    said = _said()["papers"]
    _only(said, {"most_bytes", "endings"})
    return said["most_bytes"], tuple(said["endings"])


def _only(said: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Raise Refused unless exactly these keys are said."""
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {_FILE} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step=f"Put the key right in {_FILE}",
        )
