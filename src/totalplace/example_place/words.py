"""Invented words: the parts from which made-up suppliers, streets and places are put together."""

from __future__ import annotations

STARTS = (
    "Brox", "Quenn", "Thrap", "Ostv", "Yarb", "Plev", "Grimb", "Skelv", "Torv", "Drunn",
    "Vosk", "Chumb", "Frell", "Gwex", "Hask", "Jarv", "Kelb", "Lorv", "Murx", "Nebb",
    "Oxt", "Prid", "Rusk", "Swiv", "Tamb", "Ulv", "Wexm", "Zell",
)  # fmt: skip
ENDS = (
    "aby", "imere", "ovane", "udale", "ander", "owick", "estow", "ingle", "orby", "umber",
    "antry", "ifold", "endon", "urst", "ello", "ocke",
)  # fmt: skip
PLACES = ("Quennaby", "Oxtremere", "Ostrenby", "Vellingmarsh", "Tharrowick", "Wexshire")
LEGAL_FORMS = ("Limited", "Ltd", "LTD", "Ltd.", "Limited", "Ltd", "LLP", "plc", "CIC")

# What each trade calls itself.
TRADES: dict[str, tuple[str, ...]] = {
    "care": ("Care Homes", "Home Care", "Supported Living", "Nursing", "Care & Support"),
    "children": ("Fostering", "Children's Homes", "Nurseries", "Young People's Services"),
    "building": ("Construction", "Building Contractors", "Roofing", "Joinery and Building"),
    "roads": ("Civil Engineering", "Highways", "Surfacing", "Street Lighting"),
    "computing": ("Software", "Systems", "Digital", "Networks", "IT Solutions"),
    "staffing": ("Recruitment", "Staffing", "Interim People", "Resourcing"),
    "energy": ("Energy", "Gas & Power", "Fuels", "Heating Services"),
    "waste": ("Waste Management", "Recycling", "Skips", "Environmental"),
    "advice": ("Consulting", "Solicitors", "Surveyors", "Planning Partners", "Actuaries"),
    "training": ("Training", "Learning", "Skills Academy", "Apprenticeships"),
    "travel": ("Coaches", "Taxis", "Minibuses", "Transport Services"),
    "supplies": ("Supplies", "Stationery", "Catering Supplies", "Janitorial", "Print & Post"),
    "medical": ("Medical Supplies", "Pharma", "Diagnostics", "Surgical", "Mobility Equipment"),
    "vehicles": ("Vehicle Hire", "Fleet Services", "Motors", "Tyres", "Workshop Equipment"),
    "leisure": ("Leisure", "Sports Grounds", "Theatre Company", "Events", "Museum Services"),
    "housing": ("Homes", "Housing Association", "Lettings", "Supported Housing"),
}
