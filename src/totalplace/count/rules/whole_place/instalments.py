"""Precepts that do not say whose they are, told by equal instalments that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


def whose(instalments: Iterable[Instalment]) -> dict[Instalment, str]:
    """The kind of body that silent instalments belong to, where it is told by their equals.

    A silent instalment is told where at least three of the same payer, receiver, year and sum, to
    the penny, name one kind of body, and none names another.
    """
    same: dict[tuple[str, str, int | None, int], list[Instalment]] = defaultdict(list)
    for instalment in instalments:
        key = (instalment.payer, instalment.paid_to, instalment.year_start, instalment.pence)
        same[key].append(instalment)
    told: dict[Instalment, str] = {}
    for equals in same.values():
        kinds = {i.says for i in equals if i.says}
        speaking = sum(i.rows for i in equals if i.says)
        if len(kinds) == 1 and speaking >= _ENOUGH:
            told |= dict.fromkeys((i for i in equals if not i.says), kinds.pop())
    return told
