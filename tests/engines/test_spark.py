"""The engine of many places: what it needs is said, and it answers and writes as the other does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from totalplace import engines
from totalplace.engines import Engine, spark
from totalplace.refusal import Refused

ASK = """
import sys
from pathlib import Path
from totalplace import engines
from totalplace.refusal import Refused
{before}
try:
    print(engines.ask("count/sums", {{"payments": [Path(sys.argv[1])]}}, engine="spark",
                      agencies=["north"]))
except Refused as refused:
    print(refused)
"""
QUICK = "-XX:TieredStopAtLevel=1"  # Java compiles once, as each question is asked once


@pytest.fixture
def payments(tmp_path: Path) -> Path:
    """Two payments, in a folder whose name would be a pattern."""
    path = tmp_path / "it's a [b] {c} 100%" / "payments.parquet"
    path.parent.mkdir()
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE payments AS SELECT 'north' AS agency, 'payment' AS kind,"
            " CAST(pence AS BIGINT) AS amount_pence FROM (VALUES (5), (-2)) t(pence)"
        )
        con.execute("COPY payments TO ? (FORMAT parquet)", [str(path)])
    return path


def asked(payments: Path, java: Path | None = None, *, before: str = "") -> str:
    """What a program of its own says that asks Spark, with this Java and no other."""
    env = dict(os.environ, JDK_JAVA_OPTIONS=QUICK)
    if java is not None:
        env["JAVA_HOME"] = str(java)
    command = [sys.executable, "-c", ASK.format(before=before), str(payments)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def java_that_says(folder: Path, version: str) -> Path:
    """A Java that knows its version and can do nothing else."""
    program = folder / "java" / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(
        f'#!/bin/sh\n[ "$1" = -version ] && echo \'openjdk version "{version}"\' >&2 && exit 0\n'
        "echo 'Could not reserve enough space for object heap.' >&2\nexit 1\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder / "java"


def test_without_java_it_is_said_what_to_install(payments: Path, tmp_path: Path) -> None:
    said = asked(payments, tmp_path / "none")
    assert said.startswith("The question was not asked of Spark: no Java is installed. Install")
    assert "default-jre-headless" in said


def test_a_java_that_is_too_old_is_refused(payments: Path, tmp_path: Path) -> None:
    said = asked(payments, java_that_says(tmp_path, "11.0.22"))
    assert "is older than 17" in said


def test_a_java_that_does_not_start_says_why(payments: Path, tmp_path: Path) -> None:
    said = asked(payments, java_that_says(tmp_path, "21"))
    assert "Java could not start it (Could not reserve enough space for object heap)" in said


def test_without_spark_it_is_said_what_to_install(payments: Path) -> None:
    said = asked(payments, before="sys.modules['pyspark'] = None")
    assert said == (
        "The question was not asked of Spark: Spark is not installed. "
        "Install totalplace[spark] with pip."
    )


@pytest.fixture
def started() -> None:
    """Spark, or a word on why there is none."""
    os.environ.setdefault("JDK_JAVA_OPTIONS", QUICK)
    try:
        spark.session()
    except Refused as refused:
        pytest.skip(str(refused))


def test_it_answers_and_says_nothing_else(
    payments: Path, started: None, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = [{"agency": "north", "kind": "payment", "row_count": 2, "pence": 3}]
    held = {"payments": [payments]}
    assert engines.ask("count/sums", held, engine=Engine.SPARK, agencies=["north"]) == answer
    assert capfd.readouterr() == ("", "")


def test_both_engines_write_the_same_rows_in_one_file(tmp_path: Path, started: None) -> None:
    cube = tmp_path / "cube.parquet"
    with duckdb.connect() as con:
        con.execute(
            "COPY (SELECT 'A' || (n * 7 % 1000) AS agency, 2024 AS year_start,"
            " CASE WHEN n % 9 > 0 THEN DATE '2024-04-01' END AS month, 'payment' AS kind,"
            " '' AS vat_basis, n % 2 = 0 AS redacted, false AS copy, 1 AS row_count,"
            f" n AS amount_pence, 0 AS negative_pence FROM range(2000) t(n)) TO '{cube}'"
        )
    read = {}
    for engine in Engine:
        path = tmp_path / engine / "month_cube.parquet"
        path.parent.mkdir()
        rows = engines.write_answer(path, "count/month_cube", {"cube": [cube]}, engine=engine)
        assert list(path.parent.iterdir()) == [path]
        with duckdb.connect() as con:
            read[engine] = con.execute(f"SELECT * FROM '{path}'").fetchall()
            kinds = con.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
        assert len(read[engine]) == rows
        read[engine] += [(column, kind) for column, kind, *_ in kinds]
    assert read[Engine.DUCK] == read[Engine.SPARK]


def test_a_sum_too_large_for_64_bits_is_an_error_and_no_other_sum(
    payments: Path, tmp_path: Path, started: None
) -> None:
    large = tmp_path / "large.parquet"
    with duckdb.connect() as con:
        con.execute(
            "COPY (SELECT 'north' AS agency, 'payment' AS kind, 9223372036854775807 AS amount_pence"
            f" FROM range(2)) TO '{large}' (FORMAT parquet)"
        )
    with pytest.raises(Exception, match="overflow"):
        engines.ask("count/sums", {"payments": [large]}, engine=Engine.SPARK, agencies=["north"])
