"""A form says only what forms can say, and those that are shipped fit the count."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.returns import forms
from totalplace.sources.rules.returns.bodies import kind_of_body
from totalplace.sources.rules.returns.form_text import form_from
from totalplace.sources.rules.returns.forms import ANY, Form
from totalplace.sources.rules.returns.outcome import outcome

from .conftest import LONG, WIDE, form_of, table_of

SERVICES: Final = (
    Path(__file__).resolve().parents[3] / "src/totalplace/count/definitions/services.yaml"
)


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SERVICES.read_text(encoding="utf-8"))["services"]
    return found


@pytest.fixture(params=forms.shipped(), ids=lambda form: form.code)
def shipped(request: pytest.FixtureRequest) -> Form:
    form: Form = request.param
    return form


def test_every_service_of_a_shipped_form_is_one_of_the_count(
    shipped: Form, services: dict[str, Any]
) -> None:
    named = {line.service for key, line in shipped.lines.items() if key != ANY}
    named |= {t.rest.service for t in shipped.totals.values() if t.rest}
    assert named <= set(services)


def test_the_form_of_agencies_lists_the_services_of_the_count_by_their_titles(
    services: dict[str, Any],
) -> None:
    (own,) = [form for form in forms.shipped() if form.code == "agency_return"]
    titles = {line.key: line.title for line in own.lines.values()}
    assert titles == {code: said["title"] for code, said in services.items()}
    assert all(line.key == line.service for line in own.lines.values())


def test_totals_over_services_name_services_that_the_form_has(shipped: Form) -> None:
    have = {line.service for line in shipped.lines.values()}
    for total in shipped.totals.values():
        if total.over == "services":
            assert set(total.names) <= have, total.key
        if total.over == "lines":
            assert {name.casefold() for name in total.names} <= set(shipped.lines), total.key


def test_no_two_shipped_forms_are_known_by_the_same_names() -> None:
    known = [tuple(sorted(form.has)) for form in forms.shipped()]
    assert len(set(known)) == len(known)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"colour": "blue"}, "has colour, which forms do not know"),
        ({"owner": None}, "does not say its owner"),
        ({"has": []}, "does not say which columns or keys"),
        ({"lines": {}}, "has no lines"),
        ({"lines": {"Roads": {"title": "Roads"}}}, "line Roads does not say its service"),
        ({"shape": "circle"}, "circle as its shape"),
        ({"unit_pounds": 0}, "0 as its unit_pounds"),
        ({"unit_pounds": "1000"}, "'1000' as its unit_pounds"),
        ({"figures_are": {"item": "joy"}}, "joy as an item"),
        ({"figures_are": {"item": "benefit", "basis": "guess"}}, "guess as basis"),
        ({"figures_are": {"basis": "actual"}}, "does not say what its figures are"),
        ({"totals": {"Roads": None}}, "roads as a line and as a total"),
        ({"year": {"column": "Year", "written": "moons"}}, "moons as the way a year is written"),
        ({"year": {"column": "Year", "fixed": "2024-25"}}, "more than one way where the year is"),
        ({"code": "two words"}, "'two words' as its code"),
        ({"words": {"mood": "Mood"}}, "has a column of mood"),
        ({"publisher": {"code": "X", "name": "X", "kind": "circus"}}, "circus as a kind"),
        ({"line_in": {"column": "Code"}}, "does not say which columns hold money"),
        ({"total_rows": {"ALL": {"title": "All", "bodys": ["E"]}}}, "has bodys"),
        ({"shape": "tree"}, "where in the tree its figures lie"),
        ({"figures": [{"path": "a > b"}]}, "must have {line} in each path"),
        ({"lines": [1, 2]}, "where names and values should stand"),
    ],
)
def test_a_form_that_says_what_forms_cannot_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused) as refused:
        form_of(WIDE, **change)
    assert why in str(refused.value)
    assert "docs/how-to/add-returns.md" in refused.value.next_step


def test_a_form_in_the_home_stands_in_place_of_a_shipped_one(home: Home) -> None:
    home.forms.mkdir(parents=True)
    own = {**LONG, "code": "dwp_benefits", "title": "Our own way"}
    (home.forms / "ours.yaml").write_text(yaml.safe_dump(own))
    known = forms.known(home)
    assert known["dwp_benefits"].title == "Our own way"
    assert len(known) == len(forms.shipped())


def test_a_file_of_forms_that_is_no_yaml_is_refused_by_name(home: Home) -> None:
    home.forms.mkdir(parents=True)
    (home.forms / "bad.yaml").write_text("title: [never closed")
    with pytest.raises(Refused, match=r"bad\.yaml is not YAML"):
        forms.known(home)


def test_a_form_that_is_not_there_is_refused_with_those_that_are(home: Home) -> None:
    with pytest.raises(Refused, match="the forms are agency_return, dwp_benefits"):
        forms.wanted(home, "moon_return")


@pytest.mark.parametrize(
    ("code", "kind"), [("E06000001", "council"), ("E10000017", "unknown"), ("", "unknown")]
)
def test_the_kind_of_a_body_is_told_by_the_beginning_of_its_code(code: str, kind: str) -> None:
    assert kind_of_body(form_of(WIDE), code) == kind


def test_one_kind_may_hold_for_every_body_of_a_form() -> None:
    assert kind_of_body(form_of(LONG), "DEPT") == "department"


def test_the_form_in_the_how_to_reads_the_table_that_it_is_written_for() -> None:
    page = (SERVICES.parents[4] / "docs" / "how-to" / "add-returns.md").read_text(encoding="utf-8")
    written = page.partition("```yaml\n")[2].partition("```")[0]
    form = form_from(yaml.safe_load(written), name="the how-to")
    table = table_of(
        ["Authority code", "Authority", "Year", "Prevention", "Response", "Total"],
        ["E31000001", "Wex Fire", "2024-25", 5, "7.5", 12.5],
    )
    found = outcome(form, [table])
    assert [(r.title, r.pence) for r in found.rows] == [
        ("Prevention", 500_000), ("Response to fires", 750_000),
    ]  # fmt: skip
    assert kind_of_body(form, "E31000001") == "fire"
    assert found.tallies[0].figures == 3
