"""What agencies paid to public bodies, and lines that an officer has ruled upon."""

from __future__ import annotations

from typing import Any, Protocol

import pytest


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


@pytest.fixture
def paid(engine: Engine) -> Engine:
    """A county that pays a district, a police body of no known words, and a company."""
    engine.hold("payments", """
        agency | row | payee            | purpose        | month      | kind    | amount_pence
        county | 2   | North District   | Council tax    | 2024-04-01 | payment | 500
        county | 3   | North District   | Council tax    | 2024-05-01 | payment | 500
        county | 4   | North District   | Grass cutting  | 2024-05-01 | payment | 7
        county | 5   | North District   | Grass cutting  | 2024-05-01 | card    | 1
        county | 6   | Police           | Precept April  | none       | payment | 90
        county | 7   | Acme Ltd         | Precept advice | 2024-05-01 | payment | 3
        south  | 2   | North District   | Grass cutting  | 2024-05-01 | payment | 11
    """)  # fmt: skip
    engine.hold("tables", "file")
    engine.hold("payees", """
        agency | payee          | body          | body_kind
        county | North District | gss:E07000001 | district
        county | Police         | police        | police
        county | Acme Ltd       | ''            | ''
        south  | North District | gss:E07000001 | district
    """)  # fmt: skip
    engine.hold("purposes", """
        agency | payee          | purpose       | service   | economic
        county | North District | Council tax   | passed_on | revenue
        county | North District | Grass cutting | culture   | revenue
    """)  # fmt: skip
    return engine


def test_payments_to_public_bodies_are_added_up_with_the_words_beside_them(paid: Engine) -> None:
    paid.answers("count/flows", """
        agency | year_start | body          | body_kind | payee          | purpose       | row_count | pence
        county | 2024       | gss:E07000001 | district  | North District | Council tax   | 2         | 1000
        county | 2024       | gss:E07000001 | district  | North District | Grass cutting | 1         | 7
        county | none       | police        | police    | Police         | Precept April | 1         | 90
    """, agencies=["county"])  # fmt: skip
    paid.answers("count/flows", """
        service   | economic | unit | detail
        passed_on | revenue  | ''   | ''
        culture   | revenue  | ''   | ''
        none      | none     | ''   | ''
    """, agencies=["county"])  # fmt: skip


def test_payments_whose_words_may_be_of_a_precept_are_shown_by_sum(paid: Engine) -> None:
    paid.answers("count/instalments", """
        agency | year_start | body   | payee  | amount_pence | purpose       | row_count
        county | none       | police | Police | 90           | Precept April | 1
    """, agencies=["county"])  # fmt: skip


def test_lines_that_an_officer_ruled_upon_stand_under_the_service_they_are_counted_in(
    paid: Engine,
) -> None:
    paid.answers("count/ruled_lines", """
        agency | year_start | body          | service      | economic | row_count | pence
        county | 2024       | ''            | unclassified | unknown  | 1         | 3
        county | 2024       | gss:E07000001 | culture      | revenue  | 1         | 7
        county | 2024       | gss:E07000001 | passed_on    | revenue  | 1         | 500
        county | none       | police        | unclassified | unknown  | 1         | 90
    """, files=["f1", "f1", "f1", "f1", "f9"], sheets=["", "", "", "", ""],
        rows=[3, 4, 6, 7, 2])  # fmt: skip
    paid.answers("count/ruled_lines", """
        payee          | purpose       | unit | detail | amount_pence
        North District | Grass cutting | ''   | ''     | 7
    """, files=["f1"], sheets=[""], rows=[4])  # fmt: skip
