"""What payments answer as they were published, before anything is made of them."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


def test_what_is_held_is_added_up_by_agency_and_kind(engine: Engine) -> None:
    engine.hold("payments", """
        agency | kind       | amount_pence
        north  | payment    | 500
        north  | payment    | -20
        north  | card       | 7
        south  | commitment | 9000000000000
        south  | commitment | 9000000000000
        west   | payment    | 1
    """)  # fmt: skip
    engine.answers("count/sums", """
        agency | kind       | row_count | pence
        north  | card       | 1         | 7
        north  | payment    | 2         | 480
        south  | commitment | 2         | 18000000000000
    """, agencies=["north", "south"])  # fmt: skip


def test_of_no_agency_nothing_is_answered(engine: Engine) -> None:
    engine.hold(
        "payments",
        """
        agency
        north
    """,
    )
    engine.answers("count/sums", "agency", agencies=[])


def test_a_name_with_quotes_is_a_name_and_no_part_of_the_question(engine: Engine) -> None:
    engine.hold("payments", """
        agency           | amount_pence
        king's "lynn"    | 5
        \\ ' OR 1=1 --   | 7
    """)  # fmt: skip
    engine.answers("count/sums", """
        agency           | pence
        \\ ' OR 1=1 --   | 7
        king's "lynn"    | 5
    """, agencies=['king\'s "lynn"', "\\ ' OR 1=1 --"])  # fmt: skip


def test_tables_and_months_show_what_is_negative_copied_redacted_or_undated(
    engine: Engine,
) -> None:
    engine.hold("payments", """
        file | month      | amount_pence | copy | redacted | precision | payee
        f1   | 2024-04-01 | 500          | no   | no       | day       | Acme Ltd
        f1   | 2024-04-01 | 500          | yes  | no       | day       | acme ltd
        f1   | 2024-04-01 | -30          | no   | yes      | month     | ''
        f1   | none       | 8            | no   | no       | none      | Acme Ltd
        f2   | 2024-05-01 | 9            | no   | no       | table     | Acme Ltd
    """)  # fmt: skip
    engine.answers("count/lines", """
        file | month      | row_count | pence | negative_rows | negative_pence | copy_rows | copy_pence
        f1   | 2024-04-01 | 3         | 970   | 1             | -30            | 1         | 500
        f1   | none       | 1         | 8     | 0             | 0              | 0         | 0
        f2   | 2024-05-01 | 1         | 9     | 0             | 0              | 0         | 0
    """, agencies=["north"])  # fmt: skip
    engine.answers("count/lines", """
        month      | redacted_rows | redacted_pence | undated_rows | undated_pence | small_letter_rows
        2024-04-01 | 1             | -30            | 0            | 0             | 1
        none       | 0             | 0              | 0            | 0             | 0
        2024-05-01 | 0             | 0              | 1            | 9             | 0
    """, agencies=["north"])  # fmt: skip


def test_payments_below_each_usual_threshold_are_numbered(engine: Engine) -> None:
    engine.hold("payments", """
        amount_pence | kind
        9999         | payment
        -24999       | payment
        50000        | payment
        2499999      | payment
        2500000      | payment
        0            | payment
        1            | card
    """)  # fmt: skip
    engine.answers("count/sizes", """
        month      | row_count | under_100 | under_250 | under_500 | under_1000 | under_5000
        2024-04-01 | 5         | 1         | 2         | 2         | 3          | 3
    """, agencies=["north"])  # fmt: skip
    engine.answers("count/sizes", """
        agency | under_10000 | under_25000 | least_pence
        north  | 3           | 4           | 9999
    """, agencies=["north"])  # fmt: skip


def test_an_invoice_whose_total_stands_on_each_line_is_found(engine: Engine) -> None:
    engine.hold("payments", """
        reference | amount_pence | net_pence
        INV1      | 300          | 100
        INV1      | 300          | 150
        INV1      | 300          | 50
        INV2      | 40           | none
        INV2      | 50           | none
        INV2      | 60           | none
    """)  # fmt: skip
    engine.answers("count/invoices", """
        agency | row_count | pence | repeated | repeated_rows | extra_pence | finer
        north  | 6         | 1050  | 1        | 3             | 600         | 1
    """, agencies=["north"])  # fmt: skip


def test_lines_without_a_reference_are_one_invoice_only_where_they_show_one_sum(
    engine: Engine,
) -> None:
    engine.hold("payments", """
        reference | amount_pence
        ''        | 300
        ''        | 300
        ''        | 300
        ''        | 400
    """)  # fmt: skip
    engine.answers("count/invoices", """
        row_count | pence | repeated | repeated_rows | extra_pence | finer
        4         | 1300  | 1        | 3             | 600         | 0
    """, agencies=["north"])  # fmt: skip


def test_a_sum_that_rose_by_a_fifth_is_seen_as_vat_that_is_now_in_it(engine: Engine) -> None:
    engine.hold("payments", """
        payee     | month      | amount_pence
        Acme Ltd  | 2024-04-01 | 1000
        Acme Ltd  | 2024-06-01 | 1200
        Bolt Ltd  | 2024-04-01 | 1201
        Bolt Ltd  | 2024-07-01 | 1001
        Crow Ltd  | 2024-04-01 | 777
        Crow Ltd  | 2024-09-01 | 777
        Dove Ltd  | 2024-04-01 | 10
        Dove Ltd  | 2024-05-01 | 13
    """)  # fmt: skip
    engine.answers("count/fifths", """
        payee    | turn | last_before | first_after
        Acme Ltd | more | 2024-04-01  | 2024-06-01
        Bolt Ltd | less | 2024-04-01  | 2024-07-01
        Crow Ltd | same | 2024-04-01  | 2024-09-01
    """, agencies=["north"])  # fmt: skip


def test_a_payment_that_stands_in_two_tables_is_found(engine: Engine) -> None:
    engine.hold("payments", """
        file | reference | amount_pence | copy
        f1   | INV1      | 500          | no
        f2   | INV1      | 500          | no
        f1   | INV2      | 40           | no
        f1   | INV2      | 40           | yes
        f1   | ''        | 9            | no
        f2   | ''        | 9            | no
    """)  # fmt: skip
    engine.answers("count/twice", """
        agency | first_month | last_month | row_count | pence
        north  | 2024-04-01  | 2024-04-01 | 1         | 500
    """, agencies=["north"])  # fmt: skip


def test_payees_are_paid_in_the_year_of_their_sheet_or_else_of_the_date_given(
    engine: Engine,
) -> None:
    engine.hold("payments", """
        file | sheet | payee    | month      | amount_pence | redacted
        f1   | a     | Acme Ltd | 2024-03-01 | 100          | no
        f1   | a     | ACME LTD | 2024-04-01 | 50           | yes
        f1   | a     | Acme Ltd | 2024-04-01 | 20           | no
        f2   | a     | Acme Ltd | none       | 7            | no
        f3   | b     | Bolt Ltd | none       | 8            | no
        f3   | c     | Bolt Ltd | 2024-04-01 | 9            | no
    """)  # fmt: skip
    engine.answers("count/payees", """
        year_start | payee    | redacted | row_count | month_count | greatest_month_pence | pence
        2018       | acme ltd | no       | 1         | 0           | 7                    | 7
        2019       | bolt ltd | no       | 1         | 1           | 9                    | 9
        2023       | acme ltd | no       | 1         | 1           | 100                  | 100
        2024       | acme ltd | yes      | 2         | 1           | 70                   | 70
        none       | bolt ltd | no       | 1         | 0           | 8                    | 8
    """, agencies=["north"], files=["f2", "f3"], sheets=["a", "c"], years=[2018, 2019])  # fmt: skip


def test_names_and_words_stand_as_they_were_published(engine: Engine) -> None:
    engine.hold("payments", """
        payee    | unit      | purpose | detail | kind    | amount_pence
        Acme Ltd | Libraries | Books   | ''     | payment | 100
        Acme Ltd | Libraries | Books   | ''     | payment | 20
        ACME LTD | Parks     | Seeds   | spring | payment | 3
        Acme Ltd | Parks     | Seeds   | ''     | card    | 9
    """)  # fmt: skip
    engine.answers("count/payee_names", """
        agency | payee    | row_count | pence
        north  | ACME LTD | 1         | 3
        north  | Acme Ltd | 2         | 120
    """, agencies=["north"])  # fmt: skip
    engine.answers("count/words", """
        unit      | purpose | detail | payee    | row_count | pence
        Libraries | Books   | ''     | Acme Ltd | 2         | 120
        Parks     | Seeds   | spring | ACME LTD | 1         | 3
    """, agencies=["north"])  # fmt: skip


def test_a_public_body_is_one_payee_however_its_name_is_written(engine: Engine) -> None:
    engine.hold("payees", """
        agency | payee      | body      | body_kind
        north  | The County | gss:E1    | county
        north  | THE COUNTY | gss:E1    | county
        north  | Acme Ltd   | ''        | ''
        south  | The Police | gss:E2    | police
    """)  # fmt: skip
    engine.answers("count/payee_bodies", """
        payee      | body
        the county | gss:E1
    """, agencies=["north"])  # fmt: skip


def test_the_payments_of_some_files_are_taken_alone_and_whole(engine: Engine) -> None:
    engine.hold("payments", """
        file | row | amount_pence | paid_on
        f2   | 3   | 7            | none
        f2   | 2   | 5            | 2024-04-30
        f1   | 2   | 9            | 2024-04-30
        f3   | 2   | 1            | 2024-04-30
    """)  # fmt: skip
    engine.answers("count/rows_of_files", """
        agency | file | row | amount_pence | paid_on    | payee    | copy
        north  | f2   | 2   | 5            | 2024-04-30 | Acme Ltd | no
        north  | f2   | 3   | 7            | none       | Acme Ltd | no
        north  | f3   | 2   | 1            | 2024-04-30 | Acme Ltd | no
    """, files=["f2", "f3"])  # fmt: skip


def test_what_could_not_be_read_is_added_up_by_its_reason(engine: Engine) -> None:
    engine.hold("faults", """
        why       | refused | amount_pence
        no sum    | yes     | none
        no sum    | yes     | none
        odd date  | no      | 500
        odd date  | no      | 20
    """)  # fmt: skip
    engine.answers("count/faults", """
        agency | why      | refused | row_count | pence | without_amount
        north  | no sum   | yes     | 2         | 0     | 2
        north  | odd date | no      | 2         | 520   | 0
    """, agencies=["north"])  # fmt: skip
