"""Under which decisions a room's proposals may be adopted, read from its own dated file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.decisions.definitions.reading import matters as matters_decided
from totalplace.decisions.rules.bodies import BodyKind
from totalplace.refusal import Refused

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "uncertain", "matters",
}  # fmt: skip


@cache
def adopting_matters(package: str, file: str) -> Mapping[str, frozenset[str]]:
    """The matters under which it may be adopted, each with the kinds of body that may; read once.

    Raises Refused for a key, a matter or a kind of body that nobody knows, and for a body to which
    the law does not give that matter.
    """
    text = resources.files(package).joinpath(file).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    known = matters_decided()
    wrong = sorted(set(said) ^ _KEYS) + sorted(set(said.get("matters", ())) - set(known))
    kinds = {kind.value for kind in BodyKind}
    for matter, bodies in said.get("matters", {}).items():
        allowed = {kind.value for kind in known[matter].decided_by} if matter in known else kinds
        wrong += [f"{body} under {matter}" for body in bodies if body not in allowed]
    if wrong:
        raise Refused(
            f"The definitions in {file} cannot be read",
            why=f"it lacks or should not have: {', '.join(wrong)}",
            next_step=f"Put it right in {file}",
        )
    return {matter: frozenset(bodies) for matter, bodies in said["matters"].items()}
