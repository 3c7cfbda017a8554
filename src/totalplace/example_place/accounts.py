"""What each agency's accounts truly say of a year, by service: the truth of its return.

A return holds what no payment file does: pay, small sums, benefits. It is net of income. What one
agency buys of another is spending of the one and income of the other, so that the sum of all
returns counts it once; grants, precepts, tariffs and levies stand in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from totalplace.example_place.agencies import AGENCIES, DISTRICTS
from totalplace.example_place.between import FLOWS, Deal, in_year_pence
from totalplace.example_place.counted import Account
from totalplace.example_place.country import AREAS
from totalplace.example_place.payments import Books
from totalplace.example_place.seasons import FIRST_YEAR, YEARS, label
from totalplace.money.pence import share_out

BOARD: Final = "EX-IB"
TRUST: Final = "EX-HT"
BENEFITS: Final = "EX-WL"
NOT_RETURNED: Final = (BOARD, 2023)  # the return that nobody has sent
HOUSING_BENEFIT: Final = "housing_benefit"


# Pay of a service in per cent of what it pays to others, and fees and charges likewise.
_PAY_PER_CENT: Final = {
    "adult_social_care": 22, "central_services": 70, "children_social_care": 55, "culture": 120,
    "disability_benefits": 40, "education": 180, "employment_support": 90, "environment": 60,
    "fire_rescue": 320, "highways_transport": 40, "housing": 50, "nhs_care": 6, "planning": 150,
    "police": 260, "public_health": 45,
}  # fmt: skip
_FEES_PER_CENT: Final = {
    "adult_social_care": 12, "central_services": 5, "culture": 30, "education": 8,
    "environment": 18, "fire_rescue": 2, "highways_transport": 20, "housing": 10, "nhs_care": 1,
    "planning": 45, "police": 6,
}  # fmt: skip
_SMALL_PER_CENT: Final = 4  # payments under every threshold
# A trust has to break even and never quite does: its pay is what its contracts leave over.
_DEFICIT_PENCE: Final = {2022: -1_240_000_00, 2023: 3_870_000_00, 2024: 6_115_000_00}
_TENANTS_PER_CENT: Final = 103  # Housing Benefit paid, of the subsidy that comes for it
# Pence a head in 2022-23, about what Great Britain spends on benefits.
_A_HEAD_PENCE: Final = {
    "pensioner_benefits": 2_140_00, "disability_benefits": 905_00, "unemployment_benefits": 9_00,
    "low_income_benefits": 1_215_00, "other_benefits": 84_00,
}  # fmt: skip
_GROWTH_PER_CENT: Final = 6
_BUILT_PENCE: Final = {  # the two buildings of traps.spike, as plan/county and plan/districts pay
    ("EX-CC", 2023, "education"): 6_412_500_00 + 5_870_118_46 + 7_003_260_00,
    ("EX-DB", 2023, "culture"): (
        1_204_300_00 + 2_780_655_25 + 1_918_420_10 + 240_000_00 + 3_050_000_00
    ),
}


def accounts(books: Books) -> tuple[Account, ...]:
    """Every line of every agency's accounts, by agency, year, area and service."""
    return tuple(
        line
        for agency in AGENCIES
        for year in YEARS
        for line in (
            _by_area(books, year)
            if agency.code == BENEFITS
            else _of_agency(books, agency.code, year)
        )
    )


class _Between:
    """What an agency buys of public bodies and is paid by them in a year, by service."""

    def __init__(self, code: str, year: int) -> None:
        self.bought, self.received = Counter[str](), Counter[str]()
        for flow in FLOWS:
            if flow.payer == code and flow.deal in (Deal.BOUGHT, Deal.TAXED):
                self.bought[flow.service] += in_year_pence(flow, year)
            if flow.received_by == code and flow.deal is Deal.BOUGHT:
                self.received[flow.serves or flow.service] += in_year_pence(flow, year)


def _of_agency(books: Books, code: str, year: int) -> Iterator[Account]:
    spent, between = books.spent(code, year), _Between(code, year)
    services = {*spent, *between.bought, *between.received}
    if code in DISTRICTS:
        services.add(HOUSING_BENEFIT)
    for service in sorted(services):
        line = _line(
            (code, label(year), "", service),
            paid=spent[service],
            bought=between.bought[service],
            benefits=_to_tenants(code, year) if service == HOUSING_BENEFIT else 0,
            received=between.received[service],
        )
        if code == TRUST:
            line = _broken_even(line, _DEFICIT_PENCE[year])
        yield replace(
            line,
            capital_pence=_BUILT_PENCE.get((code, year, service), 0),
            returned=(code, year) != NOT_RETURNED,
        )


def _line(
    key: tuple[str, str, str, str], *, paid: int, bought: int = 0, benefits: int = 0,
    received: int = 0,
) -> Account:  # fmt: skip
    """A line whose gross and income are whole pounds, as accounts are.

    What others buy of a body is done by its own people, so it costs as much in pay.
    """
    service = key[-1]
    small = _part(paid, _SMALL_PER_CENT)
    before_pay = paid + bought + small + benefits
    own = 0 if key[0] == TRUST else received
    pay = _in_pounds(_part(paid, _PAY_PER_CENT.get(service, 0)) + own, before_pay)
    fees = _in_pounds(_part(paid, _FEES_PER_CENT.get(service, 0)), received)
    gross, income = before_pay + pay, fees + received
    return Account(
        *key, paid, bought, pay, small, benefits, gross, fees, received, income, gross - income,
        capital_pence=0, returned=True,
    )  # fmt: skip


def _part(pence: int, per_cent: int) -> int:
    return max(0, pence) * per_cent // 100


def _in_pounds(pence: int, beside: int) -> int:
    """A sum a few pence larger, so that it and what stands beside it make whole pounds."""
    return pence + -(pence + beside) % 100


def _broken_even(line: Account, deficit_pence: int) -> Account:
    """A line whose pay is what its contracts leave over, and a planned deficit; never less pay."""
    more = max(0, deficit_pence - line.net_pence)
    return replace(
        line,
        pay_pence=line.pay_pence + more,
        gross_pence=line.gross_pence + more,
        net_pence=line.net_pence + more,
    )


def _to_tenants(district: str, year: int) -> int:
    return _subsidy(district, year) * _TENANTS_PER_CENT // 100


def _subsidy(district: str, year: int) -> int:
    return sum(
        in_year_pence(flow, year)
        for flow in FLOWS
        if flow.service == HOUSING_BENEFIT and flow.payee == district
    )


def _by_area(books: Books, year: int) -> Iterator[Account]:
    """The department of work publishes by area: what it pays to people there, and its own costs.

    Its costs are shared by people, and each area's Housing Benefit is what it paid the council.
    """
    people = {area.gss: area.people(year) for area in AREAS}
    spent = books.spent(BENEFITS, year)
    shares = {service: share_out(pence, people) for service, pence in spent.items()}
    for district, area in zip(DISTRICTS, AREAS, strict=True):
        benefits = {
            service: _risen(pence, year) * people[area.gss]
            for service, pence in _A_HEAD_PENCE.items()
        }
        benefits[HOUSING_BENEFIT] = _subsidy(district, year)
        for service in sorted({*shares, *benefits}):
            yield _line(
                (BENEFITS, label(year), area.gss, service),
                paid=shares[service][area.gss] if service in shares else 0,
                benefits=benefits.get(service, 0),
            )


def _risen(pence: int, year: int) -> int:
    return pence * (100 + _GROWTH_PER_CENT * (year - FIRST_YEAR)) // 100
