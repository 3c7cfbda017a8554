"""What bodies returned, which file says it last, and whether its totals add up."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


RETURNS = """
    agency | body_gss  | body_name | year_start | form    | line      | file | amount_pence
    north  | E07000001 | North B   | 2023       | outturn | education | r1   | 500
    north  | E07000001 | North C   | 2024       | outturn | education | r2   | 600
    north  | E07000001 | North C   | 2024       | outturn | roads     | r2   | none
    north  | E07000001 | North C   | 2024       | outturn | education | r3   | 610
    south  | E07000002 | South     | 2022       | benefit | rents     | r4   | none
"""


def test_whose_returns_are_held_of_which_years(engine: Engine) -> None:
    engine.hold("returns", RETURNS)
    engine.answers("sources/return_bodies", """
        agency | area | form    | body_gss  | body_name | first_year | last_year | lines | missing
        north  | ''   | outturn | E07000001 | North C   | 2023       | 2024      | 3     | 1
        south  | ''   | benefit | E07000002 | South     | 2022       | 2022      | 0     | 1
    """)  # fmt: skip
    engine.answers(
        "sources/return_years",
        """
        year_start
        2023
        2024
    """,
    )


def test_the_files_of_one_return(engine: Engine) -> None:
    engine.hold("returns", RETURNS)
    engine.answers("sources/return_keys", """
        file
        r2
        r3
    """, form="outturn", agency="north", area="", year=2024)  # fmt: skip


def test_a_later_file_supersedes_an_earlier_one_unless_it_has_no_figure(engine: Engine) -> None:
    engine.hold("returns", RETURNS)
    asked: dict[str, Any] = {
        "bodies": ["north"], "every_body": False, "every_year": False, "year": 2024,
    }  # fmt: skip
    shown = """
        file | line      | amount_pence | superseded
        r3   | education | 610          | no
    """
    engine.answers(
        "sources/return_lines", shown, in_order=["r1", "r2", "r3"], superseded_too=False, **asked
    )
    engine.answers("sources/return_lines", """
        file | line      | amount_pence | superseded
        r3   | education | 610          | yes
        r2   | education | 600          | no
        r2   | roads     | none         | no
    """, in_order=["r1", "r3", "r2"], superseded_too=True, **asked)  # fmt: skip


def test_returns_of_every_body_and_year(engine: Engine) -> None:
    engine.hold("returns", RETURNS)
    engine.answers("sources/return_lines", """
        agency | year_start | file | line
        north  | 2023       | r1   | education
        north  | 2024       | r3   | education
        south  | 2022       | r4   | rents
    """, in_order=["r1", "r2", "r3", "r4"], superseded_too=False, bodies=[], every_body=True,
        every_year=True, year=0)  # fmt: skip


def test_totals_stand_beside_the_sum_of_what_they_add_up(engine: Engine) -> None:
    engine.hold("return_totals", """
        agency | body_gss  | year_start | line  | amount_pence | sum_pence | parts | verdict
        north  | E07000001 | 2024       | total | 900          | 890       | 3     | differs
        south  | E07000002 | 2024       | total | 900          | none      | 0     | nothing held
        south  | E07000002 | 2023       | total | none         | 7         | 1     | blank
    """)  # fmt: skip
    engine.answers("sources/return_totals", """
        agency | line  | amount_pence | sum_pence | parts | verdict
        south  | total | 900          | none      | 0     | nothing held
    """, bodies=["E07000002"], every_body=False, every_year=False, year=2024)  # fmt: skip


def test_what_could_not_be_taken_of_returns(engine: Engine) -> None:
    engine.hold("return_faults", """
        file | sheet | row | cell | found | figures
        r2   | RO2   | 7   | C7   | [c]   | 1
        r1   | RO2   | 9   | C9   | ..    | 2
    """)  # fmt: skip
    shown = """
        file | document | sheet | row | cell | found | figures
        r1   | r1.csv   | RO2   | 9   | C9   | ..    | 2
    """
    engine.answers("sources/return_faults", shown, every_file=False, files=["r1"])
    engine.answers("sources/return_faults", """
        file | figures
        r1   | 2
        r2   | 1
    """, every_file=True, files=[])  # fmt: skip
