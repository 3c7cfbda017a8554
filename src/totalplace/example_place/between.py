"""Public bodies paying each other: precepts, grants, block contracts, shared services.

A count that adds every agency's payments counts these pounds twice; the truth names both ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from totalplace.example_place.agencies import DISTRICTS, PROFILES
from totalplace.example_place.seasons import FIRST_YEAR

ALL_YEAR: Final = tuple(range(1, 13))
INSTALMENTS: Final = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1)  # ten, April to January
QUARTERS: Final = (4, 7, 10, 1)
HALVES: Final = (4, 9)
GROWTH_PER_CENT: Final = 4  # a year, on the sum of 2022-23


class Deal(StrEnum):
    """What a flow is in the accounts of those who pay and receive it."""

    BOUGHT = "bought"  # spending of the payer; income that the receiver sets against its own
    TAXED = "taxed"  # spending of the payer; no income of the receiver's services
    GRANTED = "granted"  # pays for what the receiver spends; in the payer's accounts no service
    PASSED_ON = "passed on"  # somebody else's money all along
    LENT = "lent"


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from one public body to another: in which months, and how much in the first year.

    `nature` is one of count/definitions/natures.yaml. `receiver` is whose money it is, where
    another body is paid; `serves` is the service of the receiver, where it is not the payer's.
    `telling` is false for what is paid for the staff of all services together.
    """

    payer: str
    payee: str  # an agency's code, or the name of a public body that is not in the place's count
    months: tuple[int, ...]
    first_year_pence: int
    deal: Deal
    nature: str
    unit: str
    purpose: str
    function: str
    service: str  # that it is for, as the payer sees it
    receiver: str = ""
    serves: str = ""
    telling: bool = True

    @property
    def planted(self) -> str:
        """How the lines of a flow are marked."""
        return "precept" if self.nature == "precept" else "transfer"

    @property
    def paid_to(self) -> str:
        """The counted agency that is paid, if it is one."""
        return self.payee if self.payee in PROFILES else ""

    @property
    def received_by(self) -> str:
        """The counted agency whose money it is, if it is one."""
        return self.receiver or self.paid_to


def _pounds(pounds: int) -> int:
    return pounds * 100


_COLLECTED = {"EX-DQ": 96, "EX-DO": 104, "EX-DB": 88, "EX-DV": 79, "EX-DT": 121}
# Its council tax is paid over to the county in one sum for all three; the county hands on the
# police's and the fire authority's shares as their agent, and publishes that nowhere.
THROUGH_THE_COUNTY: Final = "EX-DV"
_WHOSE = {"EX-PC": " - police", "EX-FA": " - fire"}


def _precepts() -> list[Flow]:
    flows = []
    for district in DISTRICTS:
        share = _COLLECTED[district]
        for body, pounds in (("EX-CC", 412_000), ("EX-PC", 68_300), ("EX-FA", 22_450)):
            through = district == THROUGH_THE_COUNTY and body != "EX-CC"
            purpose = f"Council tax precept{_WHOSE[body] if through else ''}"
            flows.append(
                Flow(district, "EX-CC" if through else body, INSTALMENTS, _pounds(pounds * share),
                     Deal.PASSED_ON, "precept", "Collection Fund", purpose, "01.8", "passed_on",
                     receiver=body if through else "")
            )  # fmt: skip
        flows.append(
            Flow(district, "EX-HP", ALL_YEAR, _pounds(61_000 * share), Deal.PASSED_ON,
                 "business_rates", "Business Rates Retention", "Business rates tariff", "01.8",
                 "passed_on")
        )  # fmt: skip
    return flows


def _grant(
    payer: str, payee: str, months: tuple[int, ...], pounds: int, *words: str, service: str
) -> Flow:
    unit, purpose, function = words
    return Flow(payer, payee, months, _pounds(pounds), Deal.GRANTED, "transfer",
                unit, purpose, function, service)  # fmt: skip


def _grants() -> list[Flow]:
    finance = "Local Government Finance"
    flows = [
        _grant("EX-HP", "EX-CC", ALL_YEAR, 88_400_000, finance, "Revenue support grant", "01.8",
               service="passed_on"),
        _grant("EX-HP", "EX-CC", QUARTERS, 41_200_000, finance, "Public health grant", "07.4",
               service="public_health"),
        _grant("EX-HP", "EX-CA", QUARTERS, 36_900_000, "Local Growth", "Transport settlement",
               "04.5", service="highways_transport"),
        _grant("EX-HP", "EX-PC", ALL_YEAR, 142_000_000, finance, "Police grant", "03.1",
               service="police"),
        _grant("EX-HP", "EX-FA", ALL_YEAR, 13_100_000, finance, "Fire revenue grant", "03.2",
               service="fire_rescue"),
        _grant("EX-WL", "EX-CA", QUARTERS, 27_600_000, "Skills Group", "Adult skills fund", "09.5",
               service="employment_support"),
    ]  # fmt: skip
    for district in DISTRICTS:
        share = _COLLECTED[district]
        flows += (
            _grant("EX-WL", district, ALL_YEAR, 205_000 * share, "Housing Delivery",
                   "Housing benefit subsidy", "10.6", service="housing_benefit"),
            _grant("EX-HP", district, ALL_YEAR, 28_000 * share, finance, "Revenue support grant",
                   "01.8", service="passed_on"),
        )  # fmt: skip
    return flows


