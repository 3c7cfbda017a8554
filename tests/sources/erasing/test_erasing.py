"""A payee's name is erased from everything that is held of a file; its pounds and rows stay."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest
from django.db import OperationalError

from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources import actions, queries
from totalplace.sources.actions import Added, NotAdded
from totalplace.sources.erasing import actions as erasing
from totalplace.sources.erasing.actions import Erased, Grounds
from totalplace.sources.erasing.queries import proved, tombstones
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home
from totalplace.sources.models import Holding, Reading

pytestmark = pytest.mark.django_db

NAME: Final = "Jane Q Carer"
HEAD: Final = "Date,Supplier,Supplier No,Directorate,Description,Amount\n"
APRIL: Final = HEAD + (
    "01/04/2024,Oak Ltd,4411,Highways,Repairs,100.00\n"
    f"02/04/2024,{NAME},4412,Children,Fostering in May ({NAME.upper()}),250.50\n"
    '03/04/2024,Elm Ltd,4413,Children,"Paid through jane q\ncarer, £",30.00\n'
    f"04/04/2024,{NAME},4412,Children,Fostering,n/a\n"
    f"05/04/2024,Ash Ltd,4414,Children,Rent,{NAME}\n"
    f"06/04/2024,{NAME},4412,Children,Refund,12.50-\n"
)
Erase = Callable[..., Erased]
Outcomes = list[Added | NotAdded]
Add = Callable[..., Outcomes]
Sums = Callable[[], dict[str, tuple[int, int]]]
Traces = Callable[..., list[str]]


@pytest.fixture
def april(given: Path, add: Add) -> Path:
    """A file with the name in odd places, held in one holding with another file."""
    path = given / "april.csv"
    path.write_bytes(APRIL.encode("cp1252"))
    (given / "other.csv").write_text(HEAD + "01/05/2024,Fir Ltd,9,Roads,Salt,7.00\n")
    add(given)
    return path


def payees(home: Home, file: str) -> list[tuple[Any, ...]]:
    """What is held of a file's rows."""
    sha256 = queries.file_named(file).sha256
    parts = [str(path) for path in queries.holdings(home)["payments"]]
    columns = "row, payee, payee_number, redacted, purpose || detail, amount_pence"
    held = duckdb.read_parquet(parts).filter(f"file = '{sha256}'").order("row")
    return held.project(columns).fetchall()


def test_nothing_of_the_name_is_left_and_every_penny_is(
    home: Home, april: Path, erased: Erase, traces: Traces, held_pence: Sums, read_pence: Sums
) -> None:
    assert len(traces(NAME)) == 3
    before = held_pence()
    done = erased("april.csv", "jane q  CARER")
    assert (done.rows, done.pence, done.stays, done.firms) == (2, 23800, (), 0)
    assert traces(NAME, "Carer") == []
    assert held_pence() == before == read_pence()
    assert payees(home, "april.csv") == [
        (2, "Oak Ltd", "4411", False, "Repairs", 10000),
        (3, "(erased)", "", True, "Fostering in May ((erased))", 25050),
        (4, "Elm Ltd", "4413", False, "Paid through (erased), £", 3000),
        (7, "(erased)", "", True, "Refund", -1250),
    ]
    faults = [(f.row, f.found, f.cells) for f in queries.faults(home, queries.files())]
    assert faults == [
        (5, "n/a", ("04/04/2024", "(erased)", "", "Children", "Fostering", "n/a")),
        (6, "(erased)", ("05/04/2024", "Ash Ltd", "4414", "Children", "Rent", "(erased)")),
    ]


def test_the_copy_differs_only_where_the_name_stood(home: Home, april: Path, erased: Erase) -> None:
    done = erased("april.csv", NAME)
    (copy,) = home.originals.glob(f"{done.sha256}*")
    wanted = APRIL.replace("Paid through jane q\ncarer", "Paid through (erased)")
    wanted = wanted.replace(f"{NAME},4412", "(erased),").replace(NAME, "(erased)")
    wanted = wanted.replace(NAME.upper(), "(erased)")
    assert copy.read_bytes() == wanted.encode("cp1252")
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == done.held_sha256
    assert copy.stat().st_mode & 0o777 == 0o440


