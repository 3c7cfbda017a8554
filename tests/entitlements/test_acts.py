"""Proposing, enacting with notice, changing, repealing; how few; and places above the floor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from totalplace.entitlements import actions, queries
from totalplace.entitlements.actions import CostSaid
from totalplace.entitlements.definitions.reading import ENGLAND, shipped_text
from totalplace.entitlements.queries import VersionRow
from totalplace.entitlements.rules.facts import Person
from totalplace.entitlements.rules.guarantee import assess
from totalplace.entitlements.rules.moves import Shorter, Stage
from totalplace.entitlements.rules.need import Population
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .conftest import ADA, BUS, SOON, TODAY, VARIANT, at

pytestmark = pytest.mark.django_db
InForce = Callable[..., VersionRow]
ONE = "bus-pass/1"
WHO = (
    "who: {{all: [{{value: {{age: born}}, between: [60, {}]}}, "
    "{{fact: lives_in_england, is: yes}}]}}"
)


def proposed(text: str = BUS, day: date = TODAY) -> VersionRow:
    return actions.propose(text, reason="Older people asked for it", by=ADA, on=at(day))


def enacted(citation: str = ONE, first_day: date = SOON, **said: object) -> VersionRow:
    whole = {"first_day": first_day, "by": ADA, "on": at(TODAY)} | said
    return actions.enact(citation, **whole)  # type: ignore[arg-type]


def changed(old: str, new: str, text: str = BUS) -> str:
    assert old in text
    return text.replace(old, new)


def test_a_guarantee_is_proposed_and_enacted_with_notice(centre: None) -> None:
    row = proposed()
    assert row.stage is Stage.PROPOSED
    assert len(row.digest) == 64
    assert enacted().stage is Stage.ENACTED
    assert queries.in_force("", SOON - timedelta(days=1)) == []
    assert [one.code for one in queries.in_force("", SOON)] == ["bus-pass"]
    acts = [entry.verb for entry in record.about(row.citation)]
    assert acts == ["proposed", "enacted"]
    assert "84" not in record.about(row.citation)[1].citing


def test_less_notice_is_refused_with_the_first_day_that_is_not_too_soon(centre: None) -> None:
    proposed()
    with pytest.raises(Refused, match=r"84 clear days.*19 February 2027"):
        enacted(first_day=SOON - timedelta(days=1))


def test_an_urgent_reason_is_allowed_and_recorded_but_never_a_day_that_has_passed(
    centre: None,
) -> None:
    proposed()
    urgent = {"shorter": Shorter.URGENT}
    with pytest.raises(Refused, match="not said why"):
        enacted(first_day=TODAY, **urgent)
    with pytest.raises(Refused, match="that day has passed"):
        enacted(first_day=TODAY - timedelta(days=1), reason="A ruling", **urgent)
    row = enacted(first_day=TODAY, reason="A court has ruled", **urgent)
    assert (row.moves[0].shorter, row.moves[0].reason) == (Shorter.URGENT, "A court has ruled")
    assert "urgent: A court has ruled" in record.about(row.citation)[1].citing


def test_what_is_law_already_holds_from_a_day_that_has_passed_but_not_before_its_law(
    centre: None,
) -> None:
    proposed()
    already = {"shorter": Shorter.ALREADY_LAW, "reason": "Transport Act 2000"}
    with pytest.raises(Refused, match="from 1 April 2008"):
        enacted(first_day=date(2008, 3, 31), **already)
    enacted(first_day=date(2008, 4, 1), **already)
    assert queries.in_force("", date(2010, 1, 1))


def test_a_change_is_a_new_version_and_the_old_one_stays_in_force_until_its_day(
    in_force: InForce,
) -> None:
    in_force()
    text = changed("value: 66", "value: 65").replace("1960-11-26", "1961-11-26")
    text = text.replace("1960-11-27", "1961-11-27")
    second = proposed(text)
    assert second.number == 2
    enacted("bus-pass/2")
    before, after = queries.in_force("", TODAY)[0], queries.in_force("", SOON)[0]
    assert (before.number, after.number) == (1, 2)
    assert record.about(second.citation)[1].verb == "enacted a change"


def test_a_repeal_ends_it_with_notice_and_a_later_version_begins_it_again(
    in_force: InForce,
) -> None:
    in_force()
    said = {"reason": "Buses are free for all", "by": ADA, "on": at(TODAY)}
    with pytest.raises(Refused, match="84 clear days"):
        actions.repeal("bus-pass", first_day=TODAY + timedelta(days=9), **said)  # type: ignore[arg-type]
    actions.repeal("bus-pass", first_day=SOON, **said)  # type: ignore[arg-type]
    assert queries.in_force("", SOON - timedelta(days=1))
    assert queries.in_force("", SOON) == []
    with pytest.raises(Refused, match="this version is repealed"):
        actions.repeal("bus-pass", first_day=SOON, **said)  # type: ignore[arg-type]
    proposed(changed("A free bus pass", "Once more a free bus pass"))
    with pytest.raises(Refused, match="begins on 19 February 2027"):
        enacted("bus-pass/2", first_day=TODAY, shorter=Shorter.URGENT, reason="Now")
    enacted("bus-pass/2", first_day=SOON)
    assert queries.in_force("", SOON)[0].number == 2


def test_a_proposal_is_withdrawn_and_then_cannot_be_enacted(centre: None) -> None:
    proposed()
    actions.withdraw(ONE, reason="Too dear", by=ADA, on=at(TODAY))
    with pytest.raises(Refused, match="this version is withdrawn"):
        enacted()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("answer: no", "answer: yes", "tests do not come out"),
        ("agency: dft", "agency: nobody", "no agency nobody"),
        ("parameter: age}", "parameter: old}", "no parameter is called 'old'"),
    ],
)
def test_what_cannot_hold_is_not_proposed(centre: None, old: str, new: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        proposed(changed(old, new))


def test_a_text_is_proposed_once_and_a_code_is_one_bodys(centre: None) -> None:
    proposed()
    with pytest.raises(Refused, match="very same text"):
        proposed()
    with pytest.raises(Refused, match="Transport's"):
        proposed(changed("agency: dft", "agency: dfe"))


def test_people_are_asked_each_thing_once(in_force: InForce) -> None:
    in_force()
    text = changed("When were they born?", "How old are they?").replace("bus-pass", "tram-pass")
    with pytest.raises(Refused, match="asks 'born' otherwise than 'bus-pass'"):
        proposed(text)


def test_those_that_ship_can_all_be_put_in_force_and_the_few_are_counted(
    in_force: InForce,
) -> None:
    for code in ENGLAND:
        in_force(shipped_text(code))
    assert len(queries.in_force("wexshire", TODAY)) == len(ENGLAND) == queries.few(on=TODAY).number
    assert not queries.few(on=TODAY).too_many
    floors = queries.floor("wexshire", TODAY)
    assert [(one.code, one.amount) for one in floors] == [("better-care-minimum", None)]


def test_one_more_than_are_to_be_needs_a_word(in_force: InForce) -> None:
    for n in range(12):
        in_force(changed("code: bus-pass", f"code: bus-pass-{n}"))
    with pytest.raises(Refused, match=r"12 are in force.*12 at the most"):
        in_force()
    with pytest.raises(Refused, match="not the time"):
        enacted("bus-pass-0/1")
    row = proposed(changed("title: A free", "title: Another free"))
    made = enacted(row.citation.id, why_more="Ministers agreed that it cannot wait")
    assert made.moves[0].why_more == "Ministers agreed that it cannot wait"
    assert queries.few(on=SOON).too_many


def test_what_it_costs_in_a_place_is_kept_with_its_interval(in_force: InForce) -> None:
    row = in_force()
    cost = CostSaid("wexshire", 5_000_00, 4_000_00, 7_000_00, "The council's own count")
    actions.add_cost(row.citation.id, cost, by=ADA, on=at(TODAY))
    found = queries.few(on=TODAY, place="wexshire")
    assert (found.costed, found.pence, found.low, found.high) == (1, 500000, 400000, 700000)
    wrong = CostSaid("wexshire", 5_000_00, 6_000_00, 7_000_00, "A guess")
    with pytest.raises(Refused, match="between its low and its high"):
        actions.add_cost(row.citation.id, wrong, by=ADA, on=at(TODAY))


def test_need_is_worked_out_for_a_population(in_force: InForce) -> None:
    in_force()
    people = Population(
        {"born": [date(1950, 1, 1), date(1990, 1, 1), None], "lives_in_england": [True] * 3},
        persons=[1000, 5000, 10], low=[900, 4900, 5], high=[1100, 5100, 20],
    )  # fmt: skip
    found = queries.need("bus-pass", people, TODAY)
    assert (found.persons, found.low, found.high, found.cannot_say) == (1000, 900, 1120, 10)
    assert (found.volume, found.volume_low, found.volume_high) == (100_000, 90_000, 112_000)
    assert (found.pence, found.pence_low, found.pence_high) == (
        100_000 * 120, 90_000 * 100, 112_000 * 150,
    )  # fmt: skip


def set_variant(text: str = VARIANT) -> queries.VariantRow:
    return actions.set_variant(text, reason="The council decided", by=ADA, on=at(TODAY))


def test_a_place_does_better_than_the_floor(in_force: InForce) -> None:
    in_force()
    row = set_variant()
    assert "every combination" in row.checked
    person: Person = {"born": date(1966, 12, 1), "lives_in_england": True}
    day = date(2026, 12, 1)
    here, there = queries.entitlement("bus-pass", "wexshire", on=day), queries.in_force("", day)[0]
    assert assess(here.rule, person, on=day).answer.words == "yes"
    assert assess(there.rule, person, on=day).answer.words == "no"
    before = queries.entitlement("bus-pass", "wexshire", on=TODAY)
    assert before.variant is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("value: 60", "value: 67", r"parameters.age\) is worse from 1 December 2026: 67 years"),
        (
            "who: null",
            WHO.format(65),
            "national test 'At sixty-six'",
        ),
        ("amount: null", "amount: {less: [{parameter: journeys}, 1]}", "national test"),
        (
            "who: null",
            WHO.format(90),
            "somebody would be worse off",
        ),
        ("of: bus-pass", "of: train-pass", "no guarantee called 'train-pass'"),
        ("place: wexshire", "place: nowhere", "no place"),
        ("born: 1966-12-01", "born: 1966-12-02", "a test does not come out"),
        ("2026-12-01, until", "2026-11-01, until", "not in force on that day"),
    ],
)
def test_a_variant_below_the_floor_is_refused_saying_where(
    in_force: InForce, old: str, new: str, why: str
) -> None:
    in_force()
    with pytest.raises(Refused, match=why):
        set_variant(changed(old, new, VARIANT))


def test_a_place_goes_back_to_the_floor(in_force: InForce) -> None:
    in_force()
    set_variant()
    said = {"reason": "Too dear", "by": ADA, "on": at(TODAY)}
    actions.end_variant("bus-pass", "wexshire", first_day=SOON, **said)  # type: ignore[arg-type]
    assert queries.entitlement("bus-pass", "wexshire", on=SOON).variant is None
    with pytest.raises(Refused, match="nothing to end"):
        actions.end_variant("bus-pass", "wexshire", first_day=SOON, **said)  # type: ignore[arg-type]


def test_where_the_centre_does_better_than_a_place_the_floor_holds_again(
    in_force: InForce,
) -> None:
    in_force()
    set_variant()
    better = changed("value: 66", "value: 50").replace("1960-11-2", "1976-11-2")
    row = proposed(better)
    enacted(row.citation.id)
    found = queries.entitlement("bus-pass", "wexshire", on=SOON)
    assert found.below
    person: Person = {"born": date(1976, 1, 1), "lives_in_england": True}
    assert assess(found.rule, person, on=SOON).answer.words == "yes"


def test_officials_of_the_national_body_guarantee_and_nobody_else(
    centre: None, an_officer: Callable[..., Officer]
) -> None:
    official = an_officer("dot", Role.DEPARTMENT_OFFICIAL, agency="dft")
    other = an_officer("eve", Role.DEPARTMENT_OFFICIAL, agency="dfe")
    local = an_officer("com", Role.COMMISSIONER, place="wexshire")
    for nobody in (other, local, ADA):
        with pytest.raises(Refused, match="may not propose a national entitlement"):
            actions.propose(BUS, reason="r", by=nobody, on=at(TODAY))
    actions.propose(BUS, reason="r", by=official, on=at(TODAY))
    for nobody in (other, local):
        with pytest.raises(Refused, match="may not enact"):
            actions.enact(ONE, first_day=SOON, by=nobody, on=at(TODAY))
    law = {"shorter": Shorter.ALREADY_LAW, "reason": "It is"}
    actions.enact(ONE, first_day=TODAY, by=official, on=at(TODAY), **law)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="may not set a local variant"):
        actions.set_variant(VARIANT, reason="r", by=official, on=at(TODAY))
    assert actions.set_variant(VARIANT, reason="r", by=local, on=at(TODAY)).number == 1
