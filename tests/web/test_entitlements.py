"""Pages of entitlements: the few, one of them, what am I entitled to here, and officials' forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from totalplace.decisions.rules.days import local_day
from totalplace.entitlements import actions, queries
from totalplace.entitlements.definitions.reading import ENGLAND, shipped_text
from totalplace.entitlements.rules.moves import Shorter, Stage
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
NOW = datetime.now(UTC)
TODAY = local_day(NOW)
HERE = "/entitlements/here/wexshire/"
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]


@pytest.fixture(autouse=True)
def shipped(db: None) -> None:
    """A place, and the guarantees that ship in force."""
    for code in ("dhsc", "dfe", "mhclg"):
        name = f"Department {code.upper()}"
        places.register_agency(code, name=name, kind="department", by=ADA, on=NOW)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOW)
    for code in ENGLAND:
        row = actions.propose(shipped_text(code), reason="It is law", by=ADA, on=NOW)
        actions.enact(
            row.citation.id, first_day=TODAY, shorter=Shorter.ALREADY_LAW, reason="It is law",
            by=ADA, on=NOW,
        )  # fmt: skip


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    assert "style=" not in text
    return " ".join(text.split())


def born(years: int) -> dict[str, str]:
    day = TODAY.replace(day=1, year=TODAY.year - years)
    return {"born_day": "1", "born_month": str(day.month), "born_year": str(day.year)}


def hidden(page: str) -> dict[str, str]:
    """What travels in the form."""
    return dict(re.findall(r'type="hidden" name="(said-[a-z_]+)" value="([^"]*)"', page))


def asked(page: str) -> set[str]:
    """The names of the questions of a page."""
    found = re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_0-9]+)"', page)
    return {re.sub(r"_(?:day|month|year)$", "", name) for name in found} - {"csrfmiddlewaretoken"}


def test_the_few_are_listed_with_who_sets_and_pays_them(client: Client) -> None:
    page = page_of(client, "/entitlements/")
    assert "<b>9</b> are in force; there are to be 12 at the most" in page
    assert "Free school meals" in page
    assert "What they cost in Wexshire has not been said" in page_of(
        client, "/entitlements/?place=wexshire"
    )
    assert page_of(client, "/entitlements/?place=%00'")


def test_each_says_who_what_and_which_law(client: Client) -> None:
    for code in ENGLAND:
        page = page_of(client, f"/entitlements/{code}/?place=wexshire")
        assert "It was enacted" in page
        assert "not yet" in page  # some citation was not read at its source
    assert page_of(client, "/entitlements/school-place/")
    assert "Its text" in page_of(client, "/entitlements/school-place/1/")


def test_a_resident_is_asked_little_and_answered_step_by_step(client: Client) -> None:
    first = page_of(client, HERE)
    assert asked(first) == {"born", "lives_in_england"}
    answer = client.post(HERE, {**born(78), "lives_in_england": "yes"})
    assert answer["Cache-Control"] == "private, no-store"
    second = " ".join(answer.content.decode().split())
    assert asked(second) == {
        "english_and_maths", "referred", "at_emergency", "impairment", "disabled",
    }  # fmt: skip
    assert "Free early education before school" in second.partition('id="no"')[2]
    said = dict.fromkeys(asked(second), "no") | {"disabled": "yes", "english_and_maths": ""}
    third = " ".join(client.post(HERE, {**hidden(second), **said}).content.decode().split())
    assert asked(third) == {"works_needed", "level"} - {"level"}
    more = hidden(third) | {"works_needed": "yes"}
    fourth = " ".join(client.post(HERE, more).content.decode().split())
    last = " ".join(client.post(HERE, hidden(fourth) | {"stays": "yes"}).content.decode().split())
    assert "A grant to adapt" in last.partition('id="yes"')[2].partition("Questions")[0]
    assert asked(last) == {"works_cost", "contribution"}
    sums = hidden(last) | {"works_cost": "40,000", "contribution": "£5,000"}
    done = " ".join(client.post(HERE, sums).content.decode().split())
    assert "<b>£25,000 once</b>" in done
    assert "SI 2008/1189" not in done.partition('id="no"')[2]
    assert "It cannot be said yet" in done  # of courses: English and maths were left out
    assert asked(done) == set()


def test_nothing_of_what_a_resident_says_is_kept(client: Client) -> None:
    before = record.last_entry()
    answer = client.post(HERE, {**born(8), "lives_in_england": "yes"})
    assert record.last_entry() == before
    assert set(client.cookies) <= {"csrftoken"}
    assert answer.wsgi_request.get_full_path() == HERE
    assert not client.session.keys()


def test_what_cannot_be_is_said_beside_the_question(client: Client) -> None:
    for typed, why in (
        ({"born_day": "31", "born_month": "2", "born_year": "2018"}, "must be a real date"),
        ({"born_day": "1", "born_month": "2", "born_year": "1700"}, "between 1880 and 2199"),
        ({"lives_in_england": "maybe"}, "Select a valid choice"),
    ):
        page = client.post(HERE, typed).content.decode()
        assert why in page
        assert asked(page) == {"born", "lives_in_england"}


def test_what_travels_in_the_form_may_be_anything(client: Client) -> None:
    odd = {"said-born": "x'\"<script>", "said-works_cost": "9" * 400, "said-level": "\x00"}
    answer = client.post(HERE, odd)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().partition("<main")[2]
    assert client.post("/entitlements/here/nowhere/", {"a": "b"}).status_code == 409


def test_an_official_proposes_enacts_and_repeals(
    signed_in: SignedIn, an_officer: Appointed
) -> None:
    client = signed_in(an_officer("dot", Role.DEPARTMENT_OFFICIAL, agency="dfe"))
    assert "Propose a guarantee" in page_of(client, "/entitlements/")
    form = page_of(client, "/entitlements/propose/?change=school-place")
    assert "Every child from the term" in form
    text = shipped_text("school-place").replace("Education is the ground", "School is the ground")
    made = client.post(
        "/entitlements/propose/", {"text": text.replace("\n", "\r\n"), "reason": "r"}
    )
    assert made.status_code == 302, made.content.decode()
    at = "/entitlements/school-place/2/"
    assert "Enact it" in page_of(client, at)
    soon = {"first_day_day": "1", "first_day_month": "1", "first_day_year": "2020", "shorter": ""}
    refused = client.post(f"{at}enact/", soon)
    assert refused.status_code == 409
    assert "hat day has passed" in refused.content.decode()
    later = TODAY + timedelta(days=85)
    day = {f"first_day_{part}": str(getattr(later, part)) for part in ("day", "month", "year")}
    assert client.post(f"{at}enact/", {**day, "shorter": ""}).status_code == 302
    assert queries.guarantee("school-place").latest.stage is Stage.ENACTED
    assert "What is to change" in page_of(client, "/entitlements/")
    assert client.post(
        "/entitlements/school-place/repeal/", {**day, "reason": "All schools are free"}
    ).status_code == 302  # fmt: skip


def test_an_official_says_a_cost_and_withdraws(signed_in: SignedIn, an_officer: Appointed) -> None:
    client = signed_in(an_officer("dot", Role.DEPARTMENT_OFFICIAL, agency="dfe"))
    cost = {"place": "wexshire", "pence": "1,500,000", "low": "£1m", "high": "2000000",
            "source": "The school census"}  # fmt: skip
    at = "/entitlements/free-school-meals/1/cost/"
    assert client.post(at, cost).status_code == 409
    assert client.post(at, {**cost, "low": "1200000"}).status_code == 302
    page = page_of(client, "/entitlements/?place=wexshire")
    assert "£1,500,000" in page
    assert "The cost of 1 of them in Wexshire is known" in page
    text = shipped_text("free-school-meals").replace("A hungry child", "No hungry child")
    assert client.post("/entitlements/propose/", {"text": text, "reason": "r"}).status_code == 302
    withdrawn = client.post("/entitlements/free-school-meals/2/withdraw/", {"reason": "A slip"})
    assert withdrawn.status_code == 302
    assert queries.guarantee("free-school-meals").latest.stage is Stage.WITHDRAWN


VARIANT = """\
of: adult-skills
place: wexshire
title: Courses free from eighteen here
plain: In Wexshire courses are free from eighteen.
why: Young people leave school at eighteen
owner: Director of skills
as_of: 2026-11-26
review_by: 2027-11-26
sources: [Decision wex-cabinet/3 of the cabinet]
funded_by: {name: Wexshire Council, how: Its own budget}
law:
  own: {text: 'Localism Act 2011, section 1', says: A council may do more, verified: no}
