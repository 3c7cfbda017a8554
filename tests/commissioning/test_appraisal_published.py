"""Published appraisals recomputed from their published inputs, and what makes the difference."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import pytest

from totalplace.commissioning.definitions.appraisal.reading import method, unit_values
from totalplace.commissioning.rules.appraisal import appraise
from totalplace.commissioning.rules.appraisal.chances import switches
from totalplace.commissioning.rules.appraisal.rates import NEVER, Schedule, Step
from totalplace.commissioning.rules.appraisal.results import Column, result
from totalplace.commissioning.rules.appraisal.sharing import Agreed, NoneExists

from .appraisals_made import (
    D,
    a_cost,
    a_gain,
    a_number,
    an_appraisal,
    an_outcome,
    cardiff,
    dorset,
    families,
    numbers,
)

MILLION = 1_000_000_00  # pence


def test_dorset_a_year_and_over_three_years_are_two_appraisals() -> None:
    """Shared Intelligence: about £18m a year saved; BBC, 25 February 2010: over three years."""
    a_year = result(dorset(pounds_a_year=18_000_000, provision_pounds=7_500_000), method())
    in_all = result(dorset(pounds_a_year=6_000_000, provision_pounds=2_500_000), method())
    hospital = a_year.matrix.cell("Hospitals", Column.CASHABLE)
    provided = a_year.matrix.cell("Community services", Column.CASH_COST)
    assert hospital.yearly == (18 * MILLION,) * 3
    assert provided.yearly == (-750_000_000,) * 3
    assert sum(in_all.matrix.cell("Hospitals", Column.CASHABLE).yearly) == 18 * MILLION
    assert sum(in_all.matrix.of_all().yearly) == 1_050_000_000  # £10.5m over three years
    assert sum(a_year.matrix.of_all().yearly) == 3 * 1_050_000_000
    assert isclose(a_year.net, 3 * in_all.net, rel_tol=1e-9)
    assert a_year.fiscal_return is not None
    assert in_all.fiscal_return is not None
    assert round(a_year.fiscal_return, 6) == round(in_all.fiscal_return, 6) == 2.4


def test_dorset_who_pays_is_not_who_gains_so_a_share_is_needed() -> None:
    all_cash = appraise(dorset(pounds_a_year=18_000_000, provision_pounds=7_500_000), method())
    agreed = all_cash.shared[0]
    assert isinstance(agreed, Agreed)
    before = {one.stake.who: one.stake.net for one in agreed.parties}
    assert before["Community services"] < 0 < before["Hospitals"]
    assert all(one.after > 0 for one in agreed.parties)
    # Beds are not money until a ward is shut: where only 40 in 100 can be cashed there is none.
    forty = dorset(pounds_a_year=18_000_000, provision_pounds=7_500_000, cashable="0.4")
    proof = appraise(forty, method(), draws=10).shared[0]
    assert isinstance(proof, NoneExists)
    assert proof.could_pay < proof.lacking


def test_one_job_brings_a_department_and_the_health_service_what_was_published() -> None:
    """Public Finance, May 2014: £9,234 a year to DWP and £566 a year to the NHS."""
    gains = tuple(
        a_gain(one.code, who=one.who, pounds=a_number(str(one.pounds)), price_year=2014)
        for one in unit_values()
    )
    job = an_outcome("job", *gains, numbers=numbers(eligible=a_number(1)))
    terms = an_appraisal(costs=(), outcomes=(job,), price_year=2014, first_year=2014)
    matrix = result(terms, method()).matrix
    assert matrix.cell("Department for Work and Pensions", Column.CASHABLE).worth == 9_234_00
    assert matrix.cell("National Health Service", Column.CASHABLE).worth == 566_00
    assert matrix.of_all().worth == 9_800_00


def test_the_families_programme_of_2015_from_its_published_inputs() -> None:
    """DCLG, The Benefits of the Troubled Families Programme to the Taxpayer (March 2015).

    £11,200 gained and £5,214 spent for each family, 105,671 families; "saved £1.2 billion" and
    "more than double the amount spent".
    """
    report = result(families(gain_pounds=11_200, cost_pounds=5_214), method())
    assert report.gains == 118_351_520_000  # £1.18 billion: published as £1.2 billion
    assert round(report.gains / 100 / 1e9, 1) == 1.2
    assert report.ratio is not None
    assert round(report.ratio, 2) == 2.15  # "more than double"
    # The press release of the same day said £12,000 and £5,493: that is £1.3 billion, not £1.2.
    press = result(families(gain_pounds=12_000, cost_pounds=5_493), method())
    assert round(press.gains / 100 / 1e9, 1) == 1.3
    assert press.ratio is not None
    assert round(press.ratio, 2) == 2.18


def test_the_families_programme_took_nothing_off_for_what_would_have_happened_anyway() -> None:
    its = families(gain_pounds=11_200, cost_pounds=5_214)
    turns = {one.named.key: one.net for one in switches(its, method())}
    deadweight = turns["turned deadweight"]
    assert deadweight is not None
    assert round(deadweight, 3) == 0.534  # above 53.4 in 100 it costs more than it brings
    graded = replace(its, outcomes=(replace(its.outcomes[0], grade=4),))
    assert result(graded, method()).ratio == pytest.approx(2.148 * 0.85, abs=0.001)


def test_a_partnership_of_health_police_and_council_is_reached_to_pence() -> None:
    """Injury Prevention 2014;20:108, table 5: each year published, and all of it discounted.

    £285,142.54 spent brings £12,968,956.15, of which £2,502,966.23 to the health service and
    £3,037,829.38 to criminal justice: 45.48, 8.78 and 10.65 for each pound.
    """
    found = result(cardiff(), method())
    worth = {one: found.matrix.of_party(one).worth for one in found.matrix.parties}
    assert abs(found.costs - 285_142_54) <= 1
    assert abs(found.gains - 12_968_956_15) <= 1
    assert abs(worth["Health"] - 2_502_966_23) <= 1
    assert abs(worth["Justice"] - 3_037_829_38) <= 1
    ratios = [found.gains, worth["Health"], worth["Justice"]]
    assert [round(one / found.costs, 2) for one in ratios] == [45.48, 8.78, 10.65]
    assert found.payback.years == 2  # it costs more than it brings in its first year
    # Added up as they stand, without a rate, they are not what was published.
    assert sum(found.matrix.of_party("Health").yearly) == 2_723_061_04


def at_ten_per_cent(terms: object) -> int:
    flat = Schedule("flat", "Ten per cent", (Step(NEVER, D("0.1")),))
    return result(terms, replace(method(), standard=flat)).net  # type: ignore[arg-type]


def test_a_published_net_present_value_is_reached_to_the_pound() -> None:
    """Invest Northern Ireland, Investment appraisal techniques, discounting cashflow methods.

    £100,000 at 10 per cent: £28,000 for five years is £6,142; £26,000 rising by £1,000 is £5,422.
    """
    once = numbers(eligible=a_number(1))
    level = an_outcome(
        "x", a_gain(pounds=a_number(28_000)), numbers=once, lag_years=1, lasts_years=5
    )
    assert round(at_ten_per_cent(an_appraisal(years=6, outcomes=(level,))), -2) == 6_142_00
    rising = tuple(
        an_outcome(
            f"y{n}", a_gain(f"g{n}", pounds=a_number(25_000 + 1_000 * n)), numbers=once,
            lag_years=n,
        )
        for n in range(1, 6)
    )  # fmt: skip
    assert round(at_ten_per_cent(an_appraisal(years=6, outcomes=rising)), -2) == 5_422_00
    assert a_cost().pence == (100_000_00,)
