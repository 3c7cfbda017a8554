"""Pages of what a plan costs, protects and rests on: who reads them, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from totalplace.commissioning.actions import plans
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.rules.case import Area, Fund
from totalplace.commissioning.rules.finance import Cause, Money, Planned, Reserve
from totalplace.commissioning.rules.sorts import Sort
from totalplace.doors.report.plan_money import money_workbook
from totalplace.doors.web.commissioning.weighing import opening
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..commissioning.cases import effect, option  # noqa: TID252
from ..commissioning.plans_made import ADA, Wexshire, a_case, begun  # noqa: TID252

AT = "/commissioning/wexshire/1/"
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def here() -> Wexshire:
    """The place, whose plan was proposed this year."""
    return begun()


@pytest.fixture
def commissioner(an_officer: Appointed, signed_in: SignedIn, here: Wexshire) -> Client:
    """Who may plan for the place. The place is there before, for the first mandate ends Ada's."""
    here.proposed()
    return signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))


def words_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK, path
    return " ".join(answer.content.decode().split())


def test_a_draft_is_read_by_officers_of_the_place_and_what_is_proposed_by_anybody(
    here: Wexshire, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.drafted()
    finance = signed_in(an_officer("fin", Role.FINANCE_LEAD, place="wexshire"))
    assert client.get(f"{AT}money/").status_code == HTTPStatus.NOT_FOUND
    assert signed_in(an_officer("eve")).get(f"{AT}money/").status_code == HTTPStatus.NOT_FOUND
    assert "The money, year by year" in words_of(finance, f"{AT}money/")
    assert client.get("/commissioning/wexshire/9/money/").status_code == HTTPStatus.NOT_FOUND


def test_the_financial_plan_says_at_once_that_only_the_plan_is_in_it(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}money/")
    assert "Counting the plan and its funds alone: every budget is in balance" in said
    assert "Nobody has said yet what else comes in and goes out" in said
    assert "A plan is not adopted without it" in said
    assert "optimal" not in said.lower()


def test_a_commissioner_gives_the_money_beside_the_plan_and_anybody_reads_it(
    commissioner: Client, client: Client
) -> None:
    money = Money(
        resources=(Planned("Council tax", (300_00,), source="budget book, page 4"),),
        pressures=(Planned("Pay", (500_00,), cause=Cause.INFLATION),),
        reserves=(Reserve("General reserve", 90_00, (10_00,), (0,), 85_00, "five per cent"),),
    )
    given = money_workbook(money, first_year=2027, years=1)
    file = SimpleUploadedFile("money.xlsx", given, content_type=XLSX)
    answer = commissioner.post(f"{AT}money/give/", {"file": file, "reason": "Budget report"})
    assert answer.status_code == HTTPStatus.FOUND
    said = words_of(client, f"{AT}money/")
    for words in (
        "Not in balance: 1 budget is short in a year.", "budget book, page 4", "£5 too little",
        "The budget of Wexshire Council is short by £190.00.", "Budget report",
    ):  # fmt: skip
        assert words in said, words
    again = client.get(f"{AT}money/money.xlsx").content
    file = SimpleUploadedFile("money.xlsx", again, content_type=XLSX)
    refused = commissioner.post(f"{AT}money/give/", {"file": file, "reason": "Again"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "is what stands already" in refused.content.decode()


def test_a_workbook_with_a_fault_is_not_taken_and_its_cell_is_named(commissioner: Client) -> None:
    money = Money(pressures=(Planned("Pay", (500_00,)),))
    file = SimpleUploadedFile("m.xlsx", money_workbook(money, first_year=2027, years=1))
    said = commissioner.post(f"{AT}money/give/", {"file": file, "reason": "x"}).content.decode()
    assert "Pressures, C2: is not a cause" in said
    wrong = SimpleUploadedFile("m.xlsx", b"no workbook")
    answer = commissioner.post(f"{AT}money/give/", {"file": wrong, "reason": "x"})
    assert answer.status_code == HTTPStatus.CONFLICT
    said = commissioner.post(f"{AT}money/give/", {}).content.decode()
    assert "Choose the workbook" in said
    assert "Say why" in said


def test_who_may_not_plan_may_not_say_the_money_beside_it(
    commissioner: Client, an_officer: Appointed, signed_in: SignedIn, client: Client
) -> None:
    money = Money(pressures=(Planned("Pay", (500_00,), cause=Cause.DEMAND),))
    made = money_workbook(money, first_year=2027, years=1)
    lead = signed_in(an_officer("fin", Role.FINANCE_LEAD, agency="icb"))
    file = SimpleUploadedFile("m.xlsx", made)
    answer = lead.post(f"{AT}money/give/", {"file": file, "reason": "x"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert client.get(f"{AT}money/give/").status_code == HTTPStatus.FOUND


def test_typed_amounts_are_counted_and_checked_and_nothing_is_kept(commissioner: Client) -> None:
    page = words_of(commissioner, f"{AT}totals/")
    assert "every demand is met" in page
    sent = {"line-0": "1,900", "line-1": "lots", "line-2": "100", "kept": "3:1 99:5 x"}
    answer = commissioner.post(f"{AT}totals/", sent).content.decode()
    assert 'value="1,900"' in answer
    assert 'value="lots"' in answer
    assert "Visits, 2027-28: write pounds, such as 1,250,000 or 0" in answer
    assert "1 amount is no sum of money and is counted as before." in answer
    said = " ".join(answer.split())
    assert "Demands that are not met" in said
    assert "too much" in said
    assert "its money is left where it is" in said
    assert "every demand is met" in words_of(commissioner, f"{AT}totals/")


def test_a_script_is_given_the_part_alone_with_the_same_words(commissioner: Client) -> None:
    sent = {"line-0": "1"}
    whole = commissioner.post(f"{AT}totals/", sent).content.decode()
    part = commissioner.post(f"{AT}totals/", sent, headers={"X-Part": "totals"}).content.decode()
    assert "<html" not in part
    assert part.strip() in whole


def test_what_was_typed_on_one_page_is_counted_on_the_next(commissioner: Client) -> None:
    only = {"agency": "icb", "kept": "0:100"}
    answer = commissioner.post(f"{AT}totals/", only).content.decode()
    assert 'name="line-2"' in answer
    assert 'name="line-0"' not in answer
    assert 'name="kept" value="0:100"' in answer


def test_anybody_tries_amounts_of_what_is_proposed_and_of_no_draft(
    here: Wexshire, client: Client
) -> None:
    here.drafted()
    assert client.get(f"{AT}totals/").status_code == HTTPStatus.NOT_FOUND
    plans.propose("wexshire/1", Chosen(Sort.MOST, "It does most."), by=ADA, on=here.at(60))
    assert "It changes nothing, and nothing is kept." in words_of(client, f"{AT}totals/")
    answer = client.post(f"{AT}totals/", {"line-0": "1,900"})
    assert "Demands that are not met" in answer.content.decode()


def test_how_much_is_known_is_said_with_every_source_and_nothing_is_called_best_for_it(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}known/")
    for words in (
        "Of every £100 in this plan, £75 rests on effects with a source that anybody can open",
        "of every 100 ways that the effects could turn out", "goes the same way", "https://example.org/trial",
        "3 of 5: compared with others", "Services left where they are", "with seed 1",
    ):  # fmt: skip
        assert words in said, words
    assert "optimal" not in said.lower()


def test_a_plan_whose_moves_turn_round_too_often_is_not_called_best(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}known/")
    assert "So this may be called: the plan, if these guesses hold." in said
    assert "No page calls this plan best." in said


def test_the_board_paper_says_what_is_proposed_by_whom_it_is_answered_and_what_is_lacking(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}paper/")
    for words in (
        "That the plan ‘most outcomes’ be adopted as the allocation of Wexshire.",
        "It does most for children.", "(runner-up)", "has said nothing", "None was made yet",
        "decision wex-council/1", "£100 in this plan",
    ):  # fmt: skip
        assert words in said, words
    assert client.get(f"{AT}paper/paper.xlsx").content == (
        client.get(f"{AT}paper/paper.xlsx").content
    )


def test_a_service_is_found_by_its_name_its_agency_and_which_way_its_money_goes(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    every = words_of(client, f"{AT}why/")
    assert "Services found: 4" in every
    assert every.index("Visits") < every.index("Nursery")  # what loses most comes first
    found = words_of(client, f"{AT}why/?words=vis&way=less&agency=wex")
    assert "Services found: 1" in found
    assert f"{AT}why/visits/" in found
    assert "No service has that name there" in words_of(client, f"{AT}why/?words=zzz")


def test_what_each_demand_costs_is_said_in_words_with_the_range(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}prices/")
    for words in (
        "would win",
        "That holds, within a tenth, between",
        "What the money itself is worth",
    ):
        assert words in said, words
    assert "optimal" not in said.lower()


def test_each_step_to_walk_to_is_a_plan_and_says_what_differs(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    said = words_of(client, f"{AT}frontier/")
    assert said.count('<svg class="tp-picture" role="img"') == 2
    assert "80% of the money" in said
    assert "With the same money, no area gets less for each person" in said
    step = words_of(client, f"{AT}frontier/cost/2/")
    assert "Services that differ from the step before" in step
    assert "What each area gets" in step
    assert "Fairer between areas, step 1 of 7" in words_of(client, f"{AT}frontier/fairness/1/")
    assert "Only one area" not in words_of(client, f"{AT}frontier/")
    for at in ("cost/0/", "cost/8/", "beauty/1/"):
        assert client.get(f"{AT}frontier/{at}").status_code == HTTPStatus.NOT_FOUND


def test_what_goes_first_where_money_falls_is_said_and_from_where_there_is_no_plan(
    here: Wexshire, client: Client
) -> None:
    its = a_case()
    safe = replace(its.options[1], protected=True)
    here.proposed(replace(its, options=(its.options[0], safe, *its.options[2:])))
    said = words_of(client, f"{AT}pressure/")
    for words in (
        "services would lose money as it falls by up to 20%", "Loses from a cut of",
        "It is protected: it never gets less than now.",
        "Its effect is not known, so that it falls as its funds do. That is no advice.",
    ):  # fmt: skip
        assert words in said, words


def test_why_a_service_was_cut_is_answered_with_the_numbers(here: Wexshire, client: Client) -> None:
    here.proposed()
    said = words_of(client, f"{AT}why/visits/")
    for words in (
        "Why Visits gets less", "Its last pound reaches", "gets £204.72 more",
        "Where money went that could have paid for it", "Graded 3 of 5",
    ):  # fmt: skip
        assert words in said, words
    assert client.get(f"{AT}why/nothing/").status_code == HTTPStatus.NOT_FOUND
    fairest = words_of(client, f"{AT}why/visits/?plan=fairest")
    assert "It was not chosen for outcomes alone" in fairest


def test_prices_and_cuts_are_taken_away_as_tables_and_another_plan_is_looked_at(
    here: Wexshire, client: Client
) -> None:
    here.proposed()
    prices = client.get(f"{AT}prices/prices.csv").content.decode()
    assert prices.startswith("demand,title,kind,unit,amount,points_per")
    cuts = client.get(f"{AT}pressure/pressure.csv").content.decode().splitlines()
    assert cuts[0].startswith("option,title,now_pence,falls_by_0_per_cent")
    assert len(cuts) == 5
    proposed = words_of(client, f"{AT}money/")
    assert "Shown is “most outcomes”, which is proposed." in proposed
    assert "Shown is “fairest”." in words_of(client, f"{AT}money/?plan=fairest")
    assert words_of(client, f"{AT}money/?plan=none") == proposed


def test_where_no_plan_meets_every_demand_it_is_said_from_which_cut_on_and_why(
    here: Wexshire, client: Client
) -> None:
    its = a_case()
    kept = tuple(replace(one, protected=True) for one in its.options)
    here.proposed(replace(its, options=kept))
    said = words_of(client, f"{AT}pressure/")
    assert "From a fall of 5% on, no plan meets every demand: which clash stands below." in said
    assert "There is a plan with the money that there is, and none with less." in said
    assert "as it falls by up to" not in said
    assert "Why there is no plan from 5% on" in said
    assert "With no cut</th>" in said
    assert "Falls by 5%</th>" not in said  # no column where there is no plan
    assert "No plan meets every demand" in said


def test_a_service_that_the_plan_has_cut_to_nothing_does_not_keep_its_money(
    here: Wexshire, client: Client
) -> None:
    its = a_case()
    least = option("visits", 600, effect("0"), agency="wex", area="N")
    here.proposed(replace(its, options=(its.options[0], least, *its.options[2:])))
    said = words_of(client, f"{AT}pressure/")
    assert 'Visits</a><span class="tp-under">Has lost it already</span>' in said


def test_where_areas_cannot_be_compared_one_row_says_so_and_no_column_is_nought_throughout(
    here: Wexshire, client: Client
) -> None:
    its = a_case()
    here.proposed(replace(its, areas=(*its.areas, Area("E", "East", 500))))
    said = words_of(client, f"{AT}frontier/")
    assert "East has no service of its own whose money can move" in said
    assert said.count("No area below") == 1
    assert said.count("What the worst-off area gets</th>") == 1
    assert "fair-t" not in said


def test_money_is_told_as_money_and_not_as_a_ring_fence_to_be_done_without(
    here: Wexshire, client: Client
) -> None:
    funds = (Fund("grant", "the grant", (1_500_00,)), Fund("care", "care money", (500_00,)))
    its = a_case(funds=funds, rules=())
    its = replace(its, options=tuple(replace(one, funds=("grant",)) if one.code == "classes"
                                     else one for one in its.options))  # fmt: skip
    here.proposed(its)
    said = words_of(client, f"{AT}prices/")
    _, _, money = said.partition("What the money itself is worth")
    assert "can pay in year 1: at most £" in money
    assert "Each £100 more would win" in money
    assert "Ring-fence" not in said
    assert ",the money that there is," in client.get(f"{AT}prices/prices.csv").content.decode()


def test_from_each_page_of_a_plan_there_is_a_way_to_the_appraisals_of_its_place_if_there_are_any(
    here: Wexshire, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.proposed()
    assert "/commissioning/appraisals/wexshire/" not in words_of(client, f"{AT}known/")
    published = SimpleNamespace(published=(1,))
    monkeypatch.setattr(opening, "appraisals", lambda _: (published,))
    for at in (f"{AT}known/", f"{AT}paper/", AT, "/commissioning/wexshire/"):
        said = words_of(client, at)
        assert "/commissioning/appraisals/wexshire/" in said, at
    assert "Cited as plan wexshire/1" in words_of(client, f"{AT}paper/")


def test_the_workbook_of_lines_says_what_the_plan_brings(here: Wexshire, client: Client) -> None:
    here.proposed()
    content = client.get(f"{AT}lines.xlsx").content
    rows = list(load_workbook(BytesIO(content))["What it brings"].iter_rows(values_only=True))
    assert rows[0][5] == "This plan brings"
    assert {row[2] for row in rows[1:]} == {"2027-28"}
