"""The pages on which a resident answers, with no account and no scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client

from totalplace.doors.web.participation.public.sending import SENDERS
from totalplace.participation import actions, models
from totalplace.participation.actions import answering
from totalplace.participation.rules.drafts import (
    Draft,
    Question,
)
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record.rules.chain import Citation

from .asked import ADA, PATH, TODAY, a_hearing, at, opened, post, receipt_on


@pytest.fixture(autouse=True)
def nobody_sent_before() -> Iterator[None]:
    SENDERS.forget()
    yield
    SENDERS.forget()


@pytest.fixture
def hearing(records_for_pages: None) -> None:
    a_hearing(-10, 60)


@pytest.fixture
def over(records_for_pages: None) -> None:
    """A hearing whose last day is over, in which 24 people answered."""
    a_hearing(-100, -10)
    for number in range(24):
        said = {
            "q1": ["Agree" if number % 2 else "Disagree"],
            "q2": [f"=1+1 the {number}th <b>bus</b> is late every evening"],
            "q3": ["25 to 34"],
        }
        sent = answering.Sent(f"f{number}", 60.0, code="")
        answering.respond(1, said, sent, keys=(b"k",), on=at(-20))


def test_a_resident_looks_an_answer_over_sends_it_and_reads_it_back(
    hearing: None, client: Client
) -> None:
    form = opened(client)
    page = post(client, "look", form)
    assert "not sent yet" in page
    assert models.Response.objects.count() == 0
    receipt = receipt_on(post(client, "send", form))
    page = post(client, "", path=f"{PATH}receipt/", receipt=receipt)
    assert "Late" in page
    page = post(client, "send", receipt=receipt, q2="Early")
    assert "Your answer is changed" in page
    assert "Early" in post(client, "", path=f"{PATH}receipt/", receipt=receipt)


def test_a_double_press_is_one_answer_with_the_same_receipt(hearing: None, client: Client) -> None:
    form = opened(client)
    assert receipt_on(post(client, "send", form)) == receipt_on(post(client, "send", form))
    assert models.Response.objects.count() == 1


def test_a_form_that_this_service_did_not_make_is_refused(hearing: None, client: Client) -> None:
    answer = client.post(PATH, {"do": "send", "form": "made:up:form", "q1": "Agree"})
    assert answer.status_code == 409
    assert "opened more than 24 hours ago" in answer.content.decode()


def test_what_is_wrong_stands_above_the_form_and_what_was_typed_stays(
    hearing: None, client: Client
) -> None:
    page = post(client, "look", opened(client), q1="", q2="<script>alert(1)</script>")
    assert "Choose an answer to question 1" in page
    assert 'href="#q1"' in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_box_that_people_do_not_see_holds_an_answer_apart_and_says_nothing(
    hearing: None, client: Client
) -> None:
    assert len(receipt_on(post(client, "send", opened(client), website="buy now"))) == 19
    assert "a box that people cannot see" in models.ResponseApart.objects.get().why


def test_more_than_a_library_would_send_is_told_to_wait_and_nothing_is_lost_in_silence(
    hearing: None, client: Client
) -> None:
    form = opened(client)
    for number in range(31):
        answer = client.post(PATH, {"do": "send", "form": form, "q1": "Agree"})
        assert answer.status_code == (200 if number < 30 else 429)
    assert "what you typed is still there" in answer.content.decode()


def test_where_answers_come_from_is_written_down_nowhere(hearing: None, client: Client) -> None:
    client.post(PATH, {"do": "send", "form": opened(client), "q1": "Agree"}, REMOTE_ADDR="10.9.8.7")
    tables = (models.Response, models.ResponseVersion, models.ResponseApart, models.Passage)
    held = [repr(list(model.objects.values())) for model in tables]
    assert "10.9.8.7" not in "".join(held)
    assert b"10.9.8.7" not in repr(vars(SENDERS)).encode()


def test_an_answer_is_kept_for_later_and_found_by_its_link(hearing: None, client: Client) -> None:
    page = post(client, "keep", opened(client), q2="Half a thought")
    link = re.search(r'href="(/participation/1/answer/[^"]{20,})"', page)
    assert link is not None
    assert "Half a thought" in client.get(link[1]).content.decode()


def test_the_public_sees_nothing_of_a_draft(records_for_pages: None, client: Client) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(-1))
    places.register_agency("wex", name="Wexshire Council", kind="council", by=ADA, on=at(-1))
    places.join_place("wexshire", "wex", by=ADA, on=at(-1))
    draft = Draft(question=Question("A secret plan"))
    about = Citation("targets", "w/1")
    actions.begin(about, place="wexshire", agency="wex", draft=draft, by=ADA, on=at(-1))
    for page, status in (("answer/", 409), ("answer/receipt/", 404), ("results/", 404)):
        answer = client.get(f"/participation/1/{page}")
        assert answer.status_code == status
        assert "secret" not in answer.content.decode()


def test_forms_that_a_program_opens_by_the_hundred_are_not_all_noted(
    hearing: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("totalplace.doors.web.participation.public.sending._MOST_OPENED", 3)
    for _ in range(6):
        opened(client)
    assert models.Passage.objects.count() == 3


def test_nobody_answers_after_the_last_day(over: None, client: Client) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 409
    assert "Its last day was" in answer.content.decode()


def test_the_form_needs_its_token_against_forged_requests(hearing: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, {"do": "send", "q1": "Agree"}).status_code == 403


@pytest.fixture
def officer(an_officer: Callable[..., Officer], signed_in: Callable[..., Client]) -> Client:
    """A commissioner of the place, signed in."""
    return signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))


def test_results_are_shown_once_the_last_day_is_over_with_small_numbers_hidden(
    over: None, client: Client
) -> None:
    page = client.get("/participation/1/results/").content.decode()
    assert "24 answers were received" in page
    assert "no sample of all who live here" in page
    assert "Numbers under 10 are <strong>hidden</strong>" in page
    assert "bus" not in page.replace("Evening buses", "")  # no answer is shown uncleared


def test_there_are_no_results_while_people_can_still_answer(hearing: None, client: Client) -> None:
    assert client.get("/participation/1/results/").status_code == 404
    assert client.get("/participation/1/results.csv").status_code == 409


def test_files_of_results_hold_no_formula(over: None, client: Client, officer: Client) -> None:
    from totalplace.participation.actions import theming
    from totalplace.participation.rules.public.theming import Verb

    names = list(queries_of_answers())
    name = "=HYPERLINK(1) buses"
    theming.move_themes(1, Verb.ADD, {"name": name, "answers": names}, by=ADA, on=at(-1))
    theming.finish_themes(1, by=ADA, on=at(-1))
    text = client.get("/participation/1/results.csv").content.decode("utf-8-sig")
    assert f"Themes,'{name}" in text
    told = client.get("/participation/1/results.json").json()
    assert ["Themes", name, "Answers", 24, None] in [list(row.values()) for row in told["rows"]]
    assert cells(client.get("/participation/1/results.xlsx").content, "Rows")[-2][1] == name
    assert client.get("/participation/1/results.exe").status_code == 404


def queries_of_answers() -> dict[str, str]:
    from totalplace.participation.queries import public as heads
    from totalplace.participation.queries.responses import free_answers

    return free_answers(heads.head(1, on=at(-1)))


def cells(content: bytes, sheet: str) -> list[list[object]]:
    """The cells of a sheet, of which none is a formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    assert not any(cell.data_type == "f" for row in book[sheet].iter_rows() for cell in row)
    return rows


