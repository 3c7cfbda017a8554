"""What each kind of body may carry forward, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.ledger.rules.refusing import Unposted
from totalplace.places.rules.kinds import AgencyKind
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_FILE: Final = "year_end.yaml"
_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "uncertain", "rules", "permissions",
}  # fmt: skip
_MAY: Final = "may"
_LEAVE: Final = "leave"


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Whether each kind of body may carry forward of its own right, and what gives leave."""

    rules: Mapping[str, str]
    permissions: frozenset[str]


@cache
def year_end() -> YearEnd:
    """The rules of the end of a year. Raises Refused for a key or kind that nobody knows."""
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    wrong = sorted(set(said) ^ _KEYS)
    rules = said.get("rules", {})
    wrong += sorted(set(rules) ^ {kind.value for kind in AgencyKind})
    wrong += [f"{kind}: {rule}" for kind, rule in rules.items() if rule not in (_MAY, _LEAVE)]
    if wrong:
        raise Refused(
            f"The definitions in {_FILE} cannot be read",
            why=f"it lacks or should not have: {', '.join(wrong)}",
            next_step=f"Put it right in {_FILE}",
        )
    return YearEnd(rules, frozenset(said["permissions"]))


def check_may_carry_forward(host_kind: str, citation: Citation) -> None:
    """Raise Unposted where a body of that kind needs leave to carry forward, and none is cited."""
    known = year_end()
    if known.rules.get(host_kind) == _MAY or citation.kind in known.permissions:
        return
    raise Unposted(
        "The money cannot be carried forward",
        why=f"a body of the kind '{host_kind}' does so only by leave",
        next_step=f"Cite what gives leave: {', '.join(sorted(known.permissions))}",
        field="citation",
    )
