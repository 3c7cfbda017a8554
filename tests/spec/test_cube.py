"""Payments added up once, and what is answered from the sums instead of from every row."""

from __future__ import annotations

from typing import Any, Protocol

import pytest


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def hold_answer(self, table: str, name: str, **parameters: Any) -> None:
        """Hold an answer as a table."""

    def ask(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of an answer."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


@pytest.fixture
def paid(engine: Engine) -> Engine:
    """Two agencies' payments, with what is known of sheets, payees and words."""
    engine.hold("payments", """
        agency | file | month      | kind    | payee         | unit  | amount_pence | copy | redacted
        north  | f1   | 2024-03-01 | payment | Acme Ltd      | Parks | 100          | no   | no
        north  | f1   | 2024-04-01 | payment | Acme Ltd      | Parks | 50           | no   | no
        north  | f1   | 2024-04-01 | payment | Acme Ltd      | Parks | 50           | yes  | no
        north  | f1   | 2024-04-01 | payment | South Council | ''    | 900          | no   | no
        north  | f1   | 2024-05-01 | payment | South Council | ''    | -40          | no   | no
        north  | f1   | 2024-05-01 | card    | Acme Ltd      | Parks | 7            | no   | no
        north  | f2   | none       | payment | Acme Ltd      | Parks | 3            | no   | no
        north  | f3   | none       | payment | REDACTED      | Parks | 1            | no   | yes
        south  | f4   | 2024-04-01 | payment | Acme Ltd      | Roads | 20           | no   | no
        west   | f5   | 2024-04-01 | payment | Acme Ltd      | Roads | 4000         | no   | no
    """)  # fmt: skip
    engine.hold("tables", """
        file | year_start
        f2   | 2024
    """)  # fmt: skip
    engine.hold("payees", """
        agency | payee         | body          | body_kind
        north  | South Council | gss:E07000002 | district
        north  | Acme Ltd      | ''            | ''
    """)  # fmt: skip
    engine.hold("purposes", """
        agency | unit  | payee    | service            | economic
        north  | Parks | Acme Ltd | culture            | revenue
        north  | Parks | REDACTED | culture            | unknown
        south  | Roads | Acme Ltd | highways_transport | capital
    """)  # fmt: skip
    return engine


def test_payments_are_added_up_by_all_that_summaries_ask_for(paid: Engine) -> None:
    paid.answers("count/cube", """
        agency | year_start | month      | kind    | body          | service            | economic
        north  | 2023       | 2024-03-01 | payment | ''            | culture            | revenue
        north  | 2024       | 2024-04-01 | payment | ''            | culture            | revenue
        north  | 2024       | 2024-04-01 | payment | ''            | culture            | revenue
        north  | 2024       | 2024-04-01 | payment | gss:E07000002 | unclassified       | unknown
        north  | 2024       | 2024-05-01 | card    | ''            | culture            | revenue
        north  | 2024       | 2024-05-01 | payment | gss:E07000002 | unclassified       | unknown
        north  | 2024       | none       | payment | ''            | culture            | revenue
        south  | 2024       | 2024-04-01 | payment | ''            | highways_transport | capital
        north  | none       | none       | payment | ''            | culture            | unknown
    """, agencies=["north", "south"])  # fmt: skip
    paid.answers("count/cube", """
        body_kind | vat_basis | redacted | copy | row_count | amount_pence | negative_pence
        ''        | net       | no       | no   | 1         | 100          | 0
        ''        | net       | no       | no   | 1         | 50           | 0
        ''        | net       | no       | yes  | 1         | 50           | 0
        district  | net       | no       | no   | 1         | 900          | 0
        ''        | net       | no       | no   | 1         | 7            | 0
        district  | net       | no       | no   | 1         | -40          | -40
        ''        | net       | no       | no   | 1         | 3            | 0
        ''        | net       | yes      | no   | 1         | 1            | 0
    """, agencies=["north"])  # fmt: skip


def test_every_row_and_every_penny_is_in_the_cube_once(paid: Engine) -> None:
    cube = paid.ask("count/cube", agencies=["north", "south", "west"])
    sums = paid.ask("count/sums", agencies=["north", "south", "west"])
    assert sum(c["row_count"] for c in cube) == sum(s["row_count"] for s in sums) == 10
    assert sum(c["amount_pence"] for c in cube) == sum(s["pence"] for s in sums) == 5091


def test_the_month_cube_leaves_out_bodies_and_services(paid: Engine) -> None:
    paid.hold_answer("cube", "count/cube", agencies=["north"])
    paid.answers("count/month_cube", """
        year_start | month      | kind    | redacted | copy | row_count | amount_pence | negative_pence
        2023       | 2024-03-01 | payment | no       | no   | 1         | 100          | 0
        2024       | 2024-04-01 | payment | no       | no   | 2         | 950          | 0
        2024       | 2024-04-01 | payment | no       | yes  | 1         | 50           | 0
        2024       | 2024-05-01 | card    | no       | no   | 1         | 7            | 0
        2024       | 2024-05-01 | payment | no       | no   | 1         | -40          | -40
        2024       | none       | payment | no       | no   | 1         | 3            | 0
        none       | none       | payment | yes      | no   | 1         | 1            | 0
    """)  # fmt: skip


def test_payees_are_added_up_by_agency_and_year(paid: Engine) -> None:
    paid.answers("count/payee_cube", """
        agency | year_start | payee         | body          | row_count | amount_pence
        north  | 2023       | Acme Ltd      | ''            | 1         | 100
        north  | 2024       | Acme Ltd      | ''            | 3         | 103
        north  | 2024       | South Council | gss:E07000002 | 2         | 860
        south  | 2024       | Acme Ltd      | ''            | 1         | 20
        north  | none       | REDACTED      | ''            | 1         | 1
    """, agencies=["north", "south"])  # fmt: skip


def test_what_each_agency_paid_in_each_year(paid: Engine) -> None:
    paid.hold_answer("cube", "count/cube", agencies=["north", "south", "west"])
    for name in ("count/spend_by_agency", "count/from_rows/spend_by_agency"):
        paid.answers(name, """
            agency | year_start | row_count | amount_pence | negative_pence | copy_rows | redacted_rows
            north  | 2023       | 1         | 100          | 0              | 0         | 0
            north  | 2024       | 5         | 963          | -40            | 1         | 0
            north  | none       | 1         | 1            | 0              | 0         | 1
            south  | 2024       | 1         | 20           | 0              | 0         | 0
            west   | 2024       | 1         | 4000         | 0              | 0         | 0
        """)  # fmt: skip


def test_what_each_agency_paid_in_each_month(paid: Engine) -> None:
    paid.hold_answer("cube", "count/cube", agencies=["north", "south", "west"])
    shown = """
        agency | month      | row_count | amount_pence | negative_pence
        north  | 2024-03-01 | 1         | 100          | 0
        north  | 2024-04-01 | 3         | 1000         | 0
        north  | 2024-05-01 | 1         | -40          | -40
        north  | none       | 2         | 4            | 0
        south  | 2024-04-01 | 1         | 20           | 0
        west   | 2024-04-01 | 1         | 4000         | 0
    """
    paid.answers("count/spend_by_agency_month", shown)
    paid.answers("count/from_rows/spend_by_agency_month", shown)
    paid.hold_answer("cube", "count/month_cube")
    paid.answers("count/spend_by_agency_month", shown)


def test_what_each_agency_paid_for_each_service_in_a_year(paid: Engine) -> None:
    paid.hold_answer("cube", "count/cube", agencies=["north", "south", "west"])
    for name in ("count/spend_by_service", "count/from_rows/spend_by_service"):
        paid.answers(name, """
            agency | service            | economic | row_count | amount_pence | negative_pence
            north  | culture            | revenue  | 3         | 103          | 0
            north  | unclassified       | unknown  | 2         | 860          | -40
            south  | highways_transport | capital  | 1         | 20           | 0
            west   | unclassified       | unknown  | 1         | 4000         | 0
        """, year_start=2024)  # fmt: skip


def test_what_each_agency_paid_to_each_public_body_in_a_year(paid: Engine) -> None:
    paid.hold_answer("cube", "count/cube", agencies=["north", "south", "west"])
    for name in ("count/transfers", "count/from_rows/transfers"):
        paid.answers(name, """
            agency | body          | body_kind | row_count | amount_pence | negative_pence
            north  | gss:E07000002 | district  | 2         | 860          | -40
        """, year_start=2024)  # fmt: skip


def test_the_payees_that_were_paid_the_most_in_a_year(paid: Engine) -> None:
    paid.hold_answer("payee_cube", "count/payee_cube", agencies=["north", "south", "west"])
    for name in ("count/spend_by_payee", "count/from_rows/spend_by_payee"):
        paid.answers(name, """
            payee         | body          | agencies | row_count | amount_pence
            Acme Ltd      | ''            | 3        | 5         | 4123
            South Council | gss:E07000002 | 1        | 2         | 860
        """, year_start=2024, most=2)  # fmt: skip
        paid.answers(name, """
            payee    | amount_pence
            Acme Ltd | 4123
        """, year_start=2024, most=1)  # fmt: skip


def test_what_a_cube_holds_is_compared_with_its_rows(engine: Engine) -> None:
    engine.hold("cube", """
        agency | kind    | row_count | amount_pence
        north  | payment | 2         | 10
        north  | payment | 1         | -3
        north  | card    | 4         | 8
    """)  # fmt: skip
    engine.answers("count/cube_sums", """
        agency | kind    | row_count | pence
        north  | card    | 4         | 8
        north  | payment | 3         | 7
    """)  # fmt: skip


def test_a_year_of_the_cube_is_taken_as_it_stands(engine: Engine) -> None:
    engine.hold("cube", """
        agency | year_start | month      | service | amount_pence
        south  | 2024       | 2024-04-01 | culture | 5
        north  | 2024       | none       | culture | 7
        north  | 2024       | 2024-05-01 | police  | 8
        north  | 2023       | 2024-03-01 | police  | 9
        north  | none       | none       | police  | 6
    """)  # fmt: skip
    engine.answers("count/cube_of_year", """
        agency | year_start | month      | service | row_count | amount_pence
        north  | 2024       | 2024-05-01 | police  | 1         | 8
        north  | 2024       | none       | culture | 1         | 7
        south  | 2024       | 2024-04-01 | culture | 1         | 5
    """, year_start=2024)  # fmt: skip
