"""Which engine answers is a door's choice; the count is the same from each."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from totalplace import engines
from totalplace.count import queries
from totalplace.doors.engine import asking_chosen
from totalplace.engines import Engine, spark
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import actions as sources
from totalplace.sources.home import Home

ASK = """
from totalplace import engines
from totalplace.doors.engine import asking_chosen
with asking_chosen():
    engines.ask("count/sums", {})
"""


def test_a_name_that_is_no_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOTALPLACE_ENGINE", "abacus")
    with pytest.raises(Refused, match="Set it to duck or spark, or leave it out"), asking_chosen():
        pass


def test_the_engine_that_is_named_is_asked(tmp_path: Path) -> None:
    env = dict(os.environ, TOTALPLACE_ENGINE="spark", JAVA_HOME=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=False
    )
    assert "The question was not asked of Spark: no Java is installed" in done.stderr


def test_a_count_is_the_same_from_each_engine(tmp_path: Path, noon: datetime, db: None) -> None:
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
    try:
        spark.session()
    except Refused as refused:
        pytest.skip(str(refused))
    home = a_small_place(tmp_path, noon)
    counts = []
    for engine in Engine:
        with engines.asking(engine):
            counts.append(queries.count(home))
    assert counts[0].agency_years
    assert counts[0] == counts[1]


def a_small_place(folder: Path, noon: datetime) -> Home:
    """Two councils' payments of half a year, some negative, some without a date, some twice."""
    home, chance = Home(folder / "home"), random.Random(7)
    for agency in ("north", "south"):
        places.register_agency(
            agency, name=f"{agency.title()} Council", by=Operator("test"), on=noon
        )
        for month in range(4, 10):
            path = folder / f"{agency}-{month}.csv"
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(["Payment Date", "Supplier Name", "Amount", "Transaction Number"])
                for line in range(40):
                    day = f"{chance.randrange(1, 29):02d}/{month:02d}/2024" if line % 9 else ""
                    payee = f"{chance.choice(('Acme', 'Bolt', 'South Council'))} Ltd"
                    sum_of_money = f"{chance.randrange(-9_000, 900_000) / 100:.2f}"
                    writer.writerow([day, payee, sum_of_money, f"T{line // 2}"])
            list(
                sources.add([path], sources.Terms(agency), home=home, by=Operator("test"), on=noon)
            )
    return home
