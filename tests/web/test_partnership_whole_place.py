"""All public spending is on the partnership's table: by an edition that its readers may read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow
from totalplace.doors import records
from totalplace.doors.web.participation.partnership.telling import on_the_table
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.money.pence import pounds
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation
from totalplace.sources.home import Home

ADA = Operator("Ada")
AT = f"/participation/partnership/{CORNER}/"


@pytest.fixture
def frozen(noon: datetime) -> EditionRow:
    """The corner, counted and frozen; its partnership meets about that edition."""
    home = Home(records.home_folder())
    take_in_corner(home, by=ADA, on=noon)
    row = freeze_corner(home, by=ADA, on=noon)
    first = places.members(CORNER)[0].agency.code
    actions.set_up(CORNER, name="Corner Together", purpose="To look", accountable=first, by=ADA,
                   on=noon)  # fmt: skip
    actions.plan_meeting(CORNER, title="Board", starts_at=noon + timedelta(days=14),
                         where="Hall", by=ADA, on=noon)  # fmt: skip
    item = NewItem("All that is spent", "To look at it", Citation("edition", row.citation))
    actions.add_item(CORNER, 1, item, by=ADA, on=noon)
    actions.call_meeting(CORNER, 1, by=ADA, on=noon)
    return row


def test_every_agency_stands_beside_the_item_once_the_edition_is_signed_off(
    client: Client, frozen: EditionRow, noon: datetime
) -> None:
    before = client.get(f"{AT}meetings/1/").content.decode()
    assert "All public spending" not in before  # nobody reads what is not signed off
    decide(frozen.id, "sign off", reason="Agreed by all.", by=ADA, on=noon)
    table = on_the_table(Citation("edition", frozen.citation), by=None, on=noon)
    assert table is not None
    assert len(table.agencies) > 1
    assert table.total_pence == sum(one.pence or 0 for one in table.agencies)
    page = client.get(f"{AT}meetings/1/").content.decode()
    assert "All public spending in" in page
    assert pounds(table.total_pence).removesuffix(".00") in page
    for one in table.agencies:
        assert f'href="{one.href}"' in page
        assert client.get(one.href).status_code == 200
    assert f"/count/{frozen.citation}/" in client.get(AT).content.decode()


@pytest.mark.parametrize("cited", ["nowhere/2025-26/1", "a/b", f"{CORNER}/2023-24/99999999999"])
def test_an_edition_that_is_not_there_is_no_fault_of_the_page(noon: datetime, cited: str) -> None:
    assert on_the_table(Citation("edition", cited), by=None, on=noon) is None
