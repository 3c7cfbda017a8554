"""Questions as they stand in rooms: SQL in DuckDB's dialect, and what each is to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

_TOLD: Final = re.compile(r"(?<![:\w]):([a-z][a-z_]*)\b")


@cache
def question(name: str) -> str:
    """The text of a question, such as "count/cube" for `count/questions/cube.sql`."""
    room, _, asked = name.partition("/")
    return (resources.files(f"totalplace.{room}") / "questions" / f"{asked}.sql").read_text()


@cache
def with_dollars(name: str) -> str:
    """The same, with `$agencies` for `:agencies`, as DuckDB binds it."""
    return _TOLD.sub(r"$\1", question(name))


def told(name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some parameters that a question has a place for."""
    places = set(_TOLD.findall(question(name)))
    return {place: value for place, value in parameters.items() if place in places}
