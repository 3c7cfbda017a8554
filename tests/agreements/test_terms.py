"""What a text lacks to be laid open; the first draft; an agreement in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from totalplace.agreements.definitions.reading import model
from totalplace.agreements.definitions.sentences import section_75
from totalplace.agreements.rules import agreement_telling as telling
from totalplace.agreements.rules import checklist
from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.first_draft import Begun, first_draft
from totalplace.agreements.rules.lines import Line, Sum, Where
from totalplace.agreements.rules.offers import Entitled, Lift
from totalplace.agreements.rules.offers import Terms as Offered
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.wording import terms_of, text_of
from totalplace.ledger.rules.accounts import Nature

from .terms_made import DFE, ICB, LINE, WEX, some_terms

BLOCK, POOL = model("block-grant"), model("section-75")
WHOLE = some_terms(entitlements=(t.Attached("school-place", 1),))
SERVICES = (
    t.Service(t.Serves.FUNCTIONS, "social care of adults", WEX),
    t.Service(t.Serves.PERSONS, "people over 65 in Wexshire"),
    t.Service(t.Serves.SERVICES, "care at home after hospital"),
    t.Service(t.Serves.MEANS, "twelve nurses and two vans", ICB),
)
POOLED = replace(
    WHOLE,
    model="section-75",
    parties=WHOLE.parties[:2],
    services=SERVICES,
    contributions=(t.Contribution(ICB, WEX, LINE, Nature.REVENUE, 2027, 5),),
    promises=(),
    changes=(),
    signing=(t.Turn(1, ICB), t.Turn(2, WEX)),
)


def lacks(terms: t.Terms, of: object = BLOCK) -> list[str]:
    return [one.what for one in checklist.lacking(terms, of, section_75())]  # type: ignore[arg-type]


def test_a_whole_text_lacks_nothing() -> None:
    assert lacks(WHOLE) == []
    assert lacks(POOLED, POOL) == []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"remedies": ()}, "It does not say what a broken promise costs"),
        ({"remedies": WHOLE.remedies[:1]}, "The centre pays for no broken promise"),
        ({"promises": WHOLE.promises[1:]}, "The centre promises nothing"),
        ({"promises": WHOLE.promises[:1]}, "The place promises nothing"),
        ({"ladder": ()}, "It does not say how disputes are settled"),
        ({"signing": WHOLE.signing[:2]}, "The order of signing is not whole"),
        ({"parties": WHOLE.parties[1:]}, "It names no accountable body, or several"),
        ({"goals": ()}, "Promise 1 names the target persistent-absence"),
        ({"promises": (*WHOLE.promises, WHOLE.promises[0])}, "Two promises have one number"),
        ({"duration": t.Duration(date(2028, 1, 1), date(2027, 1, 1))}, "It ends before it begins"),
    ],
)
def test_what_a_text_lacks_is_named(other: dict[str, object], said: str) -> None:
    assert any(one.startswith(said) for one in lacks(replace(WHOLE, **other)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("letter", "other"),
    [
        ("a", {"aims": ()}),
        ("b", {"contributions": ()}),
        ("c", {"services": SERVICES[1:]}),
        ("d", {"services": (SERVICES[0], *SERVICES[2:])}),
        ("e", {"services": SERVICES[:3]}),
        ("f", {"termination": None}),
        ("g", {"governance": ()}),
    ],
)
def test_each_letter_of_regulation_7_3_that_a_pooled_fund_lacks_is_named(
    letter: str, other: dict[str, object]
) -> None:
    found = checklist.section_75(replace(POOLED, **other), section_75())  # type: ignore[arg-type]
    assert [one.what[:10] for one in found] == [f"Letter ({letter})"]


def test_a_pooled_fund_settles_what_each_party_puts_in() -> None:
    unsettled = replace(POOLED, contributions=(replace(POOLED.contributions[0], pence=None),))
    assert lacks(unsettled, POOL) == [
        "What Wexshire Health Board contributes of school-support is not settled"
    ]


def test_a_variation_is_heard_where_it_changes_money_or_targets_and_not_for_a_day_of_a_report() -> (
    None
):
    pays, reports = WHOLE.promises
    later = replace(WHOLE, promises=(pays, replace(reports, due=date(2028, 1, 1))))
    less = replace(WHOLE, promises=(replace(pays, pence=1), reports))
    assert not checklist.touches_money_or_targets(WHOLE, later)
    assert checklist.touches_money_or_targets(WHOLE, less)
    assert checklist.touches_money_or_targets(WHOLE, replace(WHOLE, goals=()))


def test_whoever_has_money_or_a_promise_in_it_has_a_stake() -> None:
    found = {one.agency: (one.pence, one.stake) for one in checklist.stakes(WHOLE)}
    assert found == {
        WEX: (None, "2 promises"), ICB: (1_500_000_00, ""), DFE: (4_000_000_00, "2 promises")
    }  # fmt: skip


def test_the_first_draft_says_what_was_agreed_and_can_be_read_back() -> None:
    offered = Offered(
        lines=(
            Line("support", "Support", department=DFE, sums=(
                Sum(2027, Nature.REVENUE, 10), Sum(2028, Nature.REVENUE, 20),
            )),
            Line("held", "Held nationally", where=Where.NATIONAL, sums=(
                Sum(2027, Nature.REVENUE, 99),
            )),
        ),
        entitlements=(Entitled("school-place", 2, "A school place"),),
        promises=(Promise(1, DFE, WEX, Kind.DO, 'say "yes"\nin time', date(2027, 5, 1)),),
        lifts=(Lift("share", "No sharing of data", "the Secretary of State", "It blocks"),),
    )  # fmt: skip
    names = {WEX: "Wexshire Council", DFE: "Department: for (School)"}
    begun = Begun("wexshire", 3, "On school", WEX, (DFE,), names, (2027, 2029))
    terms = first_draft(begun, BLOCK, offered)
    assert terms_of(text_of(terms)) == terms
    assert [(one.line, one.pence) for one in terms.contributions] == [
        ("support", 10), ("support", 20),
    ]  # fmt: skip
    assert terms.names[DFE] == "Department for School"
    assert terms.promises[0].what == "say ’yes’ in time"
    assert terms.entitlements == (t.Attached("school-place", 2),)
    assert terms.changes[0].cost_pence is None
    assert terms.signing[-1].party == WEX


def test_an_agreement_is_told_in_plain_words() -> None:
    assert [(one.name, one.pence) for one in telling.pays(WHOLE)] == [
        ("Department for School", 4_000_000_00), ("Wexshire Health Board", 1_500_000_00),
    ]  # fmt: skip
    (promise,) = telling.by_day(WHOLE, Side.CENTRE)
    assert telling.promised(promise, WHOLE) == (
        "Department for School pays Wexshire Council £2,000,000: the first half"
    )
    assert telling.risk(WHOLE).startswith("If too much is spent, this is borne by all who pay in")


def test_what_changed_between_two_texts_is_told_clause_by_clause() -> None:
    before = text_of(WHOLE)
    now = text_of(replace(WHOLE, aims=(t.Words("Another aim."), *WHOLE.aims), review=None))
    found = telling.changes(before, now)
    assert [(one.section, one.before[:12], one.now[:12]) for one in found] == [
        ("Aims", "", "Another aim."),
        ("Review", "Both sides r", ""),
    ]
