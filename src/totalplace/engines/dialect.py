"""Questions in Spark's dialect. What sqlglot does not know of the two is told here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from totalplace.engines.questions import question

if TYPE_CHECKING:
    from sqlglot import exp


def in_spark(name: str, given: Mapping[str, Any]) -> str:
    """A question as Spark asks it, with `:agencies` where it is told a value.

    Each list among `given` is to be bound as JSON: one text, whatever its length.
    """
    lists = {place: _element(value) for place, value in given.items() if isinstance(value, list)}
    return _translated(name, tuple(sorted(lists.items())))


@cache
def _translated(name: str, lists: tuple[tuple[str, str], ...]) -> str:
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(question(name), read="duckdb")
    for select in tree.find_all(exp.Select):
        _side_by_side(select)
    for call in tree.find_all(exp.Anonymous):
        if call.name.upper() == "LIST_POSITION":  # Spark says 0 where DuckDB says nothing
            place = exp.ArrayPosition(this=call.expressions[0], expression=call.expressions[1])
            call.replace(exp.Nullif(this=place, expression=exp.Literal.number(0)))
    kinds = dict(lists)
    for told in list(tree.find_all(exp.Placeholder)):
        if kind := kinds.get(told.name):
            read = exp.func("FROM_JSON", told.copy(), exp.Literal.string(f"array<{kind}>"))
            told.replace(read)
    return tree.sql("spark", comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)


def _side_by_side(select: exp.Select) -> None:
    """Lists that are unnested beside each other: in Spark each alone would cross the others."""
    from sqlglot import exp

    columns = select.expressions
    if len(columns) > 1 and all(isinstance(column.unalias(), exp.Explode) for column in columns):
        zipped = exp.ArraysZip(expressions=[column.unalias().this for column in columns])
        names = [exp.to_identifier(column.alias) for column in columns]
        rows = exp.Aliases(this=exp.Inline(this=zipped), expressions=names)
        select.set("expressions", [rows])


def _element(values: Sequence[Any]) -> str:
    """The type in Spark of what a list holds; of an empty one, text."""
    kinds = {bool: "boolean", int: "bigint", date: "date"}
    return next((kinds[type(v)] for v in values if type(v) in kinds), "string")
