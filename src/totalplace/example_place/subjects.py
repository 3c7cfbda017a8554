"""What each kind of agency buys: unit, purpose in SeRCOP-like words, function, VAT rate, service.

The service is what was truly bought, a code of count/definitions/services.yaml: told by what the
form RSX of the revenue outturn puts under each heading, and not by the words that are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that an agency buys; `trade` is who sells it, `person` a payee never named."""

    trade: str
    unit: str
    purpose: str
    function: str  # COFOG 1999, two levels
    vat_percent: int  # recoverable VAT on top of the net sum
    service: str
    telling: bool = True  # whether its words tell a careful reader the service


def _subjects(
    services: Mapping[str, str], *rows: tuple[str, str, str, str, int]
) -> tuple[Subject, ...]:
    """Subjects of a body of many services, each told by its unit."""
    return tuple(
        Subject(*row, services[row[1]], telling=row[1] not in _TELLING_NOTHING) for row in rows
    )


def _all_of(service: str, *rows: tuple[str, str, str, str, int]) -> tuple[Subject, ...]:
    """Subjects of a body that is there for one service."""
    return tuple(Subject(*row, service) for row in rows)


NOT_SPENDING: Final = "not_spending"
# A fleet serves refuse rounds, wardens and post alike; a strategy may be about anything.
_TELLING_NOTHING: Final = ("Fleet", "Strategy")
_COUNTY_SERVICES: Final = {
    "Adult Social Care": "adult_social_care",
    "Children's Services": "children_social_care",
    "Education": "education",
    "Highways & Transport": "highways_transport",
    "Environment": "environment",
    "Public Health": "public_health",
    "Corporate Services": "central_services",
    "Property": "central_services",
    "Libraries": "culture",
}
_DISTRICT_SERVICES: Final = {
    "Environmental Services": "environment",
    "Housing": "housing",
    # Tax paid twice goes back to whoever paid it: it was held for them, and buys nothing.
    "Revenues and Benefits": NOT_SPENDING,
    "Planning": "planning",
    "Leisure": "culture",
    "Culture": "culture",
    "Property": "central_services",
    "ICT": "central_services",
    "Corporate": "central_services",
    "Fleet": "environment",
    "Concessionary Travel": "highways_transport",
}
_COMBINED_SERVICES: Final = {
    "Transport": "highways_transport",
    "Skills": "employment_support",
    "Strategy": "planning",
    "Housing": "housing",
}
_WORK_SERVICES: Final = {
    "Employment Programmes": "employment_support",
    "Digital Group": "central_services",
    "Estates": "employment_support",
    "Health Assessments": "disability_benefits",
    "People": "central_services",
}
_HOMES_SERVICES: Final = {
    "Housing Supply": "housing",
    "Building Safety": "housing",
    "Planning": "planning",
    "Corporate": "central_services",
    "Homes and Care": "adult_social_care",
}


