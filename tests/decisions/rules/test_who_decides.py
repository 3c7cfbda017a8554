"""Who may decide what, whether it is key, and who may take part."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.rules.bodies import (
    BodyKind,
    CallInWindow,
    Office,
    OwnRules,
    check_may_decide,
    check_rules,
    in_force,
)
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.key import Facts, why_key
from totalplace.decisions.rules.papers import check_mark
from totalplace.decisions.rules.taking_part import (
    Held,
    Interest,
    check_may_agree,
    check_may_take_part,
    check_signatures,
    holders,
)
from totalplace.refusal import Refused

DAY = date(2026, 6, 1)
CABINET = BodyKind.EXECUTIVE
EXECUTIVE = definitions.rule_set("council-executive")
MATTERS = definitions.matters()


def own_rules(
    matters: tuple[str, ...] = ("executive",),
    key_from_pence: int | None = 500_000_00,
    limit_pence: int | None = None,
    rule_set: str = "council-executive",
    first_day: date = DAY,
) -> OwnRules:
    return OwnRules(
        rule_set, first_day, "Constitution, part 3", frozenset(matters), key_from_pence,
        limit_pence, CallInWindow(5, Counting.WORKING, 3),
    )  # fmt: skip


def test_each_matter_is_decided_by_somebody_and_no_partnership_decides_any() -> None:
    for matter in MATTERS.values():
        assert matter.decided_by
        assert BodyKind.PARTNERSHIP not in matter.decided_by


def test_the_budget_is_for_the_full_council_and_not_for_the_cabinet() -> None:
    own = own_rules(("budget", "executive"))
    with pytest.raises(Refused, match="is for full council"):
        check_may_decide(MATTERS["budget"], CABINET, own, amount_pence=1, name="Cabinet")
    check_may_decide(MATTERS["budget"], BodyKind.FULL_COUNCIL, own, amount_pence=1, name="Council")


def test_a_body_decides_only_what_its_own_rules_give_it() -> None:
    with pytest.raises(Refused, match="its own rules do not give it"):
        check_may_decide(
            MATTERS["executive"], CABINET, own_rules(("budget",)), amount_pence=1, name="Cabinet"
        )


def test_a_partnership_recommends_and_decides_nothing() -> None:
    with pytest.raises(Refused, match="no body in law"):
        check_may_decide(
            MATTERS["own"], BodyKind.PARTNERSHIP, own_rules(("own",)), amount_pence=0, name="LSP"
        )


@given(st.none() | st.integers(0, 10**12), st.integers(0, 10**9))
def test_an_officer_decides_up_to_the_limit_and_never_on_a_sum_that_is_not_known(
    amount: int | None, limit: int
) -> None:
    own = own_rules(limit_pence=limit)
    allowed = amount is not None and amount <= limit
    try:
        check_may_decide(
            MATTERS["executive"], BodyKind.OFFICER, own, amount_pence=amount, name="The Director"
        )
    except Refused:
        assert not allowed
    else:
        assert allowed


@given(st.none() | st.integers(0, 10**12), st.none() | st.integers(0, 60), st.booleans())
def test_what_is_large_wide_or_not_known_is_key(
    amount: int | None, wards: int | None, said: bool
) -> None:
    facts = Facts(amount, wards, "it closes a library" if said else "")
    key = bool(why_key(facts, own_rules(), EXECUTIVE))
    assert key == (amount is None or amount >= 500_000_00 or wards is None or wards >= 2 or said)


def test_without_a_sum_of_its_own_any_spending_of_a_body_is_significant() -> None:
    own = own_rules(key_from_pence=None)
    assert why_key(Facts(1, 0), own, EXECUTIVE)
    assert not why_key(Facts(0, 0), own, EXECUTIVE)


def test_the_full_council_takes_no_key_decisions() -> None:
    assert not why_key(Facts(None, None), own_rules(), definitions.rule_set("full-council"))


def test_the_rules_of_a_day_are_the_last_that_were_said_for_the_latest_day_that_has_come() -> None:
    first, later = own_rules(), own_rules(first_day=date(2026, 7, 1))
    again = own_rules(limit_pence=1)
    assert in_force([first, later, again], on=date(2026, 6, 30)) is again
    assert in_force([later, first], on=date(2026, 7, 1)) is later
    assert in_force([first], on=date(2026, 5, 31)) is None


@pytest.mark.parametrize(
    ("kind", "agency", "rule_set"),
    [
        (CABINET, "police", "council-executive"),
        (BodyKind.MAYOR, "council", "council-executive"),
        (BodyKind.FULL_COUNCIL, "council", "full-council"),  # with a window for call-in
    ],
)
def test_rules_that_no_law_gives_a_body_are_refused(
    kind: BodyKind, agency: str, rule_set: str
) -> None:
    with pytest.raises(Refused):
        check_rules(own_rules(rule_set=rule_set), kind, agency, definitions.rule_set(rule_set))


def test_whoever_has_a_pecuniary_interest_takes_no_part_without_a_dispensation() -> None:
    declared = [Interest("Cllr Ann Lee", pecuniary=True), Interest("Cllr Bo", pecuniary=False)]
    check_may_take_part(["Cllr Bo", "Cllr Cy"], declared)
    with pytest.raises(Refused, match="pecuniary"):
        check_may_take_part(["cllr  ann LEE"], declared)
    dispensed = [Interest("Cllr Ann Lee", pecuniary=True, dispensation="Standards, 3 May")]
    check_may_take_part(["Cllr Ann Lee"], dispensed)


HELD = [
    Held(Office.SCRUTINY_CHAIR, "Cllr Day", date(2025, 5, 20)),
    Held(Office.COUNCIL_CHAIR, "Cllr Mayor", date(2026, 5, 19)),
    Held(Office.SCRUTINY_CHAIR, "Cllr Kay", DAY, date(2026, 6, 14), deputy=True),
]
IN_TURN = [Office.SCRUTINY_CHAIR, Office.COUNCIL_CHAIR, Office.COUNCIL_VICE_CHAIR]


def test_a_deputy_acts_on_the_days_for_which_they_were_appointed() -> None:
    assert holders(HELD, Office.SCRUTINY_CHAIR, on=DAY) == ["Cllr Day", "Cllr Kay"]
    assert holders(HELD, Office.SCRUTINY_CHAIR, on=date(2026, 6, 15)) == ["Cllr Day"]
    assert holders(HELD, Office.SCRUTINY_CHAIR, on=date(2025, 5, 19)) == []


def test_the_last_holder_said_is_the_holder_and_an_office_may_be_vacant() -> None:
    later = [*HELD, Held(Office.SCRUTINY_CHAIR, "", date(2026, 6, 10))]
    assert holders(later, Office.SCRUTINY_CHAIR, on=date(2026, 6, 20)) == []


def test_the_chair_of_scrutiny_agrees_first_and_the_next_only_where_they_cannot() -> None:
    def agreeing(name: str, unable: str = "") -> Office:
        return check_may_agree(name, IN_TURN, HELD, unable=unable, on=DAY)

    assert agreeing("Cllr Day") is Office.SCRUTINY_CHAIR
    assert agreeing("cllr kay") is Office.SCRUTINY_CHAIR
    with pytest.raises(Refused, match="for Cllr Day to agree"):
        agreeing("Cllr Mayor")
    assert agreeing("Cllr Mayor", "both are abroad") is Office.COUNCIL_CHAIR
    with pytest.raises(Refused, match="hold no office"):
        agreeing("Cllr Nobody", "everybody is abroad")


def test_a_call_in_needs_so_many_different_members() -> None:
    assert check_signatures(["A", "B ", "C", "a"], 3) == ["A", "B", "C"]
    with pytest.raises(Refused, match="3 members must ask for it, and 2 did"):
        check_signatures(["A", "a", " A ", "B"], 3)


def test_a_paper_is_kept_back_for_a_reason_that_the_law_knows_and_is_weighed() -> None:
    known = definitions.categories()
    check_mark("3", "The bids of two firms would be known to each other", known)
    with pytest.raises(Refused, match="the law knows"):
        check_mark("8", "Because", known)
    with pytest.raises(Refused, match="public interest"):
        check_mark("3", " ", known)
    with pytest.raises(Refused, match="department or law"):
        check_mark("confidential", "", known)
