"""A cell of a table of series: a figure as people write it, a mark, or what is neither.

Spreadsheets write a thousand with a space that does not break, what is below nought in brackets or
with a true minus sign; other countries a decimal comma. A figure of which a publisher says only
that it is below something is missing, and no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from totalplace.monitoring.rules.watched import Standing
from totalplace.outcomes.rules.marks import Marks, known, status_of
from totalplace.outcomes.rules.readings import Status
from totalplace.outcomes.rules.tables import NUMBER

_FIGURE: Final = re.compile(rf"({NUMBER.pattern})\s*[\[(]?\s*([A-Za-z*~†]{{0,12}})\s*[\])]?")
_DECIMALS: Final = re.compile(r"\.(\d+?)0*%?$")
_PROVISIONAL: Final = {Status.PROVISIONAL, Status.ESTIMATED, Status.UNRELIABLE}
_ANEW: Final = {Status.REVISED, Status.FINAL}
# 1.2m beside 950k would be a fall: what stands behind a figure in full is a mark or its unit.
_TIMES: Final = frozenset({"k", "m", "mn", "bn", "b", "million", "billion", "thousand", "000s"})
_WORD: Final = 3  # letters; fewer behind a figure are a publisher's mark or a footnote
# Spaces that do not break and thin ones, as spreadsheets and publishers put between thousands.
_BETWEEN: Final = re.compile(r"(?<=\d)[\u00a0\u2009\u202f ](?=\d{3}(?!\d))")
_MINUS: Final = re.compile(r"^(£?)[\u2212\u2013](?=[\d.£])")
_IN_BRACKETS: Final = re.compile(r"\((£?[\d,.]*\d%?)\)")  # accounts write what is below nought so
_LIMITED: Final = re.compile(
    r"(<|>|≤|≥|less than|fewer than|under)\s*£?[\d,.]+\s*%?", re.IGNORECASE
)
_RANGE: Final = re.compile(r"\d+\s*(?:-|–|to)\s*\d+")
_COMMA: Final = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?")
_SURELY_COMMA: Final = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))%?")
_POINT: Final = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+)%?")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says. `value` None where it says no figure; `fault` where nobody can read it.

    `decimals` are those written, 0 for a whole number; `unit` is what is written behind it, as % or
    weeks; `anew` that its publisher put it right.
    """

    value: float | None
    standing: Standing = Standing.FIRM
    why: str = ""
    decimals: int = 0
    whole: bool = True
    unit: str = ""
    anew: bool = False
    fault: bool = False


def figure(text: str, marks: Marks, *, beside: Iterable[str] = (), comma: bool = False) -> Figure:
    """A cell read. `beside` are the marks of its row or its period; `comma` a decimal comma."""
    if not text:
        return Figure(None, Standing.MISSING, "the cell is empty")
    match = _FIGURE.fullmatch(_pointed(text) if comma else text)
    match = match or _FIGURE.fullmatch(plainly(text))
    if match is None:
        return _no_figure(text, marks)
    said, behind = match.group(1), match.group(2)
    if behind.lower() in _TIMES:
        return Figure(None, Standing.SET_ASIDE, f"“{text[:40]}” is no number in full", fault=True)
    bare = number(said)
    unit = behind if len(behind) >= _WORD and known(behind, marks) is None else ""
    found = [status_of(mark, marks)[0] for mark in (behind, *beside)]
    odd = next((one for one in found if one in _PROVISIONAL), None)
    decimals = _DECIMALS.search(said)
    return Figure(
        bare,
        Standing.FIRM if odd is None else Standing.PROVISIONAL,
        odd.value if odd else "",
        decimals=len(decimals.group(1)) if decimals else 0,
        whole=bare.is_integer(),
        unit="%" if said.endswith("%") else unit,
        anew=any(one in _ANEW for one in found),
    )


def _no_figure(text: str, marks: Marks) -> Figure:
    mark = known(text, marks)
    if mark is not None:
        return Figure(None, Standing.MISSING, mark.why)
    if _LIMITED.fullmatch(text) or _RANGE.fullmatch(text):
        return Figure(None, Standing.MISSING, f"its publisher says only “{text[:40]}”")
    return Figure(None, Standing.SET_ASIDE, f"“{text[:40]}” is no number", fault=True)


def number(text: str) -> float:
    """The number that `NUMBER` matches, without its £, its % and the commas of its thousands."""
    return float(text.replace(",", "").replace("£", "").replace("%", ""))


def plain_number(text: str, *, comma: bool = False) -> float | None:
    """A cell that is a number and nothing else; None where it is not."""
    written = _pointed(text) if comma else text
    for each in (written, plainly(text)):
        if NUMBER.fullmatch(each):
            return number(each)
    return None


def plainly(text: str) -> str:
    """A figure without what only spreadsheets write: odd spaces, odd minus signs, brackets."""
    found = _BETWEEN.sub("", _MINUS.sub(r"\1-", text.strip("\u00a0\u2009\u202f ")))
    negative = _IN_BRACKETS.fullmatch(found)
    found = f"-{negative.group(1)}" if negative else found
    return found.replace("-£", "£-", 1) if found.startswith("-£") else found


def decimal_comma(cells: Iterable[str]) -> bool:
    """Whether a column is written with a decimal comma: some can be nothing else, none a point."""
    some = False
    for cell in cells:
        if _POINT.fullmatch(cell):
            return False
        some = some or ("," in cell and _SURELY_COMMA.fullmatch(plainly(cell)) is not None)
    return some


def _pointed(text: str) -> str:
    bare = plainly(text)
    return bare.replace(".", "").replace(",", ".") if _COMMA.fullmatch(bare) else bare
