"""Plain values, as JSON holds them, read back into the frozen types that they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def read_back(kind: type[T], said: Any) -> T:
    """A value of a type from the plain values that `dataclasses.asdict` and JSON make of it.

    Knows frozen dataclasses, tuples, dictionaries, enumerations, days and what may be None. Fields
    that are not said take their default. Raises ValueError or KeyError where a value does not fit.
    """
    found: Any = kind
    return cast(T, _reader(found)(said))


@cache
def _reader(kind: Any) -> Reader:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _perhaps(kind)
    if origin is tuple:
        return _several(get_args(kind))
    if origin is dict:
        return _by_key(*get_args(kind))
    if isinstance(kind, type):
        return _single(kind)
    raise ValueError(f"{kind} cannot be read back")


def _perhaps(kind: Any) -> Reader:
    known = [k for k in get_args(kind) if k is not NoneType]
    if len(known) != 1:
        raise ValueError(f"{kind} could be several things")
    read = _reader(known[0])
    return lambda said: None if said is None else read(said)


def _several(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        read = _reader(kinds[0])
        return lambda said: tuple(read(part) for part in said)
    readers = [_reader(kind) for kind in kinds]
    return lambda said: tuple(r(part) for r, part in zip(readers, said, strict=True))


def _by_key(key: Any, value: Any) -> Reader:
    keys, values = _reader(key), _reader(value)
    return lambda said: {keys(k): values(v) for k, v in said.items()}


def _single(kind: type[Any]) -> Reader:
    if is_dataclass(kind):
        return _whole(kind)
    if issubclass(kind, Enum):
        return kind
    if issubclass(kind, date) and not issubclass(kind, datetime):
        return date.fromisoformat
    if kind in {str, int, bool, float}:
        return lambda said: _same(kind, said)
    raise ValueError(f"{kind} cannot be read back")


def _same(kind: type[Any], said: Any) -> Any:
    if type(said) is not kind:
        raise ValueError(f"{said!r} is no {kind.__name__}")
    return said


def _whole(kind: type[Any]) -> Reader:
    hints = get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(said: Mapping[str, Any]) -> Any:
        return kind(**{name: readers[name](part) for name, part in said.items()})

    return read