def test_the_record_says_who_why_and_under_which_power_and_never_whose_name(
    april: Path, erased: Erase
) -> None:
    done = erased("april.csv", NAME)
    entry = record.last_entry()
    assert entry is not None
    assert (entry.by, entry.verb) == ("Ben", "erased a payee's name")
    assert entry.power.startswith("UK GDPR article 17(1)(d); operator of this installation")
    assert str(entry.about) == f"file {done.sha256}"
    assert entry.citing == "tombstone 1, 2 rows: Published by mistake"
    assert record.first_fault() is None


def test_a_tombstone_keeps_rows_pounds_and_hashes_and_proves_them(
    april: Path, erased: Erase, tmp_path: Path
) -> None:
    done = erased("april.csv", NAME)
    (stone,) = tombstones(done.sha256)
    assert stone.published_sha256 == hashlib.sha256(april.read_bytes()).hexdigest()
    assert (stone.payee_rows, stone.payee_pence) == (2, 23800)
    assert (stone.file_rows, stone.file_pence) == (4, 36800)
    assert [(r.document, r.row, r.pence, r.columns) for r in stone.rows] == [
        ("april.csv", 3, 25050, "B, C, E"),
        ("april.csv", 4, 3000, "E"),
        ("april.csv", 5, None, "B, C"),
        ("april.csv", 6, None, "F"),
        ("april.csv", 7, -1250, "B, C"),
    ]
    assert [(p.shown, p.holds) for p in proved(april)] == [(5, True)]
    (tmp_path / "changed.csv").write_bytes(april.read_bytes().replace(b"250.50", b"250.51"))
    with pytest.raises(Refused, match=r"changed.csv proves nothing"):
        proved(tmp_path / "changed.csv")


def test_what_is_held_is_verified_through_its_tombstone(
    home: Home, april: Path, erased: Erase
) -> None:
    done = erased("april.csv", NAME)
    said = {v.file: (v.said, v.sound) for v in verified(home)}
    assert said == {
        "april.csv": ("as published but for a name, tombstone 1", True),
        "other.csv": ("as published", True),
    }
    (copy,) = home.originals.glob(f"{done.sha256}*")
    copy.chmod(0o600)
    copy.write_bytes(copy.read_bytes() + b"\n")
    assert [v.sound for v in verified(home, [done.sha256])] == [False]
    copy.rename(home.original(done.sha256))
    assert [(v.said, v.sound) for v in verified(home, [done.sha256])] == [
        ("a copy from before a name was erased is still there", False)
    ]
    queries.holdings(home)["payments"][0].unlink()
    assert [v.sound for v in verified(home)] == [False, False]


def test_the_published_file_is_still_held_and_does_not_bring_the_name_back(
    home: Home, given: Path, april: Path, add: Add, erased: Erase, traces: Traces
) -> None:
    done = erased("april.csv", NAME)
    outcomes = add(april)
    assert [type(o).__name__ for o in outcomes] == ["NotAdded"]
    assert "it is the same file added on" in str(outcomes[0].refused)  # type: ignore[union-attr]
    with zipfile.ZipFile(given / "all.zip", "w") as archive:
        archive.write(april, "april.csv")
        archive.writestr("june.csv", HEAD + "01/06/2024,Yew Ltd,1,Roads,Salt,9.00\n")
    (refused,) = add(given / "all.zip")
    assert isinstance(refused, NotAdded)
    assert "a name was lawfully erased, and would bring it back" in str(refused.refused)
    (copy,) = home.originals.glob(f"{done.sha256}*")
    (given / "copied out.csv").write_bytes(copy.read_bytes())
    (again,) = add(given / "copied out.csv")
    assert "it is the same content as april.csv" in str(again.refused)  # type: ignore[union-attr]
    assert traces(NAME) == []


def test_a_second_name_is_erased_beside_the_first_and_both_are_proved(
    home: Home, april: Path, erased: Erase, traces: Traces, held_pence: Sums
) -> None:
    before = held_pence()
    erased("april.csv", NAME)
    done = erased("april.csv", "Elm Ltd")
    assert (done.turn, done.rows, done.pence) == (2, 1, 3000)
    assert [p.name for p in home.originals.glob(f"{done.sha256}*")] == [f"{done.sha256}-erased-2"]
    assert traces(NAME, "Elm Ltd") == []
    assert held_pence() == before
    first, second = tombstones(done.sha256)
    assert [(r.row, r.columns) for r in second.rows] == [(4, "B, C, E")]
    assert [p.holds for p in proved(april)] == [True, True]
    assert all(v.sound for v in verified(home))
    with pytest.raises(Refused, match="no row of the file has that payee"):
        erased("april.csv", NAME)
    assert first.held_sha256 != second.held_sha256


