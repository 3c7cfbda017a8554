"""A form from its YAML: every key is known or the form is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from totalplace.places.rules.kinds import AgencyKind, code_is_sound
from totalplace.refusal import Refused
from totalplace.sources.rules.returns.forms import (
    VOCABULARY,
    Balance,
    Bodies,
    Figures,
    Form,
    Item,
    Line,
    Meaning,
    Over,
    Publisher,
    Remark,
    Rest,
    Shape,
    Total,
    TotalRow,
    Where,
    is_item,
    plain,
)
from totalplace.sources.rules.returns.years import WRITTEN

_HOUSE: Final = ("why", "owner", "as_of", "review_by", "sources")
_MEANING: Final = tuple(f.name for f in fields(Meaning))
PATH: Final = " > "


class _Said:
    """A mapping of a form, taken key by key; what nobody asks for is refused at the end."""

    def __init__(self, said: object, where: str) -> None:
        self.where = where
        if not isinstance(said, Mapping):
            raise wrong(where, f"has {said!r} where names and values should stand")
        self._left = {str(key): value for key, value in said.items()}

    def text(self, key: str, default: str | None = None) -> str:
        value = self._left.pop(key, default)
        if value is None or isinstance(value, Mapping | list):
            raise wrong(self.where, f"does not say its {key}")
        return str(value)

    def whole(self, key: str, default: int) -> int:
        value = self._left.pop(key, default)
        if type(value) is not int or value < 1:
            raise wrong(
                self.where, f"gives {value!r} as its {key}, which is no whole number above 0"
            )
        return value

    def yes(self, key: str) -> bool:
        value = self._left.pop(key, False)
        if type(value) is not bool:
            raise wrong(
                self.where, f"gives {value!r} as its {key}, which is neither true nor false"
            )
        return value

    def below(self, key: str) -> _Said:
        return _Said(self._left.pop(key, {}) or {}, f"{self.where}, {key},")

    def each(self) -> Iterator[tuple[str, object]]:
        """What is left, name by name; after it nothing is."""
        left, self._left = self._left, {}
        yield from left.items()

    def listed(self, key: str) -> Sequence[Any]:
        value = self._left.pop(key, None) or ()
        if not isinstance(value, list | tuple):
            raise wrong(self.where, f"gives {value!r} as its {key}, which is no list")
        return value

    def has(self, key: str) -> bool:
        return key in self._left

    def done(self) -> None:
        """Raises Refused where something is left that nobody knows."""
        if self._left:
            unknown = ", ".join(sorted(self._left))
            raise wrong(self.where, f"has {unknown}, which forms do not know")


def wrong(where: str, why: str) -> Refused:
    """The refusal of a form that cannot be understood."""
    return Refused(
        "The form was not used",
        why=f"{where.rstrip(',')} {why}",
        next_step="Correct it; docs/how-to/add-returns.md lists what a form may say",
    )


def form_from(written: object, *, name: str) -> Form:
    """A form from its YAML, called `name` in a refusal. Raises Refused for what it cannot mean."""
    said = _Said(written, name)
    for key in _HOUSE:
        if not said.has(key):
            raise wrong(name, f"does not say its {key}")
    lines, totals = _lines(said.below("lines")), _totals(said.below("totals"))
    year = said.below("year")
    written_as = year.text("written", "financial_year")
    if written_as not in WRITTEN:
        raise wrong(name, f"gives {written_as} as the way a year is written; known: {WRITTEN}")
    unit = said.whole("unit_pounds", 1)
    line_in = said.below("line_in")
    form = Form(
        code=_code(said), title=said.text("title"), publisher=_publisher(said.below("publisher")),
        licence=said.text("licence", ""), shape=_shape(said),
        has=tuple(map(str, said.listed("has"))),
        bodies=_bodies(said.below("body")), year=_where(year, "year"), year_written=written_as,
        unit_pounds=unit, rounded_to_pence=100 * said.whole("rounded_to_pounds", unit),
        meaning=Meaning(income_rule="net", economic="revenue", basis="actual", status="measured")
        .under(_meaning(said.below("figures_are"))),
        lines=lines, totals=totals, total_rows=_total_rows(said.below("total_rows")),
        line_in=line_in.text("column", ""), title_in=line_in.text("title", ""),
        amounts={plain(key): _item(below, key) for key, below in said.below("amounts").each()},
        figures=tuple(_figures(f, name) for f in said.listed("figures")),
        left_out={plain(str(k)): str(why) for k, why in said.below("left_out").each()},
        remarks=tuple(_remark(r, name) for r in said.listed("remarks")),
        words={key: str(column) for key, column in said.below("words").each()},
        balance=_balance(said), blank_row_says_nothing=said.yes("blank_row_says_nothing"),
        no_figure=tuple(plain(str(w)) for w in said.listed("no_figure")),
    )  # fmt: skip
    for below in (year, line_in):
        below.done()
    for key in _HOUSE:
        said.text(key) if key != "sources" else said.listed(key)
    said.done()
    return _whole(form, name)


def _code(said: _Said) -> str:
    code = said.text("code")
    if not code_is_sound(code):
        raise wrong(said.where, f"gives {code!r} as its code: letters, digits, . _ - only")
    return code


def _whole(form: Form, name: str) -> Form:
    """Raises Refused where parts of a form do not fit together."""
    if not form.has:
        raise wrong(name, "does not say which columns or keys a file of it has")
    if not form.lines:
        raise wrong(name, "has no lines")
    if form.shape is Shape.TREE and not form.figures:
        raise wrong(name, "does not say where in the tree its figures lie")
    if form.line_in and not form.amounts:
        raise wrong(name, "does not say which columns hold money")
    both = form.lines.keys() & form.totals.keys()
    if both:
        raise wrong(name, f"has {', '.join(sorted(both))} as a line and as a total")
    items = [form.meaning, *(i.meaning for i in form.amounts.values())]
    for figures in form.figures:
        items += [figures.item.meaning, *(i.meaning for i in figures.items.values())]
    if not any(meaning.item for meaning in items):
        raise wrong(name, "does not say what its figures are (item)")
    for key in form.words:
        if key not in ("basis", "status", "note"):
            raise wrong(name, f"has a column of {key}; known: basis, status, note")
    return form


def _shape(said: _Said) -> Shape:
    word = said.text("shape")
    if word not in list(Shape):
        raise wrong(said.where, f"gives {word} as its shape; known: {', '.join(Shape)}")
    return Shape(word)


def _publisher(said: _Said) -> Publisher | None:
    if not said.has("code"):
        said.done()
        return None
    kind = said.text("kind", AgencyKind.UNKNOWN.value)
    if kind not in list(AgencyKind):
        raise wrong(said.where, f"gives {kind} as a kind; known: {', '.join(AgencyKind)}")
    publisher = Publisher(_code(said), said.text("name"), kind)
    said.done()
    return publisher


def _where(said: _Said, what: str) -> Where:
    where = Where(
        column=said.text("column", ""),
        labelled=said.text("labelled", ""),
        fixed=said.text("fixed", ""),
        path=_path(said.text("path", "")),
    )
    if sum(map(bool, (where.column, where.labelled, where.fixed, where.path))) > 1:
        raise wrong(said.where, f"says in more than one way where the {what} is")
    return where


def _path(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(PATH)) if text else ()


def _bodies(said: _Said) -> Bodies:
    wheres = {}
    for key in ("code", "name", "agency", "area"):
        below = said.below(key)
        wheres[key] = _where(below, key)
        below.done()
    kinds = {key: str(kind) for key, kind in said.below("kinds").each()}
    for kind in kinds.values():
        if kind not in list(AgencyKind):
            raise wrong(said.where, f"gives {kind} as a kind; known: {', '.join(AgencyKind)}")
    said.done()
    return Bodies(kinds=kinds, **wheres)


def _meaning(said: _Said) -> Meaning:
    meaning = _meaning_of(said)
    said.done()
    return meaning


def _meaning_of(said: _Said) -> Meaning:
    meaning = Meaning(**{key: said.text(key, "") for key in _MEANING})
    if meaning.item and not is_item(meaning.item):
        raise wrong(said.where, f"gives {meaning.item} as an item, which no figure is")
    for key, known in VOCABULARY.items():
        word = getattr(meaning, key)
        if word and word not in known:
            raise wrong(said.where, f"gives {word} as {key}; known: {', '.join(known)}")
    return meaning


def _item(written: object, name: str) -> Item:
    said = _Said(written or {}, name)
    item = Item(_meaning_of(said), said.text("same_as", ""))
    said.done()
    return item


def _lines(said: _Said) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for key, below in said.each():
        own = _Said({"service": below} if isinstance(below, str) else below, f"line {key}")
        line = Line(key, own.text("title", key), own.text("service"), _meaning_of(own))
        for name in (key, *map(str, own.listed("also"))):
            lines[plain(name)] = line
        own.done()
    return lines


def _totals(said: _Said) -> dict[str, Total]:
    totals = {}
    for key, below in said.each():
        own = _Said(below or {}, f"total {key}")
        over = Over.ALL
        names: tuple[str, ...] = ()
        for kind in (Over.LINES, Over.SERVICES):
            if own.has(kind.value):
                over, names = kind, tuple(map(str, own.listed(kind.value)))
        if own.yes("not_checked"):
            over = Over.NOTHING
        totals[plain(key)] = Total(key, over, names, _rest(own))
        own.done()
    return totals


def _rest(said: _Said) -> Rest | None:
    if not said.has("rest"):
        return None
    below = said.below("rest")
    rest = Rest(below.text("title"), below.text("service"), below.text("note", ""))
    below.done()
    return rest


def _total_rows(said: _Said) -> dict[str, TotalRow]:
    rows = {}
    for code, below in said.each():
        own = _Said(below, f"total row {code}")
        rows[plain(code)] = TotalRow(code, own.text("title"), tuple(map(str, own.listed("bodies"))))
        own.done()
    return rows


def _figures(written: object, name: str) -> Figures:
    said = _Said(written, f"{name}, figures,")
    items = {key: _item(below, key) for key, below in said.below("items").each()}
    path, part = _path(said.text("path")), said.text("part", "")
    figures = Figures(path, part, Item(_meaning_of(said), said.text("same_as", "")), items)
    said.done()
    if "{line}" not in path or ("{item}" in path) != bool(items):
        raise wrong(said.where, "must have {line} in each path, and items where it has {item}")
    if part.startswith("{") and part not in path:
        raise wrong(said.where, f"names the part by {part}, which is not in its path")
    return figures


def _remark(written: object, name: str) -> Remark:
    said = _Said(written, f"{name}, remarks,")
    says, note, aloud = said.text("says"), said.text("note"), said.yes("aloud")
    remark = Remark(_where(said, "remark"), plain(says), note, aloud)
    said.done()
    return remark


def _balance(said: _Said) -> Balance | None:
    if not said.has("balance"):
        return None
    below = said.below("balance")
    balance = Balance(below.text("net"), below.text("gross"), below.text("income"))
    below.done()
    return balance
