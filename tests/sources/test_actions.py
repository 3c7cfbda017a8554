"""Adding files: each is held whole and once, byte for byte, and a refused one leaves nothing."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources import actions, queries
from totalplace.sources.actions import Added, NotAdded, Terms
from totalplace.sources.batch import sha256_of
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db

Outcomes = list[Added | NotAdded]
AFile = Callable[..., Path]
Add = Callable[..., Outcomes]
Pence = Callable[[], dict[str, tuple[int, int]]]


@pytest.fixture(params=[None, True], ids=["one by one", "several at once"])
def add(home: Home, noon: datetime, request: pytest.FixtureRequest) -> Add:
    """Gives files or folders, as an officer does, to be read in either way."""

    def give(*paths: Path, agency: str = "council") -> Outcomes:
        by, files = Operator("Ada"), actions.published(paths)
        places.register_agency(agency, by=by, on=noon)
        outcomes = actions.add(files, Terms(agency), home=home, by=by, on=noon, swift=request.param)
        return list(outcomes)

    return give


def refusals(outcomes: Sequence[Added | NotAdded]) -> list[str]:
    """Why files were not added."""
    return [str(o.refused) for o in outcomes if isinstance(o, NotAdded)]


def on_disk(home: Home) -> set[str]:
    """Every file among the originals and holdings, as a path below the home."""
    folders = (home.originals, home.holdings)
    return {str(p.relative_to(home.root)) for f in folders for p in f.rglob("*") if p.is_file()}


def recorded(home: Home) -> set[str]:
    """The same, as far as it is recorded."""
    parts = [part for kind in queries.holdings(home).values() for part in kind]
    originals = [home.original(file.sha256) for file in queries.files()]
    return {str(path.relative_to(home.root)) for path in (*parts, *originals)}


def test_a_folder_is_added_with_all_that_is_in_it_but_hidden_files(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    a_file(given / "april.csv", "10.00")
    a_file(given / "2023" / "may.csv", "20.00")
    a_file(given / ".hidden" / "june.csv", "30.00")
    a_file(given / ".july.csv", "40.00")
    outcomes = add(given)
    assert [o.path.name for o in outcomes] == ["may.csv", "april.csv"]
    assert sum(f.sum_of("sum_pence") for f in queries.files()) == 3000


def test_a_folder_below_a_hidden_one_is_not_hidden_itself(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    a_file(given / ".cache" / "downloads" / "april.csv", "10.00")
    assert len(add(given / ".cache" / "downloads")) == 1


def test_what_is_no_file_and_a_folder_without_one_are_refused(
    home: Home, given: Path, add: Add
) -> None:
    os.mkfifo(given.parent / "pipe")
    for path in (given, given / "gone.csv", given.parent / "pipe"):
        with pytest.raises(Refused, match="was not added"):
            add(path)


def test_a_link_that_leads_out_of_the_folder_is_refused_and_others_are_followed(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    a_file(given / "april.csv", "10.00").rename(given / ".april.csv")
    (given / "april.csv").symlink_to(".april.csv")
    (given / "round").symlink_to(given)
    (given / "nowhere.csv").symlink_to("gone.csv")
    (given / "endless.csv").symlink_to("endless.csv")
    assert [o.path.name for o in add(given)] == ["april.csv"]
    private = a_file(given.parent / "private.csv", "20.00")
    (given / "may.csv").symlink_to(private)
    with pytest.raises(Refused, match=r"may\.csv was not added: it is a link that leads out"):
        add(given)
    assert [o.path.name for o in add(private)] == ["private.csv"]


def test_a_folder_that_may_not_be_gone_through_is_not_passed_over(
    reachable: Path, a_file: AFile
) -> None:
    a_file(reachable / "april.csv", "10.00")
    a_file(reachable / "closed" / "may.csv", "10.00").parent.chmod(0)
    with (
        as_anybody(reachable),
        pytest.raises(Refused, match="closed was not read: it cannot be opened"),
    ):
        actions.published([reachable])


@contextmanager
def as_anybody(folder: Path) -> Iterator[None]:
    """Act as an account that may not read every folder, as root may."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.chown(folder, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_is_held_byte_for_byte(home: Home, given: Path, a_file: AFile, add: Add) -> None:
    path = a_file(given / "april.csv", "10.00", "-5.00")
    (added,) = add(path)
    assert isinstance(added, Added)
    kept = home.original(added.sha256)
    assert kept.read_bytes() == path.read_bytes()
    assert added.sha256 == sha256_of(path) == kept.name
    assert not kept.stat().st_mode & 0o222


