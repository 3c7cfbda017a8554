"""Appraisals for tests: one builder for each noun, and the published ones recomputed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from totalplace.commissioning.rules.appraisal.terms import (
    Appraisal,
    Cost,
    Gain,
    Gives,
    Number,
    Outcome,
    Pays,
    What,
)

D = Decimal


def a_number(mid: str | int, low: str | int = "", high: str | int = "", **said: Any) -> Number:
    """A number; without a low and a high it is certain."""
    ends = [D(mid) if one == "" else D(one) for one in (low, high)]
    return Number(ends[0], D(mid), ends[1], **said)


def a_cost(code: str = "team", **said: Any) -> Cost:
    values: dict[str, Any] = {
        "title": "A team", "who": "Council", "pays": Pays.REVENUE, "pence": (100_000_00,),
        "grade": 1, "price_year": 2026, "source": "The council's budget",
    }  # fmt: skip
    return Cost(code, **(values | said))


def a_gain(code: str = "beds", **said: Any) -> Gain:
    values: dict[str, Any] = {
        "title": "Fewer days in hospital", "who": "Hospital", "gives": Gives.FISCAL,
        "pounds": a_number(1000, source="Its reference costs"), "cashable": a_number(1),
        "price_year": 2026,
    }  # fmt: skip
    return Gain(code, **(values | said))


def numbers(**said: Number) -> dict[What, Number]:
    """The numbers of an outcome that happens to a hundred people for certain."""
    found = {
        What.ELIGIBLE: a_number(100), What.TAKE_UP: a_number(1), What.ATTRITION: a_number(0),
        What.SUCCESS: a_number(1), What.DEADWEIGHT: a_number(0), What.DROP_OFF: a_number(0),
    }  # fmt: skip
    return found | {What[name.upper()]: number for name, number in said.items()}


def an_outcome(code: str = "home", *gains: Gain, **said: Any) -> Outcome:
    values: dict[str, Any] = {
        "title": "Home sooner", "counted_in": "people", "grade": 1, "numbers": numbers(),
        "gains": gains or (a_gain(),),
    }  # fmt: skip
    return Outcome(code, **(values | said))


def an_appraisal(**said: Any) -> Appraisal:
    values: dict[str, Any] = {
        "title": "Home sooner from hospital", "option": "reablement",
        "otherwise": "People wait for a place in a home", "first_year": 2026, "years": 1,
        "price_year": 2026, "costs": (a_cost(),), "outcomes": (an_outcome(),),
    }  # fmt: skip
    return Appraisal(**(values | said))


def uncertain() -> Appraisal:
    """Three parties, five uncertain numbers, a lag and a drop-off."""
    work = numbers(
        eligible=a_number(100, 80, 120, source="Count"), take_up=a_number("0.5", "0.3", "0.6"),
        attrition=a_number("0.1"), success=a_number("0.2", "0.1", "0.3"),
        deadweight=a_number("0.4", "0.3", "0.6"), drop_off=a_number("0.2"),
    )  # fmt: skip
    gains = (
        a_gain("benefits", who="Department", pounds=a_number(9234), cashable=a_number("0.8")),
        a_gain("care", who="Health board", pounds=a_number(566), cashable=a_number("0.5")),
        a_gain(
            "well", who="Residents", gives=Gives.SOCIAL, pounds=a_number(3500), health=True,
            cashable=a_number(0),
        ),
    )  # fmt: skip
    outcome = an_outcome(
        "work", *gains, title="Into work", grade=3, numbers=work, intakes=3, lag_years=1,
        lasts_years=4,
    )  # fmt: skip
    cost = a_cost(pence=(50_000_00,) * 3, grade=3, low=D("0.9"), high=D("1.2"))
    return an_appraisal(years=10, costs=(cost,), outcomes=(outcome,), notes="Tried in one town")


def dorset(*, pounds_a_year: int, provision_pounds: int, cashable: str = "1") -> Appraisal:
    """Older people diverted from hospital: what the hospital saves, what others provide instead."""
    gain = a_gain(
        "hospital", who="Hospitals", title="Fewer admissions",
        pounds=a_number(pounds_a_year, source="Total Place pilot, 2010"),
        cashable=a_number(cashable),
    )  # fmt: skip
    once = numbers(eligible=a_number(1))
    outcome = an_outcome(
        "diverted", gain, title="15 in 100 admissions diverted", numbers=once, lasts_years=3
    )
    cost = a_cost(
        "instead", title="Provision instead", who="Community services",
        pence=(provision_pounds * 100,) * 3,
    )  # fmt: skip
    return an_appraisal(title="Older people", years=3, costs=(cost,), outcomes=(outcome,))


def families(*, gain_pounds: int, cost_pounds: int, **said: Number) -> Appraisal:
    """The families programme as published in March 2015: pounds for each of 105,671 families."""
    gain = a_gain(
        "taxpayer", who="Taxpayer", title="Less spent on a family",
        pounds=a_number(gain_pounds, source="DCLG, March 2015"),
    )  # fmt: skip
    many = numbers(eligible=a_number(105_671, source="Statement of 10 March 2015"), **said)
    outcome = an_outcome("turned", gain, title="A family turned around", numbers=many)
    cost = a_cost("work", title="Work with families", pence=(105_671 * cost_pounds * 100,))
    return an_appraisal(title="Families", costs=(cost,), outcomes=(outcome,))


# Florence, Shepherd, Brennan and Simon, Injury Prevention 2014;20:108, table 5, in pounds of 2003:
# all gains, of those the health service's, of those criminal justice's, and what was spent.
CARDIFF = {
    2003: ("-283894.39", "24848.87", "-51581.29", "46972.10"),
    2004: ("3924337.24", "713321.38", "910977.37", "58080.84"),
    2005: ("3423234.40", "635101.38", "797063.46", "69340.92"),
    2006: ("3451165.55", "648531.61", "805111.96", "60034.92"),
    2007: ("3617957.36", "701257.80", "848027.72", "72494.92"),
}


def cardiff() -> Appraisal:
    """Health services, police and council sharing what they know of violence, year by year."""
    outcomes = []
    for lag, (year, said) in enumerate(CARDIFF.items()):
        every, health, justice, _ = map(D, said)
        gains = tuple(
            a_gain(
                f"{who.casefold()}-{year}", who=who, gives=gives, price_year=2003,
                pounds=Number.known(pounds, "Injury Prevention 2014;20:108, table 5"),
                cashable=a_number(0),
            )
            for who, gives, pounds in (
                ("Health", Gives.FISCAL, health),
                ("Justice", Gives.FISCAL, justice),
                ("Society", Gives.SOCIAL, every - health - justice),
            )
        )  # fmt: skip
        once = numbers(eligible=a_number(1))
        outcomes.append(
            an_outcome(f"y{year}", *gains, title="Less violence", numbers=once, lag_years=lag)
        )
    cost = a_cost(
        "programme", who="Partners", title="Sharing what is known", price_year=2003,
        pence=tuple(int(D(said[3]) * 100) for said in CARDIFF.values()),
    )  # fmt: skip
    return an_appraisal(
        title="Sharing what is known of violence", first_year=2003, price_year=2003, years=5,
        costs=(cost,), outcomes=tuple(outcomes),
    )  # fmt: skip
