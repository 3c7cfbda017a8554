"""The made-up agencies of Wexshire: what they are, how much they publish, how they write names."""

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
    known_as: tuple[str, ...]  # how others spell it when they pay it


def _profile(  # noqa: PLR0913 - one row of the table below, in the order of its columns
    code: str, name: str, kind: str, threshold: int, monthly: int,
    steepness: float, most: int, style: str, redacts_as: tuple[str, ...],
    reference: str, *known_as: str,
) -> Profile:  # fmt: skip
    return Profile(
        Agency(code, name, kind, threshold * 100), monthly, steepness, most * 100,
        style, redacts_as, reference, (name, name.upper(), *known_as),
    )  # fmt: skip


_NAMED = ("REDACTED PERSONAL DATA", "Redacted - personal information")
_THIRD = ("THIRD PARTY SUPPLIER", "THIRD PARTY")
_HELD = ("Name withheld", "Redacted")

PROFILES: Final = {
    row.agency.code: row
    for row in (
        _profile("EX-CC", "Wexshire County Council", "county council", 500, 640, 0.86, 9_000_000,
                 "as it is", _NAMED, "51", "Wexshire C C", "WEXSHIRE CC"),
        _profile("EX-DQ", "Quennaby Borough Council", "district council", 250, 215, 0.95, 1_500_000,
                 "as it is", _NAMED, "QB", "Quennaby BC", "Quennaby Council"),
        _profile("EX-DO", "Oxtremere District Council", "district council", 500, 215, 0.95,
                 1_500_000, "short", _HELD, "OX", "Oxtremere DC"),
        _profile("EX-DB", "Ostrenby Borough Council", "district council", 250, 215, 0.97, 1_500_000,
                 "upper", _NAMED, "7", "Ostrenby B.C.", "OSTRENBY BORO COUNCIL"),
        _profile("EX-DV", "Vellingmarsh District Council", "district council", 250, 225, 0.95,
                 1_200_000, "as it is", _HELD, "V-", "Vellingmarsh D C"),
        _profile("EX-DT", "Tharrowick City Council", "district council", 500, 215, 0.93, 2_000_000,
                 "short", _NAMED, "TC", "City of Tharrowick", "THARROWICK CITY COUNCIL"),
        _profile("EX-IB", "NHS Wexshire Integrated Care Board", "integrated care board", 25_000,
                 178, 1.05, 12_000_000, "upper", _HELD, "WX", "NHS WEXSHIRE ICB", "Wexshire ICB"),
        _profile("EX-HT", "Wexshire Infirmary NHS Trust", "NHS trust", 25_000, 215, 1.15, 6_000_000,
                 "upper", _HELD, "HT", "WEXSHIRE INFIRMARY NHST", "Wexshire Infirmary"),
        _profile("EX-PC", "Police and Crime Commissioner for Wexshire",
                 "police and crime commissioner", 500, 225, 0.92, 4_000_000, "upper", _THIRD, "PO",
                 "PCC FOR WEXSHIRE", "Wexshire Police"),
        _profile("EX-FA", "Wexshire Fire and Rescue Authority", "fire authority", 250, 192, 0.95,
                 1_000_000, "as it is", _HELD, "F", "Wexshire Fire & Rescue", "WEXSHIRE FRA"),
        _profile("EX-CA", "Wexshire Combined Authority", "combined authority", 500, 112, 0.80,
                 9_000_000, "as it is", _HELD, "CA-", "Wexshire CA"),
        _profile("EX-WL", "Department for Work and Learning (example)", "department", 25_000, 282,
                 1.05, 9_000_000, "upper", _HELD, "4400", "DWL (EXAMPLE)"),
        _profile("EX-HP", "Department for Homes and Places (example)", "department", 25_000, 222,
                 1.00, 12_000_000, "upper", _HELD, "HP", "DHP (EXAMPLE)"),
    )
}  # fmt: skip

AGENCIES: Final = tuple(profile.agency for profile in PROFILES.values())
DISTRICTS: Final = ("EX-DQ", "EX-DO", "EX-DB", "EX-DV", "EX-DT")
