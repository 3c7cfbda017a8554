"""Made-up whole places: returns and payments; payments alone; nearly nothing; hostile names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from totalplace.count.rules.published import (
    AgencyYear,
    Body,
    Count,
    Finding,
    Kept,
    Month,
    State,
    Unknown,
    Weight,
)
from totalplace.count.rules.tallies import Tallies, Tally
from totalplace.count.rules.whole_place.changes import Change, Part
from totalplace.count.rules.whole_place.flows import Flow, Matrix, Treatment, matrix, treated
from totalplace.count.rules.whole_place.from_payments import Explained, Paid, spent
from totalplace.count.rules.whole_place.from_returns import Disagreement, TakenOut
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status
from totalplace.count.rules.whole_place.whole import (
    Break,
    Checked,
    SourceUsed,
    WholePlace,
    three_numbers,
)
from totalplace.doors.report.whole import EditionShown, Similar, Themes, Titles
from totalplace.money.years import FinancialYear

YEAR: Final = FinancialYear(2021)
HOSTILE: Final = '=HYPERLINK("http://evil","x")<script>alert(1)</script>&"\'</title>{{ w }}'
NAMES: Final = {
    "council": "Wexshire City Council",
    "police": "Police and Crime Commissioner for Wex and Marl",
    "fire": "Wex and Marl Fire Authority",
    "dwp": "Department for Work and Pensions",
    "nhs_care": "NHS care",
    "drainage": "Lower Marsh Drainage Board",
}
M: Final = 1_000_000_00  # pence of a million pounds


def a_line(agency: str, service: str, pence: int | None, **said: Any) -> Line:
    """A line of the count; measured, certain and net unless something else is said."""
    status = Status.MEASURED if pence is not None else Status.MISSING
    known = {
        "agency_name": NAMES.get(agency, agency), "year": YEAR.label, "income": Income.NET,
        "economic": Economic.REVENUE, "basis": Basis.ACTUAL, "status": status,
        "low_pence": pence, "high_pence": pence, "source": "outturn_2021.xlsx",
    }  # fmt: skip
    return Line(agency=agency, service=service, pence=pence, **(known | said))


def _shared(agency: str, service: str, low: int, pence: int, high: int) -> Line:
    note = "The place is this part of the body's area, by people 40.1%, households 41.0%."
    return a_line(
        agency, service, pence, low_pence=low, high_pence=high, basis=Basis.HEAD_COUNT,
        status=Status.APPORTIONED, note=note,
    )  # fmt: skip


def net_lines() -> tuple[Line, ...]:
    """Lines of a city from returns, of every status."""
    council = {
        "education": 1_010 * M + 1, "adult_social_care": 402 * M + 37, "highways_transport": 61 * M,
        "children_social_care": 267 * M, "public_health": 91 * M, "housing": 48 * M,
        "environment": 82 * M, "culture": 39 * M, "planning": -2 * M, "central_services": 55 * M,
        "housing_benefit": 441 * M + 63,
    }  # fmt: skip
    benefits = {
        "pensioner_benefits": 1_190 * M, "disability_benefits": 702 * M,
        "low_income_benefits": 1_130 * M + 9, "unemployment_benefits": 21 * M,
    }  # fmt: skip
    nhs = a_line(
        "nhs_care", "nhs_care", 2_310 * M, low_pence=2_010 * M, high_pence=2_680 * M,
        status=Status.MODELLED, basis=Basis.FORMULA, source="allocations_2014.csv",
        note="Planned revenue of the NHS. Ways tried: by funding, by prices.",
    )  # fmt: skip
    build = a_line("council", "housing", 74 * M, economic=Economic.CAPITAL)
    return (
        *(a_line("council", service, pence) for service, pence in council.items()),
        build,
        *(a_line("dwp", s, p, source="benefits_2021.csv") for s, p in benefits.items()),
        _shared("police", "police", 258 * M, 262 * M + 5, 271 * M),
        _shared("fire", "fire_rescue", 46 * M, 47 * M, 49 * M),
        nhs,
        a_line("drainage", "unclassified", None, note="No return of this body is held.", source=""),
        a_line(
            "justice", "justice", None, agency_name="Courts and prisons", low_pence=60 * M,
            high_pence=95 * M, note="National sums shared by people.", source="",
        ),
        a_line("council", "other_services", None, note="The return leaves it blank."),
    )  # fmt: skip


def flows() -> tuple[Flow, ...]:
    """Who paid whom: transfers, what is passed on, a recharge, and many small grants."""
    found = [
        Flow("council", "gss:POL", "gss:POL", 2021, "precept", 12, 99 * M, "passed_on", "revenue"),
        Flow("council", "gss:FIRE", "gss:FIRE", 2021, "transfer", 4, 3 * M, "fire_rescue"),
        Flow("police", "gss:CITY", "gss:CITY", 2021, "transfer", 9, 2 * M + 7, "police"),
        Flow("council", "gss:CITY", "gss:CITY", 2021, "recharge", 3, M, "central_services"),
        Flow("council", "gss:HMRC", "gss:HMRC", 2021, "tax", 12, 40 * M, "central_services"),
        Flow("council", "gss:MHCLG", "gss:MHCLG", 2021, "business_rates", 10, 30 * M, "passed_on"),
        Flow("council", "gss:POL", "gss:TOWN", 2021, "transfer", 1, 50_000_00, "culture"),
        Flow("fire", "gss:HMRC", "gss:HMRC", 2021, "loan", 1, 5 * M, "unclassified"),
    ]
    found += [
        Flow("council", f"parish {n}", f"parish {n}", 2021, "transfer", 1, n * 100_00, "culture")
        for n in range(1, 36)
    ]
    counted = {"gss:CITY": "council", "gss:POL": "police", "gss:FIRE": "fire"}
    not_spending = {"precept", "business_rates", "levy", "loan"}
    ruled = [
        replace(f, treatment=Treatment.RULED_OUT) if f.receiver == "gss:TOWN" else f for f in found
    ]
    return tuple(treated(ruled, counted, not_spending=not_spending))


def a_matrix() -> Matrix:
    """The eliminations, with what two receivers say."""
    counted = {"gss:CITY": "council", "gss:POL": "police", "gss:FIRE": "fire"}
    told: dict[tuple[str, str, int | None], int] = {
        ("council", "fire", 2021): 3 * M - 250_00, ("fire", "council", 2021): 8_000_00,
    }  # fmt: skip
    return matrix(flows(), counted, told)


def gross_lines() -> tuple[Line, ...]:
    """What the same bodies paid, each pound at the last counted body."""
    paid = [
        Paid("council", NAMES["council"], YEAR.label, service, economic, 100, pence)
        for service, economic, pence in (
            ("adult_social_care", "unknown", 210 * M + 11), ("central_services", "revenue", 90 * M),
            ("central_services", "unknown", 92 * M), ("culture", "unknown", 12 * M),
            ("passed_on", "revenue", 99 * M), ("passed_on", "unknown", 30 * M),
            ("fire_rescue", "unknown", 3 * M), ("unclassified", "unknown", 61 * M),
        )
    ]  # fmt: skip
    paid.append(Paid("police", NAMES["police"], YEAR.label, "police", "unknown", 50, 80 * M + 3))
    paid.append(Paid("fire", NAMES["fire"], YEAR.label, "unclassified", "unknown", 30, 14 * M))
    return tuple(spent(paid, flows(), source="payments"))


def published(names: dict[str, str] = NAMES) -> Count:
    """The payments of three bodies; the fire authority's year lacks two months."""
    bodies = [Body(code, names[code], "council") for code in ("council", "police", "fire")]
    sums = {"council": 597 * M + 11, "police": 80 * M + 3, "fire": 14 * M}
    years = tuple(_a_year(body, sums[body.code]) for body in bodies)
    finding = Finding(
        Weight.FIGURES, "Part of a year", bodies[2], YEAR.label,
        f"{bodies[2].name} holds ten months of twelve.", "Ask for the missing months.",
    )  # fmt: skip
    kept = tuple(Kept(b, "payment", 12, 12, sums[b.code], sums[b.code]) for b in bodies)
    return Count(
        place="wex", place_name="Wexshire", years=(YEAR.label,), bodies=tuple(bodies),
        nothing_held=(), agency_years=years, findings=(finding,),
        unknowns=(Unknown("Pay", "It is in no payment file."),), kept=kept, faults=(), tables=34,
        taken_on=date(2026, 6, 1),
    )  # fmt: skip


