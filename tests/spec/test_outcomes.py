"""Readings of indicators: a series in an area, every area, and what was set aside."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


READINGS = """
    row | measure | area      | area_name | period  | value | numerator | denominator | source | why_missing
    2   | Absence | E10000001 | Wexshire  | 2020/21 | 11.5  | none      | none        | f1     | ''
    3   | Absence | E10000001 | Wexshire  | 2021/22 | none  | none      | none        | f1     | dash
    2   | Absence | E10000001 | Wexshire  | 2021/22 | 21.2  | none      | none        | f2     | ''
    4   | Absence | E92000001 | England   | 2020/21 | 12.1  | none      | none        | f1     | ''
    5   | Waits   | E10000001 | ''        | 2020/21 | none  | 8         | 10          | f1     | ''
"""


def test_the_readings_of_an_area_come_with_the_table_that_each_is_from(engine: Engine) -> None:
    engine.hold("readings", READINGS)
    engine.answers("outcomes/series", """
        measure | period  | value | source | why_missing | row
        Absence | 2020/21 | 11.5  | f1     | ''          | 2
        Absence | 2021/22 | none  | f1     | dash        | 3
        Absence | 2021/22 | 21.2  | f2     | ''          | 2
    """, area="E10000001", measures=["Absence", "Obesity"])  # fmt: skip


def test_a_share_comes_as_its_two_counts_and_is_divided_by_a_rule(engine: Engine) -> None:
    engine.hold("readings", READINGS)
    engine.answers("outcomes/series", """
        value | numerator | denominator
        none  | 8         | 10
    """, area="E10000001", measures=["Waits"])  # fmt: skip


def test_the_readings_of_every_area_stand_by_area(engine: Engine) -> None:
    engine.hold("readings", READINGS)
    engine.answers("outcomes/every_area", """
        area      | area_name | period  | value
        E10000001 | Wexshire  | 2020/21 | 11.5
        E10000001 | Wexshire  | 2021/22 | none
        E10000001 | Wexshire  | 2021/22 | 21.2
        E92000001 | England   | 2020/21 | 12.1
    """, measures=["Absence"])  # fmt: skip


def test_which_areas_have_any_reading_and_what_they_are_called(engine: Engine) -> None:
    engine.hold("readings", READINGS)
    engine.answers("outcomes/areas_measured", """
        area      | area_name | readings
        E10000001 | Wexshire  | 4
        E92000001 | England   | 1
    """, measures=["Absence", "Waits"])  # fmt: skip


def test_what_was_set_aside_is_listed_by_row_and_counted_by_reason(engine: Engine) -> None:
    engine.hold("aside", """
        row | found | why
        9   | soon  | is no period
        3   | ten   | is no number
        4   | six   | is no number
    """)  # fmt: skip
    engine.answers("outcomes/set_aside", """
        row | found | why
        3   | ten   | is no number
        4   | six   | is no number
    """, most=2)  # fmt: skip
    engine.answers(
        "outcomes/set_aside_kinds",
        """
        why          | figures | first_row
        is no number | 2       | 3
        is no period | 1       | 9
    """,
    )
