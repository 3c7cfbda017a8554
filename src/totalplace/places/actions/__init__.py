"""The only writer of places, agencies and the register."""

from __future__ import annotations

from totalplace.places.actions.areas import Joined, register_bodies, set_areas
from totalplace.places.actions.mandates import appoint, end, grant, retire
from totalplace.places.actions.membership import join_place, register_agency, register_place
from totalplace.places.actions.register import Loaded, load_register

__all__ = [
    "Joined",
    "Loaded",
    "appoint",
    "end",
    "grant",
    "join_place",
    "load_register",
    "register_agency",
    "register_bodies",
    "register_place",
    "retire",
    "set_areas",
]
