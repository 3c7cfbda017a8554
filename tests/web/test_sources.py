"""Figures through the pages: given, read, put right, submitted, certified, added."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from totalplace.doors.web.work import models as work_models
from totalplace.doors.web.work.actions import begin, end
from totalplace.doors.web.work.jobs import do
from totalplace.doors.web.work.telling import Telling
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import queries

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HEAD = "Date,Supplier,Directorate,Amount\n"
APRIL = HEAD + "".join(f"{d:02d}/04/2025,Oak Ltd {d},Highways,{d}.50\n" for d in range(1, 29))
TWO_SUMS = "Paid on,Name,Team,Ordered,Settled\n" + "".join(
    f"{d:02d}/05/2025,Elm Ltd {d},Parks,{d * 3}.10,{d}.20\n" for d in range(1, 29)
)
SignedIn = Callable[[Officer], Client]


def quiet(*_: object) -> bool:
    """Writes nothing down, and is never asked to stop."""
    return False


def do_all() -> None:
    """Do what waits, as the process of work does."""
    for work in work_models.Work.objects.filter(ended_at=None).order_by("id"):
        begun = begin(work.pk)
        assert begun is not None
        end(work.pk, "done", do(begun.job, Telling(work.pk, quiet), begun.args))


@pytest.fixture
def council(db: None) -> str:
    places.register_agency("wexshire", name="Wexshire Council", by=ADA, on=NOON)
    return "wexshire"


@pytest.fixture
def bea(council: str, an_officer: Callable[..., Officer]) -> Officer:
    return an_officer("bea", Role.FINANCE_LEAD, agency=council)


@pytest.fixture
def dov(council: str, an_officer: Callable[..., Officer]) -> Officer:
    return an_officer("dov", Role.CHIEF_FINANCE_OFFICER, agency=council)


@pytest.fixture
def eve(council: str, an_officer: Callable[..., Officer]) -> Officer:
    """Of another agency."""
    places.register_agency("elsewhere", name="Elsewhere", by=ADA, on=NOON)
    return an_officer("eve", Role.FINANCE_LEAD, agency="elsewhere")


def give(client: Client, text: str, name: str = "April 2025.csv", **said: str) -> int:
    """Upload a file; the number of its submission."""
    file = SimpleUploadedFile(name, text.encode(), content_type="text/html")
    answer = client.post(
        "/sources/give/", {"agency": "wexshire", "kind": "payments", "file": file, **said}
    )
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].strip("/").rpartition("/")[2])


def test_a_file_goes_from_upload_to_being_counted(
    bea: Officer, dov: Officer, signed_in: SignedIn
) -> None:
    giver, certifier = signed_in(bea), signed_in(dov)
    number = give(giver, APRIL)
    waiting = giver.get(f"/sources/{number}/")
    assert "It is waiting for its turn." in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    assert "Refresh" not in giver.get(f"/sources/{number}/?still=1")
    do_all()
    page = giver.get(f"/sources/{number}/").content.decode()
    for said in ("Every row is accounted for", "D – Amount", "Sure", "£420.00", "28"):
        assert said in page, said
    giver.post(f"/sources/{number}/submit/", {"note": "All of April."})
    assert "All of April." in certifier.get(f"/sources/{number}/certify/").content.decode()
    assert certifier.post(f"/sources/{number}/certify/").status_code == 302
    do_all()
    page = certifier.get(f"/sources/{number}/").content.decode()
    assert "28 rows of £420.00 were added." in page
    assert queries.submission(number).stage is Stage.ADDED


def test_columns_are_put_right_on_screen_and_it_is_read_so(
    bea: Officer, signed_in: SignedIn
) -> None:
    client = signed_in(bea)
    number = give(client, TWO_SUMS, "May 2025.csv")
    do_all()
    page = client.get(f"/sources/{number}/columns/").content.decode()
    assert "E – Settled (1.20, 2.20)" in page
    said = {
        "t0-amount": "E", "t0-date": "A", "t0-payee": "B", "t0-unit": "C", "t0-vat_basis": "net",
        "t0-dates": "day", "t0-holds": "payment", "t0-header_row": "1", "later": "on",
    }  # fmt: skip
    assert client.post(f"/sources/{number}/columns/", said).status_code == 302
    do_all()
    page = client.get(f"/sources/{number}/").content.decode()
    assert "Said by you or a recipe" in page
    row = queries.submission(number)
    assert row.trial is not None
    assert row.trial.sum_pence == sum(100 * d + 20 for d in range(1, 29))
    assert 'files: "* 2025.csv"' not in row.later_text
    assert 'amount: "Settled"' in row.later_text
    client.post(f"/sources/{number}/columns/forget/")
    do_all()
    assert queries.submission(number).recipe_text == ""


def test_one_column_cannot_be_two_things(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    number = give(client, TWO_SUMS, "May 2025.csv")
    do_all()
    said = {"t0-amount": "E", "t0-payee": "E", "t0-vat_basis": "net", "t0-dates": "day",
            "t0-holds": "payment", "t0-header_row": "1"}  # fmt: skip
    page = client.post(f"/sources/{number}/columns/", said).content.decode()
    assert "Column E was chosen for the amount already" in page
    assert queries.submission(number).recipe == 0


def test_who_gave_it_sees_no_button_to_certify_and_is_refused(
    bea: Officer, signed_in: SignedIn
) -> None:
    client = signed_in(bea)
    number = give(client, APRIL)
    do_all()
    client.post(f"/sources/{number}/submit/", {"note": ""})
    page = client.get(f"/sources/{number}/").content.decode()
    assert f"/sources/{number}/certify/" not in page
    assert "another officer certifies them" in page
    answer = client.post(f"/sources/{number}/certify/")
    assert answer.status_code == 409
    assert "cannot be certified by you" in answer.content.decode()


@pytest.mark.parametrize("at", ["", "columns/", "submit/", "certify/", "faults.csv"])
def test_an_officer_of_another_agency_finds_nothing(
    bea: Officer, eve: Officer, signed_in: SignedIn, at: str
) -> None:
    number = give(signed_in(bea), APRIL)
    assert signed_in(eve).get(f"/sources/{number}/{at}").status_code == 404


@pytest.mark.parametrize("at", ["", "give/", "1/", "1/columns/", "returns/", "returns/ask/"])
def test_nobody_sees_figures_without_signing_in(client: Client, db: None, at: str) -> None:
    answer = client.get(f"/sources/{at}")
    assert (answer.status_code, answer["Location"].startswith("/account/login/")) == (302, True)


def test_for_an_agency_without_a_mandate_nothing_is_taken(
    eve: Officer, bea: Officer, signed_in: SignedIn
) -> None:
    file = SimpleUploadedFile("a.csv", APRIL.encode())
    answer = signed_in(eve).post(
        "/sources/give/", {"agency": "wexshire", "kind": "payments", "file": file}
    )
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert queries.submissions() == []


def test_a_form_without_its_token_is_not_taken(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    client.handler.enforce_csrf_checks = True
    file = SimpleUploadedFile("a.csv", APRIL.encode())
    answer = client.post("/sources/give/", {"agency": "wexshire", "kind": "payments", "file": file})
    assert answer.status_code == 403
    assert queries.submissions() == []


def test_too_large_a_file_is_refused_and_leaves_nothing(
    bea: Officer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from totalplace.doors.web.sources.seeing import home

    monkeypatch.setenv("TOTALPLACE_UPLOAD_MB", "1")
    client = signed_in(bea)
    big = APRIL + "01/04/2025,Oak,Highways,1.00\n" * 60_000
    file = SimpleUploadedFile("a.csv", big.encode())
    answer = client.post("/sources/give/", {"agency": "wexshire", "kind": "payments", "file": file})
    assert answer.status_code == 409
    assert "larger than 1 MB" in answer.content.decode()
    file = SimpleUploadedFile("a.csv", big.encode() * 4)
    answer = client.post("/sources/give/", {"agency": "wexshire", "kind": "payments", "file": file})
    assert answer.status_code == 409
    assert [p for p in (home().root / "submissions").rglob("*") if p.is_file()] == []


def test_of_several_files_one_that_is_refused_keeps_no_other_out(
    bea: Officer, signed_in: SignedIn
) -> None:
    client = signed_in(bea)
    files = [
        SimpleUploadedFile("April.csv", APRIL.encode()),
        SimpleUploadedFile("empty.csv", b""),
        SimpleUploadedFile("May.csv", TWO_SUMS.encode()),
    ]
    answer = client.post(
        "/sources/give/", {"agency": "wexshire", "kind": "payments", "file": files}, follow=True
    )
    page = answer.content.decode()
    assert "2 of 3 files were taken." in page
    assert "empty.csv was not taken: it is empty." in page
    assert len(queries.submissions()) == 2


def test_faults_are_shown_by_cell_and_given_back_as_words(
    bea: Officer, signed_in: SignedIn
) -> None:
    client = signed_in(bea)
    faulty = APRIL + '29/04/2025,Elm Ltd,Highways,=HYPERLINK("http://x")\n'
    number = give(client, faulty)
    do_all()
    page = client.get(f"/sources/{number}/").content.decode()
    assert "cell D30" in page
    answer = client.get(f"/sources/{number}/faults.csv")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="faults-of-{number}.csv"'
    assert "'=HYPERLINK" in answer.content.decode("utf-8-sig")
    assert client.get(f"/sources/{number}/faults.xlsx").content.startswith(b"PK")
    assert client.get(f"/sources/{number}/faults.html").status_code == 404


def test_words_of_a_file_are_shown_as_words(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    bad = APRIL + "29/04/2025,<script>alert(1)</script>,Highways,<img src=x>\n"
    number = give(client, bad, "<script>.csv")
    do_all()
    page = client.get(f"/sources/{number}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_reading_can_be_stopped_and_asked_for_again(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    number = give(client, APRIL)
    work = work_models.Work.objects.get()
    assert client.post(f"/work/{work.pk}/stop/")["Location"] == f"/sources/{number}/"
    page = client.get(f"/sources/{number}/").content.decode()
    assert "Stopped before it began." in page
    client.post(f"/sources/{number}/read/")
    do_all()
    row = queries.submission(number)
    assert row.is_read


def test_sent_back_and_withdrawn_with_reasons(
    bea: Officer, dov: Officer, signed_in: SignedIn
) -> None:
    giver, certifier = signed_in(bea), signed_in(dov)
    number = give(giver, APRIL)
    do_all()
    giver.post(f"/sources/{number}/submit/", {"note": ""})
    page = certifier.post(f"/sources/{number}/send-back/", {"reason": " "}).content.decode()
    assert "Enter the reason" in page
    certifier.post(f"/sources/{number}/send-back/", {"reason": "May is in it."})
    assert "May is in it." in giver.get(f"/sources/{number}/").content.decode()
    giver.post(f"/sources/{number}/withdraw/", {"reason": "A new one follows."})
    assert queries.submission(number).stage is Stage.WITHDRAWN
    assert "A new one follows." in giver.get(f"/sources/{number}/").content.decode()


def test_a_later_file_replaces_one_that_is_counted(
    bea: Officer, dov: Officer, signed_in: SignedIn
) -> None:
    giver, certifier = signed_in(bea), signed_in(dov)
    numbers = list[int]()
    for text in (APRIL, APRIL.replace(",1.50", ",9.50")):
        said = {"replaces": str(numbers[0])} if numbers else {}
        numbers.append(give(giver, text, **said))
        do_all()
        giver.post(f"/sources/{numbers[-1]}/submit/", {"note": ""})
        certifier.post(f"/sources/{numbers[-1]}/certify/")
        do_all()
    stages = [queries.submission(n).stage for n in numbers]
    assert stages == [Stage.REPLACED, Stage.ADDED]


def test_a_month_is_shown_beside_the_month_before(
    bea: Officer, dov: Officer, signed_in: SignedIn
) -> None:
    giver, certifier = signed_in(bea), signed_in(dov)
    many = APRIL + "".join(f"{d:02d}/04/2025,Ash {d},Parks,3.00\n" for d in range(1, 29))
    number = give(giver, many)
    do_all()
    giver.post(f"/sources/{number}/submit/", {"note": ""})
    certifier.post(f"/sources/{number}/certify/")
    do_all()
    may = HEAD + "".join(f"{d:02d}/05/2025,Oak Ltd {d},Highways,{d}.50\n" for d in range(1, 11))
    number = give(giver, may, "May 2025.csv")
    do_all()
    page = giver.get(f"/sources/{number}/").content.decode()
    assert "Beside the month before" in page
    assert "It has 10 payments: 50% of April 2025.csv." in page


def test_what_a_defect_kept_from_being_added_can_be_added_again(
    bea: Officer, dov: Officer, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from totalplace.doors.web.work import tasks

    giver, certifier = signed_in(bea), signed_in(dov)
    number = give(giver, APRIL)
    do_all()
    giver.post(f"/sources/{number}/submit/", {"note": ""})
    certifier.post(f"/sources/{number}/certify/")
    assert giver.post(f"/sources/{number}/add/").status_code == 409
    with monkeypatch.context() as broken:
        broken.setattr("totalplace.sources.submitting.actions.take_in", lambda *_, **__: 1 / 0)
        tasks.work(number=work_models.Work.objects.get(ended_at=None).pk)
    page = giver.get(f"/sources/{number}/").content.decode()
    assert "a defect of this program (ZeroDivisionError)" in page
    assert giver.post(f"/sources/{number}/add/").status_code == 302
    do_all()
    assert queries.submission(number).stage is Stage.ADDED


def test_the_row_of_names_is_put_right_on_screen(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    number = give(client, "Paid in,May 2025,,,\n" + TWO_SUMS, "May 2025.csv")
    do_all()
    said = {"t0-amount": "E", "t0-date": "A", "t0-vat_basis": "net", "t0-dates": "day",
            "t0-holds": "payment", "t0-header_row": "0"}  # fmt: skip
    assert client.post(f"/sources/{number}/columns/", said).status_code == 302
    do_all()
    row = queries.submission(number)
    assert "header_row: 0" in row.recipe_text
    assert row.trial is not None
    assert row.trial.rows_in == 30
    said["t0-header_row"] = "501"
    page = client.post(f"/sources/{number}/columns/", said).content.decode()
    assert "less than or equal to 500" in page


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_half_a_file_does_not_pass_for_a_whole_where_the_line_was_cut(
    bea: Officer, signed_in: SignedIn, part: float
) -> None:
    client = signed_in(bea)
    file = SimpleUploadedFile("a.csv", (APRIL * 50).encode())
    said = {"agency": "wexshire", "kind": "payments", "file": file}
    asked = RequestFactory().post("/sources/give/", said).environ
    whole = asked["wsgi.input"].read()
    cut = whole[: int(len(whole) * part)]
    cookies = {"HTTP_COOKIE": f"sessionid={client.cookies['sessionid'].value}"}
    answer: Any = client.handler({**asked, **cookies, "wsgi.input": io.BytesIO(cut)})
    assert answer.status_code == 409
    assert "The line was cut before all of it had come" in answer.content.decode()
    assert queries.submissions() == []
    answer = client.handler({**asked, **cookies, "wsgi.input": io.BytesIO(whole)})
    assert answer.status_code == 302


def test_the_record_leads_to_what_it_is_about(bea: Officer, signed_in: SignedIn) -> None:
    client = signed_in(bea)
    number = give(client, APRIL)
    assert client.get(f"/sources/submission/{number}/")["Location"] == f"/sources/{number}/"
