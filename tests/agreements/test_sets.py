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
from totalplace.agreements.rules.lines import Where
from totalplace.agreements.rules.models import Side
from totalplace.count.actions.editions import decide, freeze
from totalplace.count.queries.editions import EditionRow
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.whole_place import Wanted, whole_place
from totalplace.doors.cli.main import totalplace
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role
from totalplace.refusal import Refused

# One builder serves the count's own tests and these.
from ..count.conftest import Place  # noqa: TID252
from .negotiating import ADA, FIRST, Bargain, a_line, a_sum, an_opening

YEAR = FinancialYear(2024)
TAKEN = 1_000_00


@pytest.fixture
def edition(tmp_path: Path, noon: datetime, db: None) -> tuple[Place, EditionRow]:
    """An edition of the payments of a council, signed off."""
    here = Place(tmp_path, noon)
    here.has("wexford")
    here.published("wexford", "may.csv", here.month(2024, 5))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    built = whole_place(Wanted(here.home, "wex", YEAR, [], scratch))
    row = freeze(here.home, ready_to_freeze(built), by=ADA, on=noon)
    return here, row


def signed_off(edition: tuple[Place, EditionRow], noon: datetime) -> str:
    decide(edition[1].id, "sign off", reason="It ties", by=ADA, on=noon)
    return edition[1].citation


def test_an_edition_that_was_never_signed_off_is_not_negotiated_on(
    edition: tuple[Place, EditionRow],
) -> None:
    with pytest.raises(Refused, match="never signed off"):
        sets(edition[0].home, edition[1].citation)


def test_a_signed_off_edition_falls_into_three_sets_and_an_offer_moves_some_of_it(
    edition: tuple[Place, EditionRow], noon: datetime, an_officer: Callable[..., Officer],
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    cited = signed_off(edition, noon)
    home = edition[0].home
    today = sets(home, cited)
    assert today.pence == sum(today.of(where).pence for where in Where) > TAKEN
    line = a_line(covers=("wexford/*",), sums=(a_sum(TAKEN, year=YEAR.start),))
    terms = replace(FIRST, lines=(line,))
    offered = sets(home, cited, terms)
    assert offered.pence == today.pence
    assert offered.of(Where.BLOCK).pence >= TAKEN
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
