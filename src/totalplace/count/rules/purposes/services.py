"""Services: what public money is spent on, one list for payments and returns of every body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from totalplace.refusal import Refused

UNCLASSIFIED: Final = "unclassified"
_KEYS: Final = frozenset({"title", "cofog", "decides", "why"})


class Decides(StrEnum):
    """Who can change what is spent on a service."""

    LOCAL = "local"  # a body of the place, within its general duties
    NEGOTIABLE = "negotiable"  # money given with conditions that a department could lift
    NATIONAL = "national"  # set by law or by a department for everybody
    NOBODY = ""  # of what is unclassified, nothing is said


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its code stays, its title may change. COFOG is a division or group, or empty."""

    code: str
    title: str
    cofog: str
    decides: Decides
    why: str


def services_of(said: Mapping[str, Any]) -> dict[str, Service]:
    """Services as a definitions file lists them, in its order; Refused at the key that is wrong."""
    return {str(code): _service(str(code), told) for code, told in said.items()}


def _service(code: str, told: Any) -> Service:
    if not isinstance(told, dict) or set(told) != _KEYS:
        odd = _KEYS ^ set(told) if isinstance(told, dict) else _KEYS
        raise _wrong(code, f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}")
    if not all(isinstance(value, str) for value in told.values()):
        raise _wrong(code, "every value is a text, in quotes where it looks like a number")
    try:
        decides = Decides(told["decides"])
    except ValueError:
        said = ", ".join(d.value for d in Decides if d.value)
        raise _wrong(code, f"{told['decides']!r} is not one of {said}") from None
    return Service(code, told["title"], told["cofog"], decides, told["why"])


def _wrong(code: str, why: str) -> Refused:
    return Refused(
        "The list of services cannot be read",
        why=f"at services.{code}, {why}",
        next_step="Put the key right in services.yaml",
    )
