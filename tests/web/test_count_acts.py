"""What officers do about counts through the pages: freeze, dispute, settle, sign off, overrule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from totalplace.count.queries.editions import editions
from totalplace.count.queries.rulings import all_rulings
from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work import models as work_models
from totalplace.doors.web.work.actions import begin, end
from totalplace.doors.web.work.jobs import do
from totalplace.doors.web.work.telling import Telling
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.sources import actions as sources

ADA = Operator("Ada")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
APRIL = "Date,Supplier,Directorate,Amount\n" + "".join(
    f"{d:02d}/04/2025,Oak Ltd {d},Highways,{d}00.50\n" for d in range(1, 29)
)
SignedIn = Callable[[Officer], Client]
Appoints = Callable[..., Officer]


def do_all() -> list[str]:
    """Do what waits; what came of it."""
    said = []
    for work in work_models.Work.objects.filter(ended_at=None).order_by("id"):
        begun = begin(work.pk)
        assert begun is not None
        said.append(do(begun.job, Telling(work.pk, lambda *_: False), begun.args))
        end(work.pk, "done", said[-1])
    return said


@pytest.fixture
def counted(db: None, tmp_path: Path) -> str:
    """A place of one council, whose payments of one month are held."""
    places.register_agency("wexshire", name="Wexshire Council", by=ADA, on=NOON)
    places.register_place("wex", name="Wex", by=ADA, on=NOON)
    places.join_place("wex", "wexshire", by=ADA, on=NOON)
    (tmp_path / "April 2025.csv").write_text(APRIL)
    terms = sources.Terms("wexshire")
    list(sources.add([tmp_path / "April 2025.csv"], terms, home=home(), by=ADA, on=NOON))
    return "wex"


def freeze(client: Client) -> None:
    """Ask for the count of 2025-26 to be frozen, and do it."""
    client.post("/count/wex/new/", {"year": "2025-26"})
    do_all()


def test_a_finance_lead_of_the_place_freezes_a_count_in_the_background(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    client = signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex"))
    page = client.get("/count/wex/new/").content.decode()
    assert "2025-26" in page
    answer = client.post("/count/wex/new/", {"year": "2025-26"})
    assert answer["Location"].startswith("/work/")
    again = client.post("/count/wex/new/", {"year": "2025-26"})
    assert again["Location"] == answer["Location"]
    assert do_all() == ["Edition 1 of 2025-26 is provisional."]
    assert "Edition 1 of 2025-26" in client.get(answer["Location"]).content.decode()
    client.post("/count/wex/new/", {"year": "2025-26"})
    assert do_all() == ["Edition 1 of 2025-26 is provisional."]
    assert len(editions("wex")) == 1


def test_a_chief_finance_officer_may_read_but_not_freeze(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    client = signed_in(an_officer("dov", Role.CHIEF_FINANCE_OFFICER, place="wex"))
    assert "not freeze it" in client.get("/count/wex/new/").content.decode()
    assert client.post("/count/wex/new/", {"year": "2025-26"}).status_code == 409
    assert work_models.Work.objects.count() == 0


def test_an_officer_of_elsewhere_finds_no_page(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    places.register_place("dale", name="Dale", by=ADA, on=NOON)
    client = signed_in(an_officer("eve", Role.FINANCE_LEAD, place="dale"))
    for at in ("wex/new/", "nowhere/new/", "wex/2025-26/1/decide/"):
        assert client.get(f"/count/{at}").status_code == 404


def test_a_dispute_is_made_settled_and_the_edition_signed_off(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    freeze(signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex")))
    at = "/count/wex/2025-26/1/decide/"
    bea = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency="wexshire"))
    page = bea.get(at).content.decode()
    assert "Dispute figures" in page
    said = {"verb": "dispute", "agency": "wexshire", "line": "Highways", "reason": "VAT is in it."}
    assert "Enter the reason" in bea.post(at, {**said, "reason": ""}).content.decode()
    assert bea.post(at, said).status_code == 302
    assert "Highways: VAT is in it." in bea.get(at).content.decode()
    chief = signed_in(an_officer("dov", Role.CHIEF_FINANCE_OFFICER, place="wex"))
    assert chief.post(at, {"verb": "sign off", "reason": "Agreed."}).status_code == 409
    chief.post(at, {"verb": "settle", "reason": "The file says that it is net."})
    chief.post(at, {"verb": "sign off", "reason": "Agreed by all."})
    assert editions("wex")[0].standing == "signed off"


def test_nobody_disputes_for_an_agency_that_is_not_theirs(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    freeze(signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex")))
    client = signed_in(an_officer("sue", Role.SCRUTINY, place="wex"))
    at = "/count/wex/2025-26/1/decide/"
    assert "nothing for you to decide" in client.get(at).content.decode()
    said = {"verb": "dispute", "agency": "wexshire", "reason": "No."}
    assert "nothing for you to decide" in client.post(at, said).content.decode()
    assert editions("wex")[0].moves == ()


def test_a_line_is_overruled_from_where_it_stands_and_taken_back(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    client = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency="wexshire"))
    at = "/count/rulings/new/?agency=wexshire&payee=Oak+Ltd+1"
    assert 'value="Oak Ltd 1"' in client.get(at).content.decode()
    said = {"agency": "wexshire", "subject": "purpose", "payee": "Oak Ltd 1", "reason": "A home."}
    assert "say it" in client.post(at, said).content.decode()
    assert client.post(at, {**said, "service": "adult_social_care"}).status_code == 302
    (row,) = all_rulings()
    assert (row.ruling.payee, row.ruling.said, row.holds) == (
        "Oak Ltd 1",
        "adult_social_care",
        True,
    )
    page = client.get("/count/rulings/").content.decode()
    assert "A home." in page
    client.post(f"/count/rulings/{row.ruling.number}/withdraw/", {"reason": "It was a road."})
    assert [r.holds for r in all_rulings()] == [False]


def test_a_copy_is_ruled_on_by_its_row(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    client = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency="wexshire"))
    at = f"/count/rulings/new/?agency=wexshire&subject=copy&file={'a' * 64}&row=7"
    said = {"agency": "wexshire", "subject": "copy", "copy": "paid once", "reason": "Sent twice."}
    client.post(at, said)
    (row,) = all_rulings()
    assert (row.ruling.file, row.ruling.row, row.ruling.said) == ("a" * 64, 7, "paid once")


def test_what_waits_is_told_to_who_can_do_it(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    freeze(signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex")))
    chief = signed_in(an_officer("dov", Role.CHIEF_FINANCE_OFFICER, place="wex"))
    page = chief.get("/my/").content.decode()
    assert "Sign off, or have disputed, edition 1 of wex, 2025-26" in page


def test_returns_are_asked_for_queried_and_answered_on_pages(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    lea = signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex"))
    form = next(iter(_forms()))
    said = {"agency": "wexshire", "form": form, "year": "2025", "reason": "By June."}
    at = lea.post("/sources/returns/ask/", said)["Location"]
    assert "By June." in lea.get(at).content.decode()
    bea = signed_in(an_officer("bea", Role.FINANCE_LEAD, agency="wexshire"))
    assert "By June." in bea.get("/sources/returns/").content.decode()
    assert "Give in" in bea.get("/my/").content.decode()
    lea.post(f"{at}withdraw/", {"reason": "Not needed."})
    assert "Withdrawn" in lea.get(at).content.decode()
    assert lea.post(f"{at}answer/", {"reason": "x"}).status_code == 409


def _forms() -> list[str]:
    from totalplace.sources.returns.forms import known

    return sorted(known(home()))


def test_an_edition_leads_its_officers_to_where_it_is_disputed(
    counted: str, an_officer: Appoints, signed_in: SignedIn
) -> None:
    lea = signed_in(an_officer("lea", Role.FINANCE_LEAD, place="wex"))
    freeze(lea)
    assert "/count/wex/2025-26/1/decide/" in lea.get("/count/wex/2025-26/1/").content.decode()
    assert "Freeze a count of Wex" in lea.get("/sources/").content.decode()