def test_a_file_given_twice_is_refused_with_its_day(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    path = a_file(given / "april.csv", "10.00")
    add(path)
    (refusal,) = refusals(add(path))
    assert "april.csv was not added again: it is the same file added on 1 June 2026." in refusal


@pytest.mark.parametrize("in_one_run", [True, False])
def test_the_same_content_under_another_name_is_refused_with_the_first_name(
    home: Home, given: Path, a_file: AFile, add: Add, *, in_one_run: bool
) -> None:
    first, other = a_file(given / "a.csv", "10.00"), a_file(given / "b.csv", "10.00")
    outcomes = add(first, other) if in_one_run else [*add(first), *add(other)]
    (refusal,) = refusals(outcomes)
    assert "b.csv was not added again: it is the same content as a.csv" in refusal
    assert len(queries.files()) == 1


def test_what_is_held_is_not_taken_again_out_of_a_zip(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    april, may = a_file(given / "april.csv", "10.00"), a_file(given / "may.csv", "20.00")
    add(april)
    packed = given / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(april, "april.csv")
        archive.write(may, "may.csv")
        archive.write(may, "may again.csv")
    (added,) = add(packed)
    assert isinstance(added, Added)
    assert [table.file for table in added.tables] == ["all.zip/may.csv"]
    assert "all.zip/april.csv was not added again" in added.notes[0]
    assert "all.zip/may again.csv was not added again" in added.notes[1]
    assert "the same content as all.zip/may.csv" in added.notes[1]
    (refusal,) = refusals(add(may))
    assert "may.csv was not added again: it is the same content as all.zip" in refusal


def test_a_refused_file_stops_no_other_and_leaves_nothing(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    (given / "a minutes.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\nendobj\n")
    (given / "b empty.csv").touch()
    a_file(given / "c.csv", "10.00")
    outcomes = add(given)
    assert ["it is a PDF" in r or "it is empty" in r for r in refusals(outcomes)] == [True, True]
    assert [f.file for f in queries.files()] == ["c.csv"]
    assert on_disk(home) == recorded(home)
    assert not list((home.root / "scratch").iterdir())


@pytest.mark.parametrize("sums", [["90000000000000000.00"] * 3, ["1000000000000000.01"]])
def test_sums_that_no_body_can_have_spent_are_refused_and_stop_no_other(
    home: Home, given: Path, a_file: AFile, add: Add, sums: list[str]
) -> None:
    a_file(given / "a.csv", *sums)
    a_file(given / "b.csv", "20.00")
    (refusal,) = refusals(add(given))
    assert "the sums in its column 'Amount' come to more than £1,000,000,000,000,000" in refusal
    assert [f.file for f in queries.files()] == ["b.csv"]
    assert on_disk(home) == recorded(home)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_file_that_cannot_be_held_stops_no_other(
    home: Home, given: Path, a_file: AFile, add: Add, at: int
) -> None:
    good = [a_file(given / f"{n}.csv", f"{n}0.00") for n in (1, 2, 3)]
    bad = a_file(given / "bad.csv", "40.00")
    in_its_place = home.original(sha256_of(bad))
    in_its_place.mkdir(parents=True)
    outcomes = add(*good[:at], bad, *good[at:])
    (refusal,) = refusals(outcomes)
    assert "bad.csv was not read: it cannot be opened or kept (is a directory)" in refusal
    assert sorted(f.file for f in queries.files()) == ["1.csv", "2.csv", "3.csv"]
    assert on_disk(home) == recorded(home)
    assert not list((home.root / "scratch").iterdir())


def test_a_run_in_which_all_is_refused_records_nothing(home: Home, given: Path, add: Add) -> None:
    (given / "minutes.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\nendobj\n")
    assert isinstance(add(given)[0], NotAdded)
    assert on_disk(home) == set()
    assert [e.verb for e in record.latest(9)] == ["registered"]


def test_two_files_whose_rows_are_alike_are_both_held(
    home: Home, given: Path, a_file: AFile, add: Add, held_pence: Pence
) -> None:
    one = a_file(given / "one.csv", "10.00", "not a sum")
    other = given / "other.csv"
    other.write_bytes(one.read_bytes().replace(b"\n", b"\r\n"))
    add(one)
    add(other)
    assert held_pence() == {sha256_of(one): (1, 1000), sha256_of(other): (1, 1000)}
    assert len(queries.holdings(home)["faults"]) == 2
    assert all(part.exists() for part in queries.holdings(home)["faults"])


def test_every_recorded_part_is_there_with_the_rows_that_were_read(
    home: Home, given: Path, a_file: AFile, add: Add, held_pence: Pence, read_pence: Pence
) -> None:
    for month in range(5):
        a_file(given / f"{month}.csv", "10.00", "n/a", f"{month}.50", of=f"Ash {month}")
    add(given)
    for kind in ("payments", "faults"):
        parts = queries.holdings(home)[kind]
        assert parts
        assert all(part.exists() for part in parts), kind
    assert held_pence() == read_pence()
    kinds = queries.fault_kinds(home, queries.files())
    assert sum(k.faults for k in kinds if k.refused) == 5
    assert sum(f.sum_of("faults") for f in queries.files()) == 5


def test_each_run_is_on_the_record_and_the_record_is_whole(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    add(a_file(given / "april.csv", "10.00"))
    add(a_file(given / "may.csv", "20.00"))
    entries = [(e.by, e.verb, e.citing) for e in record.latest(9) if e.about.kind == "holding"]
    assert entries == [("Ada", "added files", "1 files of council")] * 2
    assert record.first_fault() is None


def test_a_file_that_is_written_to_while_it_is_read_is_refused_and_stops_no_other(
    home: Home, given: Path, a_file: AFile, add: Add, noon: datetime
) -> None:
    first, second = a_file(given / "a.csv", "10.00"), a_file(given / "b.csv", "20.00")
    add(a_file(given / "before.csv", "5.00"))
    done = threading.Event()

    def write_on() -> None:
        with first.open("a") as file:
            while not done.is_set():
                file.write("05/04/2024,Elm,Roads,1.00\n")
                file.flush()

    writing = threading.Thread(target=write_on)

    def seen(path: Path) -> None:
        if path == first:
            writing.start()
        else:
            done.set()

    run = actions.add(
        [first, second], Terms("council"), home=home, by=Operator("Ada"), on=noon, seen=seen
    )
    (refusal,) = refusals(list(run))
    writing.join()
    assert "a.csv was not added: it was changed while it was read. Give it again" in refusal
    assert [f.file for f in queries.files()] == ["b.csv", "before.csv"]
    assert on_disk(home) == recorded(home)
    assert isinstance(add(first)[0], Added)


@pytest.mark.parametrize("then", ["changed", "gone"])
def test_what_happens_to_a_file_once_it_was_read_does_not_matter(
    home: Home, given: Path, a_file: AFile, add: Add, noon: datetime, then: str
) -> None:
    first, second = a_file(given / "a.csv", "10.00"), a_file(given / "b.csv", "20.00")
    as_given = first.read_bytes()
    add(a_file(given / "before.csv", "5.00"))

    def seen(path: Path) -> None:
        if path == second and then == "changed":
            a_file(first, "99.00")
        elif path == second:
            first.unlink()

    run = actions.add(
        [first, second], Terms("council"), home=home, by=Operator("Ada"), on=noon, seen=seen
    )
    held, _ = list(run)
    assert isinstance(held, Added)
    assert home.original(held.sha256).read_bytes() == as_given
    assert ("a.csv", len(as_given)) in [(f.file, f.size) for f in queries.files()]


def test_a_file_that_is_gone_by_its_turn_stops_no_other(
    home: Home, given: Path, a_file: AFile, add: Add, noon: datetime
) -> None:
    first, second = a_file(given / "a.csv", "10.00"), a_file(given / "b.csv", "20.00")
    add(a_file(given / "before.csv", "5.00"))
    run = actions.add(
        [first, second], Terms("council"), home=home, by=Operator("Ada"), on=noon,
        seen=lambda path: path.unlink() if path == first else None,
    )  # fmt: skip
    outcomes = list(run)
    (refusal,) = refusals(outcomes)
    assert "a.csv was not read: it cannot be opened (no such file or directory)." in refusal
    assert isinstance(outcomes[1], Added)


@pytest.mark.parametrize("terms", [Terms("council", "OGL\x00"), Terms("council", "", "x" * 201)])
def test_terms_that_cannot_be_kept_are_refused(
    home: Home, given: Path, terms: Terms, a_file: AFile, noon: datetime
) -> None:
    path = a_file(given / "april.csv", "10.00")
    with pytest.raises(Refused, match="in a few words"):
        list(actions.add([path], terms, home=home, by=Operator("Ada"), on=noon))


def test_a_recipe_that_is_not_one_is_refused_before_anything_is_read(
    home: Home, given: Path, a_file: AFile, add: Add
) -> None:
    home.recipes.mkdir(parents=True)
    (home.recipes / "bad.yaml").write_text("agency: council\nformula: =1+1\n")
    with pytest.raises(Refused, match="formula, which recipes do not know"):
        add(a_file(given / "april.csv", "10.00"))


HOSTILE_HEADS = ["\x00", "\x1b[31m", "a\u202eb", "=cmd()", "x" * 5000, "\ud7ff\uffff"]


@pytest.mark.parametrize("head", HOSTILE_HEADS)
def test_whatever_a_column_is_called_its_file_can_be_held(
    home: Home, given: Path, head: str, add: Add
) -> None:
    path = given / "odd.csv"
    text = f"Date,Supplier,Amount {head},{head}\n" + "01/04/2024,Oak Ltd,10.00,x\n" * 30
    text += "01/04/2024,Elm\x00\x1b[31m,=1+1\x00,y\n"
    path.write_text(text, encoding="utf-8")
    (added,) = add(path)
    assert isinstance(added, Added)
    (file,) = queries.files()
    assert file.sum_of("sum_pence") == 30_000
    assert all(taken["header"].isprintable() for taken in file.tables[0].columns.values())
