"""Forms of published tables: what each column of a kind of table is, and how a table is known.

A form names the headings that a table of its kind has. A table is of the form whose headings are
all there; of several, of the one that needs the most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from totalplace.outcomes.rules.indicators import years_of
from totalplace.outcomes.rules.marks import Marks
from totalplace.outcomes.rules.periods import AS_WRITTEN, Years
from totalplace.refusal import Refused

_ODD: Final = re.compile(r"[^0-9a-z%+/]+")
HEADER_WITHIN: Final = 60  # rows; above a heading stand a title and notes


class Layout(StrEnum):
    """How figures lie in a table."""

    LONG = "long"  # one figure a row
    WIDE = "wide"  # several figures a row, each under the heading that it is named by
    SHARE = "share"  # two whole counts a row, of which the figure is a share
    PERIODS = "periods"  # a column for each period


class Coding(StrEnum):
    """How a table names its areas."""

    GSS = "gss"  # the nine characters of the Register of Geographic Codes
    DFE = "dfe"  # the Department for Education's three-digit numbers
    ORGANISATION = "organisation"  # the NHS's own codes (ODS)
    ANY = "any"  # as they are: codes of any kind, a place's own too


class Role(StrEnum):
    """What a column is."""

    AREA = "area"
    AREA_NAME = "area_name"
    LEVEL = "level"
    MEASURE = "measure"
    DIMENSION = "dimension"
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    LESS = "less"  # what the denominator is lessened by to give the numerator
    LOW = "low"
    HIGH = "high"
    UNIT = "unit"
    STATUS = "status"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class AddUp:
    """Sums of the whole counts of a table: over its dimension, and over its areas."""

    dimension: str = ""  # what the sum over the dimension is called, such as "all types"
    area: str = ""  # the code under which the sum over all areas stands
    area_name: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of table is laid out. `columns` are the headings that each role may have."""

    code: str
    title: str
    publisher: str
    layout: Layout
    coding: Coding
    columns: Mapping[Role, tuple[str, ...]]
    may_have: frozenset[Role] = frozenset()
    values: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # further headings, where there, by which a measure is told apart
    measure: str = ""  # where no column names it
    area: str = ""  # where every row is of one area
    period_is_month: bool = False
    years: Years = AS_WRITTEN
    marks: Marks = field(default_factory=dict)
    add_up: AddUp = AddUp()

    @property
    def must_have(self) -> tuple[Role, ...]:
        """The roles whose columns a table of this form has."""
        return tuple(role for role in self.columns if role not in self.may_have)


@dataclass(frozen=True, slots=True)
class Fit:
    """A table taken for one of a form: where each column stands, and why it was taken so."""

    form: Form
    header: int  # the place of the row of headings among the rows looked at, from 0
    headings: tuple[str, ...]
    columns: Mapping[Role, int]
    values: tuple[int, ...] = ()  # of the figures, where there are several a row
    also: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    guessed: bool = False


def plain(heading: object) -> str:
    """A heading as it is compared: small letters and single spaces."""
    return " ".join(_ODD.sub(" ", str(heading or "").lower().lstrip("\ufeff")).split())


def fit(forms: Iterable[Form], rows: Sequence[Sequence[object]], name: str) -> Fit | None:
    """The form that knows a table by its first rows, or None.

    Raises Refused where two forms know it equally well.
    """
    every = list(forms)
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        fits = [found for form in every if (found := _fit_of(form, at, row)) is not None]
        if not fits:
            continue
        most = max(_needs(found.form) for found in fits)
        best = [found for found in fits if _needs(found.form) == most]
        if len(best) > 1:
            raise Refused(
                f"{name} was not added",
                why=f"the forms {', '.join(sorted(f.form.code for f in best))} fit it equally well",
                next_step="Say which with --form",
            )
        return best[0]
    return None


def _needs(form: Form) -> int:
    return len(form.must_have) + len(form.values)


def _fit_of(form: Form, at: int, row: Sequence[object]) -> Fit | None:
    places: dict[str, int] = {}
    for place, heading in enumerate(row):
        places.setdefault(plain(heading), place)
    columns = {}
    for role, names in form.columns.items():
        there = [places[plain(name)] for name in names if plain(name) in places]
        if there:
            columns[role] = there[0]
        elif role not in form.may_have:
            return None
    values = [places.get(plain(name)) for name in form.values]
    if None in values:
        return None
    headings = tuple(" ".join(str(cell or "").lstrip("\ufeff").split()) for cell in row)
    whole = tuple(value for value in values if value is not None)
    also = tuple(places[plain(name)] for name in form.also if plain(name) in places)
    return Fit(form, at, headings, columns, whole, also)


_ALWAYS: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
_MUST: Final = {"publisher", "layout", "areas", "columns"}
_MAY: Final = {
    "may_have", "values", "also", "measure", "area", "period_is_month", "year", "year_named_by",
    "add_up",
}  # fmt: skip


def form_of(code: str, said: Mapping[str, Any], marks: Marks) -> Form:
    """A form from its definition; `marks` are those that are common to publishers.

    Raises Refused for a key or a role that nobody knows, or one that is lacking.
    """
    odd = set(map(str, said)) - _ALWAYS - _MUST - _MAY
    lacking = (_ALWAYS | _MUST) - set(said)
    if odd or lacking:
        raise _bad(code, f"it lacks or should not have: {', '.join(sorted(odd | lacking))}")
    try:
        columns = {Role(r): _names(names) for r, names in said["columns"].items()}
        add_up = AddUp(**said.get("add_up", {}))
        made = Form(
            code=code,
            title=said["title"],
            publisher=said["publisher"],
            layout=Layout(said["layout"]),
            coding=Coding(said["areas"]),
            columns=columns,
            may_have=frozenset(Role(role) for role in said.get("may_have", ())),
            values=tuple(map(str, said.get("values", ()))),
            also=tuple(map(str, said.get("also", ()))),
            measure=str(said.get("measure", "")),
            area=str(said.get("area", "")),
            period_is_month=bool(said.get("period_is_month", False)),
            years=years_of(said.get("year"), said.get("year_named_by")),
            marks=marks,
            add_up=add_up,
        )
    except (ValueError, TypeError, KeyError) as error:
        raise _bad(code, f"a value in it is none that may stand there ({error})") from error
    _check(made)
    return made


def _names(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(map(str, said))  # type: ignore[call-overload]


def _check(form: Form) -> None:
    has = set(form.columns)
    needs = {Role.PERIOD} if form.layout is not Layout.PERIODS else set()
    needs |= set() if form.area else {Role.AREA}
    needs |= {Role.VALUE} if form.layout is Layout.LONG else set()
    if form.layout is Layout.SHARE:
        needs |= {Role.DENOMINATOR}
        if not has & {Role.NUMERATOR, Role.LESS}:
            needs |= {Role.NUMERATOR}
    lacking = needs - has
    if lacking:
        raise _bad(form.code, f"no column is {', '.join(sorted(lacking))}")
    if form.layout is Layout.WIDE and not form.values:
        raise _bad(form.code, "it is wide, and names no columns of figures under values")
    if not form.measure and Role.MEASURE not in has and form.layout is not Layout.WIDE:
        raise _bad(form.code, "neither a column nor the form says what is measured")


def _bad(code: str, why: str) -> Refused:
    return Refused(
        f"The form {code} cannot be read",
        why=why,
        next_step="Put it right; docs/how-to/add-readings.md says what may stand where",
    )
