"""Definitions drafted from a publisher's own data dictionary, for an officer to finish.

A draft says what the dictionary says and leaves open what it does not; it is marked as a draft, so
that nobody takes it for what somebody answers for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from totalplace.refusal import Refused

_ODD: Final = re.compile(r"[^a-z0-9]+")
_NEEDS: Final = ("Measure_short", "Measure", "Polarity", "y_axis_name", "Year_Type", "Topic")
_BETTER: Final = {"high": "higher", "low": "lower"}
_YEARS: Final = {
    "academic year": ("school", "end"),
    "financial year": ("financial", "end"),
    "calendar year": ("calendar", None),
    "annual (end of sept)": ("october", "end"),
    "annual - january": ("january-census", None),
}
_FAMILIES: Final = (("finance", "money"), ("workforce", "capacity"))
_TO_FINISH: Final = "to be said by whoever finishes this draft"
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file of drafts, and the rows of the dictionary that none could be made of, with why."""

    said: Mapping[str, Any]
    left_out: tuple[tuple[int, str], ...]


def drafted(
    rows: Sequence[Mapping[str, str]], *, form: str, source: str, known: Iterable[str], on: date
) -> Drafted:
    """Drafts from a dictionary of the Local Authority Interactive Tool, less what is known.

    `known` are measures that a definition names already. Raises Refused for another dictionary.
    """
    if not rows or any(need not in rows[0] for need in _NEEDS):
        raise Refused(
            "No definitions can be drafted",
            why=f"such a dictionary has the columns {', '.join(_NEEDS)}",
            next_step="Give the data dictionary of the Local Authority Interactive Tool",
        )
    there, codes, left_out = set(known), set[str](), []
    found: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=2):
        measure = row["Measure_short"].strip()
        if not measure or measure == "NA":
            left_out.append((number, "it names no measure"))
        elif measure in there:
            left_out.append((number, f"{measure} is defined already"))
        else:
            there.add(measure)
            code = _code(row["Measure"] or measure, codes)
            found[code] = _draft(row, measure, form)
    once = {"owner_local": _TO_FINISH, "owner_national": "Department for Education",
            "source": source, "review_by": on.replace(year=on.year + 1)}  # fmt: skip
    said = {
        "title": "Drafts from a data dictionary",
        "why": "Measures that are held and were not yet defined; each waits to be finished.",
        "owner": _TO_FINISH, "as_of": on, "review_by": on.replace(year=on.year + 1),
        "sources": [source], "once": once, "indicators": found,
    }  # fmt: skip
    return Drafted(said, tuple(left_out))


def _draft(row: Mapping[str, str], measure: str, form: str) -> dict[str, Any]:
    topic = row["Topic"].lower()
    family = next((family for word, family in _FAMILIES if word in topic), "results")
    unit = "%" if "%" in row["y_axis_name"] else row["y_axis_name"].strip() or "as published"
    draft: dict[str, Any] = {
        "title": " ".join(row.get("Chart_title", row["Measure"]).split()) or measure,
        "why": _TO_FINISH,
        "numerator": " ".join(row.get("Description", "").split())[:300] or _TO_FINISH,
        "denominator": row["y_axis_name"].strip() or None,
        "unit": unit,
        "better": _BETTER.get(row["Polarity"].strip().lower(), "neither"),
        "family": family,
        "level": "county or unitary authority",
        "frequency": "yearly",
        "held_as": [{"form": form, "measure": measure}],
        "draft": True,
    }
    kind, by = _YEARS.get(row["Year_Type"].strip().lower(), ("unsaid", None))
    if kind != "unsaid":
        draft["year"] = kind
    if by:
        draft["year_named_by"] = by
    if row.get("dps", "").strip().isdecimal():
        draft["decimals"] = min(6, int(row["dps"]))
    return draft


def _code(words: str, taken: set[str]) -> str:
    """A code of some words that none of those taken is."""
    plain = _ODD.sub("-", words.lower()).strip("-")[: _LONGEST - 4].strip("-") or "measure"
    code, number = plain, 2
    while code in taken:
        code, number = f"{plain}-{number}", number + 1
    taken.add(code)
    return code
