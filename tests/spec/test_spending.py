"""The lines of an edition's year, and what is found of them by whoever searches."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Protocol

import pytest

from totalplace import engines

ANY: Final[dict[str, Any]] = {
    "kind": "payment", "first_word": "", "second_word": "", "third_word": "", "fourth_word": "",
    "every_agency": True, "agency": "", "every_service": True, "service": "",
    "every_body": True, "body": "", "every_payee": True, "payee_key": "",
    "every_month": True, "first": date(2024, 4, 1), "last": date(2025, 3, 1),
    "least": -(10**15), "most": 10**15,
    "transfers_only": False, "no_transfers": False, "redacted_only": False,
    "negative_only": False, "copies_only": False,
    "sort": "largest", "some": 100, "skip": 0,
}  # fmt: skip


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
    """Two agencies' payments of two files, a third file of another count, and what words tell."""
    engine.hold("payments", """
        agency | file | row | month      | paid_on    | kind    | payee         | unit  | detail | amount_pence | redacted | copy
        north  | f1   | 2   | 2024-04-01 | 2024-04-03 | payment | Acme Ltd      | Parks | Mowing | 100          | no       | no
        north  | f1   | 3   | 2024-05-01 | 2024-05-03 | payment | ACME LTD      | Parks | Mowing | 50           | no       | no
        north  | f1   | 4   | 2024-05-01 | 2024-05-03 | payment | ACME LTD      | Parks | Mowing | 50           | no       | yes
        north  | f1   | 5   | 2024-05-01 | 2024-05-09 | payment | South Council | ''    | Waste  | 900          | no       | no
        north  | f1   | 6   | 2024-06-01 | 2024-06-09 | payment | South Council | ''    | Waste  | -40          | no       | no
        north  | f1   | 7   | 2024-06-01 | 2024-06-09 | card    | Acme Ltd      | Parks | Mowing | 7            | no       | no
        north  | f1   | 8   | 2024-03-01 | 2024-03-31 | payment | Acme Ltd      | Parks | Mowing | 1            | no       | no
        north  | f2   | 2   | none       | none       | payment | REDACTED      | Care  | ''     | 30           | yes      | no
        south  | f3   | 2   | 2024-04-01 | 2024-04-30 | payment | Acme Ltd      | Roads | 50% up | 20           | no       | no
        south  | f9   | 2   | 2024-04-01 | 2024-04-30 | payment | Other Ltd     | Roads | ''     | 4000         | no       | no
    """)  # fmt: skip
    engine.hold("tables", """
        file | year_start
        f2   | 2024
    """)  # fmt: skip
    engine.hold("payees", """
        agency | payee         | body          | body_kind
        north  | South Council | gss:E07000002 | district
    """)  # fmt: skip
    engine.hold("purposes", """
        agency | unit  | detail | payee    | service            | economic | confidence
        north  | Parks | Mowing | Acme Ltd | culture            | revenue  | 91
        north  | Parks | Mowing | ACME LTD | culture            | revenue  | 91
        south  | Roads | 50% up | Acme Ltd | highways_transport | capital  | 80
    """)  # fmt: skip
    engine.hold("treated", """
        agency | payee         | detail | nature   | receiver      | treatment
        north  | South Council | Waste  | transfer | gss:E07000002 | eliminated
    """)  # fmt: skip
    return engine


def test_what_is_told_of_an_exact_sum_comes_before_what_words_tell(paid: Engine) -> None:
    """A precept that does not say whose it is belongs to whom its equals name."""
    paid.hold("treated", """
        agency | payee         | detail | amount_pence | nature   | receiver      | treatment
        north  | South Council | Waste  | none         | transfer | gss:E07000002 | eliminated
        north  | South Council | Waste  | -40          | precept  | gss:E23000001 | passed on
    """)  # fmt: skip
    said = {"year_start": 2024, "files": ["f1"], "agencies": ["north"]}
    paid.hold_answer("words", "count/spending/words", **said)
    paid.answers("count/spending/lines", """
        row | amount_pence | nature   | receiver      | treatment
        3   | 50           | ''       | ''            | ''
        4   | 50           | ''       | ''            | ''
        2   | 100          | ''       | ''            | ''
        7   | 7            | ''       | ''            | ''
        5   | 900          | transfer | gss:E07000002 | eliminated
        6   | -40          | precept  | gss:E23000001 | passed on
    """, **said)  # fmt: skip


@pytest.fixture
def held(paid: Engine) -> Engine:
    """The words and lines of 2024-25, of three files."""
    said = {"year_start": 2024, "files": ["f1", "f2", "f3"], "agencies": ["north", "south"]}
    paid.hold_answer("words", "count/spending/words", **said)
    paid.hold_answer("lines", "count/spending/lines", **said)
    return paid


