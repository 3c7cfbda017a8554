"""Corrected on screen, certified, added; replaced by a later file; and never half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer
from totalplace.refusal import Refused
from totalplace.sources import actions as adding
from totalplace.sources import queries as held
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.submitting.fixing import Chosen
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.queries import SubmissionRow

from .conftest import ADA, APRIL, HEAD, NOON, Gives, tried

Officers = dict[str, Officer]
TWO_SUMS = "Paid on,Name,Team,Ordered,Settled\n" + "".join(
    f"{d:02d}/05/2025,Elm Ltd {d},Parks,{d * 3}.10,{d}.20\n" for d in range(1, 29)
)
SETTLED = {Role.AMOUNT: "E", Role.DATE: "A", Role.PAYEE: "B", Role.UNIT: "C"}


def chosen(columns: dict[Role, str], **said: object) -> Chosen:
    heads = dict(zip("ABCDE", ("Paid on", "Name", "Team", "Ordered", "Settled"), strict=True))
    day = date(2025, 5, 1)
    return Chosen("May 2025.csv", "", day, columns, heads, **said)  # type: ignore[arg-type]


def through(home: Home, row: SubmissionRow, officers: Officers) -> SubmissionRow:
    """Submitted by one, certified by another, added."""
    actions.submit(row.id, by=officers["bea"], on=NOON)
    actions.certify(row.id, by=officers["dov"], on=NOON)
    actions.take_in(home, row.id, lambda *_: None, on=NOON)
    return queries.submission(row.id)


def test_a_corrected_column_is_read_added_and_read_again_so(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives(TWO_SUMS, name="May 2025.csv")
    actions.correct(row.id, [chosen(SETTLED)], by=officers["bea"], on=NOON)
    row = tried(home, queries.submission(row.id))
    found = queries.report_of(home, row)
    assert found is not None
    assert dict(found.tables[0].taken["amount"]) == {
        "header": "Settled", "column": "E", "confidence": 1.0, "reason": "named by the recipe",
    }  # fmt: skip
    row = through(home, row, officers)
    (file,) = held.files()
    assert (row.stage, file.sum_of("sum_pence")) == (
        Stage.ADDED,
        sum(100 * d + 20 for d in range(1, 29)),
    )
    (again,) = adding.reread([file.sha256], home=home, by=ADA, on=NOON)
    assert "reads as it did before" in str(again.refused)  # type: ignore[union-attr]


def test_a_role_can_be_said_to_have_no_column(home: Home, gives: Gives, officers: Officers) -> None:
    row = gives(TWO_SUMS, name="May 2025.csv")
    without = {**SETTLED, Role.UNIT: ""}
    actions.correct(row.id, [chosen(without)], by=officers["bea"], on=NOON)
    found = queries.report_of(home, tried(home, queries.submission(row.id)))
    assert found is not None
    assert "unit" not in found.tables[0].taken


def test_later_files_of_the_agency_are_read_so_too_once_it_is_certified(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives(TWO_SUMS, name="May 2025.csv")
    day = date(2025, 5, 1)
    actions.correct(row.id, [chosen(SETTLED)], later_from=day, by=officers["bea"], on=NOON)
    row = tried(home, queries.submission(row.id))
    june = TWO_SUMS.replace("/05/", "/06/").replace("Elm", "Yew")
    before = gives(june, name="June 2025.csv")
    actions.withdraw(before.id, reason="Only to see.", by=officers["bea"], on=NOON)
    through(home, row, officers)
    after = gives(june, name="June 2025.csv")
    seen = [
        found.tables[0].taken["amount"]["reason"]
        for found in (queries.report_of(home, r) for r in (before, after))
        if found is not None
    ]
    assert seen[-1] == "named by the recipe"
    assert seen[0] != "named by the recipe"


def test_a_later_file_takes_the_place_of_one_that_is_counted(
    home: Home,
    gives: Gives,
    officers: Officers,
    held_pence: Callable[[], dict[str, tuple[int, int]]],
) -> None:
    first = through(home, gives(), officers)
    other = through(home, gives(TWO_SUMS, name="May 2025.csv"), officers)
    right = APRIL.replace("1.50", "7.50")
    row = through(home, gives(right, name="April 2025 v2.csv", replaces=first.id), officers)
    assert queries.submission(first.id).stage is Stage.REPLACED
    sums = held_pence()
    assert set(sums) == {row.sha256, other.sha256}
    assert sums[row.sha256][0] == 28
    assert all(file.sound for file in verified(home))
    nothing = next(f for f in held.files() if f.sha256 == first.sha256)
    assert (nothing.sum_of("payments"), nothing.sum_of("sum_pence")) == (0, 0)
    assert "a later file was given in its place" in nothing.tables[0].notices[0]
    (again,) = adding.reread([first.sha256], home=home, by=ADA, on=NOON)
    assert "was given in its place, and counts" in str(again.refused)  # type: ignore[union-attr]


def test_a_draft_that_is_replaced_gives_way_at_once(gives: Gives) -> None:
    first = gives()
    gives(HEAD + "01/04/2025,Oak,Highways,1.00\n", name="again.csv", replaces=first.id)
    assert queries.submission(first.id).stage is Stage.REPLACED


def test_one_file_is_replaced_by_one_other(home: Home, gives: Gives, officers: Officers) -> None:
    first = through(home, gives(), officers)
    gives(HEAD + "01/04/2025,Oak,Highways,1.00\n", name="a.csv", replaces=first.id)
    with pytest.raises(Refused, match="in its place already"):
        gives(HEAD + "01/04/2025,Oak,Highways,2.00\n", name="b.csv", replaces=first.id)


def test_the_same_file_is_not_taken_twice(home: Home, gives: Gives, officers: Officers) -> None:
    row = gives()
    with pytest.raises(Refused, match="same file is submission"):
        gives(name="other name.csv")
    through(home, row, officers)
    with pytest.raises(Refused, match="same file is held"):
        gives()


def test_what_reads_otherwise_than_it_was_certified_is_not_added(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives(TWO_SUMS, name="May 2025.csv")
    actions.submit(row.id, by=officers["bea"], on=NOON)
    actions.certify(row.id, by=officers["dov"], on=NOON)
    home.recipes.mkdir(parents=True, exist_ok=True)
    said = "agency: wexshire\nvalid_from: 2020-01-01\ncolumns:\n  amount: Ordered\n"
    (home.recipes / "wexshire.yaml").write_text(said)
    told = actions.take_in(home, row.id, lambda *_: None, on=NOON)
    assert "reads otherwise than when it was certified" in told
    assert (queries.submission(row.id).stage, held.files()) == (Stage.NOT_ADDED, [])


def test_a_submitter_whose_mandate_ended_meanwhile_adds_nothing(
    home: Home, gives: Gives, officers: Officers
) -> None:
    from totalplace.places import queries as who

    row = gives()
    actions.submit(row.id, by=officers["bea"], on=NOON)
    actions.certify(row.id, by=officers["dov"], on=NOON)
    (mandate,) = who.mandates(officer="bea")
    places.end(mandate.number, reason="Left.", by=ADA, on=NOON)
    told = actions.take_in(home, row.id, lambda *_: None, on=NOON)
    assert "bea may not give in figures" in told
    assert queries.submission(row.id).stage is Stage.NOT_ADDED


def test_taking_in_twice_changes_nothing(home: Home, gives: Gives, officers: Officers) -> None:
    row = through(home, gives(), officers)
    assert actions.take_in(home, row.id, lambda *_: None, on=NOON) == row.last.reason
    assert len(held.files()) == 1


def test_a_trial_reading_holds_nothing_and_leaves_nothing(home: Home, gives: Gives) -> None:
    gives()
    assert held.files() == []
    assert list((home.root / "scratch").rglob("*")) == []
    assert not home.holdings.exists() or list(home.holdings.rglob("*.parquet")) == []


def test_bytes_that_are_gone_are_said_to_be_gone(home: Home, gives: Gives) -> None:
    row = gives(read=False)
    (home.root / "submissions" / row.sha256).unlink()
    with pytest.raises(Refused, match="no longer held"):
        tried(home, row)


def test_names_of_files_choose_no_place_on_the_disk(home: Home, gives: Gives) -> None:
    for number, name in enumerate(
        (
            "../../etc/passwd",
            "C:\\spend\\.hidden.csv",
            "a\x00b\u202e.csv",
            "." * 3,
            "x" * 400 + ".csv",
        )
    ):
        row = gives(HEAD + f"01/04/2025,Oak,Highways,{number}.00\n", name=name)
        assert row.trial is not None
        assert row.trial.lines == 1
        assert "/" not in row.name
        assert "\\" not in row.name.replace("\\x00", "").replace("\\u202e", "")
    outside = [p for p in Path(home.root).parent.iterdir() if p.name not in {"home", "given"}]
    assert outside == []


def test_a_count_knows_of_figures_that_are_certified_and_not_yet_added(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives()
    actions.submit(row.id, by=officers["bea"], on=NOON)
    assert queries.unsettled({"wexshire"}) == []
    actions.certify(row.id, by=officers["dov"], on=NOON)
    assert queries.unsettled({"wexshire"}) == [row.id]
    assert queries.unsettled({"elsewhere"}) == []
    actions.take_in(home, row.id, lambda *_: None, on=NOON)
    assert queries.unsettled({"wexshire"}) == []


def test_a_count_knows_of_a_replacement_that_was_killed_half_way(
    home: Home, gives: Gives, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = through(home, gives(), officers)
    right = gives(APRIL.replace("1.50", "7.50"), name="April v2.csv", replaces=first.id)
    with monkeypatch.context() as killed:
        killed.setattr("totalplace.sources.submitting.actions.taking_in._give_way", _killed)
        with pytest.raises(KeyboardInterrupt):
            through(home, right, officers)
    assert queries.unsettled({"wexshire"}) == [first.id]
    actions.take_in(home, right.id, lambda *_: None, on=NOON)
    assert queries.unsettled({"wexshire"}) == []
    assert queries.submission(first.id).stage is Stage.REPLACED


def _killed(*_: object) -> None:
    raise KeyboardInterrupt
