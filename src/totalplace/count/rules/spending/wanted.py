"""What somebody looks for among the payments of an edition: words, bodies, months, sums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from totalplace.count.rules.tallies import Kind
from totalplace.refusal import Refused

MOST_WORDS: Final = 4
LONGEST: Final = 200  # letters that are looked for
MOST_PENCE: Final = 10**15  # ten million million pounds: more than all that is published
_EARLIEST: Final = date(1, 1, 1)
_LATEST: Final = date(9999, 12, 1)
_KEY: Final = re.compile(r"[0-9a-f]{16}")


class Sort(StrEnum):
    """In which order lines are shown."""

    LARGEST = "largest"
    SMALLEST = "smallest"
    LATEST = "latest"
    EARLIEST = "earliest"
    PAYEE = "payee"


class Mark(StrEnum):
    """Lines of one kind alone, or without it."""

    TRANSFERS = "transfers"  # money passed to another counted body, which counts it instead
    NO_TRANSFERS = "no-transfers"
    REDACTED = "redacted"
    NEGATIVE = "negative"
    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. What is empty, or None, is not looked at. Sums are in pence."""

    text: str = ""
    agency: str = ""
    service: str = ""
    body: str = ""  # a public body that was paid, by its code
    payee: str = ""  # a payee, by its key
    first: date | None = None  # months, each by its first day
    last: date | None = None
    least_pence: int | None = None
    most_pence: int | None = None
    kind: Kind = Kind.PAYMENT
    mark: Mark | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be looked for."""
        if len(self.words) > MOST_WORDS or len(self.text) > LONGEST:
            raise _refused(
                f"more than {MOST_WORDS} words or {LONGEST} letters were given",
                "Give the one or two words that are rarest, such as part of a name",
            )
        if "\x00" in self.text:
            raise _refused("it holds a letter that is none", "Type the words again")
        if self.payee and not _KEY.fullmatch(self.payee):
            raise _refused("the payee in the address is none", "Choose a payee from the list")
        if self.first and self.last and self.first > self.last:
            raise _refused("the first month is after the last", "Turn the months round")
        least, most = self.pence
        if least > most:
            raise _refused("the least sum is more than the most", "Turn the sums round")

    @property
    def words(self) -> tuple[str, ...]:
        """The words that must all stand beside a payment, in small letters."""
        return tuple(self.text.lower().split())

    @property
    def pence(self) -> tuple[int, int]:
        """The least and the most sum that is looked for."""
        least = -MOST_PENCE if self.least_pence is None else self.least_pence
        most = MOST_PENCE if self.most_pence is None else self.most_pence
        return least, most

    @property
    def is_everything(self) -> bool:
        """Whether every payment is looked for."""
        return self == Wanted(kind=self.kind)

    @property
    def told(self) -> dict[str, Any]:
        """The same as the questions about an edition's lines are told it."""
        words = (*self.words, "", "", "", "")
        least, most = self.pence
        return {
            "kind": self.kind.value,
            "first_word": words[0], "second_word": words[1],
            "third_word": words[2], "fourth_word": words[3],
            "every_agency": not self.agency, "agency": self.agency,
            "every_service": not self.service, "service": self.service,
            "every_body": not self.body, "body": self.body,
            "every_payee": not self.payee, "payee_key": self.payee,
            "every_month": self.first is None and self.last is None,
            "first": self.first or _EARLIEST, "last": self.last or _LATEST,
            "least": least, "most": most,
            "transfers_only": self.mark is Mark.TRANSFERS,
            "no_transfers": self.mark is Mark.NO_TRANSFERS,
            "redacted_only": self.mark is Mark.REDACTED,
            "negative_only": self.mark is Mark.NEGATIVE,
            "copies_only": self.mark is Mark.COPIES,
        }  # fmt: skip


def _refused(why: str, next_step: str) -> Refused:
    return Refused("This cannot be looked for", why=why, next_step=next_step)
