"""Who is affected by a proposal: asked of the room that holds it, as hearings know no proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from totalplace.participation.rules.freezing import Affected
from totalplace.record.rules.chain import Citation


def affected_by(about: Citation, *, named: Iterable[Affected] = ()) -> list[Affected]:
    """The agencies with money or a target in a proposal, and those that an officer names besides.

    What the proposal itself says of an agency stands before what is said by hand. Raises Refused
    where there is no such proposal.
    """
    asked = _ROOMS.get(about.kind)
    found = asked(about.id) if asked else []
    known = {one.agency for one in found}
    return [*found, *(one for one in named if one.agency not in known)]


def _by_targets(cited: str) -> list[Affected]:
    from totalplace.outcomes.queries.sets import affected_agencies

    return affected_agencies(cited)


def _by_agreement(cited: str) -> list[Affected]:
    from totalplace.agreements.queries.agreements import AGREEMENT, affected_agencies

    return affected_agencies(Citation(AGREEMENT, cited))


def _by_variation(cited: str) -> list[Affected]:
    from totalplace.agreements.queries.agreements import VARIATION, affected_agencies

    return affected_agencies(Citation(VARIATION, cited))


def _by_plan(cited: str) -> list[Affected]:
    from totalplace.commissioning.queries.plans import affected_agencies

    return affected_agencies(cited)


# A later room adds its kind of citation here.
_ROOMS: Final[Mapping[str, Callable[[str], list[Affected]]]] = {
    "targets": _by_targets,
    "agreement": _by_agreement,
    "variation": _by_variation,
    "plan": _by_plan,
}
