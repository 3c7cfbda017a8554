"""Who lives in a place, read from a table of categories, or of areas by single year of age."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from totalplace.participation.definitions.public import about_you
from totalplace.refusal import Refused

Rows = Sequence[Sequence[str]]


def people_of(rows: Rows, about: str, *, areas: Collection[str], where: str) -> dict[str, int]:
    """How many people of each category live in a place, which has these areas by GSS code.

    Raises Refused, by row, for what is odd, and where an area has no row.
    """
    head = [cell.strip() for cell in rows[0]] if rows else []
    if sum(_year(cell) is not None for cell in head) > 50:
        return _by_single_year(rows, about, areas=areas, where=where)
    return _by_category(rows, where)


def _by_category(rows: Rows, where: str) -> dict[str, int]:
    """A category and a number of people in each row; a first row of words is its head."""
    found: dict[str, int] = {}
    for at, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (at == 1 and _people(cells[-1]) is None):
            continue
        count = _people(cells[1]) if len(cells) > 1 else None
        if count is None:
            raise _unreadable(where, f"row {at} gives no number of people")
        found[cells[0]] = found.get(cells[0], 0) + count
    return found


def _by_single_year(
    rows: Rows, about: str, *, areas: Collection[str], where: str
) -> dict[str, int]:
    """The place's own areas, their years of age added up into the categories that are asked."""
    asked = about_you().get(about)
    if asked is None or not asked.years:
        raise _unreadable(where, f"its columns are years of age, and {about} is not asked by age")
    years = {at: year for at, cell in enumerate(rows[0]) if (year := _year(cell)) is not None}
    wanted = set(areas)
    found, seen = dict.fromkeys(asked.categories, 0), set[str]()
    for number, row in enumerate(rows[1:], start=2):
        codes = wanted & {cell.strip() for cell in row[:3]}
        if not codes:
            continue
        seen |= codes
        for at, year in years.items():
            count = _people(row[at]) if at < len(row) else None
            if count is None:
                raise _unreadable(where, f"row {number} gives no number of people aged {year}")
            category = next(c for c, (first, last) in
                            zip(asked.categories, asked.years, strict=True)
                            if first <= year <= last)  # fmt: skip
            found[category] += count
    if not seen or wanted - seen:
        lacking = ", ".join(sorted(wanted - seen)) or "the areas of the place, which are not known"
        raise _unreadable(where, f"it has no row of {lacking}")
    return found


def _year(cell: str) -> int | None:
    plain = cell.strip().removesuffix("+")
    return int(plain) if plain.isascii() and plain.isdecimal() and int(plain) < 130 else None


def _people(cell: str) -> int | None:
    plain = cell.strip().replace(",", "")
    whole, _, part = plain.partition(".")
    fits = whole.isascii() and whole.isdecimal() and not part.strip("0")
    return int(whole) if fits else None


def _unreadable(where: str, why: str) -> Refused:
    return Refused(
        f"Who lives here cannot be read from {where}",
        why=why,
        next_step="Give a row for each category and its people, or areas by single year of age",
    )
