"""From readings in rooms to findings on the record: watched, found, promised, begun anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from totalplace.doors.web.monitoring import jobs
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring import models, queries
from totalplace.monitoring.actions.watching import Anew, Looked, Terms, look_at, rebase, set_watch
from totalplace.monitoring.queries.answering import responses
from totalplace.monitoring.queries.findings import known_of
from totalplace.monitoring.queries.watched_money import spending_of_book
from totalplace.monitoring.rules.findings import Sort, digest_of
from totalplace.monitoring.rules.seen import Sign
from totalplace.monitoring.rules.watched import Standing, Subject
from totalplace.outcomes.actions import readings
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from ..ledger.conftest import open_pool, register  # noqa: TID252
from ..outcomes.place_made import begun  # noqa: TID252
from ..outcomes.targets_made import a_wanted  # noqa: TID252

pytestmark = pytest.mark.django_db

ADA = Operator("Ada")
ON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WEX, ENGLAND = "E10000017", "E92000001"
HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
STEADY = [11.8, 12.1, 11.7, 12.0, 11.9, 12.2, 11.6, 12.1, 11.9]
FALLEN = [*STEADY, 21.2, 21.6, 21.4]
ABSENCE = "outcome/persistent-absence"


class Watching:
    """The place, its readings, and looking at it."""

    def __init__(self, folder: Path, *, registered: bool = False) -> None:
        self.folder, self.home = folder, Home(folder / "home")
        self.tables = 0
        if registered:
            return
        places.register_place("wexshire", name="Wexshire", by=ADA, on=ON - timedelta(days=900))
        places.register_agency(
            "wex", name="Wexshire Council", kind="county", gss=WEX, by=ADA,
            on=ON - timedelta(days=900),
        )  # fmt: skip
        places.join_place("wexshire", "wex", by=ADA, on=ON - timedelta(days=900))

    def read(self, areas: Mapping[str, Sequence[float | None]], *, days: int = -30) -> None:
        """Add a table of persistent absence, school year by school year up to 2024/25."""
        self.tables += 1
        lines = [HEADS]
        for area, values in areas.items():
            lines += [
                f"{area},{_NAMES.get(area, area)},,Persistent absences for all pupils,"
                f"{year}-08-01/P1Y,{value},,%,,,,"
                for year, value in enumerate(values, start=2025 - len(values))
                if value is not None
            ]
        path = self.folder / f"table-{self.tables}.csv"
        path.write_text("\n".join(lines))
        on = ON + timedelta(days=days)
        (found,) = readings.add([path], readings.Terms(), home=self.home, by=ADA, on=on)
        assert isinstance(found, readings.Added), found

    def look(self, *, days: int = 0) -> Looked:
        return look_at("wexshire", home=self.home, by=ADA, on=ON + timedelta(days=days))


_NAMES = {WEX: "Wexshire", ENGLAND: "England"}


@pytest.fixture
def watching(tmp_path: Path) -> Watching:
    return Watching(tmp_path)


def test_what_is_read_in_a_place_is_watched_and_a_missing_year_is_no_fall(
    watching: Watching,
) -> None:
    watching.read({WEX: [*STEADY[:4], None, *STEADY[5:]]})
    (one,) = queries.watched_in("wexshire", home=watching.home, on=ON.date())
    assert (one.code, one.area, one.area_name) == (ABSENCE, WEX, "Wexshire")
    assert (one.subject, one.protected, one.months) == (Subject.OUTCOME, False, 12)
    assert [p.standing for p in one.points].count(Standing.MISSING) == 1
    assert any(note.startswith("Read from table ") for note in one.notes)
    done = watching.look()
    assert done.made == ()
    assert not done.look.rows[0].seen.sign.is_alarm


def test_a_change_is_found_once_frozen_with_its_words_and_goes_on_the_record(
    watching: Watching,
) -> None:
    watching.read({WEX: FALLEN, ENGLAND: STEADY + STEADY[:3]})
    (row,) = watching.look().made
    assert (row.citation.id, row.sign, row.sort) == ("wexshire/1", Sign.WORSE, Sort.NEW)
    assert "Wexshire: worse, at 21.4% in 2024/25, where it was about 11.9% before." in row.headline
    assert "England did not move at that time" in row.told.beside
    assert row.since.said == "2022/23"
    assert digest_of(row.text) == row.digest
    assert row.said["series"]["points"][-1]["value"] == 21.4
    assert row.said["under"]["limits"][0].startswith("limits as of ")
    assert len(row.said["under"]["limits"]) > 1
    last = record.last_entry()
    assert last is not None
    assert (last.verb, last.about) == ("found a change", Citation("finding", "wexshire/1"))
    before = last.number
    assert watching.look(days=1).made == ()
    assert record.last_entry().number == before  # type: ignore[union-attr]
    assert responses("wexshire") == []  # nothing of it is protected


def test_what_is_revised_away_follows_the_finding_and_the_old_one_stands(
    watching: Watching,
) -> None:
    watching.read({WEX: FALLEN})
    (first,) = watching.look().made
    watching.read({WEX: [*STEADY, 12.0, 11.8, 12.1]}, days=2)
    (gone,) = watching.look(days=3).made
    assert (gone.sort, gone.follows, gone.change) == (Sort.REVISED, 1, None)
    assert "Its publisher has revised the figures." in gone.headline
    kept = queries.finding("wexshire/1")
    assert (kept.followed_by, kept.stands, kept.text) == (2, False, first.text)
    assert watching.look(days=4).made == ()
    assert [one.number for one in queries.findings("wexshire")] == [2, 1]


def test_a_glance_is_kept_until_what_could_change_it_is_put_on_the_record(
    watching: Watching,
) -> None:
    watching.read({WEX: FALLEN})
    one = queries.glanced("wexshire", home=watching.home, on=ON.date())
    (row,) = one.rows
    assert (row.watched.code, row.seen.sign) == (ABSENCE, row.told.sign)
    watching.look()  # a finding is put on the record, and changes no figure
    assert queries.glanced("wexshire", home=watching.home, on=ON.date()) is one
    watching.read({WEX: [*STEADY, 12.0, 11.8, 12.1]}, days=2)
    assert queries.glanced("wexshire", home=watching.home, on=ON.date()) is not one


def test_a_place_says_what_it_promises_and_what_it_leaves_out(watching: Watching) -> None:
    watching.read({WEX: FALLEN})
    assert queries.watch_of("wexshire").promise == 4
    terms = Terms(2, [(ABSENCE, "It is being counted anew this year")], ["E10000006"])
    row = set_watch("wexshire", terms, reason="Fewer", by=ADA, on=ON)
    assert (row.turn, row.promise, row.alike) == (1, 2.0, ("E10000006",))
    assert queries.watched_in("wexshire", home=watching.home, on=ON.date()) == []
    ((left, why),) = queries.left_out_of("wexshire", home=watching.home, on=ON.date())
    assert (left.code, why) == (ABSENCE, "It is being counted anew this year")
    with pytest.raises(Refused, match="what stands already"):
        set_watch("wexshire", terms, reason="Fewer", by=ADA, on=ON)
    for odd, why in ((Terms(0), "more than nought"), (Terms(4, [(ABSENCE, " ")]), "not said why")):
        with pytest.raises(Refused, match=why):
            set_watch("wexshire", odd, reason="Odd", by=ADA, on=ON)


def test_a_chart_begins_anew_only_with_a_reason_that_cites_something(watching: Watching) -> None:
    watching.read({WEX: FALLEN})
    watching.look()
    anew = Anew(ABSENCE, WEX, date(2022, 8, 1), Citation("finding", "wexshire/1"))
    with pytest.raises(Refused, match="no reason"):
        rebase("wexshire", anew, reason=" ", by=ADA, on=ON)
    for odd in (Citation("plan", "wexshire/1"), Citation("decision", "nobody/9")):
        with pytest.raises(Refused):
            rebase("wexshire", Anew(ABSENCE, WEX, date(2022, 8, 1), odd), reason="New", by=ADA,
                   on=ON)  # fmt: skip
    row = rebase("wexshire", anew, reason="The council agreed to it", by=ADA, on=ON)
    assert row.citation == Citation("rebase", "wexshire/1")
    (one,) = queries.watched_in("wexshire", home=watching.home, on=ON.date())
    assert "its chart was begun anew (finding wexshire/1)" in one.breaks[-1].why
    with pytest.raises(Refused, match="it was, from that day"):
        rebase("wexshire", anew, reason="Again", by=ADA, on=ON)
    # What was found stands: a chart that begins anew is no evidence that it never was.
    assert queries.finding("wexshire/1").sign is Sign.WORSE


def test_nobody_without_the_mandate_sets_a_watch_or_looks(watching: Watching) -> None:
    eve = Officer("eve", "Eve")
    with pytest.raises(Refused):
        set_watch("wexshire", Terms(3), reason="Mine", by=eve, on=ON)
    with pytest.raises(Refused):
        look_at("wexshire", home=watching.home, by=eve, on=ON)


@pytest.mark.usefixtures("db")
def test_spending_is_read_from_the_book_beside_what_was_allocated() -> None:
    register()
    pool = open_pool()
    pool.promise(2_400_00)
    pool.allocate(1_200_00)
    pool.commit(500_00)
    pool.spend(150_00)
    (found,) = spending_of_book("pool", place="wexshire", on=ON.date())
    assert (found.code, found.subject, found.area_name) == ("money/icb", Subject.MONEY, "Wexshire")
    assert [(p.period.said, p.value) for p in found.points] == [("June 2025", 150.0)]


def test_an_officer_of_the_place_sets_its_watch_and_the_nightly_run_goes_on(
    watching: Watching, an_officer: Callable[..., Officer]
) -> None:
    watching.read({WEX: FALLEN})
    bea = an_officer("bea", Role.COMMISSIONER, place="wexshire")
    row = set_watch("wexshire", Terms(6), reason="More is read now", by=bea, on=ON)
    assert (row.promise, row.by) == (6.0, "bea")
    nightly = Operator("nightly run")
    assert len(look_at("wexshire", home=watching.home, by=nightly, on=ON).made) == 1


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_found_or_promised_is_changed_or_erased(sql: str) -> None:
    for model in (models.Finding, models.Watch, models.Rebase):
        with pytest.raises(DatabaseError, match="permission denied"):
            run(sql.format(model._meta.db_table))  # noqa: SLF001


def test_the_database_refuses_a_finding_out_of_turn_or_whose_text_was_forged(
    watching: Watching,
) -> None:
    watching.read({WEX: FALLEN})
    watching.look()
    row = models.Finding.objects.get()
    fields = [field.attname for field in row._meta.concrete_fields]  # noqa: SLF001
    said = {name: getattr(row, name) for name in fields} | {"id": None, "number": 2}
    for odd in (
        {"number": 7}, {"digest": "0" * 64}, {"sort": "more certain"},
        {"sort": "more certain", "follows_id": row.pk, "code": "outcome/other"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Finding.objects.create(**(said | odd))
    assert len(known_of("wexshire")[ABSENCE, WEX]) == 1


def test_an_alarm_on_an_agreed_outcome_opens_the_response_of_both_owners(tmp_path: Path) -> None:
    here = begun(date(2026, 3, 1))
    here.heard([a_wanted()])
    here.adopted(here.decided())
    watching = Watching(tmp_path, registered=True)
    (unread,) = queries.look("wexshire", home=watching.home, on=ON.date()).rows
    assert (unread.watched.points, unread.seen.sign) == ((), Sign.TOO_FEW)
    assert "No reading of it is held, so that it cannot be watched yet." in unread.told.notes
    watching.read({WEX: FALLEN})
    (one,) = queries.watched_in("wexshire", home=watching.home, on=ON.date())
    assert one.protected
    assert one.matters == pytest.approx(0.5, abs=0.01)
    assert "Its target is 9 by 31 March 2030." in one.notes
    (row,) = watching.look().made
    assert row.protected
    assert "That matters: it is" in row.told.big
    (answer,) = responses("wexshire")
    assert (answer.number, answer.open) == (row.number, True)
    assert watching.look(days=1).made == ()
    assert len(responses("wexshire")) == 1


def test_all_places_are_looked_at_at_night_and_a_second_night_finds_nothing(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.read({WEX: FALLEN})
    places.register_place("other", name="Other", by=ADA, on=ON)
    monkeypatch.setattr(jobs, "home", lambda: watching.home)
    told: list[str] = []

    def writes(doing: str, *_: object) -> bool:
        told.append(doing)
        return False

    telling = Telling(1, writes)
    assert jobs.look(telling) == "2 places and 1 series were looked at; 1 finding was made."
    assert jobs.look(telling) == "2 places and 1 series were looked at; 0 findings were made."
    assert "looking at Wexshire" in told


def test_a_place_that_breaks_the_program_stops_no_other_and_is_named(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.read({WEX: FALLEN})
    places.register_place("broken", name="Broken", by=ADA, on=ON)
    monkeypatch.setattr(jobs, "home", lambda: watching.home)

    def looks(code: str, **said: Any) -> Looked:
        if code == "broken":
            raise ValueError("a defect")
        return look_at(code, **said)

    monkeypatch.setattr(jobs, "look_at", looks)
    told = jobs.look(Telling(1, lambda *_: False))
    assert "1 finding was made." in told
    assert "Not looked at: Broken (a fault of the program; the log says which)." in told
