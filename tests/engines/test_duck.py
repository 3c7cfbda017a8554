"""The engine of one computer: a connection that is kept, and answers that are written whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest

from totalplace import engines
from totalplace.engines import duck
from totalplace.engines.questions import told

LARGEST = 2**63 - 1
Held = Callable[..., dict[str, list[Path]]]

FORKED = """
import os, sys
from pathlib import Path
from totalplace import engines
holdings = {"payments": [Path(sys.argv[1])]}
mine = engines.ask("count/sums", holdings, agencies=["north"])
child = os.fork()
if not child:
    os._exit(0 if engines.ask("count/sums", holdings, agencies=["north"]) == mine else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture
def held(tmp_path: Path) -> Held:
    """Holds payments of these pence; each call replaces what the one before held."""

    def hold(*pence: int, agency: str = "north") -> dict[str, list[Path]]:
        path = tmp_path / "payments.parquet"
        other = tmp_path / "other.parquet"
        with duckdb.connect() as con:
            con.execute("CREATE TABLE payments (agency VARCHAR, kind VARCHAR, amount_pence BIGINT)")
            for some in pence:
                con.execute("INSERT INTO payments VALUES (?, 'payment', ?)", [agency, some])
            con.execute(f"COPY payments TO '{other}' (FORMAT parquet)")
        other.replace(path)
        return {"payments": [path]}

    return hold


def pence(holdings: dict[str, list[Path]], agency: str = "north") -> list[Any]:
    return [row["pence"] for row in engines.ask("count/sums", holdings, agencies=[agency])]


def test_a_sum_wider_than_64_bits_is_answered_to_the_penny(held: Held) -> None:
    assert pence(held(LARGEST, LARGEST, 2)) == [2 * LARGEST + 2]


def test_a_file_that_is_replaced_is_read_again(held: Held) -> None:
    for some in (5, 7, 9):
        assert pence(held(some)) == [some]


def test_after_a_question_that_fails_the_next_is_answered(held: Held, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        engines.ask("count/sums", {"payments": [tmp_path / "missing.parquet"]}, agencies=[])
    with pytest.raises(duckdb.Error, match="agencies"):
        engines.ask("count/sums", held(5))
    assert pence(held(5)) == [5]


def test_what_one_question_holds_is_not_held_for_the_next(held: Held) -> None:
    assert pence(held(5)) == [5]
    with pytest.raises(duckdb.Error, match="payments"):
        engines.ask("count/sums", {}, agencies=["north"])


def test_many_ask_beside_each_other(held: Held, tmp_path: Path) -> None:
    files = []
    for number in range(8):
        (made,) = held(number)["payments"]
        files.append(made.rename(tmp_path / f"{number}.parquet"))

    def ask(number: int) -> list[Any]:
        return pence({"payments": [files[number % 8]]})

    with ThreadPoolExecutor(8) as many:
        assert list(many.map(ask, range(80))) == [[number % 8] for number in range(80)]


def test_a_program_that_was_forked_off_asks_on_its_own_connection(held: Held) -> None:
    (path,) = held(5)["payments"]
    done = subprocess.run([sys.executable, "-c", FORKED, str(path)], timeout=60, check=False)
    assert done.returncode == 0


def test_a_parameter_whose_name_begins_another_is_not_taken_for_it() -> None:
    given = {"file": "f1", "files": ["f1"], "most": 5, "agency": "north"}
    assert set(told("sources/faults", given)) == {"file", "most"}


def test_an_answer_is_written_in_order_and_always_in_the_same_bytes(tmp_path: Path) -> None:
    holdings = a_cube(tmp_path, rows=200_000)
    paths = [tmp_path / "one.parquet", tmp_path / "two.parquet"]
    for path in paths:
        assert engines.write_answer(path, "count/month_cube", holdings) == 100_000
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with duckdb.connect() as con:
        agencies = con.execute(f"SELECT agency FROM '{paths[0]}'").fetchall()
    assert agencies == sorted(agencies)


def a_cube(folder: Path, *, rows: int, pence: int = 5) -> dict[str, list[Path]]:
    """A cube of half as many agencies as rows, in no order."""
    path = folder / "many.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT 'A' || (n * 7919 % {rows} // 2) AS agency, 2024 AS year_start,"
            " DATE '2024-04-01' AS month, 'payment' AS kind, 'net' AS vat_basis,"
            f" false AS redacted, false AS copy, 1 AS row_count, {pence} AS amount_pence,"
            f" 0 AS negative_pence FROM range({rows}) AS t(n)) TO '{path}' (FORMAT parquet)"
        )
    return {"cube": [path]}


def test_an_answer_that_fails_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "month_cube.parquet"
    path.parent.mkdir()
    path.write_bytes(b"the one before")
    too_much = a_cube(tmp_path, rows=2, pence=LARGEST)  # in 64 bits, for one agency
    with pytest.raises(duckdb.Error):
        engines.write_answer(path, "count/month_cube", too_much)
    assert path.read_bytes() == b"the one before"
    assert list(path.parent.iterdir()) == [path]


def test_a_sum_that_would_be_written_as_a_fraction_is_not_written(
    held: Held, tmp_path: Path
) -> None:
    path = tmp_path / "answers" / "sums.parquet"
    path.parent.mkdir()
    with pytest.raises(ValueError, match="cast pence to BIGINT"):
        engines.write_answer(path, "count/sums", held(5), agencies=["north"])
    assert list(path.parent.iterdir()) == []


def test_a_connection_that_answers_no_more_is_given_up(held: Held) -> None:
    with pytest.raises(duckdb.FatalException), duck.cursor():
        raise duckdb.FatalException("the database was closed")
    assert pence(held(5)) == [5]


def test_an_answer_that_takes_too_long_is_given_up_and_the_next_is_answered(held: Held) -> None:
    with pytest.raises(engines.TookTooLong, match="no answer in 1e-06 seconds"):
        for _ in range(2_000):  # it may be answered before it is stopped
            engines.ask("count/sums", held(5), seconds=1e-6, agencies=["north"])
    assert pence(held(5)) == [5]


def test_rows_come_one_by_one_as_they_come_together(held: Held) -> None:
    asked: dict[str, Any] = {"agencies": ["north"]}
    together = engines.ask("count/sums", held(5, 6), **asked)
    assert list(engines.each("count/sums", held(5, 6), **asked)) == together
    begun = engines.each("count/sums", held(5, 6), **asked)
    assert next(begun) == together[0]
    begun.close()  # type: ignore[attr-defined]
    assert pence(held(7)) == [7]
