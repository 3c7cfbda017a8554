"""Ways round the gate: each refused by the action, and by the database even to its superuser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from totalplace.doors import records
from totalplace.participation import actions
from totalplace.participation.rules.drafts import Alternatives, Equality, Question, When, Who
from totalplace.participation.rules.freezing import digest_of
from totalplace.participation.rules.replies import Answered
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .conftest import ADA, BEGUN, CLOSED, LAST, OPENS, UNCHANGED, WORDS, Hearing, a_draft, at
from .ways import ADOPTION, LATER, NEXT, World, adopt, adopt_sql, insert, move, opening, taken

Act = Callable[[World], object]
Sql = Callable[[World], str]
THEME: Final = Citation("theme", "1/1")
PAPER: Final[dict[str, Any]] = {"file_name": "p.pdf", "content": b"swapped", "by": ADA}
UNKNOWN: Final = date(2199, 1, 1)
# A guard, a lawful value or a number that is taken; 42501: it was not granted.
GUARDS: Final = ("23001", "23502", "23505", "23514")
MID: Final = OPENS + timedelta(days=30)


@dataclass(frozen=True)
class Way:
    """A way round the gate, in a sentence; what is tried by the action, and past it."""

    sentence: str
    act: Act | None = None
    sql: Sql | None = None


def opened(**said: object) -> Act:
    """A hearing of a draft that says something else is opened."""

    def attempt(world: World) -> None:
        begun = Hearing(0, Citation("targets", "wexshire/99"), today=OPENS)
        begun.begin(a_draft(**said)).open()

    return attempt


def of(stage: str, do: Callable[[Hearing], object]) -> Act:
    """What is tried on the hearing at a stage."""
    return lambda world: do(world[stage])


def on(stage: str, make: Callable[..., str], *said: object, **values: object) -> Sql:
    """What is tried on the hearing at a stage, past its action."""
    return lambda world: make(*((said[0], world[stage], *said[1:]) if make is insert else
                                (world[stage], *said)), **values)  # fmt: skip


def run(words: str) -> Sql:
    """Plain SQL."""
    return lambda _: words


def again_about(stage: str, world: World) -> str:
    """A second hearing about the same thing, opened past its action."""
    other = world[stage]
    begun = Hearing(0, other.about, today=other.today).begin()
    return opening(begun, other.today)


WAYS: Final = [
    # a formative stage, sufficient reasons, adequate time
    Way("a hearing opens on what is said to be decided",
        opened(question=Question("T", "Q?", "u", "d", is_decided=True))),
    Way("a hearing opens on what a body has decided",
        of("draft", lambda h: (taken("cab", h.about, OPENS), h.open())),
        lambda w: (taken("cab", w.about("draft"), OPENS), opening(w["draft"], OPENS))[1]),
    Way("a hearing opens without an alternative", opened(alternatives=Alternatives())),
    Way("a hearing opens without effects on those whom the law protects",
        opened(equality=Equality())),
    Way("a hearing opens without a paper",
        lambda _: Hearing(0, Citation("targets", "x/9")).begin(papers=0).open(),
        lambda _: opening(Hearing(0, Citation("targets", "x/9")).begin(papers=0), OPENS)),
    Way("a hearing opens that leaves the partnership out without a reason",
        opened(who=Who(asks_partnership=False))),
    Way("a hearing opens for less than twelve weeks without a reason",
        opened(when=When(OPENS, OPENS + timedelta(days=40)))),
    Way("a hearing opens for less than the floor without urgency",
        opened(when=When(OPENS, OPENS + timedelta(days=9), "It is small"))),
    Way("a hearing opens for a day, however urgent",
        opened(when=When(OPENS, OPENS, "It is on fire", urgent=True))),
    Way("a hearing opens from a day that has gone",
        opened(when=When(BEGUN, LAST)), on("draft", opening, OPENS, first_day=str(BEGUN))),
    Way("a hearing opens before it was begun", None,
        on("draft", opening, BEGUN - timedelta(days=1))),
    Way("a hearing opens with its last day before its first",
        opened(when=When(OPENS, BEGUN, "w", urgent=True)),
        on("draft", opening, OPENS, last_day=str(BEGUN))),
    Way("a hearing opens while another about the same thing is open",
        of("open", lambda h: Hearing(0, h.about, today=MID).begin(
            a_draft(when=When(MID, MID + timedelta(days=90)))).open()),
        lambda w: again_about("open", w)),
    Way("a hearing opens under the digest of other papers", None,
        on("draft", opening, OPENS, digest="0" * 64)),
    Way("a hearing opens that freezes none of its papers", None,
        on("draft", opening, OPENS, frozen="nothing", digest=digest_of("nothing"))),
    # nobody closes early
    Way("a hearing is concluded before its last day is over",
        of("open", lambda h: actions.conclude(h.number, reason="r", by=ADA, on=at(LAST))),
        on("open", move, "conclude", "open to concluded", LAST)),
    Way("a hearing is concluded on a day that has not come", None,
        on("ready", move, "conclude", "open to concluded", UNKNOWN)),
    Way("a hearing is concluded before what was said last",
        None, on("ready", move, "conclude", "open to concluded", CLOSED - timedelta(days=1))),
    Way("the last day moves nearer",
        of("open", lambda h: actions.extend(h.number, MID, reason="r", by=ADA, on=at(MID))),
        on("open", move, "extend", "open to open", MID, last_day=str(MID))),
    Way("the last day is rewritten", None,
        run("UPDATE participation_hearingmove SET last_day = day")),
    Way("a closed hearing is opened for longer",
        of("closed", lambda h: actions.extend(h.number, LATER, reason="r", by=ADA, on=at(CLOSED))),
        on("closed", move, "extend", "open to open", CLOSED, last_day=str(LATER))),
    # what people were given stays what they were given
    Way("a paper is swapped for another of the same name", None,
        run("UPDATE participation_paperbytes SET content = 'other'")),
    Way("a paper points at other bytes", None,
        run("UPDATE participation_hearingpaper SET sha256 = repeat('1', 64)")),
    Way("bytes are put in under the hash of others", None,
        run('INSERT INTO participation_paperbytes (sha256, content, by, "on") '
            "VALUES (repeat('a', 64), 'other', 'x', '2026-02-09T12:00Z')")),
    Way("a paper is left out after the opening",
        of("open", lambda h: actions.leave_out_paper(h.number, 1, by=ADA, on=at(MID))),
        run('INSERT INTO participation_paperleftout (paper_id, by, "on") '
            "SELECT p.id, 'x', '2026-03-09T12:00Z' FROM participation_hearingpaper p "
            "JOIN participation_hearingmove m USING (hearing_id) WHERE m.verb = 'open' LIMIT 1")),
    Way("a paper is erased", None, run("DELETE FROM participation_hearingpaper")),
    Way("a paper is added after the opening as if it had been there",
        of("open", lambda h: actions.add_paper(h.number, "P", **PAPER, on=at(MID))),
        on("open", insert, "hearingpaper", MID, number=2, title="P", file_name="p.pdf",
           sha256=digest_of("paper 1"), size=7)),
    Way("a late paper is added once nobody can answer it",
        of("closed", lambda h: actions.add_late_paper(
            h.number, "P", reason="r", **PAPER, on=at(CLOSED)))),
    Way("the question is put otherwise after the opening",
        of("open", lambda h: actions.write_section(
            h.number, "question", {"title": "T"}, by=ADA, on=at(MID))),
        on("open", insert, "hearingsection", MID, name="question", said="{}")),
    Way("a consultee is said to have been asked after the opening", None,
        on("open", insert, "consultee", MID, name="Far", by_right=True, stake="")),
    # what was said stays said
    Way("an objection is erased", None, run("DELETE FROM participation_reply")),
    Way("an objection is rewritten", None,
        run("UPDATE participation_reply SET stance = 'agree'")),
    Way("an objection is replaced after the last day as if in time", None,
        on("closed", insert, "reply", CLOSED, turn=2, agency_id=2, stance="agree", words="",
           late=False)),
    Way("every reply is emptied out", None, run("TRUNCATE participation_reply CASCADE")),
    Way("a reply is given to a draft",
        of("draft", lambda h: h.pass_to(OPENS).reply()),
        on("draft", insert, "reply", OPENS, turn=1, agency_id=2, stance="agree", words="",
           late=False)),
    Way("an objection is given without a reason",
        of("open", lambda h: h.pass_to(MID).reply(words=" ")),
        on("open", insert, "reply", MID, turn=2, agency_id=2, stance="object", words="",
           late=False)),
    Way("a point is erased", None, run("DELETE FROM participation_point")),
    # conscientious consideration
    Way("a hearing is concluded with an objection unanswered",
        of("closed", lambda h: h.conclude()),
        on("closed", move, "conclude", "open to concluded", CLOSED)),
    Way("a hearing is concluded without the public's part",
        of("answered", lambda h: h.conclude()),
        on("answered", move, "conclude", "open to concluded", CLOSED)),
    Way("an objection is answered with 'noted'",
        of("closed", lambda h: h.answer(1, Answered(changed=False, words="Noted."))),
        lambda w: an_answer(w["closed"], CLOSED, words="Noted.")),
    Way("an objection is answered with thanks and no more",
        of("closed", lambda h: h.answer(
            1, Answered(changed=False, words="Your comments have been noted and considered.")))),
    Way("an objection is answered with nothing",
        of("closed", lambda h: h.answer(1, Answered(changed=True, words="  "))),
        lambda w: an_answer(w["closed"], CLOSED, words="  ")),
    Way("an answer changes nothing, by so many pence",
        of("closed", lambda h: h.answer(1, Answered(changed=False, words=WORDS, pence=1))),
        lambda w: an_answer(w["closed"], CLOSED, changed=False, pence=1)),
    Way("an objection is answered before everybody was heard",
        of("open", lambda h: h.pass_to(MID).answer()), lambda w: an_answer(w["open"], MID)),
    Way("an answer is put to a point of another hearing", None,
        lambda w: an_answer(w["closed"], CLOSED, point_id=w["concluded"].row.points[0].id)),
    Way("an answer is rewritten", None, run("UPDATE participation_answer SET changed = true")),
    Way("an answer is erased", None, run("DELETE FROM participation_answer")),
    Way("an answer is changed once the hearing is concluded",
        of("concluded", lambda h: h.answer(1, UNCHANGED)),
        lambda w: an_answer(w["concluded"], CLOSED)),
    Way("advice comes in once the hearing is concluded",
        of("concluded", lambda h: actions.raise_point(
            h.number, "theme", "Buses", source=THEME, by=ADA, on=at(CLOSED))),
        on("concluded", insert, "point", CLOSED, number=2, kind="theme", source_kind="theme",
           source_id="1", words="Buses")),
    Way("an objection is raised that nobody made",
        of("closed", lambda h: actions.raise_point(
            h.number, "objection", "No", source=THEME, by=ADA, on=at(CLOSED))),
        on("closed", insert, "point", CLOSED, number=2, kind="objection", source_kind="reply",
           source_id="9", words="No")),
    Way("the public's part is finished while the public is still answering",
        of("open", lambda h: h.pass_to(LAST).finish("public")),
        on("open", insert, "partfinished", LAST, part="public", words="done")),
    Way("a part is finished and nothing is said of it",
        of("closed", lambda h: actions.finish_part(h.number, "public", " ", by=ADA, on=at(CLOSED))),
        on("closed", insert, "partfinished", CLOSED, part="public", words="")),
    Way("a draft is concluded", of("draft", lambda h: h.pass_to(OPENS).conclude()),
        on("draft", move, "conclude", "open to concluded", OPENS)),
    Way("a withdrawn hearing is concluded", of("withdrawn", lambda h: h.pass_to(LATER).conclude()),
        on("withdrawn", move, "conclude", "open to concluded", LATER)),
    Way("a concluded hearing is withdrawn",
        of("concluded", lambda h: actions.withdraw(h.number, reason="r", by=ADA, on=at(LATER))),
        on("concluded", move, "withdraw", "open to withdrawn", LATER)),
]  # fmt: skip


def cited(stage: str, decision: str, **said: Any) -> tuple[Act, Sql]:
    """What a hearing at a stage is about is adopted under a decision."""
    return (
        lambda world: adopt(world.about(stage), decision, **said),
        lambda world: adopt_sql(world.about(stage), decision, **said),
    )


GOOD: Final = "cab/2"  # about what was heard, taken on the day after it was concluded
FAR: Final = ("wex", "nhs", "far")
ADOPTING: Final = [
    Way("what was never heard is adopted",
        lambda _: adopt(Citation("targets", "none/1"), GOOD),
        lambda _: adopt_sql(Citation("targets", "none/1"), GOOD)),
    Way("what is still being heard is adopted", *cited("open", GOOD)),
    Way("what is heard and not concluded is adopted", *cited("ready", "cab/3")),
    Way("what was heard in a withdrawn hearing is adopted", *cited("withdrawn", GOOD)),
    Way("what the public was not asked about is adopted", *cited("agencies alone", GOOD)),
    Way("a draft is adopted", *cited("draft", GOOD)),
    Way("an agency that was not asked is affected", *cited("concluded", GOOD, affected=FAR)),
    Way("it is adopted on a day before it was heard", *cited("concluded", GOOD, on=OPENS)),
    Way("it is adopted on a day that has not come", *cited("concluded", GOOD, on=UNKNOWN)),
    Way("the hearing of another proposal is used", *cited("closed", GOOD)),
    Way("the decision is about something else", *cited("concluded", "cab/3")),
    Way("the decision was taken before the day after the hearing was concluded",
        *cited("concluded", "cab/1")),
    Way("the decision may still be called in", *cited("concluded", GOOD, on=NEXT)),
    Way("the decision was called in", *cited("concluded", "cab/5")),
    Way("the decision is only proposed", *cited("concluded", "cab/4")),
    Way("there is no such decision", *cited("concluded", "cab/77")),
    Way("the decision is another agency's", cited("concluded", "board/1")[0]),
]  # fmt: skip


def an_answer(hearing: Hearing, day: date, **said: object) -> str:
    """An answer to the first point, past its action."""
    point = hearing.row.points[0]
    values = {"number": len(point.answers) + 1, "point_id": point.id, "changed": True,
              "words": WORDS, "led_to_kind": "", "led_to_id": "", **said}  # fmt: skip
    return insert("answer", hearing, day, **values)


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest, test_server: records.Address, django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[World]:  # fmt: skip
    """Committed records of this module's own: a superuser sees what is committed alone."""
    house: Any = request.config.pluginmanager.get_plugin(
        str(Path(__file__).parents[1] / "conftest.py")
    )
    before = records.as_application()
    with house.copy_of(test_server, f"ways_{before['NAME']}") as mine, django_db_blocker.unblock():
        records.use(mine)

        def superuser() -> psycopg.Connection[Any]:
            return house.as_superuser(mine, mine.owner["NAME"])  # type: ignore[no-any-return]

        with superuser() as owner:
            owner.execute(ADOPTION)
        yield World(superuser).build()
        records.use(house.replace(test_server, application=before))


