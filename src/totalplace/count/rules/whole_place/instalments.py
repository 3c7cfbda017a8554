"""Precepts that do not say whose they are, told by equal instalments that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

_ENOUGH: Final = 3  # instalments that say whose they are, from which a silent one is told


@dataclass(frozen=True, slots=True)
class Instalment:
    """Equal payments with the same words: who paid which body how much, and whose it says."""

    payer: str
    paid_to: str
    year_start: int | None
    pence: int
    says: str  # the kind of body that the words name; '' where they name none
    rows: int
    service: str
    economic: str
    perhaps: bool = False  # its words alone do not say that it is one


def whose(instalments: Iterable[Instalment]) -> dict[Instalment, str]:
    """The kind of body that silent instalments belong to, where it is told by their equals.

    A silent instalment is told where at least three of the same payer, receiver, year and sum, to
    the penny, name one kind of body, and none names another.
    """
    told: dict[Instalment, str] = {}
    for equals in _equals(instalments):
        speak = [i for i in equals if i.says and not i.perhaps]
        kinds = {i.says for i in speak}
        speaking = sum(i.rows for i in speak)
        if len(kinds) == 1 and speaking >= _ENOUGH:
            told |= dict.fromkeys((i for i in equals if not i.says), kinds.pop())
    return told


def sure(instalments: Iterable[Instalment]) -> set[Instalment]:
    """Those that only perhaps are instalments and have at least three equals that are."""
    found: set[Instalment] = set()
    for equals in _equals(instalments):
        if sum(i.rows for i in equals if not i.perhaps) >= _ENOUGH:
            found |= {i for i in equals if i.perhaps}
    return found


def _equals(instalments: Iterable[Instalment]) -> Collection[list[Instalment]]:
    """Instalments of one payer, receiver, year and sum together."""
    same: dict[tuple[str, str, int | None, int], list[Instalment]] = defaultdict(list)
    for instalment in instalments:
        key = (instalment.payer, instalment.paid_to, instalment.year_start, instalment.pence)
        same[key].append(instalment)
    return same.values()
