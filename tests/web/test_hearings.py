"""Pages of hearings: what anybody reads, what officers prepare, reply, answer and conclude."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.participation import actions, queries
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
    Who,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.hearings import Stage
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]
ANSWERED = "We moved the money to the second year because of this."


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    return min(datetime.combine(day(days), time(9), tzinfo=UTC), datetime.now(UTC))


def draft(first: int, last: int) -> Draft:
    why = "It is a small matter and everybody concerned is asked by letter."
    return Draft(
        Question("Ready for school", "Should more children be ready?", "how much", "nothing"),
        Alternatives((Alternative("Nothing", "One in three is not ready"),), "It helps most"),
        Reasons("Falls come early", (Effect("families", "one more visit", 300_000_00),)),
        Equality(dict.fromkeys(characteristics(), "none, because all are visited")),
        Who(),
        When(day(first), day(last), why),
    )


def hold(first: int = -30, last: int = 20) -> int:
    """A hearing opened so many days ago and open until so many days from now; its number."""
    row = actions.begin(
        Citation("allocation", "wexshire/1"), place="wexshire", agency="wex",
        draft=draft(first, last), by=ADA, on=at(first),
    )  # fmt: skip
    said = {"file_name": "report.pdf", "content": b"%PDF what we propose"}
    actions.add_paper(row.number, "What we propose", **said, by=ADA, on=at(first))  # type: ignore[arg-type]
    affected = [Affected("wex", 100_00, "runs it"), Affected("nhs", 200_00)]
    actions.open_hearing(row.number, affected=affected, by=ADA, on=at(first))
    return row.number


@pytest.fixture(autouse=True)
def wexshire(db: None) -> None:
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(-200))
    for code, kind in {"wex": "council", "nhs": "nhs-board"}.items():
        places.register_agency(code, name=f"Wexshire {kind}", kind=kind, by=ADA, on=at(-200))
        places.join_place("wexshire", code, by=ADA, on=at(-200))


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    assert " style=" not in text
    return " ".join(text.split())


def test_anybody_reads_what_is_open_and_a_hearing_without_an_account(client: Client) -> None:
    number = hold()
    assert "Ready for school" in page_of(client, "/participation/")
    page = page_of(client, f"/participation/{number}/")
    assert "21 days left" in page
    assert "nothing yet" in page
    assert "What you can do" not in page
    text = client.get(f"/participation/{number}/frozen.json").content
    assert hashlib.sha256(text).hexdigest() == queries.hearing(number).digest
    assert "Nothing is open now" in page_of(client, "/participation/?place=far")


def test_a_paper_is_sent_as_it_was_given_and_never_run_as_a_page(client: Client) -> None:
    number = hold()
    answer = client.get(f"/participation/{number}/papers/1/")
    assert answer.content == b"%PDF what we propose"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_draft_is_seen_by_nobody_but_who_prepares_it(
    client: Client, an_officer: Appointed, signed_in: SignedIn
) -> None:
    actions.begin(Citation("targets", "x/1"), place="wexshire", agency="wex", by=ADA, on=at(-1))
    assert client.get("/participation/1/").status_code == 404
    assert client.get("/participation/1/prepare/").status_code == 302
    other = signed_in(an_officer("nhs", Role.FINANCE_LEAD, agency="nhs"))
    assert "may not prepare" in other.get("/participation/1/prepare/").content.decode()


def test_an_officer_prepares_a_hearing_section_by_section_and_opens_it(
    an_officer: Appointed, signed_in: SignedIn
) -> None:
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    begun = {"place": "wexshire", "agency": "wex", "about": "allocation wexshire/1"}
    assert officer.post("/participation/begin/", begun)["Location"].endswith("/1/prepare/")
    assert "Still missing" in page_of(officer, "/participation/1/prepare/")
    first, last = day(0), day(90)
    sections: dict[str, dict[str, object]] = {
        "question": {"title_": "Buses", "question": "More buses?", "undecided": "how many",
                     "decided": "nothing"},
        "alternatives": {"option_0": "None", "why_not_0": "too few", "preferred": "it helps"},
        "reasons": {"reasons": "Too few", "whom_0": "riders", "outcome_0": "an hour less",
                    "pounds_0": "-1,000.50"},
        "equality": dict.fromkeys(characteristics(), "none, because anybody may ride"),
        "who": {"asks_public": "on", "asks_partnership": "on", "others": "nhs\nThe riders’ club"},
        "when": {
            **{f"first_day_{n}": str(v) for n, v in _boxes(first)},
            **{f"last_day_{n}": str(v) for n, v in _boxes(last)},
        },
    }  # fmt: skip
    for name, said in sections.items():
        at_ = f"/participation/1/prepare/{name}/"
        assert officer.post(at_, said).status_code == 302, officer.post(at_, said).content
        assert officer.get(at_).status_code == 200
    file = SimpleUploadedFile("plan.pdf", b"%PDF plan")
    assert (
        officer.post("/participation/1/add-paper/", {"title": "Plan", "file": file}).status_code
        == 302
    )
    assert "Nothing is missing" in page_of(officer, "/participation/1/prepare/")
    assert officer.post("/participation/1/open/").status_code == 302
    row = queries.hearing(1)
    assert row.stage(TODAY) is Stage.OPEN
    assert [one.name for one in row.consultees] == ["Wexshire nhs-board", "The riders’ club"]
    assert row.draft.reasons.effects[0].pence == -1_000_50
    assert officer.get("/participation/1/prepare/").status_code == 404


def _boxes(on: date) -> list[tuple[str, int]]:
    return [("day", on.day), ("month", on.month), ("year", on.year)]


def test_an_agency_replies_for_itself_alone(an_officer: Appointed, signed_in: SignedIn) -> None:
    number = hold()
    nhs = signed_in(an_officer("nhs", Role.FINANCE_LEAD, agency="nhs"))
    assert "Reply for Wexshire nhs-board" in page_of(nhs, f"/participation/{number}/")
    assert "a reply for Wexshire nhs-board" in page_of(nhs, "/participation/")
    said = {"stance": "object", "words": "It costs us one nurse", "pounds": "40,000"}
    assert nhs.post(f"/participation/{number}/reply/nhs/", said).status_code == 302
    assert nhs.post(f"/participation/{number}/reply/wex/", said).status_code == 409
    empty = nhs.post(f"/participation/{number}/reply/nhs/", {"stance": "object", "words": ""})
    assert empty.status_code == 409
    assert "needs its reasons" in empty.content.decode()
    page = page_of(Client(), f"/participation/{number}/")
    assert "It costs us one nurse" in page
    assert "£40,000 more" in page
    assert "It will be answered once everybody has been heard." in page


def test_an_officer_answers_and_concludes_and_anybody_reads_you_said_we_did(
    an_officer: Appointed, signed_in: SignedIn
) -> None:
    number = hold(-60, -2)
    actions.reply(number, "nhs", "object", "=HYPERLINK(1) costs us", by=ADA, on=at(-30))
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    page = page_of(officer, f"/participation/{number}/conclude/")
    assert "Point 1 (objection) has no answer" in page
    noted = officer.post(f"/participation/{number}/points/1/", {"changed": "no", "words": "Noted"})
    assert "This is no answer" in noted.content.decode()
    said = {"changed": "yes", "words": ANSWERED, "pounds": "200", "led_to": "targets wexshire/1"}
    assert officer.post(f"/participation/{number}/points/1/", said).status_code == 302
    steward = signed_in(an_officer("ste", Role.DATA_STEWARD, place="wexshire"))
    done = {"words": "The partnership was silent."}
    assert steward.post(f"/participation/{number}/finish/partnership/", done).status_code == 302
    by = Officer("ste")
    actions.finish_part(number, "public", "Nobody answered by the last day.", by=by, on=at(0))
    conclude = f"/participation/{number}/conclude/"
    assert officer.post(conclude, {"reason": "All was heard."}).status_code == 302
    page = page_of(Client(), f"/participation/{number}/")
    assert "We did:</b> We moved the money" in page
    assert "£200 more" in page
    assert "Silence is not consent" in page
    assert "You said, we did" in page_of(Client(), "/participation/")
    answer = Client().get(f"/participation/{number}/answers.csv")
    table = answer.content.decode("utf-8-sig")
    assert "'=HYPERLINK(1) costs us" in table
    assert "targets wexshire/1" in table


def test_a_late_paper_is_named_as_late_and_gives_more_time(
    an_officer: Appointed, signed_in: SignedIn
) -> None:
    number = hold()
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    file = SimpleUploadedFile("late.pdf", b"%PDF late")
    said = {"title": "Costs", "file": file, "reason": "It was asked for"}
    assert officer.post(f"/participation/{number}/add-paper/", said).status_code == 302
    assert queries.hearing(number).closing_day == day(34)
    page = page_of(Client(), f"/participation/{number}/")
    assert "the last day moved on so that it can be read" in page
    nearer = {f"until_{n}": str(v) for n, v in _boxes(day(1))} | {"reason": "Enough"}
    assert officer.post(f"/participation/{number}/extend/", nearer).status_code == 409
    assert (
        officer.post(f"/participation/{number}/withdraw/", {"reason": "Wrong"}).status_code == 302
    )
    assert "It was withdrawn" in page_of(Client(), f"/participation/{number}/")
