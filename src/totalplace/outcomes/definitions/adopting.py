"""Under which decisions targets may be adopted."""

from __future__ import annotations

from collections.abc import Mapping

from totalplace.decisions.definitions import adopting


def adopting_matters() -> Mapping[str, frozenset[str]]:
    """The matters under which targets may be adopted, each with the kinds of body that may.

    Raises Refused as `decisions.definitions.adopting` does.
    """
    return adopting.adopting_matters(__package__, "adopting_targets.yaml")
