"""What kinds of public body spend in a place, and how agencies are called."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

# ONS Coding and Naming Policy: a letter for the country and eight digits.
_GSS: Final = re.compile(r"[EWSNKJLM]\d{8}", re.ASCII)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


class AgencyKind(StrEnum):
    """What kind of body an agency is."""

    COUNCIL = "council"  # unitary, metropolitan or London borough: both tiers in one
    COUNTY = "county"
    DISTRICT = "district"
    COMBINED_AUTHORITY = "combined-authority"
    POLICE = "police"
    FIRE = "fire"
    NHS_BOARD = "nhs-board"
    NHS_TRUST = "nhs-trust"
    DEPARTMENT = "department"
    OTHER = "other"
    UNKNOWN = "unknown"  # nobody has said yet


def code_is_sound(code: str) -> bool:
    """Whether a code can stand in a file name and a web address: letters, digits, . _ and -."""
    return _CODE.fullmatch(code) is not None


def gss_is_sound(gss: str) -> bool:
    """Whether a text is written as a GSS code of the Office for National Statistics."""
    return _GSS.fullmatch(gss) is not None
