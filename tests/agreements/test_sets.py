"""A signed-off edition of the count in three sets, asked by a query, a command and a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from totalplace.agreements.actions.negotiations import open_negotiation
from totalplace.agreements.queries.weighing import sets, weighed
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lines import Where
from totalplace.count.actions.editions import decide, freeze
from totalplace.count.definitions.services import services
from totalplace.count.queries.editions import EditionRow
from totalplace.count.rules.whole_place.beside import beside, plain_beside
from totalplace.count.rules.whole_place.flows import matrix
from totalplace.count.rules.whole_place.frozen import Freezing, digest, plain
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.cli.main import totalplace
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .negotiating import ADA, FIRST, Bargain, a_line, a_sum, an_opening
from .test_partition import spent

YEAR = FinancialYear(2024)
TAKEN = 1_000_00


@pytest.fixture
def edition(tmp_path: Path, noon: datetime, db: None) -> tuple[Home, EditionRow]:
    """An edition of a place of one council and one health board, as it is frozen."""
    home = Home(tmp_path / "home")
    places.register_place("wex", name="Wexshire", by=ADA, on=noon)
    places.register_agency("wexford", name="Wexford Council", kind="council", by=ADA, on=noon)
    places.join_place("wex", "wexford", by=ADA, on=noon)
    spending = (spent("wexford", "housing", 5_000_00), spent("icb", "public_health", 3_000_00))
    whole = WholePlace(
        "wex", "Wexshire", YEAR.label, None, "", spending, (), None, (), matrix((), {}), (), (), (),
        (), (), (), None,
    )  # fmt: skip
    said = plain(whole, (), {})
    told = plain_beside(beside(whole, services().values()))
    ready = Freezing("wex", YEAR.start, said, digest(said, ()), (), beside=told)
    return home, freeze(home, ready, by=ADA, on=noon)


def signed_off(edition: tuple[Home, EditionRow], noon: datetime) -> str:
    decide(edition[1].id, "sign off", reason="It ties", by=ADA, on=noon)
    return edition[1].citation


def test_an_edition_that_was_never_signed_off_is_not_negotiated_on(
    edition: tuple[Home, EditionRow],
) -> None:
    with pytest.raises(Refused, match="never signed off"):
        sets(edition[0], edition[1].citation)


def test_a_signed_off_edition_falls_into_three_sets_and_an_offer_moves_some_of_it(
    edition: tuple[Home, EditionRow], noon: datetime, an_officer: Callable[..., Officer],
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    cited = signed_off(edition, noon)
    home = edition[0]
    today = sets(home, cited)
    assert today.pence == sum(today.of(where).pence for where in Where) > TAKEN
    line = a_line(covers=("icb/*",), sums=(a_sum(TAKEN, year=YEAR.start),))
    terms = replace(FIRST, lines=(line,))
    offered = sets(home, cited, terms)
    assert offered.pence == today.pence
    assert (today.offered.words, offered.offered.words) == ("62.5%", "75.0%")
    assert offered.today == today.today
    found = weighed(FIRST, terms, place="wex", departments=(), home=home, edition=cited)
    assert (found.before, found.after) == (today.offered, offered.offered)
    said = CliRunner().invoke(totalplace, ["agreements", "sets", cited])
    assert "Bodies of the place decide" in said.stdout, said.output
    page_of_an_offer(cited, terms, an_officer, signed_in)


def page_of_an_offer(
    cited: str, terms: object, an_officer: Callable[..., Officer],
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    on = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
    places.register_agency("dft", name="Transport", kind="department", by=ADA, on=on)
    place = an_officer("pat", Role.COMMISSIONER, place="wex")
    opening = an_opening(
        place="wex", host="wexford", departments=("dft",), edition=cited, first_year=YEAR.start
    )
    open_negotiation(opening, by=place, on=on)
    bargain = Bargain(place, place)
    bargain.offered(Side.PLACE, terms)  # type: ignore[arg-type]
    page = signed_in(place).get("/agreements/negotiations/1/sets/").content.decode()
    assert "All spending of Wexshire, in three sets" in page
    assert "A line of the offer bus-services" in page
    assert "Under this offer they would decide" in page
