"""Typed slots of set sentences: how a value of each type is written, and what is read as one.

What is read may be looser than what is written (£1250 for £1,250.00); a text is in its set form
once writing what was read gives back the very same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Period, Unspent
from totalplace.decisions.rules.days import in_words
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_CODE: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._/:-]*[A-Za-z0-9])?"
_NUMBER: Final = r"-?[0-9]{1,12}(?:\.[0-9]{1,8})?"
_WHOLE: Final = r"[0-9]{1,6}"
# A name ends where the words of its sentence go on; none of these marks stands in one.
# No longer than the name of an agency may be: where each of two names could end anywhere in a long
# line, reading it would take for ever.
_NAME: Final = r"[A-Za-z0-9][^“”£()\n:;]{0,299}?"
_SHARE: Final = _NAME + r" " + _NUMBER + r" per cent"


@dataclass(frozen=True, slots=True)
class Names:
    """What the parties are called: by the code of their agency, and back."""

    names: Mapping[str, str]
    codes: Mapping[str, str]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> Names:
        """From names by code."""
        return cls(names, {name: code for code, name in names.items()})


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of slot: what it is in words, its pattern, and how it is read and written.

    Both raise ValueError for what is no such thing.
    """

    says: str
    pattern: str
    read: Callable[[str, Names], Any]
    write: Callable[[Any, Names], str]
    absent: Any = None  # what stands in its field where an optional part is left out


def _plain(says: str, pattern: str, absent: Any = None) -> Kind:
    return Kind(says, pattern, lambda text, _: text, lambda value, _: str(value), absent)


def _words_of(kind: type[StrEnum], says: str) -> Kind:
    pattern = "|".join(re.escape(one.value) for one in kind)
    return Kind(says, pattern, lambda text, _: kind(text), lambda value, _: kind(value).value)


def _party(text: str, names: Names) -> str:
    if text not in names.codes:
        raise ValueError(f"“{text}” is no party; the parties are {', '.join(names.codes)}")
    return names.codes[text]


def _name(code: str, names: Names) -> str:
    if code not in names.names:
        raise ValueError(f"{code} is no party; the parties are {', '.join(names.names)}")
    return names.names[code]


def _money(text: str, _: Names) -> int:
    whole, _dot, odd = text.removeprefix("£").replace(",", "").partition(".")
    return int(whole) * 100 + int(odd or 0)


def _written_money(pence: int, _: Names) -> str:
    if pence < 0:
        raise ValueError("a sum in an agreement is never below nothing")
    return pounds(pence)


def _day(text: str, _: Names) -> date:
    day, month, year = text.split()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day))
    except ValueError as wrong:
        raise ValueError(f"“{text}” is no day of the calendar") from wrong


def _whole(text: str, _: Names) -> int:
    return int(text)


def _number(text: str, _: Names) -> Decimal:
    return Decimal(text)


def _written_number(value: Decimal, _: Names) -> str:
    return format(value.normalize() + 0, "f")


def _year(text: str, _: Names) -> int:
    return FinancialYear.parse(text).start


def _written_words(text: str, _: Names) -> str:
    return f"“{sound_words(text)}”"


def sound_line(text: str) -> str:
    """Words that can be a clause by themselves. Raises ValueError for those that cannot."""
    if not text.strip() or text != text.strip():
        raise ValueError("words are lacking, or begin or end with a space")
    if not text.isprintable():
        raise ValueError("words are of one line, and every letter of them can be printed")
    return text


def sound_words(text: str) -> str:
    """Words that can stand in quotation marks. Raises ValueError for those that cannot."""
    if "“" in text or "”" in text:
        raise ValueError("double quotation marks do not stand within quotation marks; use ‘ and ’")
    return sound_line(text)


def _codes(text: str, _: Names) -> tuple[str, ...]:
    return tuple(text.split(", "))


def _shares(text: str, names: Names) -> tuple[tuple[str, Decimal], ...]:
    found = []
    for one in text.split("; "):
        name, _, per_cent = one.removesuffix(" per cent").rpartition(" ")
        found.append((_party(name, names), Decimal(per_cent)))
    return tuple(found)


def _written_shares(value: tuple[tuple[str, Decimal], ...], names: Names) -> str:
    return "; ".join(
        f"{_name(who, names)} {_written_number(n, names)} per cent" for who, n in value
    )


def _is_name(text: str, _: Names) -> str:
    if re.fullmatch(_NAME, text) is None or text != text.strip() or not text.isprintable():
        raise ValueError("a name is letters, without brackets, quotation marks, colons or £")
    return text


KINDS: Final[Mapping[str, Kind]] = {
    "name": Kind("the name of a body", _NAME, _is_name, _is_name),
    "party": Kind("the name of a party", _NAME, _party, _name),
    "code": _plain("a code, such as employment-support", _CODE),
    "codes": Kind(
        "codes with commas between", rf"{_CODE}(?:, {_CODE})*", _codes,
        lambda value, _: ", ".join(value), (),
    ),
    "money": Kind(
        "a sum such as £1,250,000.00", r"£[0-9][0-9,]{0,20}(?:\.[0-9]{2})?", _money, _written_money
    ),
    "day": Kind(
        "a day such as 30 April 2027", rf"[0-9]{{1,2}} (?:{'|'.join(_MONTHS)}) [0-9]{{4}}", _day,
        lambda value, _: in_words(value),
    ),
    "whole": Kind("a whole number", _WHOLE, _whole, lambda value, _: str(value)),
    "number": Kind("a number such as 12.5", _NUMBER, _number, _written_number),
    "year": Kind(
        "a year such as 2027-28", r"[0-9]{4}[-/][0-9]{2}", _year,
        lambda value, _: FinancialYear(value).label,
    ),
    "words": Kind(
        "words in quotation marks, such as “as agreed”", r"“[^“”\n]+”",
        lambda text, _: sound_words(text[1:-1]), _written_words, "",
    ),
    "rest": Kind(
        "words of one line", r".+", lambda text, _: sound_line(text),
        lambda value, _: sound_line(value),
    ),
    "shares": Kind(
        "shares, such as Wexshire Council 60 per cent; Wexshire Health Board 40 per cent",
        rf"{_SHARE}(?:; {_SHARE})*", _shares, _written_shares, (),
    ),
    "nature": _words_of(Nature, "revenue or capital"),
    "side": _words_of(Side, "place or centre"),
    "period": _words_of(Period, "day, week, month or breach"),
    "unspent": _words_of(Unspent, "what becomes of what is left"),
}  # fmt: skip
