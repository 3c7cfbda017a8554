"""JSON within bounds: its values, and the records or the tree that they make."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, NoReturn

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import damaged, printable, size
from totalplace.sources.rules.returns.cells import Value
from totalplace.sources.rules.returns.found import Table, Tree

_DEEPEST: Final = 16  # levels; the deepest return met has seven
_LONGEST_NUMBER: Final = 40  # digits; longer is no sum of money and stays a text
_PAYMENTS: Final = "If it is a file of payments, add it with: totalplace sources add"
_PARTS: Final = (b"[", b"{", b",")  # each begins a value, or parts it from the one before


def refuse_large(path: Path, name: str, bounds: Bounds) -> None:
    """Raises Refused for a text or JSON larger than a return may be."""
    if (given := path.stat().st_size) > bounds.return_bytes:
        limit = size(bounds.return_bytes)
        raise Refused(
            f"{name} was not read",
            why=f"it is {size(given)}, and a return may be up to {limit}",
            next_step=_PAYMENTS,
        )


def refuse_many(values: int, name: str, bounds: Bounds) -> None:
    """Raises Refused for more values or cells than a return may have."""
    if values > bounds.return_values:
        raise Refused(
            f"{name} was not read",
            why=f"it holds more than {bounds.return_values:,} values, which no return does",
            next_step=_PAYMENTS,
        )


class _Odd(Exception):
    """What JSON allows or readers let pass, and no return has."""


def load(path: Path, name: str, *, bounds: Bounds) -> Any:
    """What a JSON file holds, its numbers exact. Raises Refused where it is unsound or too big."""
    refuse_large(path, name, bounds)
    content = path.read_bytes()
    refuse_many(sum(content.count(part) for part in _PARTS), name, bounds)
    try:
        value = json.loads(
            content,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_once_each,
        )
    except _Odd as odd:
        raise _refused(name, str(odd)) from odd
    except RecursionError as error:
        raise _refused(name, "its values lie too deep within one another") from error
    except (ValueError, InvalidOperation) as error:
        raise damaged(name) from error
    return value


def _refused(name: str, why: str) -> Refused:
    return Refused(
        f"{name} was not read", why=why, next_step="Ask its publisher for the table as CSV or Excel"
    )


def _decimal(text: str) -> Decimal | str:
    if len(text) > _LONGEST_NUMBER:
        return text
    number = Decimal(text)
    # 1e999999999 is short to write and takes forever to write out.
    return number if abs(number.adjusted()) <= _LONGEST_NUMBER else text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


def _no_number(text: str) -> NoReturn:
    raise _Odd(f"it has {text} where a number should stand")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Odd(f"it gives “{printable(key[:80])}” twice in one place")
            seen.add(key)
    return found


def records_in(value: Any, name: str, *, bounds: Bounds) -> Iterator[Table]:
    """The lists of records in JSON: the whole of it, or what stands under one key of it.

    Raises Refused where records have so few keys alike that their table would be too large.
    """
    if isinstance(value, Mapping):
        for key, below in value.items():
            if _are_records(below):
                yield _table(below, name, printable(key), bounds)
    elif _are_records(value):
        yield _table(value, name, "", bounds)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(r, Mapping) for r in value)


def _table(records: list[Mapping[str, Any]], name: str, sheet: str, bounds: Bounds) -> Table:
    keys = {key: n for n, key in enumerate(dict.fromkeys(k for r in records for k in r))}
    refuse_many(len(keys) * len(records), name, bounds)
    rows = []
    for number, record in enumerate(records, start=1):
        cells: list[Value] = [None] * len(keys)
        for key, value in record.items():
            cells[keys[key]] = _cell(value)
        rows.append((number, cells))
    columns = tuple(printable(key) for key in keys)
    return Table(name, sheet, columns, rows, has_letters=False)


def _cell(value: Any) -> Value:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping | list):
        return "a list" if isinstance(value, list) else "a group of values"
    cell: Value = value
    return cell


def tree_of(value: Mapping[str, Any], name: str) -> Tree:
    """What lies in JSON within one another. Raises Refused past a depth that no return has."""
    return Tree(name, list(_leaves(value, (), name)))


def _leaves(
    value: Any, path: tuple[str, ...], name: str
) -> Iterator[tuple[tuple[str, ...], Value]]:
    if len(path) > _DEEPEST:
        raise _refused(name, f"its values lie more than {_DEEPEST} deep within one another")
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _leaves(below, (*path, printable(key)), name)
    elif isinstance(value, list):
        for number, below in enumerate(value, start=1):
            yield from _leaves(below, (*path, str(number)), name)
    else:
        yield path, _cell(value)