def _a_year(body: Body, pence: int) -> AgencyYear:
    held = 10 if body.code == "fire" else 12
    each = Tallies(payments=Tally(rows=1, pence=pence // held))
    last = Tallies(payments=Tally(rows=1, pence=pence - pence // held * (held - 1)))
    months = tuple(
        Month(m, State.HELD, each if n < held - 1 else last, "net")
        if n < held
        else Month(m, State.NO_FILE, Tallies(), "net")
        for n, m in enumerate(YEAR.months)
    )
    whole = sum((m.tallies for m in months), Tallies())
    return AgencyYear(
        body, YEAR.label, whole, Tallies(), months, held, 0, 0, 40, "net", "from £500"
    )


def _decides(code: str) -> str:
    return str(Titles.known().decides(code))


def a_place() -> WholePlace:
    """A city with returns and payments."""
    lines = net_lines()
    return WholePlace(
        place="wex", place_name="Wexshire", year=YEAR.label, people=1_144_900,
        people_source="mid-year estimates, 2021", net_lines=lines, gross_lines=gross_lines(),
        numbers=three_numbers(lines, _decides, lambda x: x.service.endswith("_benefits")),
        flows=flows(), matrix=a_matrix(),
        taken_out=(TakenOut("housing_benefit", NAMES["dwp"], 442 * M, (NAMES["council"],),
                            441 * M + 63, "The council pays it and is paid back."),),
        checked=(Checked("Precepts and net expenditure", "Precepts stand outside it."),),
        disagreements=(Disagreement(NAMES["council"], YEAR.label, "education", "outturn",
                                    1_010 * M + 1, "budget", 990 * M),),
        explained=(
            Explained("council", NAMES["council"], YEAR.label, 12, 597 * M + 11, 2_495 * M,
                      "outturn", 129 * M),
            Explained("police", NAMES["police"], YEAR.label, 12, 80 * M + 3, 650 * M, "outturn", 0),
            Explained("fire", NAMES["fire"], YEAR.label, 10, 14 * M, None, "", 5 * M),
            Explained("drainage", NAMES["drainage"], YEAR.label, 0, None, None, "", 0),
        ),
        breaks=(Break("fire", NAMES["fire"], "May 2021", "Part of a year. Ten months."),),
        sources=(SourceUsed("a" * 64, "outturn_2021.xlsx", "MHCLG", "OGL v3.0", "outturn"),
                 SourceUsed("b" * 64, "benefits_2021.csv", "DWP", "OGL v3.0", "benefits"),
                 SourceUsed("c" * 64, "spend_apr.csv", "", "", "payments")),
        payments=published(), notes=("Schools that became academies are not in it.",),
        names=NAMES | {"gss:HMRC": "HM Revenue and Customs", "gss:TOWN": "Marl Town Council"},
    )  # fmt: skip


def payments_alone() -> WholePlace:
    """The same city where no return is held."""
    place = a_place()
    known = tuple(replace(e, accounts_pence=None, form="") for e in place.explained)
    return replace(
        place, net_lines=(), numbers=None, taken_out=(), checked=(), disagreements=(),
        explained=known, sources=place.sources[2:],
    )  # fmt: skip


def nearly_nothing() -> WholePlace:
    """A place of which only one estimate and three names are known."""
    lines = tuple(x for x in net_lines() if x.pence is None)
    return replace(
        a_place(), net_lines=lines, gross_lines=(), people=None, people_source="",
        numbers=three_numbers(lines, _decides, lambda _: False), flows=(), matrix=Matrix(()),
        taken_out=(), checked=(), disagreements=(), breaks=(), sources=(), payments=None, notes=(),
        explained=(Explained("council", NAMES["council"], YEAR.label, 0, None, None, "", 0),),
    )  # fmt: skip


def hostile() -> WholePlace:
    """The city with every name and note hostile."""
    place = a_place()
    lines = tuple(
        replace(x, agency_name=HOSTILE, note=HOSTILE, source=HOSTILE, detail=HOSTILE)
        for x in place.net_lines
    )
    return replace(
        place, place_name=HOSTILE, people_source=HOSTILE, net_lines=lines, notes=(HOSTILE,),
        gross_lines=tuple(replace(x, agency_name=HOSTILE) for x in place.gross_lines),
        taken_out=(TakenOut(HOSTILE, HOSTILE, M, (HOSTILE,), M, HOSTILE),),
        checked=(Checked(HOSTILE, HOSTILE),), names=dict.fromkeys(place.names, HOSTILE),
        disagreements=(Disagreement(HOSTILE, HOSTILE, HOSTILE, HOSTILE, M, HOSTILE, 0),),
        explained=tuple(replace(e, agency_name=HOSTILE, form=HOSTILE) for e in place.explained),
        breaks=(Break("fire", HOSTILE, HOSTILE, HOSTILE),),
        sources=(SourceUsed("a" * 64, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        payments=published(dict.fromkeys(NAMES, HOSTILE)),
    )  # fmt: skip


PLACES: Final[dict[str, Callable[[], WholePlace]]] = {
    "returns and payments": a_place, "payments alone": payments_alone,
    "nearly nothing": nearly_nothing, "hostile names": hostile,
}  # fmt: skip


@pytest.fixture(scope="session")
def places() -> dict[str, WholePlace]:
    """Every made-up place by what is special of it."""
    return {name: made() for name, made in PLACES.items()}


@pytest.fixture(params=list(PLACES))
def any_place(request: pytest.FixtureRequest, places: dict[str, WholePlace]) -> WholePlace:
    """Each made-up place in turn."""
    return places[request.param]


@pytest.fixture(scope="session")
def city(places: dict[str, WholePlace]) -> WholePlace:
    """The city with returns and payments."""
    return places["returns and payments"]


def beside(word: str = "") -> dict[str, Any]:
    """All that a report can show beside a count; every word of it may be a hostile one."""
    similar: Sequence[Similar] = (
        Similar(word or "Wexshire", "2008-09", 7_300 * M, 1_016_800, word or "not said",
                word or "its own count", word or "An earlier count.", ((word or "Council", M),)),
        Similar(word or "Marlshire", YEAR.label, None, None, "net", word or "returns"),
    )  # fmt: skip
    parts = (Part("way of paying", word or "direct debits, newly published", 62 * M),
             Part("the rest", "all other payees together", 13 * M))  # fmt: skip
    within = (Part("nature", "precept", 45 * M),)
    return {
        "similar": similar,
        "changes": (Change("council", 19 * M, 94 * M, parts, within),),
        "edition": EditionShown(word or "wex/2021-22/3", "e" * 64, word or "provisional",
                                word or "A. Officer", date(2026, 11, 26), (word or "None yet.",)),
        "themes": Themes(word or "Our plan", {
            "education": {word or "Starting well": 1},
            "public_health": {"Starting well": 30, "Ageing well": 70},
        }),
        "in_prices_of": FinancialYear(2024),
    }  # fmt: skip


@pytest.fixture(scope="session")
def shown_beside() -> Callable[[str], dict[str, Any]]:
    """What a report can show beside a count, with every word as said."""
    return beside


@pytest.fixture(scope="session")
def hostile_word() -> str:
    """A name that is a formula, a script, a quote and a template."""
    return HOSTILE


@pytest.fixture(scope="session")
def titles() -> Titles:
    """The titles that are shipped."""
    return Titles.known()


@pytest.fixture(scope="session")
def tags_of() -> Callable[[str], list[tuple[str, dict[str, str | None]]]]:
    """The tags of a page with their attributes, in order."""

    class Outline(HTMLParser):
        """A page taken apart."""

        def __init__(self) -> None:
            super().__init__()
            self.found: list[tuple[str, dict[str, str | None]]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.append((tag, dict(attrs)))

    def taken_apart(text: str) -> list[tuple[str, dict[str, str | None]]]:
        outline = Outline()
        outline.feed(text)
        return outline.found

    return taken_apart


def _words(text: str) -> str:
    bare = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", "", text, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


@pytest.fixture(scope="session")
def words_of() -> Callable[[str], str]:
    """The words of a page outside its pictures, on one line."""
    return _words


@pytest.fixture(scope="session")
def tables_of() -> Callable[[str], dict[str, list[list[str]]]]:
    """The rows of a page's tables by label: the head in words, cells as they are written."""

    def read(text: str) -> dict[str, list[list[str]]]:
        found = {}
        for label, body in re.findall(
            r'role="region" aria-label="([^"]*)".*?<tbody>(.*?)</table>', text, re.DOTALL
        ):
            rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
            found[unescape(label)] = [
                [_words(re.sub(r"<small>.*?</small>", "", row.partition("</th>")[0])),
                 *re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
                for row in rows
            ]  # fmt: skip
        return found

    return read
