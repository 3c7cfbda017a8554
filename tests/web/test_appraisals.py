"""Pages of appraisals: what anybody reads, what an officer can do, and each fault at its box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.commissioning.actions import appraisals as actions
from totalplace.commissioning.definitions.appraisal.reading import method
from totalplace.commissioning.queries.appraisals import accepted, appraisal
from totalplace.commissioning.rules.appraisal import appraise
from totalplace.doors.report.appraisal import appraisal_book
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

# One builder serves the room's own tests and those of its pages.
from ..commissioning.appraisals_made import uncertain  # noqa: TID252

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
AT = "/commissioning/appraisals/"
HERE = f"{AT}wexshire/"
ONE = f"{HERE}1/"
Enters = Callable[[], Client]


@pytest.fixture
def kept(noon: datetime) -> datetime:
    """A place with one appraisal that is not published."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    actions.make("wexshire", uncertain(), reason="To see who gains", by=ADA, on=noon)
    return noon


@pytest.fixture
def enters(signed_in: Callable[[Officer], Client], an_officer: Callable[..., Officer]) -> Enters:
    """Signs in a commissioner of the place."""
    return lambda: signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))


def page_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def typed(**said: str) -> dict[str, str]:
    """The form filled in, with what is said otherwise."""
    form = {
        "title": "Home sooner", "option": "reablement", "otherwise": "They wait",
        "first_year": "2026-27", "years": "3", "pays_for": "A team", "payer": "Council",
        "met": "revenue", "sums": "50000 50000", "cost_grade": "2", "cost_source": "Its budget",
        "outcome": "Home within a week", "counted": "people", "grade": "3", "intakes": "2",
        "begins": "0", "lasts": "1", "n_eligible": "400", "n_take_up": "40% 50% 60%",
        "n_attrition": "10%", "n_success": "0.5", "n_deadweight": "20%", "n_drop_off": "0",
        "who_1": "Hospital", "gain_1": "Fewer days", "kind_1": "fiscal", "pounds_1": "1200",
        "cashable_1": "30%", "source_1": "Reference costs", "kind_2": "fiscal",
        "kind_3": "fiscal", "reason": "To see who gains",
    }  # fmt: skip
    return form | said


def test_what_is_not_published_is_for_officers_of_the_place(
    kept: datetime, client: Client, enters: Enters
) -> None:
    assert "none yet" in page_of(client, AT)
    assert "No appraisal of Wexshire is published yet" in page_of(client, HERE)
    for path in (ONE, f"{ONE}version/1/", f"{ONE}version/1/appraisal.xlsx", f"{HERE}9/",
                 f"{AT}nowhere/", f"{AT}%00/", f"{ONE}version/9/"):  # fmt: skip
        assert client.get(path).status_code == 404
    officer = enters()
    assert "only officers of the place read it" in page_of(officer, ONE)
    officer.post(f"{ONE}publish/", {"reason": "For the hearing"})
    assert "Home sooner from hospital" in page_of(client, ONE)


def test_who_pays_and_who_gains_stands_first(kept: datetime, client: Client) -> None:
    actions.publish("wexshire/1", reason="For the hearing", by=ADA, on=kept)
    page = page_of(client, ONE)
    order = [
        "What it comes to", "Who pays and who gains", "Sharing the gain", "Where it turns",
        "What matters most", "How sure it is", "Every number, and where it is from",
    ]  # fmt: skip
    assert sorted(order, key=page.index) == order
    assert "What can be cashed has a column of its own" in page
    assert "10 of its 12 numbers have no source" in page
    assert "<svg" in page
    assert "optimal" not in page
    assert "Publish it" not in page


def test_an_appraisal_is_taken_away_as_workbook_table_and_text(
    kept: datetime, client: Client
) -> None:
    made = actions.publish("wexshire/1", reason="For the hearing", by=ADA, on=kept)
    book = client.get(f"{ONE}version/1/appraisal.xlsx")
    names = openpyxl.load_workbook(BytesIO(book.content), read_only=True).sheetnames
    assert names[0] == "Appraisal"
    table = client.get(f"{ONE}version/1/who-pays-and-who-gains.csv").content.decode()
    assert table.startswith("Party,Pays in cash,")
    assert client.get(f"{ONE}version/1/no-such.csv").status_code == 404
    assert client.get(f"{ONE}version/1/appraisal.txt").content.decode() == made.last.text
    assert client.get(f"{AT}template.xlsx").status_code == 200


