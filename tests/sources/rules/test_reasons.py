"""Why a column was taken, and what to look at, said in full sentences."""

from __future__ import annotations

from totalplace.sources.rules.choosing import Choice
from totalplace.sources.rules.columns import SHIPPED, understand
from totalplace.sources.rules.evidence import Column, column_of
from totalplace.sources.rules.header import Header
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.reasons import CALLED, reason_for, unsure_of

NAMED = Header((1,), ("Amount", "Paid"), 2, ())


def sums(position: int, name: str) -> Column:
    return column_of(position, name, ["12.50", "99.00", "1,250.75"], SHIPPED)


def sure(column: Column) -> Choice:
    return Choice(column, 9.0)


def test_a_reason_says_the_name_and_what_the_cells_are() -> None:
    reason = reason_for(Role.AMOUNT, sure(sums(0, "Amount")))
    assert reason == "called 'Amount'; 100% of its cells are sums of money"
    assert reason_for(Role.AMOUNT, sure(sums(0, ""))).startswith("not named; ")


def test_a_reason_keeps_to_what_speaks_for_the_role() -> None:
    assert "sums of money" not in reason_for(Role.PAYEE, sure(sums(0, "Amount")))


def test_every_role_has_its_words() -> None:
    assert set(CALLED) == set(Role)


def test_what_is_missing_is_said_by_name() -> None:
    said = unsure_of(NAMED, {Role.AMOUNT: sure(sums(0, "Amount"))}, "")
    assert said == ("No column looks like the date.", "No column looks like the payee.")


def test_a_close_choice_names_both_columns() -> None:
    taken, other = sums(0, "Amount"), sums(27, "Paid")
    said = unsure_of(NAMED, {Role.AMOUNT: Choice(taken, 5.0, other, 0.4)}, "")
    assert said[-1] == (
        "Two columns could be the amount: column A 'Amount' was taken before column AB 'Paid',"
        " because it is called 'Amount'; 100% of its cells are sums of money."
    )


def test_net_taken_before_gross_is_a_rule_and_no_doubt() -> None:
    net, gross = sums(0, "Net"), sums(1, "Gross")
    close = Choice(net, 5.0, gross, 0.4)
    choices = {Role.AMOUNT: close, Role.NET: close, Role.GROSS: sure(gross)}
    assert not [s for s in unsure_of(NAMED, choices, "") if "Two columns" in s]


def test_slight_grounds_are_said() -> None:
    said = unsure_of(NAMED, {Role.AMOUNT: Choice(sums(0, "Cost"), -4.0, None, 0.0)}, "")
    assert "column A 'Cost' was taken for the amount on slight grounds." in said


def test_an_odd_header_and_a_doubt_of_the_files_kind_are_said_in_turn() -> None:
    header = Header((), ("",), 2, (), "The row above the payments is a database query.")
    said = unsure_of(header, {Role.AMOUNT: sure(sums(0, ""))}, "The title speaks of cards.")
    assert said[0] == "The row above the payments is a database query."
    assert said[1].startswith("No row with the names of the columns was found")
    assert said[-1] == "The title speaks of cards."


def test_all_that_is_said_of_a_poor_table_is_in_full_sentences() -> None:
    layout = understand([["1", "x"], ["2.50", "y"], ["3.75", "z"]])
    assert layout.unsure
    assert all(said[0].isupper() and said.endswith(".") for said in layout.unsure)
