"""Recipes: how a published file of a register is known by its columns, and what stands in them.

A recipe is a definition that officers own. Its vocabulary is closed: the keys below and no others.
A column is named as its publisher heads it, with `{yy}` or `{yyyy}` where the heading has a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.facts import NameForm
from totalplace.refusal import Refused

# A code as a scheme and the column in which it stands: {gss: area}. Of `org_id:GB-LAE-` it is what
# follows that start, where it does: GB-LAE-BIR holds the code BIR.
Codes = tuple[tuple[str, str], ...]

_YEAR: Final = {"yy": r"(?P<y>\d{2})", "yyyy": r"(?P<y>\d{4})"}
_NOT_WORD: Final = re.compile(r"[^a-z0-9{}]+")
BY_GSS: Final = "by_gss"


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is headed, in one way or several; of two that are, which is meant."""

    name: str
    like: tuple[re.Pattern[str], ...]
    headed: tuple[str, ...]
    pick: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class BodyLine:
    """Where in a line a body stands: its codes, names, kind and days."""

    codes: Codes
    former: Codes
    names: tuple[tuple[NameForm, str], ...]
    called: str
    kind: str | tuple[str, Mapping[str, str]]
    first_day: str | date  # the column, or the day that is true of all of them
    last_day: str | date

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that says something of the body."""
        codes = (column.partition(":")[0] for _, column in (*self.codes, *self.former))
        names = (column for _, column in self.names)
        days = (d for d in (self.first_day, self.last_day) if isinstance(d, str) and d)
        kind = () if isinstance(self.kind, str) else (self.kind[0],)
        return (*codes, *names, *days, *kind)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Where in a line it stands that one body became another, and when."""

    old: Codes
    new: Codes
    day: str
    end: str
    takes_effect: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    """Where in a line a body and an area that it covers stand, and what is counted, if any is."""

    body: Codes
    area: Codes
    by: str
    sum: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """Where in a line a measure of an area stands, or the numbers that it is worked out from.

    `ninths` are dwellings by band of council tax and the ninths of band D that each band pays.
    """

    area: Codes
    what: str
    named_in: str
    value: str
    year: str
    sum: bool
    ninths: tuple[tuple[str, int], ...]
    total: str


@dataclass(frozen=True, slots=True)
class YearFound:
    """A way to find the year that a file describes, where its lines do not say it."""

    way: str  # column, file_name, latest_day or known_total
    told: Any


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is known of one kind of file."""

    name: str
    title: str
    publisher: str
    licence: str
    columns: tuple[Column, ...]
    years: tuple[YearFound, ...]
    bodies: tuple[BodyLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    coverage: tuple[CoverLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    join: tuple[str, str, str] | None = None  # column, the file that has it too, what that gives
    gives: tuple[str, str] | None = None  # column, and what it leads to

    @property
    def needed(self) -> list[Column]:
        """The columns without which a file is not of this kind."""
        return [column for column in self.columns if column.needed]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands in a table (from 0), and the year in its heading, if there is one."""

    at: int
    year: int | None


def heading(text: str) -> str:
    """A heading in small letters, its signs as single spaces."""
    return _NOT_WORD.sub(" ", text.lstrip("\ufeff").casefold()).strip()


def places_of(recipe: Recipe, header: Sequence[str]) -> dict[str, Place] | None:
    """Where the columns of a recipe stand in a header; None where it is not of this kind."""
    heads = [heading(cell) for cell in header]
    found: dict[str, Place] = {}
    for column in recipe.columns:
        met = list(_met(column, heads))
        if len(met) > 1 and not column.pick:
            return None
        if column.pick and len({place.year for place in met}) < 2:
            met = []
        if not met:
            if column.needed:
                return None
            continue
        year = max if column.pick == "latest" else min
        found[column.name] = year(met, key=lambda place: place.year or 0)
    return found


def _met(column: Column, heads: Sequence[str]) -> Iterator[Place]:
    for at, head in enumerate(heads):
        for pattern in column.like:
            if match := pattern.fullmatch(head):
                year = match.groupdict().get("y")
                yield Place(
                    at, None if year is None else int(year) + (2000 if len(year) == 2 else 0)
                )
                break


def recipe_of(name: str, said: Mapping[str, Any]) -> Recipe:
    """A recipe from its definition. Refused: a key that nobody knows, or one that is needed."""
    _check(
        name, said, {"title", "publisher", "licence", "columns", "year"},
        {"may_have", "bodies", "changes", "coverage", "measures", "join", "gives", "why"},
    )  # fmt: skip
    columns = [_column(name, key, told, needed=True) for key, told in said["columns"].items()]
    may_have = said.get("may_have", {}).items()
    columns += [_column(name, key, told, needed=False) for key, told in may_have]
    join, gives = said.get("join"), said.get("gives")
    return Recipe(
        name, str(said["title"]), str(said["publisher"]), str(said["licence"]),
        tuple(columns),
        tuple(_year(name, told) for told in said["year"]),
        tuple(_body(name, told) for told in said.get("bodies", ())),
        tuple(_change(name, told) for told in said.get("changes", ())),
        tuple(_cover(name, told) for told in said.get("coverage", ())),
        tuple(_measure(name, told) for told in said.get("measures", ())),
        (join["column"], join["file"], join["gives"]) if join else None,
        (gives["column"], gives["to"]) if gives else None,
    )  # fmt: skip


