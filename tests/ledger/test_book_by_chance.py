"""Whatever comes in whatever order, the book is what a plain dictionary would be."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import product

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from totalplace.ledger import actions, queries
from totalplace.ledger.rules.accounts import Account, Heading, Kind, Sign, Transfer, sign_of
from totalplace.ledger.rules.deeds import BOTH_WAYS, Deed, Verb, legs_of
from totalplace.ledger.rules.lawful import FREE, LAWFUL
from totalplace.ledger.rules.limits import natural
from totalplace.ledger.rules.pairing import paired
from totalplace.ledger.rules.posting_sheet import Given
from totalplace.ledger.rules.refusing import Unposted

from .conftest import ADA, DAY, LETTER, NOON, Pool

PAYERS = {"care": "icb", "skills": "dept", "roads": "dept"}
# Few accounts and small sums, so that they meet: much is refused, and much is not.
deeds = st.builds(
    Deed, st.sampled_from([*Verb, *(Verb.PROMISED, Verb.ALLOCATED, Verb.COMMITTED) * 2]),
    st.sampled_from(["care", "care", "roads"]), st.just(2025), st.integers(1, 9),
    st.sampled_from(["wex", "icb"]), st.sampled_from(["skills", "care"]), st.just(2026),
)  # fmt: skip


def holds(account: Account, balance: int) -> bool:
    """Whether an account may stand so."""
    match sign_of(account.heading):
        case Sign.ANY:
            return True
        case Sign.NOT_BELOW:
            return balance >= 0
        case Sign.NOT_ABOVE:
            return balance <= 0


def expected(balances: dict[Account, int], made: tuple[Transfer, ...]) -> dict[Account, int] | None:
    """The balances after transfers, or None where a dictionary would refuse them."""
    after = dict(balances)
    for t in made:
        after[t.debit] = after.get(t.debit, 0) + t.pence
        after[t.credit] = after.get(t.credit, 0) - t.pence
        natures = [line == "roads" for line in (t.debit.line, t.credit.line)]
        out_of = natures[0] if sign_of(t.debit.heading) is Sign.NOT_ABOVE else natures[1]
        if natures[0] != natures[1] and out_of:
            return None  # capital as revenue
    touched = {account for t in made for account in (t.debit, t.credit)}
    return after if all(holds(one, after[one]) for one in touched) else None


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(deeds, st.booleans()), min_size=10, max_size=25))
def test_a_book_is_what_a_dictionary_would_be(pool: Pool, said: list[tuple[Deed, bool]]) -> None:
    with transaction.atomic():
        balances: dict[Account, int] = {}
        posted: list[tuple[int, tuple[Transfer, ...]]] = []
        for deed, turned in said:
            balances = one_more(pool.code, deed, posted, balances, turned=turned)
        kept = {account: pence for account, pence in queries.balances(pool.code).items() if pence}
        assert kept == {account: pence for account, pence in balances.items() if pence}
        spent = sum(p for a, p in kept.items() if a.heading is Heading.SPENT)
        assert spent == sum(p for a, p in kept.items() if a.heading is Heading.EXPENDITURE)
        assert not sum(kept.values())
        assert all(natural(a, p) >= 0 for a, p in kept.items() if a.heading is not
                   Heading.EXPENDITURE)  # fmt: skip
        assert queries.verify(pool.code).faults == ()
        transaction.set_rollback(True)


def one_more(
    book: str, said: Deed, posted: list[tuple[int, tuple[Transfer, ...]]],
    before: dict[Account, int], *, turned: bool,
) -> dict[Account, int]:  # fmt: skip
    """Post a deed, or turn the last posting round; what then stands in the dictionary."""
    if turned and posted:
        number, last = posted.pop()
        made = tuple(Transfer(t.credit, t.debit, t.pence) for t in last)
        does = partial(actions.reverse, book, number, why="wrong", by=ADA, on=NOON)
    else:
        pence = -said.pence if turned and said.verb in BOTH_WAYS else said.pence
        deed = replace(said, pence=pence)
        try:
            made = paired(legs_of(deed, payers=PAYERS, host="wex"))
        except Unposted:  # a virement to its own line
            return before
        does = partial(actions.do, book, Given(deed, DAY, LETTER), by=ADA, on=NOON)
    after = expected(before, made)
    if after is None:
        with pytest.raises(Unposted):
            does()
        return before
    row = does()
    if row.reverses is None:
        posted.append((row.number, made))
    return after


@pytest.mark.django_db
def test_the_database_knows_the_same_signs_and_verbs_as_the_rules() -> None:
    with connection.cursor() as cursor:
        for heading in Heading:
            cursor.execute("SELECT ledger_sign(%s), ledger_is_control(%s)", [heading, heading])
            sign, control = cursor.fetchone() or (None, None)
            assert sign == {Sign.NOT_BELOW: 1, Sign.NOT_ABOVE: -1, Sign.ANY: 0}[sign_of(heading)]
            assert control == (heading.plane == "control")
        pairs = list(product(Heading, Heading))
        for kind in Kind:
            cursor.execute(
                "SELECT array_agg(ledger_may_move(%s, d, c) ORDER BY n)"
                " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY t(d, c, n)",
                [kind, [d for d, _ in pairs], [c for _, c in pairs]],
            )
            (found,) = cursor.fetchone() or ([],)
            assert found == [kind in FREE or pair in LAWFUL[kind] for pair in pairs], kind