def _bought(
    payer: str, payee: str, months: tuple[int, ...], pounds: int, *words: str,
    service: str, serves: str = "",
) -> Flow:  # fmt: skip
    unit, purpose, function = words
    return Flow(payer, payee, months, _pounds(pounds), Deal.BOUGHT, "transfer", unit, purpose,
                function, service, serves=serves)  # fmt: skip


def _taxed(flow: Flow) -> Flow:
    return replace(flow, deal=Deal.TAXED, nature="tax")


def _services() -> list[Flow]:
    return [
        _bought("EX-IB", "EX-HT", ALL_YEAR, 468_000_000, "Acute", "Block contract - acute", "07.3",
                service="nhs_care"),
        _bought("EX-IB", "EX-CC", QUARTERS, 34_500_000, "Joint Commissioning",
                "Better care pooled fund", "10.2", service="adult_social_care"),
        _bought("EX-CC", "EX-IB", ALL_YEAR, 6_240_000, "Adult Social Care", "Joint equipment store",
                "10.2", service="adult_social_care", serves="nhs_care"),
        _bought("EX-CC", "EX-HT", ALL_YEAR, 9_480_000, "Public Health",
                "Health visiting and school nursing", "07.4", service="public_health",
                serves="nhs_care"),
        replace(
            _bought("EX-CC", "EX-CA", ALL_YEAR, 11_300_000, "Highways & Transport",
                    "Transport levy", "04.5", service="passed_on"),
            deal=Deal.PASSED_ON, nature="levy",
        ),
        _taxed(_bought("EX-HT", "EX-DT", INSTALMENTS, 3_350_000, "Estates", "Business rates",
                       "07.3", service="nhs_care")),
        _bought("EX-PC", "EX-CC", QUARTERS, 512_000, "Legal", "Coroner's service", "03.3",
                service="police", serves="central_services"),
        _bought("EX-FA", "EX-PC", ALL_YEAR, 1_090_000, "Control", "Shared control room", "03.2",
                service="fire_rescue", serves="police"),
        _bought("EX-DV", "EX-DO", ALL_YEAR, 648_000, "Corporate", "Shared audit and payroll",
                "01.3", service="central_services"),
        replace(
            _bought("EX-CC", "Wexshire Pension Fund (example)", ALL_YEAR, 52_000_000,
                    "Corporate Services", "Pension contributions", "10.2",
                    service="central_services"),
            nature="pension",
            telling=False,
        ),
        _bought("EX-IB", "NHS Norwexshire Integrated Care Board", QUARTERS, 2_900_000, "Acute",
                "Out of area patients", "07.3", service="nhs_care"),
    ]  # fmt: skip


def _taxes_on_pay() -> list[Flow]:
    flows = []
    for payer, pounds in (("EX-CC", 31_000_000), ("EX-DT", 4_100_000), ("EX-PC", 22_000_000)):
        service = "police" if payer == "EX-PC" else "central_services"
        paid = _bought(payer, "Revenue and Duties Office (example)", ALL_YEAR, pounds, "Payroll",
                       "Income tax and national insurance", "01.1", service=service)  # fmt: skip
        flows.append(replace(_taxed(paid), telling=payer == "EX-PC"))
    return flows


def _credits() -> list[Flow]:
    return [
        _bought("EX-CC", district, QUARTERS, 5_300 * _COLLECTED[district], "Environment",
                "Recycling credits", "05.1", service="environment")
        for district in DISTRICTS
    ]  # fmt: skip


def _beyond_the_count() -> list[Flow]:
    """Money for others that goes to bodies which no agency of the place counts, and a loan.

    They stand last, so that an agency's other payments of the same seed are what they were.
    """
    flows = [
        Flow(district, f"{parish} Parish Council", HALVES, _pounds(pounds), Deal.PASSED_ON,
             "precept", "Collection Fund", "Parish precept", "01.8", "passed_on")
        for district, parish, pounds in (
            ("EX-DO", "Yarbello", 61_400), ("EX-DO", "Skelvimere", 48_900),
            ("EX-DV", "Plevantry", 72_300),
        )
    ]  # fmt: skip
    flows += (
        Flow("EX-DV", "Vellingmarsh Internal Drainage Board", HALVES, _pounds(684_000),
             Deal.PASSED_ON, "levy", "Environmental Services", "Drainage board levy", "05.2",
             "passed_on"),
        Flow("EX-DT", "Norwexshire County Council", (6, 12), _pounds(9_000_000), Deal.LENT, "loan",
             "Treasury Management", "Temporary loan - principal", "", "not_spending"),
    )  # fmt: skip
    return flows


FLOWS: Final = tuple(
    _precepts() + _grants() + _services() + _taxes_on_pay() + _credits() + _beyond_the_count()
)


def instalment_pence(flow: Flow, years_on: int) -> int:
    """One instalment of a flow, so many years after the first, in pence."""
    year_pence = flow.first_year_pence * (100 + GROWTH_PER_CENT * years_on) // 100
    return year_pence // len(flow.months)


def in_year_pence(flow: Flow, year: int) -> int:
    """All instalments of a flow in the financial year that begins in `year`, in pence."""
    return instalment_pence(flow, year - FIRST_YEAR) * len(flow.months)
