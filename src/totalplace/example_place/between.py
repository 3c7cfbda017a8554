"""Public bodies paying each other: precepts, grants, block contracts, shared services.

A count that adds every agency's payments counts these pounds twice; the truth names both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from totalplace.example_place.agencies import DISTRICTS

ALL_YEAR: Final = tuple(range(1, 13))
INSTALMENTS: Final = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1)  # ten, April to January
QUARTERS: Final = (4, 7, 10, 1)
GROWTH_PER_CENT: Final = 4  # a year, on the sum of 2022-23


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from one public body to another: in which months, and how much in the first year."""

    payer: str
    payee: str  # an agency's code, or the name of a public body that is not in the place's count
    months: tuple[int, ...]
    first_year_pence: int
    what: str  # precept, transfer
    unit: str
    purpose: str
    function: str


def _pounds(pounds: int) -> int:
    return pounds * 100


_COLLECTED = {"EX-DQ": 96, "EX-DO": 104, "EX-DB": 88, "EX-DV": 79, "EX-DT": 121}


def _precepts() -> list[Flow]:
    flows = []
    for district in DISTRICTS:
        share = _COLLECTED[district]
        for payee, pounds in (("EX-CC", 412_000), ("EX-PC", 68_300), ("EX-FA", 22_450)):
            flows.append(
                Flow(district, payee, INSTALMENTS, _pounds(pounds * share), "precept",
                     "Collection Fund", "Council tax precept", "01.8")
            )  # fmt: skip
        flows.append(
            Flow(district, "EX-HP", ALL_YEAR, _pounds(61_000 * share), "transfer",
                 "Collection Fund", "Business rates tariff", "01.8")
        )  # fmt: skip
    return flows


def _grants() -> list[Flow]:
    flows = [
        Flow("EX-HP", "EX-CC", ALL_YEAR, _pounds(88_400_000), "transfer",
             "Local Government Finance", "Revenue support grant", "01.8"),
        Flow("EX-HP", "EX-CC", QUARTERS, _pounds(41_200_000), "transfer",
             "Local Government Finance", "Public health grant", "07.4"),
        Flow("EX-HP", "EX-CA", QUARTERS, _pounds(36_900_000), "transfer",
             "Local Growth", "Transport settlement", "04.5"),
        Flow("EX-HP", "EX-PC", ALL_YEAR, _pounds(142_000_000), "transfer",
             "Local Government Finance", "Police grant", "03.1"),
        Flow("EX-HP", "EX-FA", ALL_YEAR, _pounds(13_100_000), "transfer",
             "Local Government Finance", "Fire revenue grant", "03.2"),
        Flow("EX-WL", "EX-CA", QUARTERS, _pounds(27_600_000), "transfer",
             "Skills Group", "Adult skills fund", "09.5"),
    ]  # fmt: skip
    for district in DISTRICTS:
        share = _COLLECTED[district]
        flows += (
            Flow("EX-WL", district, ALL_YEAR, _pounds(205_000 * share), "transfer",
                 "Housing Delivery", "Housing benefit subsidy", "10.6"),
            Flow("EX-HP", district, ALL_YEAR, _pounds(28_000 * share), "transfer",
                 "Local Government Finance", "Revenue support grant", "01.8"),
        )  # fmt: skip
    return flows


def _services() -> list[Flow]:
    flows = [
        Flow("EX-IB", "EX-HT", ALL_YEAR, _pounds(468_000_000), "transfer",
             "Acute", "Block contract - acute", "07.3"),
        Flow("EX-IB", "EX-CC", QUARTERS, _pounds(34_500_000), "transfer",
             "Joint Commissioning", "Better care pooled fund", "10.2"),
        Flow("EX-CC", "EX-IB", ALL_YEAR, _pounds(6_240_000), "transfer",
             "Adult Social Care", "Joint equipment store", "10.2"),
        Flow("EX-CC", "EX-HT", ALL_YEAR, _pounds(9_480_000), "transfer",
             "Public Health", "Health visiting and school nursing", "07.4"),
        Flow("EX-CC", "EX-CA", ALL_YEAR, _pounds(11_300_000), "transfer",
             "Highways & Transport", "Transport levy", "04.5"),
        Flow("EX-HT", "EX-DT", INSTALMENTS, _pounds(3_350_000), "transfer",
             "Estates", "Business rates", "07.3"),
        Flow("EX-PC", "EX-CC", QUARTERS, _pounds(512_000), "transfer",
             "Legal", "Coroner's service", "03.3"),
        Flow("EX-FA", "EX-PC", ALL_YEAR, _pounds(1_090_000), "transfer",
             "Control", "Shared control room", "03.2"),
        Flow("EX-DV", "EX-DO", ALL_YEAR, _pounds(648_000), "transfer",
             "Corporate", "Shared audit and payroll", "01.3"),
        Flow("EX-CC", "Wexshire Pension Fund (example)", ALL_YEAR, _pounds(52_000_000), "transfer",
             "Corporate Services", "Pension contributions", "10.2"),
        Flow("EX-IB", "NHS Norwexshire Integrated Care Board", QUARTERS, _pounds(2_900_000),
             "transfer", "Acute", "Out of area patients", "07.3"),
    ]  # fmt: skip
    for payer, pounds in (("EX-CC", 31_000_000), ("EX-DT", 4_100_000), ("EX-PC", 22_000_000)):
        flows.append(
            Flow(payer, "Revenue and Duties Office (example)", ALL_YEAR, _pounds(pounds),
                 "transfer", "Payroll", "Income tax and national insurance", "01.1")
        )  # fmt: skip
    flows += [
        Flow("EX-CC", district, QUARTERS, _pounds(5_300 * _COLLECTED[district]), "transfer",
             "Environment", "Recycling credits", "05.1")
        for district in DISTRICTS
    ]  # fmt: skip
    return flows


FLOWS: Final = tuple(_precepts() + _grants() + _services())


def instalment_pence(flow: Flow, years_on: int) -> int:
    """One instalment of a flow, so many years after the first, in pence."""
    year_pence = flow.first_year_pence * (100 + GROWTH_PER_CENT * years_on) // 100
    return year_pence // len(flow.months)
