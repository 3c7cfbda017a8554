"""The definitions of this room, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

from totalplace.outcomes.rules import forms
from totalplace.outcomes.rules.forms import Form
from totalplace.outcomes.rules.indicators import SAID_ONCE, Indicator, indicator_of
from totalplace.outcomes.rules.marks import Mark, Marks
from totalplace.outcomes.rules.readings import Status
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
OWN: Final = "own"  # the form of readings that a place gives in itself
FORMS: Final = ("ons_explore", "dfe_lait", "nhs_ae", "imd_2019", "imd_2025")
_LARGEST: Final = 256 * 1024  # bytes of a form
INDICATORS: Final = ("ons", "dfe", "nhs", "deprivation", "experience")
# The same reader in C, several times as fast, where PyYAML was built with it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def marks() -> Marks:
    """What publishers put where a figure would stand, and what each means."""
    said = _read("marks.yaml", {"marks"})
    found = {}
    for mark, one in said["marks"].items():
        _only(one, {"status", "why"}, "marks.yaml")
        found[str(mark).lower()] = Mark(Status(one["status"]), one["why"])
    return found


@cache
def shipped_forms() -> Mapping[str, Form]:
    """The forms of published tables, by code."""
    found = {}
    for name in FORMS:
        code = name.replace("_", "-")
        found[code] = forms.form_of(code, _said(f"forms/{name}.yaml"), marks())
    return found


def forms_in(folder: Path) -> Mapping[str, Form]:
    """The shipped forms, and those that officers wrote into a folder, by code.

    The code of one is its file's name. Raises Refused where one cannot be read, or has the code of
    a shipped one.
    """
    if not folder.is_dir():
        return shipped_forms()
    found = dict(shipped_forms())
    for path in sorted(folder.glob("*.yaml")):
        stat = path.stat()
        if path.stem in found:
            raise _bad(path.name, "a shipped form has that name")
        found[path.stem] = _own_form(path, stat.st_mtime_ns, stat.st_size)
    return found


@lru_cache(maxsize=64)
def _own_form(path: Path, _: int, size: int) -> Form:
    if size > _LARGEST:
        raise _bad(path.name, f"it is larger than {_LARGEST // 1024} kB")
    text = path.read_text(encoding="utf-8", errors="replace")
    return forms.form_of(path.stem, parsed(text, path.name), marks())


@cache
def shipped_indicators() -> Mapping[str, Indicator]:
    """The indicators that are defined out of the box, by code."""
    found: dict[str, Indicator] = {}
    for name in INDICATORS:
        where = f"indicators/{name}.yaml"
        for one in indicators_of(_said(where), where):
            if one.code in found:
                raise _bad(where, f"{one.code} is defined twice")
            found[one.code] = one
    return found


def indicators_of(said: Mapping[str, Any], where: str, *, place: str = "") -> Iterator[Indicator]:
    """The indicators of one file of definitions. Raises Refused for what it may not hold."""
    _only(said, _ABOUT | {"once", "indicators"}, where)
    once, told = said["once"] or {}, said["indicators"]
    if set(once) - SAID_ONCE:
        raise _bad(where, f"once may say {', '.join(sorted(SAID_ONCE))}, and no more")
    if not isinstance(told, Mapping) or not told:
        raise _bad(where, "it defines no indicator")
    for code, one in told.items():
        if not isinstance(one, Mapping):
            raise _bad(where, f"{code} says nothing")
        yield indicator_of(str(code), one, once=once, where=where, place=place)


def parsed(text: str, where: str) -> Mapping[str, Any]:
    """A file of definitions as YAML. Raises Refused where it is none."""
    try:
        said = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        told = " ".join(str(error).split())
        raise _bad(where, f"it is no YAML ({told})") from error
    if not isinstance(said, Mapping):
        raise _bad(where, "it is no table of keys and values")
    return said


@dataclass(frozen=True, slots=True)
class Regions:
    """The country and its regions: names by code, and the region that each area lies in."""

    country: str
    names: Mapping[str, str]
    region_of: Mapping[str, str]


@cache
def regions() -> Regions:
    """Which region an area lies in, by GSS code; areas that ended too."""
    said = _read("regions.yaml", {"country", "regions"})
    country = said["country"]
    names = {country["code"]: country["name"]}
    found: dict[str, str] = {}
    for code, one in said["regions"].items():
        _only(one, {"name", "areas"}, "regions.yaml")
        names[code] = one["name"]
        found |= dict.fromkeys(one["areas"], code)
    return Regions(country["code"], names, found)


@cache
def dfe_areas() -> tuple[Mapping[int, str], frozenset[int]]:
    """GSS codes by the Department for Education's numbers, and the numbers it no longer uses."""
    said = _read("dfe_areas.yaml", {"areas", "ended"})
    return said["areas"], frozenset(said["ended"])


def _read(file: str, keys: Iterable[str]) -> Mapping[str, Any]:
    said = _said(file)
    _only(said, _ABOUT | set(keys), file)
    return said


def _said(file: str) -> Mapping[str, Any]:
    text = resources.files("totalplace.outcomes.definitions").joinpath(file)
    return parsed(text.read_text(encoding="utf-8"), file)


def _only(said: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    odd = set(said) ^ set(keys)
    if odd:
        listed = ", ".join(sorted(map(str, odd)))
        raise _bad(where, f"it lacks or should not have: {listed}")


def _bad(where: str, why: str) -> Refused:
    return Refused(
        f"The definitions in {where} cannot be read",
        why=why,
        next_step="Put it right; docs/how-to/add-readings.md says what may stand where",
    )