def pattern_of(text: str) -> re.Pattern[str]:
    """A heading with `{yy}` or `{yyyy}` as what finds it; the first year in it is the year."""
    parts, named = [], False
    for part in re.split(r"(\{yyyy\}|\{yy\})", heading(text)):
        if part in ("{yy}", "{yyyy}"):
            digits = _YEAR[part[1:-1]]
            parts.append(digits.replace("?P<y>", "?:") if named else digits)
            named = True
        else:
            parts.append(re.escape(part))
    return re.compile("".join(parts))


def _column(recipe: str, name: str, said: Any, *, needed: bool) -> Column:
    told = said if isinstance(said, Mapping) else {"like": said}
    _check(f"{recipe}, column {name}", told, {"like"}, {"pick"})
    like = told["like"] if isinstance(told["like"], list) else [told["like"]]
    pick = str(told.get("pick", ""))
    if pick not in ("", "earliest", "latest"):
        raise _wrong(recipe, f"column {name} picks {pick!r}, which is not earliest or latest")
    headed = tuple(map(str, like))
    return Column(name, tuple(map(pattern_of, headed)), headed, pick, needed)


def _codes(said: Mapping[str, Any] | None) -> Codes:
    return tuple((str(scheme), str(column)) for scheme, column in (said or {}).items())


def _year(recipe: str, said: Mapping[str, Any]) -> YearFound:
    _check(f"{recipe}, year", said, set(), {"column", "file_name", "latest_day", "known_total"})
    ((way, told),) = said.items()
    return YearFound(str(way), told)


def _body(recipe: str, said: Mapping[str, Any]) -> BodyLine:
    _check(
        f"{recipe}, bodies", said, {"codes", "kind"},
        {"former", "names", "called", "first_day", "last_day"},
    )  # fmt: skip
    kind = said["kind"]
    if isinstance(kind, Mapping):
        of = {str(word): _kind(recipe, told) for word, told in kind.get("of", {}).items()}
        kind = (str(kind["column"]), of)
    elif kind != BY_GSS:
        kind = _kind(recipe, kind)
    names = tuple((NameForm(form), str(column)) for form, column in said.get("names", {}).items())
    return BodyLine(
        _codes(said["codes"]), _codes(said.get("former")), names, str(said.get("called", "")),
        kind, said.get("first_day", ""), said.get("last_day", ""),
    )  # fmt: skip


def _change(recipe: str, said: Mapping[str, Any]) -> ChangeLine:
    _check(f"{recipe}, changes", said, {"old", "new"}, {"day", "end", "takes_effect"})
    return ChangeLine(
        _codes(said["old"]), _codes(said["new"]), str(said.get("day", "")),
        str(said.get("end", "")), str(said.get("takes_effect", "")),
    )  # fmt: skip


def _cover(recipe: str, said: Mapping[str, Any]) -> CoverLine:
    _check(f"{recipe}, coverage", said, {"body", "area"}, {"by", "sum"})
    body, area = _codes(said["body"]), _codes(said["area"])
    return CoverLine(body, area, str(said.get("by", "")), str(said.get("sum", "")))


def _measure(recipe: str, said: Mapping[str, Any]) -> MeasureLine:
    _check(
        f"{recipe}, measures", said, {"area"},
        {"what", "named_in", "value", "year", "sum", "ninths", "total"},
    )  # fmt: skip
    ninths = tuple((str(c), int(n)) for c, n in said.get("ninths", {}).items())
    return MeasureLine(
        _codes(said["area"]), str(said.get("what", "")), str(said.get("named_in", "")),
        str(said.get("value", "")), str(said.get("year", "")), bool(said.get("sum")), ninths,
        str(said.get("total", "")),
    )  # fmt: skip


def _kind(recipe: str, said: Any) -> str:
    try:
        return AgencyKind(str(said)).value
    except ValueError:
        raise _wrong(recipe, f"{said!r} is no kind of agency") from None


def _check(where: str, said: Mapping[str, Any], needed: set[str], may: set[str]) -> None:
    wrong = (needed - said.keys()) | (said.keys() - needed - may)
    if wrong:
        raise _wrong(where, f"it lacks or should not have: {', '.join(sorted(map(str, wrong)))}")


def _wrong(where: str, why: str) -> Refused:
    return Refused(
        f"The recipe {where} cannot be read",
        why=why,
        next_step="Put it right in places/definitions/register_files.yaml",
    )
