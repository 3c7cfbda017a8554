"""Lists a page at a time: after what, how many, how many there are in all, and whether it is whole.

A page begins after the key of a row, in an order that no later row changes, and not after a number
of rows. So rows that come or go meanwhile never make a reader miss one or see one twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import Field

from totalplace.doors.api.problems import Problematic
from totalplace.refusal import Refused

Item = TypeVar("Item")
Row = TypeVar("Row")

After = Annotated[
    str, Field(max_length=300, description="Begin after this: the `next` of the page before.")
]
Limit = Annotated[int, Field(ge=1, le=1000, description="How many rows, at most.")]


class Listed(Schema, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    total: int = Field(description="How many there are in all, on every page together.")
    complete: bool = Field(description="Whether nothing comes after this page.")
    next: str | None = Field(description="Give it as `after` for the next page; null at the end.")


def page(
    rows: Sequence[Row], key: Callable[[Row], Any], said: Callable[[Row], Any], *,
    after: Any = None, limit: int,
) -> dict[str, Any]:  # fmt: skip
    """Rows that are all known, in the order of a key, which no two share, from after one on."""
    ordered = sorted(rows, key=key)
    rest = [row for row in ordered if after is None or key(row) > after]
    return listed(rest[: limit + 1], key, said, total=len(ordered), limit=limit)


def listed(
    rows: Iterable[Row], key: Callable[[Row], Any], said: Callable[[Row], Any], *,
    total: int, limit: int,
) -> dict[str, Any]:  # fmt: skip
    """A page of rows, of which one more than the limit was asked for, to know whether it ends."""
    found = list(rows)
    shown, complete = found[:limit], len(found) <= limit
    return {
        "items": [said(row) for row in shown],
        "total": total,
        "complete": complete,
        "next": None if complete else str(key(shown[-1])),
    }


def in_place(
    rows: Sequence[Row], said: Callable[[Row], Any], *, after: str, limit: int
) -> dict[str, Any]:
    """A page of rows that never change, as those of a frozen edition: by where they stand."""
    begin = number(after)
    shown = rows[begin : begin + limit]
    end = begin + len(shown)
    complete = end >= len(rows)
    return {
        "items": [said(row) for row in shown],
        "total": len(rows),
        "complete": complete,
        "next": None if complete else str(end),
    }


def number(after: str) -> int:
    """A place in a list as it is given: 0 where nothing is. Raises a 422 for anything else."""
    if not after:
        return 0
    if not (after.isascii() and after.isdecimal() and len(after) < 16):
        raise not_a_place(after)
    return int(after)


def not_a_place(after: str) -> Problematic:
    """A 422 for an `after` that no page has given."""
    refused = Refused(
        "The list cannot be read from there",
        why=f"no page of this list ends with {after[:50]!r}",
        next_step="Give as after what a page gave as next, or nothing to begin",
    )
    return Problematic(HTTPStatus.UNPROCESSABLE_ENTITY, refused)