def test_read_again_the_file_says_what_is_held(
    home: Home, april: Path, erased: Erase, noon: Any, traces: Traces, held_pence: Sums
) -> None:
    done = erased("april.csv", NAME)
    before, rows = held_pence(), payees(home, "april.csv")
    (outcome,) = actions.reread([done.sha256], home=home, by=Operator("Ben"), on=noon)
    assert isinstance(outcome, Added)
    assert (held_pence(), payees(home, "april.csv")) == (before, rows)
    assert queries.file_named("april.csv").sum_of("redacted") == 2
    (same,) = actions.reread([done.sha256], home=home, by=Operator("Ben"), on=noon)
    assert isinstance(same, NotAdded)
    assert traces(NAME) == []
    assert all(v.sound for v in verified(home))


def test_readings_that_count_no_more_are_erased_from_as_well(
    home: Home, given: Path, add: Add, erased: Erase, noon: Any, traces: Traces, held_pence: Sums
) -> None:
    text = f"Date,Supplier,Net,Gross\n01/04/2024,{NAME},10.00,12.00\n02/04/2024,Elm,20.00,24.00\n"
    (given / "two.csv").write_text(text)
    add(given)
    home.recipes.mkdir(exist_ok=True)
    recipe = "agency: council\nvalid_from: 2020-01-01\nfiles: two*\ncolumns: {amount: Gross}\n"
    (home.recipes / "mine.yaml").write_text(recipe)
    sha256 = queries.file_named("two.csv").sha256
    list(actions.reread([sha256], home=home, by=Operator("Ben"), on=noon))
    assert len(traces(NAME)) == 3
    before = held_pence()
    done = erased("two.csv", NAME)
    assert (done.pence, held_pence()) == (1200, before)
    assert traces(NAME) == []
    assert Reading.objects.count() == 2
    standing = Holding.objects.filter(erased=None)
    assert standing.filter(superseded=None).count() == 1
    assert standing.exclude(superseded=None).count() == 1
    assert all(v.sound for v in verified(home))


def test_words_that_a_reading_took_from_its_file_are_erased_and_no_figure_is(
    given: Path, add: Add, erased: Erase, traces: Traces
) -> None:
    (given / "fees jane_q_carer.csv").write_text(
        f"Purchase cards and payments to {NAME}\nDate,Supplier,Expense Type of {NAME},Net Amount\n"
        f"01/04/2024,{NAME},Fees,5.00\n02/04/2024,{NAME},Fees,n/a\n03/04/2024,Elm Ltd,Fees,7.00\n"
    )
    (added,) = add(given)
    assert "sources_reading" in traces(NAME)
    assert "sources_sourcefile" in traces("jane_q_carer")
    before: dict[str, Any] = dict(Reading.objects.values().get())
    done = erased("fees jane_q_carer.csv", NAME)
    assert done.file == "fees (erased).csv"
    assert traces(NAME, "jane_q_carer") == []
    after: dict[str, Any] = dict(Reading.objects.values().get())
    words = {"document", "columns", "unsure", "notices"}
    assert {k for k in before if before[k] != after[k]} == words - {"notices"}
    assert isinstance(added, Added)


def test_a_name_that_is_no_payee_is_erased_where_it_stands(
    home: Home, given: Path, add: Add, erased: Erase, traces: Traces, held_pence: Sums
) -> None:
    rows = f"01/04/2024,Elm Ltd,1,Care,Fees of {NAME},5.00\n02/04/2024,{NAME},2,Care,Fees,none\n"
    (given / "a.csv").write_text(HEAD + rows)
    add(given)
    before = held_pence()
    done = erased("a.csv", NAME)
    assert (done.rows, done.pence) == (0, 0)
    assert traces(NAME) == []
    assert held_pence() == before
    assert [row.row for row in tombstones(done.sha256)[0].rows] == [2, 3]


