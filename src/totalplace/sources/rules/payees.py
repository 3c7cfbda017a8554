"""A payee's name as published: the supplier number taken off, redactions known as one class."""

from __future__ import annotations

import re
from typing import Final

# Four digits may be a year (Studio (2004) Ltd) and a leading number may be the name (1610 Ltd).
_NUMBER: Final = r"\d{4,12}"
_IN_BRACKETS: Final = re.compile(rf"(.*\S)\s*[(\[]\s*({_NUMBER})\s*[)\]]", re.ASCII)
_BRACKETS_FIRST: Final = re.compile(rf"[(\[]\s*({_NUMBER})\s*[)\]]\s*[-–:]?\s*(\S.*)", re.ASCII)
_AFTER: Final = re.compile(rf"(.*\S)\s*(?:\s[-–:|/]|[:|])\s*({_NUMBER})", re.ASCII)
_BEFORE: Final = re.compile(r"(\d{5,12})\s*(?:[-–:|]\s*|\s)(\S.*)", re.ASCII)
_REDACTED: Final = re.compile(
    r"(?:(?:supplier|payee|name|beneficiary|vendor|details?|data|individual|personal)\W+)*"
    r"(?:redacted|redaction)(?:\W.*)?"
    r"|third\W*party(?:\W+(?:supplier|payee|individual|person))?"
    r"|(?:(?:supplier|payee|name|beneficiary|vendor|details?|personal|private|data|information|"
    r"individuals?|the)\W+)*(?:withheld|suppressed|removed|erased|anonymi[sz]ed|not\W+disclosed|"
    r"undisclosed)(?:\W.*)?"
    r"|personal(?:\W+(?:data|information|details?|payee|individual))(?:\W.*)?"
    r"|(?:private\W+)?individuals?"
    r"|(?:confidential|sensitive|protected)(?:\W+(?:data|information|payee|payment|supplier|name|"
    r"personal(?:\W+(?:data|information))?))?"
    r"|(?:foi\W+)?exempt(?:ion|ed)?(?:\W+(?:from|under|information|data|foi|s\d|section).*)?"
    r"|(?:data\W+protection|gdpr|(?:section|s)\W?40)(?:\W.*)?"
    r"|x{3,}|[*#•█-]{3,}",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"\b(?:ltd|limited|plc|llp|cic|inc|group|services|company)\b", re.IGNORECASE
)


def split_number(name: str) -> tuple[str, str]:
    """A payee's name without the supplier number that stands in it, and that number or "".

    The number has four digits or more and stands in brackets or after a dash or colon at the end,
    or has five or more at the start. A year in brackets is part of a name.
    """
    for pattern, name_first in (
        (_IN_BRACKETS, True), (_BRACKETS_FIRST, False), (_AFTER, True), (_BEFORE, False),
    ):  # fmt: skip
        if match := pattern.fullmatch(name):
            bare, number = (match[1], match[2]) if name_first else (match[2], match[1])
            if not _is_year(number) and any(ch.isalpha() for ch in bare):
                again, inner = split_number(bare)
                return (again, number) if not inner else (bare, number)
    return name, ""


def _is_year(number: str) -> bool:
    return len(number) == 4 and 1700 <= int(number) <= 2100


def redacted(name: str) -> bool:
    """Whether a name stands for payees that the publisher has left out, not for one payee."""
    match = _REDACTED.fullmatch(name.strip(" .,()[]<>\"'"))
    return bool(match) and not (_COMPANY.search(name) and "redact" not in name.lower())
