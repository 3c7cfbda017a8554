"""A text in YAML with the line of everything in it, so that a refusal says where to look.

No anchors, tags or repeated keys: a text says what it says, once, to whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeVar

import yaml

from totalplace.refusal import Refused

LONGEST: Final = 64_000  # characters of a text: the longest of those that ship has a tenth
_DEEPEST: Final = 24
_FIRST_LETTER: Final = 32  # of ASCII: those before it are not seen
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Spot:
    """Something in a text: its value, where it stands, and on which line."""

    what: str  # as the whole is called in a refusal
    value: Any
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def refused(self, why: str) -> Refused:
        """A refusal that says where it is wrong."""
        line = self.lines.get(self.path)
        where = ", ".join(filter(None, (f"line {line}" if line else "", self.path)))
        return Refused(
            f"{self.what} cannot be read",
            why=f"{where}: {why}" if where else why,
            next_step="Put that line right and try again",
        )

    def at(self, key: str | int) -> Spot:
        """What stands below a key, or in a place of a list."""
        return Spot(self.what, self.value[key], _below(self.path, key), self.lines)

    def only(self, needed: set[str], may: set[str] | None = None) -> None:
        """Raise Refused unless this has these keys and no others."""
        if not isinstance(self.value, dict):
            raise self.refused(f"here belong keys: {', '.join(sorted(needed))}")
        allowed = needed | (may or set())
        for key in self.value:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                raise self.at(key).refused(f"'{key}' means nothing here; what does is {known}")
        lacking = sorted(needed - set(self.value))
        if lacking:
            raise self.refused(f"it lacks {', '.join(lacking)}")

    def has(self, key: str) -> bool:
        """Whether something is said under a key."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def each(self) -> Iterator[Spot]:
        """Each entry of a list. Raises Refused where it is none, or empty."""
        if not isinstance(self.value, list) or not self.value:
            raise self.refused("a list belongs here, with at least one entry")
        return (self.at(n) for n in range(len(self.value)))

    def items(self) -> Iterator[tuple[str, Spot]]:
        """Each key with what stands below it; none where nothing is said."""
        if self.value is None:
            return iter(())
        if not isinstance(self.value, dict):
            raise self.refused("names belong here, each with what it is")
        return ((key, self.at(key)) for key in self.value)

    def text(self, key: str, *, least: int = 1) -> str:
        """Words under a key. Raises Refused where there are none, or too few letters."""
        found = self.at(key)
        said = found.value
        if not isinstance(said, str) or len(said.strip()) < least:
            raise found.refused("words belong here" + (f", {least} letters or more" * (least > 1)))
        if any(ord(letter) < _FIRST_LETTER and letter not in "\n\t" for letter in said):
            raise found.refused("a character that cannot be seen has no place in words")
        return said.strip()

    def words(self, key: str) -> str:
        """Words under a key, or none where nothing is said."""
        return self.text(key) if self.has(key) else ""

    def whole(self, key: str) -> int:
        """A whole number under a key."""
        found = self.at(key)
        if isinstance(found.value, bool) or not isinstance(found.value, int):
            raise found.refused("a whole number belongs here")
        return found.value

    def yes(self, key: str) -> bool:
        """Yes or no under a key."""
        found = self.at(key)
        if not isinstance(found.value, bool):
            raise found.refused("yes or no belongs here")
        return found.value

    def day(self, key: str) -> date:
        """A day under a key."""
        found = self.at(key)
        if not isinstance(found.value, date) or isinstance(found.value, datetime):
            raise found.refused("a day belongs here, such as 2026-04-01")
        return found.value

    def day_or_none(self, key: str) -> date | None:
        """A day under a key, or None where none is said."""
        return self.day(key) if self.has(key) else None

    def one_of(self, key: str, kinds: type[Kind]) -> Kind:
        """One of the words of a closed list."""
        found = self.at(key)
        known = [str(one) for one in kinds]  # type: ignore[attr-defined]
        if found.value not in known:
            raise found.refused(f"'{found.value}' is none of {', '.join(known)}")
        return kinds(found.value)  # type: ignore[call-arg]


def written(text: str, *, what: str) -> Spot:
    """A text as what it says. Raises Refused, with the line, where it is no plain YAML."""
    if len(text) > LONGEST:
        raise Spot(what, None).refused(f"it is longer than {LONGEST:,} characters")
    lines: dict[str, int] = {}
    try:
        _check_plain(text, what)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        value = _value(loader, node, what, lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = " ".join(str(error.problem or error.context or "it is no YAML").split())
        raise Spot(what, None, "", {"": line}).refused(said) from None
    except (yaml.YAMLError, RecursionError):
        raise Spot(what, None).refused("it is no YAML") from None
    if not isinstance(value, dict):
        raise Spot(what, None).refused("it has no keys")
    return Spot(what, value, "", lines)


def _check_plain(text: str, what: str) -> None:
    """Raise Refused for an alias, or for what is nested so deep that reading it would take long."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise Spot(what, None).refused("it has an alias (*name): write it out instead")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise Spot(what, None, "", {"": line}).refused("it is nested too deep")


def _value(
    loader: yaml.SafeLoader, node: yaml.Node, what: str, lines: dict[str, int], path: str = ""
) -> Any:
    lines[path] = node.start_mark.line + 1
    here = Spot(what, None, path, lines)
    if isinstance(node, yaml.MappingNode):
        return _keys(loader, node, here, lines)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(loader, one, what, lines, _below(path, n)) for n, one in enumerate(node.value)
        ]
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise here.refused("a tag (!name) means nothing here")
    try:
        return loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        raise here.refused(f"'{node.value}' cannot be") from None


def _keys(
    loader: yaml.SafeLoader, node: yaml.MappingNode, here: Spot, lines: dict[str, int]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str) or not key.strip():
            raise here.refused("a name belongs before the colon")
        below = _below(here.path, key)
        if key in found:
            lines[below] = key_node.start_mark.line + 1
            raise Spot(here.what, None, below, lines).refused("it is said twice")
        found[key] = _value(loader, value_node, here.what, lines, below)
        lines[below] = key_node.start_mark.line + 1
    return found


def _below(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key + 1}]"  # people count from one
    return f"{path}.{key}" if path else key