def named(way: Way) -> str:
    """A way by its sentence."""
    return way.sentence


@pytest.mark.parametrize("way", [w for w in WAYS + ADOPTING if w.act], ids=named)
def test_the_action_refuses(world: World, way: Way) -> None:
    assert way.act is not None
    days = {stage: hearing.today for stage, hearing in world.stages.items()}
    with transaction.atomic():
        with pytest.raises(Refused):
            way.act(world)
        transaction.set_rollback(True)
    for stage, day in days.items():
        world[stage].today = day


@pytest.mark.parametrize("way", [w for w in WAYS + ADOPTING if w.sql], ids=named)
def test_the_database_refuses_the_application(world: World, way: Way) -> None:
    assert way.sql is not None
    with transaction.atomic():
        sql = way.sql(world)
        with (
            pytest.raises(DatabaseError) as refused,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        transaction.set_rollback(True)
    assert getattr(refused.value.__cause__, "sqlstate", "") in (*GUARDS, "42501")


# What is done to a draft made for the purpose is seen by its own transaction alone.
OWN_DRAFT: Final = {
    "a hearing opens without a paper",
    "a hearing opens while another about the same thing is open",
    "a hearing opens on what a body has decided",
}


@pytest.mark.parametrize(
    "way", [w for w in WAYS + ADOPTING if w.sql and w.sentence not in OWN_DRAFT], ids=named
)
def test_the_database_refuses_its_superuser(world: World, way: Way) -> None:
    assert way.sql is not None
    sql = way.sql(world)
    with world.as_superuser() as superuser, pytest.raises(psycopg.Error) as refused:
        superuser.execute(sql.encode())
    assert refused.value.sqlstate in GUARDS, refused.value


def test_what_was_heard_and_decided_passes_by_every_way(world: World) -> None:
    adopt(world.about("concluded"), GOOD)
    sql = adopt_sql(world.about("concluded"), GOOD)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        transaction.set_rollback(True)
    with world.as_superuser() as superuser:
        superuser.execute(sql.encode())


def test_there_are_more_than_forty_ways() -> None:
    assert len({way.sentence for way in WAYS + ADOPTING}) == len(WAYS) + len(ADOPTING) > 40
