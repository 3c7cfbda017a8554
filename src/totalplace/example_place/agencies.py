"""The made-up agencies of Wexshire: what they are, how much they publish, how they write names.

Their GSS codes are made up too: the letters are those of the ONS for each kind of body, and it has
never issued numbers from 99 0001 on. Trusts and departments have no GSS code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.example_place.truth import Agency


@dataclass(frozen=True, slots=True)
class Profile:
    """How an agency spends and writes: payments a month at scale 1, steepness of its sums."""

    agency: Agency
    payments_a_month: int
    steepness: float  # of the tail of sums: lower is heavier
    most_pence: int
    style: str  # of payees' names: upper, lower, short, as it is
    redacts_as: tuple[str, ...]
    reference: str  # what its references begin with

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every way in which others write its name when they pay it."""
        return (self.agency.name, self.agency.name.upper(), *self.agency.also_known_as)


_NAMED = ("REDACTED PERSONAL DATA", "Redacted - personal information")
_THIRD = ("THIRD PARTY SUPPLIER", "THIRD PARTY")
_HELD = ("Name withheld", "Redacted")


def _district(code: str, gss: str, name: str, threshold_pence: int, *others: str) -> Agency:
    return Agency(code, name, "district", threshold_pence, gss, others)


_CC = Agency(
    "EX-CC",
    "Wexshire County Council",
    "county",
    500_00,
    "E10990001",
    ("Wexshire C C", "WEXSHIRE CC"),
)
_DQ = _district(
    "EX-DQ", "E07990001", "Quennaby Borough Council", 250_00, "Quennaby BC", "Quennaby Council"
)
_DO = _district("EX-DO", "E07990002", "Oxtremere District Council", 500_00, "Oxtremere DC")
_DB = _district(
    "EX-DB",
    "E07990003",
    "Ostrenby Borough Council",
    250_00,
    "Ostrenby B.C.",
    "OSTRENBY BORO COUNCIL",
)
_DV = _district("EX-DV", "E07990004", "Vellingmarsh District Council", 250_00, "Vellingmarsh D C")
_DT = _district("EX-DT", "E07990005", "Tharrowick City Council", 500_00, "City of Tharrowick")
_IB = Agency(
    "EX-IB",
    "NHS Wexshire Integrated Care Board",
    "nhs-board",
    25_000_00,
    "E54990001",
    ("NHS WEXSHIRE ICB", "Wexshire ICB"),
)
_HT = Agency(
    "EX-HT",
    "Wexshire Infirmary NHS Trust",
    "nhs-trust",
    25_000_00,
    "",
    ("WEXSHIRE INFIRMARY NHST", "Wexshire Infirmary"),
)
_PC = Agency(
    "EX-PC",
    "Police and Crime Commissioner for Wexshire",
    "police",
    500_00,
    "E23990001",
    ("PCC FOR WEXSHIRE", "Wexshire Police"),
)
_FA = Agency(
    "EX-FA",
    "Wexshire Fire and Rescue Authority",
    "fire",
    250_00,
    "E31990001",
    ("Wexshire Fire & Rescue", "WEXSHIRE FRA"),
)
_CA = Agency(
    "EX-CA",
    "Wexshire Combined Authority",
    "combined-authority",
    500_00,
    "E47990001",
    ("Wexshire CA",),
)
_WL = Agency(
    "EX-WL",
    "Department for Work and Learning (example)",
    "department",
    25_000_00,
    "",
    ("DWL (EXAMPLE)",),
)
_HP = Agency(
    "EX-HP",
    "Department for Homes and Places (example)",
    "department",
    25_000_00,
    "",
    ("DHP (EXAMPLE)",),
)

_MILLION = 1_000_000_00
_ALL: Final = (
    Profile(_CC, 640, 0.86, 9 * _MILLION, "as it is", _NAMED, "51"),
    Profile(_DQ, 215, 0.95, 3 * _MILLION // 2, "as it is", _NAMED, "QB"),
    Profile(_DO, 215, 0.95, 3 * _MILLION // 2, "short", _HELD, "OX"),
    Profile(_DB, 215, 0.97, 3 * _MILLION // 2, "upper", _NAMED, "7"),
    Profile(_DV, 225, 0.95, 6 * _MILLION // 5, "as it is", _HELD, "V-"),
    Profile(_DT, 215, 0.93, 2 * _MILLION, "short", _NAMED, "TC"),
    Profile(_IB, 178, 1.05, 12 * _MILLION, "upper", _HELD, "WX"),
    Profile(_HT, 215, 1.15, 6 * _MILLION, "upper", _HELD, "HT"),
    Profile(_PC, 225, 0.92, 4 * _MILLION, "upper", _THIRD, "PO"),
    Profile(_FA, 192, 0.95, 1 * _MILLION, "as it is", _HELD, "F"),
    Profile(_CA, 112, 0.80, 9 * _MILLION, "as it is", _HELD, "CA-"),
    Profile(_WL, 282, 1.05, 9 * _MILLION, "upper", _HELD, "4400"),
    Profile(_HP, 222, 1.00, 12 * _MILLION, "upper", _HELD, "HP"),
)

PROFILES: Final = {profile.agency.code: profile for profile in _ALL}
AGENCIES: Final = tuple(profile.agency for profile in _ALL)
DISTRICTS: Final = ("EX-DQ", "EX-DO", "EX-DB", "EX-DV", "EX-DT")
