"""Where the faults of files stand, and what there are of each kind."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


def test_faults_are_numbered_by_kind_those_that_refused_a_row_first(engine: Engine) -> None:
    engine.hold("faults", """
        file | column | why      | refused | amount_pence
        f1   | Amount | no sum   | yes     | none
        f1   | Date   | odd date | no      | 5
        f1   | Date   | odd date | no      | 6
        f1   | Name   | no name  | no      | 7
        f2   | Name   | no name  | no      | 7
    """)  # fmt: skip
    engine.answers("sources/fault_kinds", """
        agency | file | name      | column | why      | next_step         | refused | faults | pence
        north  | f1   | April.csv | Amount | no sum   | Ask the publisher | yes     | 1      | none
        north  | f1   | April.csv | Date   | odd date | Ask the publisher | no      | 2      | 11
        north  | f1   | April.csv | Name   | no name  | Ask the publisher | no      | 1      | 7
    """, files=["f1"])  # fmt: skip


def test_a_files_faults_are_listed_where_they_stand_up_to_a_number(engine: Engine) -> None:
    engine.hold("faults", """
        file | sheet | row | column | found | amount_pence
        f1   | May   | 2   | Amount | twelve | none
        f1   | April | 9   | Date   | 31/02 | 500
        f1   | April | 3   | Date   | 32/01 | none
        f2   | April | 1   | Date   | 33/01 | none
    """)  # fmt: skip
    engine.answers("sources/faults", """
        name      | sheet | row | column | found | amount_pence
        April.csv | April | 3   | Date   | 32/01 | none
        April.csv | April | 9   | Date   | 31/02 | 500
    """, file="f1", most=2)  # fmt: skip
