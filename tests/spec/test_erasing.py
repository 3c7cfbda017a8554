"""What is asked of holdings before a payee's name is erased from them, and after."""

from __future__ import annotations

from typing import Any, Protocol


class Engine(Protocol):
    """What the fixture `engine` can do."""

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table."""

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist on an answer."""


def test_whose_some_rows_are_is_told(engine: Engine) -> None:
    engine.hold("payments", """
        file | sheet | row | payee
        f1   | May   | 3   | Oak Ltd
        f1   | April | 3   | Elm Ltd
        f1   | April | 4   | Ash Ltd
        f2   | April | 3   | Fir Ltd
    """)  # fmt: skip
    engine.answers("sources/payees_at", """
        sheet | row | payee
        April | 3   | Elm Ltd
        May   | 3   | Oak Ltd
    """, file="f1", rows=[3, 9])  # fmt: skip


def test_rows_that_may_have_a_name_are_those_with_its_word_or_odd_letters(engine: Engine) -> None:
    engine.hold("payments", """
        file | sheet | row | payee    | payee_number | detail   | amount_pence
        f1   | May   | 3   | Oak Ltd  | ''           | Repairs  | 5
        f1   | April | 9   | Jane C   | 4412         | for Jane | 7
        f1   | April | 5   | Yew Ltd  | 4415         | Carré    | 3
        f2   | April | 1   | Jane C   | 4412         | for Jane | 9
    """)  # fmt: skip
    engine.answers("sources/erasable_payments", """
        sheet | row | kind    | amount_pence | payee   | payee_number | unit | purpose | detail   | reference
        April | 5   | payment | 3            | Yew Ltd | 4415         | ''   | ''      | Carré    | ''
        April | 9   | payment | 7            | Jane C  | 4412         | ''   | ''      | for Jane | ''
    """, file="f1", word="jane")  # fmt: skip


def test_the_words_of_a_files_faults_are_given_once_each(engine: Engine) -> None:
    engine.hold("faults", """
        file | sheet | row | column   | found
        f1   | May   | 3   | D Amount | Jane C
        f1   | May   | 3   | D Amount | Jane C
        f1   | April | 3   | A Date   | 31/02
        f2   | April | 3   | A Date   | 31/02
    """)  # fmt: skip
    engine.answers("sources/erasable_faults", """
        name      | sheet | row | column   | found
        April.csv | April | 3   | A Date   | 31/02
        April.csv | May   | 3   | D Amount | Jane C
    """, file="f1")  # fmt: skip


def test_every_figure_that_an_erasure_leaves_is_added_up_by_file_and_kind(engine: Engine) -> None:
    engine.hold("payments", """
        file | row | kind    | amount_pence | net_pence | vat_pence | gross_pence | paid_on    | copy
        f1   | 2   | payment | 500          | 400       | 100       | none        | 2024-04-15 | no
        f1   | 3   | payment | -20          | none      | none      | none        | none       | yes
        f1   | 9   | card    | 7            | none      | none      | 9           | 2024-05-01 | no
        f2   | 2   | payment | 1            | none      | none      | none        | 2024-04-15 | no
    """)  # fmt: skip
    engine.answers("sources/file_sums", """
        file | kind    | row_count | row_numbers | pence | net_pence | vat_pence | gross_pence | nets | vats | grosses | first_day  | last_day   | days | copies
        f1   | card    | 1         | 9           | 7     | none      | none      | 9           | 0    | 0    | 1       | 2024-05-01 | 2024-05-01 | 1    | 0
        f1   | payment | 2         | 5           | 480   | 400       | 100       | none        | 1    | 1    | 0       | 2024-04-15 | 2024-04-15 | 1    | 1
        f2   | payment | 1         | 2           | 1     | none      | none      | none        | 0    | 0    | 0       | 2024-04-15 | 2024-04-15 | 1    | 0
    """)  # fmt: skip


def test_each_payee_of_a_file_is_given_once(engine: Engine) -> None:
    engine.hold("payments", """
        file | payee
        f2   | Oak Ltd
        f1   | Oak Ltd
        f1   | Oak Ltd
        f1   | ''
    """)  # fmt: skip
    engine.answers("sources/files_of_payees", """
        file | payee
        f1   | Oak Ltd
        f2   | Oak Ltd
    """)  # fmt: skip