def test_where_two_payees_have_one_name_rows_are_said(
    home: Home, april: Path, erased: Erase
) -> None:
    done = erased("april.csv", NAME, rows=[("", 3)])
    assert (done.rows, done.pence) == (1, 25050)
    assert [row[1] for row in payees(home, "april.csv")] == ["Oak Ltd", "(erased)", "Elm Ltd", NAME]
    done = erased("april.csv", f"{NAME} (4412)")
    assert (done.rows, done.pence) == (1, -1250)


def test_a_firm_that_is_named_after_the_person_is_left_and_counted(
    home: Home, given: Path, add: Add, erased: Erase
) -> None:
    rows = f"01/04/2024,{NAME},1,A,B,5.00\n02/04/2024,{NAME} Homes Ltd,2,A,B,6.00\n"
    (given / "a.csv").write_text(HEAD + rows)
    add(given)
    done = erased("a.csv", NAME)
    assert (done.rows, done.firms) == (1, 1)
    assert [row[1] for row in payees(home, "a.csv")] == ["(erased)", f"{NAME} Homes Ltd"]


def test_where_else_the_name_stands_is_told(
    home: Home, april: Path, erased: Erase, noon: Any
) -> None:
    home.recipes.mkdir(exist_ok=True)
    (home.recipes / "mine.yaml").write_text(f"# ask {NAME}\n")
    grounds = Grounds("UK GDPR article 17", "Asked for it", ("ruling 3",))
    done = erased("april.csv", NAME, grounds=grounds)
    assert done.stays == ("a file of the folder recipes, which is yours to correct", "ruling 3")
    entry = record.last_entry()
    assert entry is not None
    assert entry.citing.endswith("Asked for it (it stands still in ruling 3)")


@pytest.mark.parametrize(
    ("payee", "power", "reason", "why"),
    [
        (NAME, " ", "Mistake", "no power is given"),
        (NAME, "Article 17", "", "no reason is given"),
        (NAME, "Article 17", f"Asked by {NAME.upper()}", "the reason names the person"),
        ("Jane R Carer", "Article 17", "Mistake", "no row of the file has that payee"),
        ("REDACTED", "Article 17", "Mistake", "what stands there names nobody"),
    ],
)
def test_what_is_refused_changes_nothing_and_names_nobody(
    payee: str, power: str, reason: str, why: str, home: Home, april: Path, erased: Erase
) -> None:
    before = {p: p.read_bytes() for p in home.root.rglob("*") if p.is_file()}
    with pytest.raises(Refused, match=f"Nothing was erased: {why}") as refused:
        erased("april.csv", payee, grounds=Grounds(power, reason))
    assert "carer" not in str(refused.value).lower()
    assert {p: p.read_bytes() for p in home.root.rglob("*") if p.is_file()} == before
    assert tombstones() == []


def test_a_copy_that_was_changed_on_the_disk_is_refused(
    home: Home, april: Path, erased: Erase
) -> None:
    copy = home.original(queries.file_named("april.csv").sha256)
    copy.chmod(0o600)
    copy.write_bytes(b"x" + copy.read_bytes())
    with pytest.raises(Refused, match="the copy that is held was changed on the disk"):
        erased("april.csv", NAME)
    assert tombstones() == []


def test_records_that_are_cut_off_leave_it_open_whether_the_name_was_erased(
    april: Path, erased: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*said: object) -> None:
        raise OperationalError(f"lost while writing {NAME}")

    monkeypatch.setattr(erasing, "_record", cut_off)
    with pytest.raises(Refused, match="It is not known whether the name was erased") as told:
        erased("april.csv", NAME)
    assert "Carer" not in str(told.value)


def test_what_breaks_on_the_way_names_nobody_and_leaves_all_as_it_was(
    home: Home, april: Path, erased: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*said: object) -> None:
        raise ValueError(f"cannot write {NAME}")

    before = {p: p.read_bytes() for p in home.root.rglob("*") if p.is_file()}
    monkeypatch.setattr(erasing, "_record", broken)
    with pytest.raises(Refused, match=r"a defect of this program was met \(ValueError\)") as told:
        erased("april.csv", NAME)
    assert "Carer" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__context__ is None
    assert {p: p.read_bytes() for p in home.root.rglob("*") if p.is_file()} == before
