"""The list of services, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from totalplace.count.definitions.reading import read
from totalplace.count.rules.purposes.services import Service, services_of


@cache
def services() -> Mapping[str, Service]:
    """Every service by its code, in the order in which they are listed.

    Raises Refused where services.yaml has a key that nobody knows.
    """
    return MappingProxyType(services_of(read("services.yaml", {"services"})["services"]))
