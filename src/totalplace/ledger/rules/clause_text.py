"""A year-end clause as its text: set sentences, one a line, read and written alike.

Of an overspend, the first £100,000.00 is borne by wex-council alone.
Of an overspend, the rest is shared by contribution.
Of an underspend, the rest is shared by per cent: nhs-wex 40, wex-council 60.
An underspend is kept for non-recurrent use.
"""

from __future__ import annotations

import re
from typing import Final

from totalplace.ledger.rules.year_end import (
    Band,
    Bearing,
    Clause,
    Keeping,
    band_bearing,
    check_clause,
)
from totalplace.money.pence import pounds
from totalplace.refusal import Refused

_AGENCY: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_BAND: Final = re.compile(
    r"Of an (?P<side>overspend|underspend), "
    r"(?:the (?:first|next) £(?P<pounds>[0-9,]{1,20})(?:\.(?P<pence>[0-9]{2}))?|the rest) is "
    rf"(?:borne by (?P<bearer>{_AGENCY}) alone|(?P<by>shared by contribution)"
    r"|shared by per cent: (?P<per>.+))\."
)
_KEPT: Final = re.compile(r"An underspend is (?P<keeping>returned|kept for non-recurrent use)\.")
_PER: Final = re.compile(rf"({_AGENCY}) ([0-9]{{1,3}})(?:\.([0-9]{{1,2}}))?")


def text_of(clause: Clause) -> str:
    """A clause in its sentences."""
    lines = []
    for side, bands in (("overspend", clause.overspend), ("underspend", clause.underspend)):
        for at, band in enumerate(bands):
            nth = "next" if at else "first"
            width = "the rest"
            if band.width_pence is not None:
                width = f"the {nth} {pounds(band.width_pence)}"
            lines.append(f"Of an {side}, {width} is {band_bearing(band)}.")
    return "\n".join([*lines, f"An underspend is {clause.keeping}."])


def clause_of(text: str) -> Clause:
    """The clause that sentences say. Raises Refused at the line that says something else."""
    bands: dict[str, list[Band]] = {"overspend": [], "underspend": []}
    keeping: Keeping | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        said = " ".join(line.split())
        if not said:
            continue
        if match := _KEPT.fullmatch(said):
            if keeping is not None:
                raise _refused(number, said, "what becomes of an underspend is said twice")
            keeping = Keeping(match["keeping"])
        elif match := _BAND.fullmatch(said):
            bands[match["side"]].append(_band(match, number, said))
        else:
            raise _refused(number, said, "it is none of the sentences that a clause is made of")
    if keeping is None:
        raise _refused(0, text, "it does not say whether an underspend is returned or kept")
    clause = Clause(tuple(bands["overspend"]), tuple(bands["underspend"]), keeping)
    check_clause(clause)
    return clause


def percentages_of(said: str) -> tuple[tuple[str, int], ...]:
    """Agreed per cents: `council 60, board 40`, as hundredths of a per cent. Raises Refused."""
    found: dict[str, int] = {}
    for part in re.split(r"[,\n]", said):
        words = part.replace("%", "").replace(":", " ").split()
        match = _PER.fullmatch(" ".join(words))
        if not words:
            continue
        if match is None or match[1] in found:
            raise Refused(
                "The agreed per cents cannot be read",
                why=f"'{part.strip()}' is not a partner's code and a per cent, said once",
                next_step="Write them such as: wex-council 60, nhs-wex 40",
            )
        found[match[1]] = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
    return tuple(sorted(found.items()))


def _band(match: re.Match[str], number: int, said: str) -> Band:
    width = None
    if match["pounds"]:
        digits = match["pounds"].replace(",", "")
        if not digits:
            raise _refused(number, said, "it has no sum")
        width = int(digits) * 100 + int(match["pence"] or 0)
    if match["bearer"]:
        return Band(width, Bearing.ONE, bearer=match["bearer"])
    if match["by"]:
        return Band(width, Bearing.CONTRIBUTION)
    return Band(width, Bearing.PERCENTAGES, percentages=percentages_of(match["per"]))


def _refused(number: int, said: str, why: str) -> Refused:
    at = f"Line {number} of the clause" if number else "The clause"
    return Refused(
        f"{at} cannot be read",
        why=f"{why}: '{said[:200]}'" if number else why,
        next_step="Use the sentences of docs/how-to/close-the-year.md as they stand",
    )
