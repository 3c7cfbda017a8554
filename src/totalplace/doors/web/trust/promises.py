"""The promises, and the results of the tests that show them. Pure but for reading two files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

RESULTS: Final = "TOTALPLACE_TRUST_RESULTS"
_PROMISES: Final = Path(__file__).parents[2] / "definitions" / "promises.yaml"
_SHIPPED: Final = Path(__file__).with_name("results.json")
_KEYS: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "promises"}
_PROMISE: Final = {"promise", "how", "tests"}
_MAY_SAY: Final = {"seed"}


class Came(StrEnum):
    """What came of a promise's tests."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_RUN = "not run here"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, how it is shown, and by which tests."""

    promise: str
    how: str
    tests: tuple[str, ...]
    seed: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test, over all its examples; `measured` is what it measured, in words."""

    passed: int
    failed: int
    skipped: int
    measured: tuple[str, ...]

    @property
    def came(self) -> Came:
        """One failure is a failure; what was only skipped was not shown."""
        if self.failed:
            return Came.FAILED
        return Came.PASSED if self.passed else Came.SKIPPED


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the tests: when, of which version, and what came of each."""

    at: str
    version: str
    results: Mapping[str, Result]

    def came(self, promise: Promise) -> Came:
        """What came of a promise: passed only if each of its tests was run and passed."""
        each = [self.results[test].came if test in self.results else Came.NOT_RUN
                for test in promise.tests]  # fmt: skip
        for worst in (Came.FAILED, Came.NOT_RUN, Came.SKIPPED):
            if worst in each:
                return worst
        return Came.PASSED


NO_RUN: Final = Run("", "", {})


@cache
def promises() -> tuple[Promise, ...]:
    """Every promise, in the order of the file. Raises ValueError for a key that is not known."""
    said = yaml.safe_load(_PROMISES.read_text(encoding="utf-8"))
    _only(said, _KEYS, set())
    found = []
    for one in said["promises"]:
        _only(one, _PROMISE, _MAY_SAY)
        promise, how = (" ".join(str(one[key]).split()) for key in ("promise", "how"))
        found.append(Promise(promise, how, tuple(one["tests"]), str(one.get("seed", ""))))
    return tuple(found)


def last_run() -> Run:
    """The run whose results are here: those that are named in the environment, or were shipped."""
    named = os.environ.get(RESULTS)
    path = Path(named) if named else _SHIPPED
    return read(path.read_text(encoding="utf-8")) if path.is_file() else NO_RUN


def read(text: str) -> Run:
    """A run from the file that the tests write; what cannot be read is no run."""
    try:
        said = json.loads(text)
        results = {
            str(test): Result(
                int(r["passed"]), int(r["failed"]), int(r["skipped"]), tuple(r["measured"])
            )
            for test, r in said["tests"].items()
        }
        return Run(str(said["at"]), str(said["version"]), results)
    except (ValueError, KeyError, TypeError, AttributeError):
        return NO_RUN


def _only(said: Any, needed: set[str], allowed: set[str]) -> None:
    if not isinstance(said, dict) or not needed <= set(said) <= needed | allowed:
        raise ValueError(f"{_PROMISES.name}: a part has to have {sorted(needed)}, and no more")