def test_words_beside_payments_of_a_year_stand_once_with_what_they_tell(paid: Engine) -> None:
    paid.answers("count/spending/words", """
        word_no | agency | payee         | unit  | service            | economic | confidence | body
        1       | north  | ACME LTD      | Parks | culture            | revenue  | 91         | ''
        2       | north  | Acme Ltd      | Parks | culture            | revenue  | 91         | ''
        3       | south  | Acme Ltd      | Roads | highways_transport | capital  | 80         | ''
        4       | north  | REDACTED      | Care  | unclassified       | unknown  | 0          | ''
        5       | north  | South Council | ''    | unclassified       | unknown  | 0          | gss:E07000002
    """,
        year_start=2024, files=["f1", "f2", "f3"], agencies=["north", "south"])  # fmt: skip


def test_an_address_of_a_payee_says_nothing_of_its_name_and_a_redacted_one_has_none(
    held: Engine,
) -> None:
    keys = {r["payee"]: r["payee_key"] for r in held.ask("count/spending/found_lines", **ANY)}
    assert keys["Acme Ltd"] == keys["ACME LTD"] != keys["South Council"]
    assert keys["REDACTED"] == ""
    assert len(keys["Acme Ltd"]) == 16


def test_lines_of_the_year_and_of_the_files_of_a_count_are_held_once(held: Engine) -> None:
    held.answers("count/spending/lines", """
        word_no | file | row | kind    | amount_pence | copy
        1       | f1   | 3   | payment | 50           | no
        1       | f1   | 4   | payment | 50           | yes
        2       | f1   | 2   | payment | 100          | no
        2       | f1   | 7   | card    | 7            | no
        3       | f3   | 2   | payment | 20           | no
        4       | f2   | 2   | payment | 30           | no
        5       | f1   | 5   | payment | 900          | no
        5       | f1   | 6   | payment | -40          | no
    """, year_start=2024, files=["f1", "f2", "f3"])  # fmt: skip


def test_what_is_found_is_added_up_by_body_service_and_month(held: Engine) -> None:
    held.answers("count/spending/found", """
        agency | service            | month      | row_count | amount_pence | negative_pence | redacted_rows | transfer_pence
        north  | culture            | 2024-04-01 | 1         | 100          | 0              | 0             | 0
        north  | culture            | 2024-05-01 | 2         | 100          | 0              | 0             | 0
        north  | unclassified       | 2024-05-01 | 1         | 900          | 0              | 0             | 900
        north  | unclassified       | 2024-06-01 | 1         | -40          | -40            | 0             | -40
        north  | unclassified       | none       | 1         | 30           | 0              | 1             | 0
        south  | highways_transport | 2024-04-01 | 1         | 20           | 0              | 0             | 0
    """, **ANY)  # fmt: skip


def found(engine: Engine, **said: Any) -> list[int]:
    """The sums of the lines that are found, in the order in which they come."""
    rows = engine.ask("count/spending/found_lines", **{**ANY, **said})
    sums = engine.ask("count/spending/found", **{**ANY, **said})
    assert sum(r["row_count"] for r in sums) == len(rows)
    assert sum(r["amount_pence"] for r in sums) == sum(r["amount_pence"] for r in rows)
    payees = engine.ask("count/spending/found_payees", **{**ANY, **said})
    assert sum(r["amount_pence"] for r in payees) == sum(r["amount_pence"] for r in rows)
    assert all(r["payees"] == len(payees) for r in payees)
    return [r["amount_pence"] for r in rows]


def test_filters_are_kept_by_lines_sums_and_payees_alike(held: Engine) -> None:
    south = {"every_agency": False, "agency": "south"}
    culture = {"every_service": False, "service": "culture"}
    may = {"every_month": False, "first": date(2024, 5, 1), "last": date(2024, 5, 1)}
    council = {"every_body": False, "body": "gss:E07000002"}
    assert found(held, first_word="50%", **south) == [20]  # a per cent sign is a letter like others
    assert found(held, **culture, **may, least=50, most=100, copies_only=True) == [50]
    assert found(held, **council, transfers_only=True, negative_only=True) == [-40]
    assert found(held, redacted_only=True, no_transfers=True) == [30]
    assert found(held, kind="card") == [7]


@pytest.mark.parametrize("engine", [engines.Engine.DUCK], indirect=True)
def test_each_filter_keeps_what_it_says(held: Engine) -> None:
    assert found(held) == [900, 100, 50, 50, 30, 20, -40]
    assert found(held, first_word="acme", second_word="mow") == [100, 50, 50]
    assert found(held, first_word="_") == []
    assert found(held, every_agency=False, agency="south") == [20]
    assert found(held, every_service=False, service="culture") == [100, 50, 50]
    assert found(held, every_body=False, body="gss:E07000002") == [900, -40]
    assert found(held, every_month=False, first=date(2024, 5, 1), last=date(2024, 5, 1)) == [
        900, 50, 50,
    ]  # fmt: skip
    assert found(held, least=50, most=100) == [100, 50, 50]
    assert found(held, transfers_only=True) == [900, -40]
    assert found(held, no_transfers=True) == [100, 50, 50, 30, 20]
    assert found(held, redacted_only=True) == [30]
    assert found(held, negative_only=True) == [-40]
    assert found(held, copies_only=True) == [50]


