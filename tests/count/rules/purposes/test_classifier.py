"""What a payment was for: by words as published, whoever published them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.classifier import Purpose
from totalplace.count.rules.purposes.words import Words


def told(unit: str = "", purpose: str = "", detail: str = "", payee: str = "") -> Purpose:
    (found,) = classifier().classify([Words(unit, purpose, detail, payee)])
    return found


COST_CENTRES = {
    "ASC Commissioning": "adult_social_care",
    "Older People Residential": "adult_social_care",
    "Reablement": "adult_social_care",
    "Looked After Children": "children_social_care",
    "Leaving Care": "children_social_care",
    "SEN Transport": "education",
    "Home to School Transport": "education",
    "Dedicated Schools Grant": "education",
    "Refuse": "environment",
    "Bereavement": "environment",
    "Trading Standards": "environment",
    "Fleet": "central_services",
    "Revs & Bens": "central_services",
    "Democratic Services": "central_services",
    "Coroner": "central_services",
    "Parks": "culture",
    "Leisure": "culture",
    "Housing Options": "housing",
    "Disabled Facilities Grants": "housing",
    "HRA Repairs": "housing_revenue_account",
    "Right to Buy": "housing_revenue_account",
    "Public Health - Sexual health": "public_health",
    "School Nursing": "public_health",
    "Development Control": "planning",
    "UKSPF": "planning",
    "Street Lighting": "highways_transport",
    "Concessionary Fares": "highways_transport",
    "Parish Precepts": "passed_on",
    "Council Tax refunds": "not_spending",
    "Rent Allowances": "housing_benefit",
    "Adult Education Budget": "employment_support",
}


@pytest.mark.parametrize(("unit", "service"), COST_CENTRES.items())
def test_names_that_councils_give_their_cost_centres_are_known(unit: str, service: str) -> None:
    assert told(unit).service == service


# The heads of the revenue outturn (RSX), as MHCLG writes them.
HEADS = {
    "Education services": "education",
    "Highways and transport services": "highways_transport",
    "Children Social Care": "children_social_care",
    "Adult Social Care": "adult_social_care",
    "Public Health": "public_health",
    "Housing services (GFRA only)": "housing",
    "Cultural and related services": "culture",
    "Environmental and regulatory services": "environment",
    "Planning and development services": "planning",
    "Police services": "police",
    "Fire and rescue services": "fire_rescue",
    "Central services": "central_services",
}


@pytest.mark.parametrize(("head", "service"), HEADS.items())
def test_the_heads_of_the_outturn_are_known(head: str, service: str) -> None:
    assert told(detail=head).service == service


@pytest.mark.parametrize(
    "bought",
    ["Agency staff", "Computers", "Postage", "Supplies and Services", "Fire alarms", "Training",
     "Car Allowances", "Third Party Payments", "Electricity", "Consultants fees", "Transport",
     "Legal fees", "Fees & Charges", "Repairs and Maintenance", "#N/A"],
)  # fmt: skip
def test_what_every_service_buys_tells_no_service(bought: str) -> None:
    assert told(purpose=bought).service == "unclassified"
    assert told("Libraries", bought).service == "culture"
    assert told("Adult Social Care", bought).service == "adult_social_care"


def test_a_services_lawyers_stay_the_services() -> None:
    assert told("Legal Services").service == "central_services"
    assert told("Adult Social Care", "Legal Services").service == "adult_social_care"


def test_a_directorate_of_several_services_tells_none_of_them() -> None:
    for unit in ("Environment, Housing & Leisure", "Health, Education and Care"):
        assert told(unit, "Equipment").service == "unclassified", unit
    assert told("Environment, Housing & Leisure", "Libraries").service == "culture"


def test_the_payees_name_is_only_a_hint() -> None:
    assert told(payee="Sunnyside Nursing Home").service == "adult_social_care"
    assert told("Housing Options", payee="Sunnyside Nursing Home").service == "housing"
    assert told(payee="A1 Taxis").service == "unclassified"


def test_a_police_bodys_payments_are_for_policing_whatever_they_bought() -> None:
    words = [Words(purpose="Vehicle Repairs"), Words(purpose="Waste Collection Charges"), Words()]
    for kind, service in {
        "police": "police",
        "fire": "fire_rescue",
        "nhs-board": "nhs_care",
        "nhs-trust": "nhs_care",
    }.items():
        found = classifier().classify(words, agency_kind=kind)
        assert {purpose.service for purpose in found} == {service}
    assert {p.service for p in classifier().classify(words, agency_kind="county")} != {"police"}


def test_a_police_body_lends_and_passes_on_too() -> None:
    lent = [Words(purpose="Temporary investments", detail="Money market fund")]
    (found,) = classifier().classify(lent, agency_kind="police")
    assert found.service == "not_spending"


def test_a_reading_names_the_words_that_told() -> None:
    assert told(purpose="Home care").why == "'home care' in the purpose"
    both = told("Older people", "Home care").why
    assert both == "'home care' in the purpose and 'older people' in the unit"


def test_words_that_contradict_each_other_are_said_and_not_chosen_between() -> None:
    found = told("Libraries", "Refuse collection")
    assert found.service == "unclassified"
    assert found.why.startswith(("'library'", "'libraries'", "'refuse"))
    assert " speaks for " in found.why


@pytest.mark.parametrize(
    ("words", "economic"),
    [
        (Words("Capital Programme", "Agency staff"), "capital"),
        (Words("Housing", "Disabled Facilities Grant"), "capital"),
        (Words("Parks", detail="BBC - Revenue"), "revenue"),
        (Words("Parks", "Supplies and Services"), "revenue"),
        (Words("Finance", "Capital financing costs"), "unknown"),
        (Words("Revenues and Benefits"), "unknown"),
        (Words("Parks"), "unknown"),
    ],
)
def test_revenue_and_capital_are_told_apart(words: Words, economic: str) -> None:
    (found,) = classifier().classify([words])
    assert found.economic == economic


def test_several_columns_of_detail_are_heard_one_by_one() -> None:
    assert told(detail="Social Services · Residential Care OP").service == "adult_social_care"


WRITTEN = st.sampled_from(
    ["Housing", "benefit", "Schools", "and", "Parks", "repairs", "Council", "Tax", "&", "road",
     "safety", "care", "home", "Children's", "legal", "fees", "capital", "revenue", "24/25"]
)  # fmt: skip


@given(st.lists(WRITTEN, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_and_the_case_of_words_do_not_matter(words: list[str], chance: object) -> None:
    turned = list(words)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    found = told(" ".join(words), " ".join(words))
    again = told(" ".join(turned).upper(), " ".join(turned).lower())
    assert (again.service, again.economic, again.confidence) == (
        found.service,
        found.economic,
        found.confidence,
    )


@given(st.text(" \t-–·.,:/#0123456789", max_size=12), st.text(" -", max_size=3))
def test_a_line_without_words_is_unclassified(one: str, other: str) -> None:
    found = told(one, other)
    assert (found.service, found.confidence) == ("unclassified", 0.0)
    assert found.why == "nothing that was published tells what it was for"


@given(st.lists(st.builds(Words, *[st.text(max_size=20)] * 4), max_size=8))
def test_any_text_gets_a_service_of_the_list_and_a_share_for_confidence(lines: list[Words]) -> None:
    found = classifier().classify(lines)
    assert len(found) == len(lines)
    assert all(p.service in services() and 0 <= p.confidence <= 1 and p.why for p in found)


@given(st.lists(WRITTEN, min_size=1, max_size=8))
def test_a_line_is_told_alike_alone_and_among_others(words: list[str]) -> None:
    lines = [Words(unit, purpose) for unit in words for purpose in words]
    together = classifier().classify(lines)
    assert together == [classifier().classify([line])[0] for line in lines]