def test_a_typed_appraisal_is_kept(kept: datetime, enters: Enters) -> None:
    client = enters()
    assert "These are the main numbers" in page_of(client, f"{HERE}new/")
    answer = client.post(f"{HERE}new/", typed(), follow=True)
    assert "The appraisal is kept" in answer.content.decode()
    row = appraisal("wexshire/2")
    assert row.last.terms.costs[0].pence == (50_000_00, 50_000_00)
    # 400 x 0.5 x 0.9 x 0.5 x 0.8 x £1,200 x 0.9, of which 30 in 100 are cash
    matrix = row.last.appraised.result.matrix
    assert sum(matrix.of_party("Hospital").yearly) == 2 * 77_760_00


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("n_take_up", "150%", "is no share"),
        ("n_take_up", "60% 50% 40%", "does not lie between"),
        ("n_drop_off", "", "Enter the drop-off"),
        ("sums", "a lot", "is no number"),
        ("sums", "1 2 3 4", "lies after the last year"),
        ("first_year", "soon", "is no financial year"),
        ("cashable_1", "", "Nothing is there"),
        ("pounds_1", "", "Nothing is there"),
        ("option", "two words", "is no code"),
    ],
)
def test_a_fault_stands_at_its_box(
    kept: datetime, enters: Enters, name: str, value: str, why: str
) -> None:
    answer = enters().post(f"{HERE}new/", typed(**{name: value}))
    page = " ".join(answer.content.decode().split())
    assert why in page
    assert f'href="#id_{name}"' in page
    with pytest.raises(Exception, match="There is no appraisal"):
        appraisal("wexshire/2")


def a_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("mine.xlsx", content)


def test_a_workbook_is_taken_or_refused_at_each_cell(kept: datetime, enters: Enters) -> None:
    client = enters()
    content = appraisal_book(appraise(uncertain(), method(), draws=10))
    said = {"file": a_file(content), "reason": "From the finance team"}
    answer = client.post(f"{HERE}upload/", said, follow=True)
    assert "The appraisal of the workbook is kept" in answer.content.decode()
    same = client.post(f"{ONE}change/", {"file": a_file(content), "reason": "Again"})
    assert same.status_code == 409
    assert "says what it said" in same.content.decode()
    book = openpyxl.load_workbook(BytesIO(content))
    book["Costs"]["K2"] = "plenty"
    changed = BytesIO()
    book.save(changed)
    said = {"file": a_file(changed.getvalue()), "reason": "Changed"}
    page = client.post(f"{ONE}change/", said).content.decode()
    assert "The workbook was not taken" in page
    assert "K2" in page


def test_publishing_and_accepting_are_acts_with_a_reason(kept: datetime, enters: Enters) -> None:
    client = enters()
    assert "Say why" in client.post(f"{ONE}publish/", {"reason": ""}).content.decode()
    answer = client.post(f"{ONE}publish/", {"reason": "For the hearing"}, follow=True)
    assert "It is published" in answer.content.decode()
    which = {"option": "reablement", "indicator": "own/home", "area": "E10000017"}
    accept = f"{HERE}effects/accept/"
    page_of(client, accept)
    answer = client.post(accept, which | {"reason": "Nothing better is known"}, follow=True)
    assert "accepted-effect wexshire/1" in answer.content.decode()
    assert client.post(accept, which | {"reason": "Again"}).status_code == 409
    assert client.get(f"{AT}effects/wexshire/1/").headers["Location"] == f"{HERE}#effect-1"
    assert client.get(f"{AT}effects/wexshire/2/").status_code == 404
    back = f"{HERE}effects/1/take-back/"
    page_of(client, back)
    client.post(back, {"reason": "A trial was published"})
    assert not accepted("wexshire")[0].holds
    assert client.get(back).status_code == 404


def test_nobody_acts_without_a_mandate(
    kept: datetime,
    client: Client,
    signed_in: Callable[[Officer], Client],
    an_officer: Callable[..., Officer],
) -> None:
    for path in ("new/", "upload/", "1/change/", "1/publish/", "effects/accept/"):
        assert client.get(f"{HERE}{path}").status_code == 302
    other = signed_in(an_officer("scr", Role.SCRUTINY, place="wexshire"))
    for path in ("new/", "upload/", "1/change/", "1/publish/", "effects/accept/"):
        assert other.get(f"{HERE}{path}").status_code in (404, 409)
