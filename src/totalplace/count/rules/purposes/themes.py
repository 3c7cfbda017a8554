"""A place's own themes: each service belongs to one or to several, by weights that sum to one.

Birmingham's mapping of 2008 put spending under seven partnerships and warned that it overlaps:
so a service is shared between themes, and its money is never copied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from totalplace.money.pence import share_out
from totalplace.refusal import Refused

WHOLE: Final = 1000  # weights are whole thousandths of a service
_TEXTS: Final = ("title", "why", "owner")
_KEYS: Final = frozenset({*_TEXTS, "as_of", "review_by", "sources", "themes", "services"})


@dataclass(frozen=True, slots=True)
class Themes:
    """Themes by code with their titles, and what part of each service belongs to which."""

    title: str
    titles: Mapping[str, str]
    weights: Mapping[str, Mapping[str, int]]  # service: theme: thousandths, 1000 in all

    @classmethod
    def parse(cls, text: str, services: Collection[str]) -> Themes:
        """Themes from YAML as a place writes it; `services` are the codes that there are.

        Raises Refused at the first key that is wrong. A service that is not named belongs to no
        theme; one that is named belongs to themes wholly.
        """
        said = _read(text)
        _check_keys(said)
        titles = _titles(said["themes"])
        shared = _mapping(said["services"], "services")
        weights = {
            str(service): _weights(str(service), told, titles, services)
            for service, told in shared.items()
        }
        if unused := sorted(set(titles) - {t for told in weights.values() for t in told}):
            raise _wrong(f"themes.{unused[0]}", "no service belongs to it")
        return cls(said["title"], titles, weights)

    @property
    def parts(self) -> Mapping[str, Mapping[str, int]]:
        """The thousandths of each service by the title of the theme, for those who show them."""
        return {
            service: {self.titles[theme]: weight for theme, weight in told.items()}
            for service, told in self.weights.items()
        }

    def share(self, service: str, pence: int) -> dict[str, int]:
        """A service's pence by theme, adding up to it; under '' where it belongs to none."""
        weights = self.weights.get(service)
        return share_out(pence, weights) if weights else {"": pence}


class _Once(yaml.SafeLoader):
    """YAML in which no key stands twice: the first would be lost without a word."""


def _mapping_once(loader: _Once, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for at, key in enumerate(keys):
        if key in keys[:at]:
            raise _wrong(
                str(key), f"it stands twice, again in line {node.value[at][0].start_mark.line + 1}"
            )
    return loader.construct_mapping(node, deep=True)


_Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


def _read(text: str) -> Mapping[str, Any]:
    try:
        said = yaml.load(text, Loader=_Once)  # noqa: S506  (it is a SafeLoader)
    except yaml.YAMLError as fault:
        where = getattr(fault, "problem_mark", None)
        line = f"line {where.line + 1}" if where else "the file"
        raise _wrong(line, "it is not written as YAML is") from None
    return _mapping(said, "the file")


def _check_keys(said: Mapping[str, Any]) -> None:
    for key in sorted(set(said) - _KEYS, key=str):
        raise _wrong(str(key), "nobody knows this key")
    for key in sorted(_KEYS - set(said)):
        raise _wrong(key, "it is missing")
    for key in _TEXTS:
        if not isinstance(said[key], str) or not said[key].strip():
            raise _wrong(key, "it should be words")
    for key in ("as_of", "review_by"):
        if not isinstance(said[key], date):
            raise _wrong(key, "it should be a day, such as 2026-11-26")
    if said["as_of"] >= said["review_by"]:
        raise _wrong("review_by", "it should be after as_of")
    if not isinstance(said["sources"], list) or not said["sources"]:
        raise _wrong("sources", "it should be a list with at least one source")


def _titles(said: Any) -> dict[str, str]:
    titles: dict[str, str] = {}
    for code, told in _mapping(said, "themes").items():
        only = _mapping(told, f"themes.{code}")
        if set(only) != {"title"} or not isinstance(only["title"], str):
            raise _wrong(f"themes.{code}", "it should have a title, and nothing else")
        if only["title"] in titles.values():
            raise _wrong(f"themes.{code}", f"another theme is called {only['title']!r} too")
        titles[str(code)] = only["title"]
    return titles


def _weights(
    service: str, said: Any, titles: Collection[str], services: Collection[str]
) -> dict[str, int]:
    at = f"services.{service}"
    if service not in services:
        raise _wrong(at, "it is no service of the list")
    weights = {str(theme): weight for theme, weight in _mapping(said, at).items()}
    for theme, weight in weights.items():
        if theme not in titles:
            raise _wrong(f"{at}.{theme}", "it is no theme of this file")
        if type(weight) is not int or not 0 < weight <= WHOLE:
            raise _wrong(f"{at}.{theme}", f"{weight!r} is no whole number of thousandths above 0")
    if (total := sum(weights.values())) != WHOLE:
        raise _wrong(at, f"its weights come to {total}, not to {WHOLE} thousandths")
    return weights


def _mapping(said: Any, at: str) -> Mapping[Any, Any]:
    if not isinstance(said, dict) or not said:
        raise _wrong(at, "it should hold names, each with what is said of it")
    return said


def _wrong(at: str, why: str) -> Refused:
    return Refused(
        "The themes cannot be read",
        why=f"at {at}: {why}",
        next_step="Put it right there and read the file again",
    )