in_force: {from: DAY, until: null}
facts: null
parameters:
  from_age: {values: [{from: DAY, value: AGE}]}
who: null
amount: null
tests: null
"""


def test_a_commissioner_does_better_in_a_place_and_never_worse(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    officer = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    text = VARIANT.replace("DAY", TODAY.isoformat())
    at = "/entitlements/variants/wexshire/"
    assert "Set it" in page_of(officer, at)
    worse = officer.post(at, {"text": text.replace("AGE", "20"), "reason": "r"})
    assert worse.status_code == 409
    assert "(parameters.from_age) is worse" in worse.content.decode()
    assert officer.post(at, {"text": text.replace("AGE", "18"), "reason": "r"}).status_code == 302
    page = page_of(client, "/entitlements/adult-skills/?place=wexshire")
    assert "In Wexshire courses are free from eighteen" in page
    answer = client.post(HERE, {**born(18), "lives_in_england": "yes"})
    assert "english_and_maths" in asked(answer.content.decode())
    end = {"first_day_day": str(TODAY.day), "first_day_month": str(TODAY.month),
           "first_day_year": str(TODAY.year), "reason": "Too dear"}  # fmt: skip
    assert officer.post("/entitlements/adult-skills/end/wexshire/", end).status_code == 302


def test_nobody_else_sees_the_forms(
    client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    paths = ("school-place/1/enact/", "school-place/repeal/", "school-place/1/withdraw/",
             "school-place/1/cost/", "variants/wexshire/")  # fmt: skip
    member = signed_in(an_officer("lee", Role.ELECTED_MEMBER, place="wexshire"))
    for path in paths:
        assert client.get(f"/entitlements/{path}").status_code == 302
        assert member.get(f"/entitlements/{path}").status_code == 409
    assert "Enact it" not in page_of(member, "/entitlements/school-place/1/")