def test_lines_come_in_the_order_and_number_that_is_asked_for(held: Engine) -> None:
    some = {**ANY, "sort": "earliest", "some": 2, "skip": 1}
    held.answers("count/spending/found_lines", """
        paid_on    | payee    | amount_pence | service            | confidence | file | row
        2024-04-30 | Acme Ltd | 20           | highways_transport | 80         | f3   | 2
        2024-05-03 | ACME LTD | 50           | culture            | 91         | f1   | 3
    """, **some)  # fmt: skip
    assert [r["amount_pence"] for r in held.ask("count/spending/found_lines", **{
        **ANY, "sort": "latest", "some": 3})] == [-40, 900, 50]  # fmt: skip
    smallest = held.ask("count/spending/found_lines", **{**ANY, "sort": "smallest", "some": 1})
    assert smallest[0]["amount_pence"] == -40


def test_a_payee_is_one_in_any_capitals_and_all_that_is_redacted_is_none(held: Engine) -> None:
    held.answers("count/spending/found_payees", """
        payee         | body          | agencies | row_count | amount_pence | payees
        South Council | gss:E07000002 | 1        | 2         | 860          | 3
        ACME LTD      | ''            | 2        | 4         | 220          | 3
        ''            | ''            | 1        | 1         | 30           | 3
    """, **ANY)  # fmt: skip


def test_under_which_names_a_payee_is_published(held: Engine) -> None:
    (one, *_) = [
        r for r in held.ask("count/spending/found_lines", **ANY) if r["payee"] == "Acme Ltd"
    ]
    held.answers("count/spending/payee_spellings", """
        agency | payee    | row_count | amount_pence
        north  | ACME LTD | 2         | 100
        north  | Acme Ltd | 1         | 100
        south  | Acme Ltd | 1         | 20
    """, payee_key=one["payee_key"], kind="payment")  # fmt: skip


def test_a_row_of_a_file_is_found_again_with_all_that_is_known_of_it(held: Engine) -> None:
    held.answers("count/spending/lines_at", """
        agency | payee         | detail | amount_pence | paid_on    | nature   | receiver      | treatment
        north  | South Council | Waste  | 900          | 2024-05-09 | transfer | gss:E07000002 | eliminated
    """, file="f1", row=5, every_sheet=True, sheet="")  # fmt: skip
    assert held.ask("count/spending/lines_at", file="f1", row=5, every_sheet=False, sheet="x") == []


def test_lines_are_compared_with_the_cube_that_was_frozen(held: Engine) -> None:
    held.hold_answer("cube", "count/cube", agencies=["north", "south"])
    lines = held.ask("count/spending/line_sums")
    frozen = held.ask("count/spending/cube_year_sums", year_start=2024)
    more = [r for r in frozen if r not in lines]
    assert [(r["agency"], r["service"], r["amount_pence"]) for r in more] == [
        ("south", "unclassified", 4000)  # of a file that the count did not use
    ]
    assert [r for r in lines if r not in frozen] == []
    held.answers("count/spending/line_sums", """
        agency | kind    | body          | service            | economic | row_count | amount_pence
        north  | card    | ''            | culture            | revenue  | 1         | 7
        north  | payment | ''            | culture            | revenue  | 3         | 200
        north  | payment | ''            | unclassified       | unknown  | 1         | 30
        north  | payment | gss:E07000002 | unclassified       | unknown  | 2         | 860
        south  | payment | ''            | highways_transport | capital  | 1         | 20
    """)  # fmt: skip


def test_words_beside_payments_to_public_bodies_are_told_apart(paid: Engine) -> None:
    paid.answers("count/spending/body_words", """
        agency | payee         | unit | purpose | detail | body
        north  | South Council | ''   | ''      | Waste  | gss:E07000002
    """, agencies=["north", "south"])  # fmt: skip


def test_months_of_every_year_come_from_the_month_cube(engine: Engine) -> None:
    engine.hold("cube", """
        agency | year_start | month      | kind    | copy | row_count | amount_pence
        north  | 2023       | 2024-03-01 | payment | no   | 2         | 9
        north  | 2024       | 2024-04-01 | payment | no   | 2         | 10
        north  | 2024       | 2024-04-01 | payment | yes  | 1         | 4
        north  | 2024       | none       | payment | no   | 1         | 3
        north  | 2024       | 2024-04-01 | card    | no   | 1         | 8
    """)  # fmt: skip
    engine.answers("count/spending/by_month", """
        agency | year_start | month      | row_count | amount_pence | copy_pence
        north  | 2023       | 2024-03-01 | 2         | 9            | 0
        north  | 2024       | 2024-04-01 | 3         | 14           | 4
        north  | 2024       | none       | 1         | 3            | 0
    """)  # fmt: skip


def test_questions_about_what_is_found_keep_the_same_filters() -> None:
    """They are written three times, as a question is one text; a filter must not be in two only."""
    texts = {
        name: engines.question(f"count/spending/{name}")
        for name in ("found", "found_lines", "found_payees")
    }
    wheres = set()
    for text in texts.values():
        where = text[text.index("WHERE l.kind") :]
        ends = [where.find(word) for word in ("GROUP BY", "ORDER BY")]
        wheres.add(" ".join(where[: min(at for at in ends if at > 0)].split()))
    assert len(wheres) == 1