_COUNTY = _subjects(
    _COUNTY_SERVICES,
    ("care", "Adult Social Care", "Residential care - older people", "10.2", 0),
    ("care", "Adult Social Care", "Home care", "10.2", 0),
    ("care", "Adult Social Care", "Supported living - learning disability", "10.1", 0),
    ("person", "Adult Social Care", "Direct payments", "10.1", 0),
    ("children", "Children's Services", "Independent fostering", "10.4", 0),
    ("children", "Children's Services", "Residential placements", "10.4", 0),
    ("person", "Children's Services", "Foster carers' allowances", "10.4", 0),
    ("travel", "Education", "Home to school transport", "09.6", 0),
    ("training", "Education", "Special educational needs support", "09.5", 0),
    ("children", "Education", "Early years provision", "09.1", 0),
    ("roads", "Highways & Transport", "Structural maintenance of roads", "04.5", 20),
    ("roads", "Highways & Transport", "Street lighting", "06.4", 20),
    ("waste", "Environment", "Waste disposal", "05.1", 20),
    ("medical", "Public Health", "Health checks and stop smoking", "07.4", 0),
    ("computing", "Corporate Services", "ICT – software and licences", "01.3", 20),
    ("staffing", "Corporate Services", "Agency staff", "01.3", 20),
    ("advice", "Corporate Services", "Legal and professional fees", "01.3", 20),
    ("energy", "Property", "Electricity, gas and oil", "01.3", 20),
    ("building", "Property", "Repairs and maintenance of buildings", "01.3", 20),
    ("supplies", "Libraries", "Books and materials", "08.2", 0),
)
_DISTRICT = _subjects(
    _DISTRICT_SERVICES,
    ("waste", "Environmental Services", "Household waste collection", "05.1", 20),
    ("waste", "Environmental Services", "Street cleansing", "05.1", 20),
    ("housing", "Housing", "Temporary accommodation", "10.6", 0),
    ("building", "Housing", "Disabled facilities grants", "10.6", 20),
    ("person", "Revenues and Benefits", "Refunds of council tax", "01.1", 0),
    ("advice", "Planning", "Development control – advice", "06.2", 20),
    ("leisure", "Leisure", "Leisure centres", "08.1", 20),
    ("leisure", "Culture", "Museums and the arts", "08.2", 20),
    ("supplies", "Culture", "Café and catering supplies", "08.2", 20),
    ("building", "Property", "Repairs and maintenance of buildings", "01.3", 20),
    ("computing", "ICT", "Software maintenance", "01.3", 20),
    ("energy", "Property", "Electricity and gas", "01.3", 5),
    ("staffing", "Corporate", "Agency staff", "01.3", 20),
    ("vehicles", "Fleet", "Vehicle hire and repair", "05.1", 20),
    ("travel", "Concessionary Travel", "Taxi vouchers", "04.5", 0),
    ("training", "Corporate", "Training and conferences", "01.3", 20),
)
_HEALTH_BOARD = _all_of(
    "nhs_care",
    ("care", "Continuing Care", "Continuing healthcare - adult fully funded", "10.1", 0),
    ("medical", "Primary Care", "Prescribing", "07.1", 0),
    ("medical", "Acute", "Independent sector acute services", "07.3", 0),
    ("care", "Mental Health", "Mental health placements", "07.3", 0),
    ("children", "Children's Commissioning", "Children's continuing care", "10.4", 0),
    ("travel", "Patient Transport", "Non-emergency patient transport", "07.2", 0),
    ("computing", "Corporate", "Primary care IT", "07.6", 20),
    ("staffing", "Corporate", "Interim staff", "07.6", 20),
)
_TRUST = _all_of(
    "nhs_care",
    ("medical", "Theatres", "Surgical instruments", "07.3", 20),
    ("medical", "Pharmacy", "Drugs", "07.3", 20),
    ("medical", "Pathology", "Laboratory equipment", "07.3", 20),
    ("staffing", "Medicine", "Agency nursing staff", "07.3", 0),
    ("staffing", "Medicine", "Locum doctors", "07.3", 0),
    ("energy", "Estates", "Gas and electricity", "07.3", 20),
    ("building", "Estates", "Backlog maintenance", "07.3", 20),
    ("supplies", "Facilities", "Catering", "07.3", 20),
    ("waste", "Facilities", "Clinical waste", "07.3", 20),
    ("computing", "Digital", "Patient record system", "07.3", 20),
)
_POLICE = _all_of(
    "police",
    ("vehicles", "Fleet", "Vehicle purchase and repair", "03.1", 20),
    ("computing", "Digital Policing", "Systems and licences", "03.1", 20),
    ("building", "Estates", "Repairs to police stations", "03.1", 20),
    ("advice", "Legal", "Counsel and experts", "03.1", 20),
    ("medical", "Custody", "Custody healthcare", "03.1", 20),
    ("staffing", "People", "Agency staff", "03.1", 20),
    ("person", "Crime", "Informants and witnesses", "03.1", 0),
    ("care", "Commissioner's Office", "Victims' services", "03.1", 0),
    ("children", "Commissioner's Office", "Violence reduction - young people", "03.1", 0),
)
_FIRE = _all_of(
    "fire_rescue",
    ("vehicles", "Fleet", "Fire appliances and equipment", "03.2", 20),
    ("supplies", "Operations", "Protective clothing", "03.2", 20),
    ("building", "Property", "Fire stations", "03.2", 20),
    ("training", "Training", "Training courses", "03.2", 20),
    ("computing", "Control", "Control room systems", "03.2", 20),
    ("energy", "Property", "Gas and electricity", "03.2", 20),
)
_COMBINED = _subjects(
    _COMBINED_SERVICES,
    ("roads", "Transport", "Bus priority and active travel", "04.5", 20),
    ("travel", "Transport", "Bus services support", "04.5", 0),
    ("training", "Skills", "Adult skills fund", "09.5", 0),
    ("advice", "Strategy", "Business cases", "04.1", 20),
    ("housing", "Housing", "Brownfield land fund", "06.1", 0),
)
_WORK = _subjects(
    _WORK_SERVICES,
    ("training", "Employment Programmes", "Work coaching contracts", "10.5", 20),
    ("training", "Employment Programmes", "Skills bootcamps", "09.5", 0),
    ("computing", "Digital Group", "Software licences", "01.3", 20),
    ("building", "Estates", "Jobcentre estate", "10.5", 20),
    ("medical", "Health Assessments", "Assessment providers", "10.1", 20),
    ("staffing", "People", "Contingent labour", "01.3", 20),
)
_HOMES = _subjects(
    _HOMES_SERVICES,
    ("housing", "Housing Supply", "Affordable homes grant", "06.1", 0),
    ("building", "Building Safety", "Cladding remediation", "06.1", 20),
    ("advice", "Planning", "Planning inquiries", "06.2", 20),
    ("computing", "Corporate", "Digital services", "01.3", 20),
    ("care", "Homes and Care", "Hospice and care capital grant", "10.2", 0),
)

BOUGHT_BY: Final = {
    "county": _COUNTY,
    "district": _DISTRICT,
    "nhs-board": _HEALTH_BOARD,
    "nhs-trust": _TRUST,
    "police": _POLICE,
    "fire": _FIRE,
    "combined-authority": _COMBINED,
}
_BY_CODE: Final = {"EX-WL": _WORK, "EX-HP": _HOMES}  # each department buys its own things


def bought_by(code: str, kind: str) -> tuple[Subject, ...]:
    """What an agency buys."""
    return _BY_CODE.get(code) or BOUGHT_BY[kind]
