"""Pages and programs of capacity and of the partnership: who sees what, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.capacity import capacity_workbook
from totalplace.doors.report.pictures.steps import small_bar
from totalplace.monitoring.actions.capacity import give_capacity
from totalplace.monitoring.actions.partnership import Said, answer, close_round, open_round
from totalplace.monitoring.definitions.partnership import questions
from totalplace.monitoring.rules.capacity import Given, RoleSaid
from totalplace.outcomes.rules.periods import lasting
from totalplace.places.rules.mandates import Officer, Role

from .bodies_made import ADA, NOON, a_place, an_officer_of

pytestmark = pytest.mark.django_db
AT = "/monitoring/wexshire/"
API = "/api/v1/monitoring/"
SPRING = lasting(date(2026, 4, 1), 3)
CODES = questions().codes
SignedIn = Callable[[Officer], Client]


@pytest.fixture(autouse=True)
def _here() -> None:
    a_place()
    roles = (RoleSaid("Planners", 200, 160), RoleSaid("Ecologist", 10, 10))
    given = Given(SPRING, (*roles, RoleSaid("Analysts", 300, 250)))
    give_capacity("wexshire", "wex", given, reason="The quarter is over", by=ADA, on=NOON)


def text_of(client: Client, path: str, status: int = 200) -> str:
    answered = client.get(path)
    assert answered.status_code == status, answered.content.decode()
    return answered.content.decode()


def a_closed_round() -> None:
    """Six of the council and six of the department, who differ on everything."""
    now = datetime.now(UTC)
    bodies = ("wex", "dfe")
    last = local_day(now) + timedelta(days=9)
    open_round("wexshire", SPRING, closes_on=last, bodies=bodies, by=ADA, on=now)
    for agency, step in (("wex", 4), ("dfe", 1)):
        role = Role.COMMISSIONER if agency == "wex" else Role.DEPARTMENT_OFFICIAL
        for n in range(6):
            by = an_officer_of(agency, f"{agency}{n}", role=role)
            said = Said(agency, "dfe", dict.fromkeys(CODES, step))
            answer("wexshire/1", said, by=by, on=now)
    close_round("wexshire/1", reason="All have answered", by=ADA, on=now)


def test_anybody_reads_the_register_without_roles_of_few_posts(client: Client) -> None:
    for path in ("", "wex/", "wex/2026-04-01/", "capacity.csv"):
        said = text_of(client, f"{AT}capacity/{path}")
        assert "Other roles" in said
        assert ">Ecologist<" not in said
    body = text_of(client, f"{AT}capacity/wex/")
    for series in ("vacancies", "leavers"):
        linked = f"{AT}capacity/wex/analysts/{series}/"
        assert (f'href="{linked}"' in body) == (series == "vacancies")  # no leavers were given
    assert text_of(client, f"{AT}capacity/wex/analysts/vacancies/")
    assert "Wexshire Health Board has given nothing in yet" in text_of(client, f"{AT}capacity/icb/")
    told = client.get(f"{API}capacity/wexshire").json()
    roles = [one["role"] for body in told for given in body["returns"] for one in given["roles"]]
    assert roles == ["Analysts", "Other roles", "All roles"]


def test_only_the_body_s_own_officers_see_every_role_and_its_last_workbook(
    client: Client, signed_in: SignedIn
) -> None:
    own = signed_in(an_officer_of("wex", "ann"))
    assert ">Ecologist<" in text_of(own, f"{AT}capacity/wex/")
    other = signed_in(an_officer_of("icb", "ian"))
    assert ">Ecologist<" not in text_of(other, f"{AT}capacity/wex/")
    assert "Give in for" not in text_of(client, f"{AT}capacity/")
    mine = own.get(f"{AT}capacity/wex/capacity.xlsx").content
    assert len(mine) != len(other.get(f"{AT}capacity/wex/capacity.xlsx").content)


def test_a_workbook_with_a_fault_is_not_taken(signed_in: SignedIn) -> None:
    client = signed_in(an_officer_of("wex", "ann"))
    book = capacity_workbook((RoleSaid("", 10, 10),))
    said = {
        "months": "3", "ending": "March 2026", "reason": "The quarter is over",
        "file": SimpleUploadedFile("capacity.xlsx", book),
    }  # fmt: skip
    answered = client.post(f"{AT}capacity/wex/give/", said).content.decode()
    assert "The workbook was not taken" in answered
    assert "Role is not filled in" in answered
    assert client.get(f"{AT}capacity/wex/2026-01-01/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["capacity/nobody/", "capacity/wex/2026-99-99/", "capacity/wex/2020-01-01/", "partnership/7/",
     "partnership/7/answers.csv"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{AT}{path}").status_code == 404


def test_a_round_tells_nothing_while_it_is_open(client: Client) -> None:
    now = datetime.now(UTC)
    last = local_day(now) + timedelta(days=9)
    open_round("wexshire", SPRING, closes_on=last, bodies=("wex",), by=ADA, on=now)
    assert "Nothing is shown before that" in text_of(client, f"{AT}partnership/1/")
    assert "There are no results" in text_of(client, f"{AT}partnership/1/answers.csv", 409)
    told = client.get(f"{API}partnership/wexshire/1").json()
    assert (told["groups"], told["asked"][0]["answered"]) == ([], None)
    assert client.get(f"{AT}partnership/1/answer/").status_code == 302


def test_a_closed_round_tells_the_spread_and_who_differs(
    client: Client, signed_in: SignedIn
) -> None:
    a_closed_round()
    said = text_of(client, f"{AT}partnership/1/")
    assert "On trust the two sides differ: local people agree with 100 per cent" in said
    assert "The Department agree with 0 per cent" in said
    trust = f"{AT}partnership/dfe/centre/trust/"
    assert f'href="{trust}"' in text_of(client, f"{AT}partnership/")
    assert text_of(client, trust)
    rows = text_of(client, f"{AT}partnership/1/answers.csv")
    assert "The place and The Department,All local people,Trust" in rows
    told = client.get(f"{API}partnership/wexshire/1").json()
    assert len(told["differences"]) == 7
    assert {len(one["statements"]) for one in told["groups"]} == {0, 36}
    assert client.get(f"{API}partnership/wexshire").json()[0]["citation"] == "wexshire/1"
    late = signed_in(Officer("wex0"))
    assert "round is not open" in text_of(late, f"{AT}partnership/1/answer/", 409)


def test_who_was_not_asked_cannot_answer(signed_in: SignedIn) -> None:
    now = datetime.now(UTC)
    last = local_day(now) + timedelta(days=9)
    open_round("wexshire", SPRING, closes_on=last, bodies=("wex", "dfe"), by=ADA, on=now)
    ian = signed_in(an_officer_of("icb", "ian"))
    assert "ou do not answer for any body" in text_of(ian, f"{AT}partnership/1/answer/", 409)
    ann = signed_in(an_officer_of("wex", "ann"))
    assert text_of(ann, f"{AT}partnership/1/answer/wex/each-other/trust/")
    for path in ("wex/icb/trust/", "wex/dfe/nothing/", "icb/dfe/trust/"):
        assert ann.get(f"{AT}partnership/1/answer/{path}").status_code == 404
    assert ann.get(f"{AT}partnership/open/").status_code == 409


def test_a_bar_has_a_part_for_each_step_that_somebody_took() -> None:
    assert small_bar([1, 0, 0, 3]).count("<rect") == 2
    assert small_bar([0, 0, 0, 0]).count("<rect") == 0
    with pytest.raises(ValueError, match="four steps"):
        small_bar([1])
