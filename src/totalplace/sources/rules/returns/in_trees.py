"""The figures of a tree: each value whose path is one of a form's, with its year and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from totalplace.sources.rules.returns.bodies import body_of
from totalplace.sources.rules.returns.cells import Value, text_of
from totalplace.sources.rules.returns.forms import Figures, Form, Item, Meaning, Where, plain
from totalplace.sources.rules.returns.found import (
    Body,
    Control,
    Figure,
    ReturnFault,
    Spot,
    Taken,
    Tree,
)
from totalplace.sources.rules.returns.in_tables import laid
from totalplace.sources.rules.returns.years import year_start

_ADD: Final = "If it is money that was spent, add it to the form; if not, list it as left out there"
Path = tuple[str, ...]
Captured = dict[str, str]


def of_tree(form: Form, tree: Tree, *, agency: str = "") -> Taken:
    """The figures of a tree; of `agency` where the form does not say whose they are."""
    return _Reading(form, tree, agency).taken()


class _Pattern:
    """A path in which {words} stand for any key; of a part that is left out, only its beginning."""

    def __init__(self, path: Path, *, beginning: bool = False) -> None:
        self._beginning, self._length = beginning, len(path)
        keys = list(enumerate(path))
        self._fixed = [(n, plain(key)) for n, key in keys if not _is_word(key)]
        self._words = [(n, key[1:-1]) for n, key in keys if _is_word(key)]

    def match(self, path: Path, as_plain: Path) -> Captured | None:
        """What the words stand for in a path; None where it is another path."""
        if len(path) < self._length or (len(path) > self._length and not self._beginning):
            return None
        if any(as_plain[n] != key for n, key in self._fixed):
            return None
        return {word: path[n] for n, word in self._words}


def _is_word(key: str) -> bool:
    return key.startswith("{") and key.endswith("}")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A value with its path, and the number of the figure that it would be."""

    path: Path
    value: Value
    spot: Spot


class _Reading:
    """One tree being read."""

    def __init__(self, form: Form, tree: Tree, agency: str) -> None:
        self._form, self._tree, self._agency = form, tree, agency
        self._patterns = [(_Pattern(f.path), f) for f in form.figures]
        self._left_out = [
            _Pattern(tuple(k.strip() for k in key.split(">")), beginning=True)
            for key in form.left_out
        ]
        self._single = {tuple(map(plain, path)): value for path, value in tree.leaves}
        self._out = Taken()
        self._remarks = self._remarks_said()
        self._body = body_of(form, lambda where, _: self._word(where), agency)

    def taken(self) -> Taken:
        """Read every value."""
        for number, (path, value) in enumerate(self._tree.leaves, start=1):
            spot = Spot(self._tree.document, "", number, " > ".join(path))
            self._take(_Leaf(path, value, spot))
        self._out.rows = len(self._tree.leaves)
        self._out.rows_without = self._out.rows - self._figures_met()
        return self._out

    def _figures_met(self) -> int:
        out = self._out
        return len(out.figures) + sum(f.figures for f in out.faults) + out.left_out

    def _take(self, leaf: _Leaf) -> None:
        as_plain = tuple(map(plain, leaf.path))
        for pattern, figures in self._patterns:
            captured = pattern.match(leaf.path, as_plain)
            if captured is not None:
                self._figure(leaf, figures, captured)
                return
        if isinstance(leaf.value, bool | str) or leaf.value is None:
            return  # words, and what is not there; no figure
        if any(p.match(leaf.path, as_plain) is not None for p in self._left_out):
            self._out.left_out += 1
        else:
            self._fault(leaf, "is a figure that the form does not know", _ADD)

    def _figure(self, leaf: _Leaf, figures: Figures, captured: Captured) -> None:
        form = self._form
        key = plain(captured["line"])
        line, total = form.lines.get(key), form.totals.get(key)
        item = _item(figures, captured)
        year = year_start(captured.get("year") or self._word(form.year), form.year_written)
        if line is None and total is None:
            self._fault(leaf, "is a figure of a line that the form does not know", _ADD)
        elif item is None:
            self._fault(leaf, "is a figure of a kind that the form does not know", _ADD)
        elif year is None:
            self._fault(leaf, "is of no financial year that is known", _ADD)
        elif self._body is None:
            self._fault(leaf, "is of a body that the file does not name", "Name it with --agency")
        else:
            body = self._body
            part = captured[figures.part[1:-1]] if _is_word(figures.part) else figures.part
            self._out.figures.append(self._found(leaf, part, item, (body, year, captured)))

    def _found(self, leaf: _Leaf, part: str, item: Item, of: tuple[Body, int, Captured]) -> Figure:
        form, (body, year, captured) = self._form, of
        key = plain(captured["line"])
        line, total = form.lines.get(key), form.totals.get(key)
        meant = form.meaning.under(item.meaning)
        own = Meaning(note=self._notes(captured))
        control = Control(total, None, item.same_as) if total or item.same_as else None
        return Figure(
            body=body,
            year=year,
            part=part,
            line=line.key if line else captured["line"],
            title=line.title if line else captured["line"],
            service=line.service if line else "",
            meaning=laid(meant.under(line.meaning) if line else meant, own),
            value=leaf.value,
            spot=leaf.spot,
            control=control,
        )

    def _notes(self, captured: Captured) -> str:
        fitting = [
            note
            for about, note in self._remarks
            if all(captured.get(word) == key for word, key in about.items())
        ]
        return " ".join(fitting)

    def _remarks_said(self) -> list[tuple[Captured, str]]:
        """What is to be noted, with the years or lines that it is noted of."""
        found: list[tuple[Captured, str]] = []
        for remark in self._form.remarks:
            pattern = _Pattern(remark.where.path)
            for path, value in self._tree.leaves:
                about = pattern.match(path, tuple(map(plain, path)))
                if about is not None and plain(text_of(value)) == remark.says:
                    found.append((about, remark.note))
                    if remark.aloud:
                        self._out.said.append(": ".join([*about.values(), remark.note]))
        return found

    def _word(self, where: Where) -> str:
        if where.path:
            return text_of(self._single.get(tuple(map(plain, where.path))))
        return where.fixed

    def _fault(self, leaf: _Leaf, why: str, next_step: str) -> None:
        self._out.faults.append(ReturnFault(leaf.spot, text_of(leaf.value), why, next_step))


def _item(figures: Figures, captured: Mapping[str, str]) -> Item | None:
    """What the figures of a path are; None where their kind is none that the form names."""
    if not figures.items:
        return figures.item
    own = figures.items.get(captured["item"])
    return own and replace(own, meaning=figures.item.meaning.under(own.meaning))