def test_an_officer_issues_codes_once_and_a_resident_uses_one(
    hearing: None, officer: Client, client: Client
) -> None:
    issued = officer.post("/participation/1/codes/", {"several": "3"})
    rows = cells(issued.content, "Codes")
    assert [row[0] for row in rows] == ["Letter", 1, 2, 3]
    page = post(client, "send", opened(client), code=str(rows[1][1]))
    assert "Your code was used" in page
    refused = client.post(PATH, {"do": "send", "form": opened(client), "q1": "Agree",
                                 "code": str(rows[1][1])})  # fmt: skip
    assert refused.status_code == 409
    assert "used before" in refused.content.decode()


def filled(officer: Client, *rows: list[object]) -> bytes:
    """The template of the hearing with forms typed into it."""
    book = openpyxl.load_workbook(
        io.BytesIO(officer.get("/participation/1/paper/forms.xlsx").content)
    )
    for at_row, row in enumerate(rows, start=4):
        for column, cell in enumerate(row, start=1):
            book["Forms"].cell(at_row, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def give(officer: Client, content: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("forms.xlsx", content)
    answer = officer.post("/participation/1/paper/", {"forms": file})
    return answer.status_code, answer.content.decode()


def test_answers_on_paper_come_in_by_workbook_and_the_same_file_only_once(
    hearing: None, officer: Client
) -> None:
    day = TODAY - timedelta(days=2)
    content = filled(officer, [day, "Agree", "By hand"], [day, 2, "=1+1 by hand"])
    assert give(officer, content)[0] == 302
    page = officer.get("/participation/1/responses/").content.decode()
    assert "row 5 of forms.xlsx, entered by com" in page
    assert models.Response.objects.filter(channel="paper").count() == 2
    status, page = give(officer, content)
    assert status == 409
    assert "the same file was taken before" in page.lower()


def test_each_cell_of_a_paper_form_that_cannot_be_read_is_named_and_nothing_is_taken(
    hearing: None, officer: Client
) -> None:
    content = filled(officer, ["soon", "Agree"], [TODAY, "Perhaps"], [TODAY, "Agree"])
    status, page = give(officer, content)
    assert status == 409
    assert "A4: give the day" in page
    assert "B5: Choose from what question 1 offers" in page
    assert models.Response.objects.count() == 0
    assert give(officer, b"no workbook at all")[0] == 409


def test_an_officer_reads_answers_and_puts_one_back(hearing: None, officer: Client) -> None:
    post(officer, "send", opened(officer), website="x")
    page = officer.get("/participation/1/responses/?only=apart").content.decode()
    number = models.Response.objects.get().pk
    assert f"Answer {number}" in page
    said = {"response": str(number), "do": "back", "why": "A person wrote it"}
    assert officer.post("/participation/1/responses/", said).status_code == 302
    assert (
        "Put back: A person wrote it" in officer.get("/participation/1/responses/").content.decode()
    )


def test_who_holds_no_mandate_reads_no_answer(
    over: None, an_officer: Callable[..., Officer], signed_in: Callable[..., Client]
) -> None:
    other = signed_in(an_officer("fin", Role.FINANCE_LEAD, place="wexshire"))
    for page in ("responses/", "themes/", "themes/unplaced/", "codes/", "paper/", "questions/"):
        assert other.get(f"/participation/1/{page}").status_code == 409
        assert Client().get(f"/participation/1/{page}").status_code == 302


def test_an_officer_makes_names_and_finishes_themes(over: None, officer: Client) -> None:
    path = "/participation/1/themes/"
    assert "24 answers are in no theme" in officer.get(path).content.decode()
    answers = list(queries_of_answers())
    said = {"do": "add a theme", "name": "Late buses", "answers": answers[:22]}
    assert officer.post(f"{path}unplaced/", said).status_code == 302
    refused = officer.post(path, {"do": "finish themes"})
    assert refused.status_code == 409
    assert "2 answers are in no theme" in refused.content.decode()
    apart = {"do": "set answers apart", "answers": answers[22:], "why": "They say nothing of it"}
    officer.post(f"{path}unplaced/", apart)
    quote = {"do": "clear a quotation", "answers": answers[0], "words": "The bus is late"}
    assert officer.post(f"{path}1/", quote).status_code == 302
    assert officer.post(path, {"do": "finish themes"}).status_code == 302
    assert [point.kind for point in models.Point.objects.all()] == ["theme"]
    assert "The bus is late" in officer.get("/participation/1/results/").content.decode()


def test_questions_are_set_in_a_draft_and_stand_once_it_is_open(
    hearing: None, officer: Client
) -> None:
    said = {"do": "add", "words": "More?", "kind": "free", "choices": ""}
    refused = officer.post("/participation/1/questions/", said)
    assert refused.status_code == 409
    assert "frozen when it opens" in refused.content.decode()


def test_the_link_to_a_kept_answer_is_e_mailed_and_the_address_is_kept_nowhere(
    hearing: None, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    taken: list[EmailMessage] = []
    for name, said in (("SMTP_HOST", "localhost"), ("SMTP_FROM", "us@example.org"),
                       ("SMTP_SECURITY", "none"), ("URL", "https://place.example")):  # fmt: skip
        monkeypatch.setenv(f"TOTALPLACE_{name}", said)
    monkeypatch.setattr(EmailBackend, "send_messages", lambda self, mails: taken.extend(mails))
    link = kept_link(post(client, "keep", opened(client), q2="Half a thought"))
    page = post(client, "", path=f"{PATH}mail/", kept=link, email="ann@example.org")
    assert "Your address was not kept" in page
    assert f"https://place.example{PATH}{link}/" in taken[0].body
    assert taken[0].to == ["ann@example.org"]
    held = repr(list(models.KeptAnswer.objects.values()))
    assert "ann@" not in held + caplog.text + page
    wrong = client.post(f"{PATH}mail/", {"kept": link, "email": "ann@"})
    assert wrong.status_code == 409
    for _ in range(5):
        answer = client.post(f"{PATH}mail/", {"kept": link, "email": "bob@example.org"})
    assert answer.status_code == 429  # nobody fills another's letter box from here


def kept_link(page: str) -> str:
    found = re.search(rf'href="{PATH}([^"/]{{20,}})/"', page)
    assert found is not None
    return found[1]
