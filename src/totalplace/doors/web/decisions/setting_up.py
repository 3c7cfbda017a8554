"""Forms that say who holds an office, and by which rules a body decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.decisions import actions, queries
from totalplace.decisions.definitions.reading import matters, rule_sets
from totalplace.decisions.queries import BodyRow
from totalplace.decisions.rules.bodies import (
    CallInWindow,
    Finance,
    Office,
    OwnRules,
    in_force,
)
from totalplace.decisions.rules.days import Counting, local_day
from totalplace.decisions.rules.proposals import said_pence
from totalplace.decisions.rules.taking_part import Held
from totalplace.doors.web.forms import Day
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.money.pence import pounds
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

_FINANCES = {
    Finance.ALWAYS: "Every decision",
    Finance.KEY: "Key decisions",
    Finance.NEVER: "No decision",
}


class Appoint(forms.Form):
    """Who holds an office of a body or of its agency, or is a deputy in it."""

    office = forms.ChoiceField(label="Which office?")
    holder = forms.CharField(
        label="Who holds it?", max_length=300, required=False,
        help_text="Leave empty where nobody does.",
    )  # fmt: skip
    deputy = forms.BooleanField(label="They are a deputy", required=False)
    first_day = Day(label="From which day?", required=False, help_text="Leave empty for today.")
    last_day = Day(label="Until which day?", required=False, help_text="A deputy needs one.")
    source = forms.CharField(
        label="By whom or by which minute?", max_length=300,
        error_messages={"required": "Name the meeting or the standing order"},
    )  # fmt: skip

    def __init__(self, typed: QueryDict | None, body: BodyRow) -> None:
        super().__init__(typed)
        self.body = body
        chosen = self.fields["office"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (it is, above)
        words = {Office.DECIDER: f"Whoever decides for {body.name}"}
        chosen.choices = [
            (office.value, words.get(office, office.words.capitalize())) for office in Office
        ]

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        said = self.cleaned_data
        office = Office(said["office"])
        first = said["first_day"] or local_day(on)
        held = Held(office, said["holder"], first, said["last_day"], said["deputy"])
        code = self.body.code if office is Office.DECIDER else ""
        actions.appoint(self.body.agency, held, body_code=code, source=said["source"], by=by, on=on)


class Rules(forms.Form):
    """The rules of its own by which a body decides, from a day on."""

    rule_set = forms.ChoiceField(label="Under which law does it decide?")
    matters = forms.MultipleChoiceField(
        label="What does it decide?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it decides"},
    )  # fmt: skip
    source = forms.CharField(
        label="Where are these rules written?", max_length=300,
        help_text="Such as: Constitution, part 4 section 6",
        error_messages={"required": "Name the section of the constitution"},
    )  # fmt: skip
    first_day = Day(label="From which day?", required=False, help_text="Leave empty for today.")
    key_from = forms.CharField(
        label="From how many pounds is spending significant?", max_length=30, required=False,
        help_text="Leave empty where any sum is.",
    )  # fmt: skip
    limit = forms.CharField(
        label="Up to how many pounds may it decide?", max_length=30, required=False,
        help_text="Leave empty where there is no limit.",
    )  # fmt: skip
    call_in_days = forms.IntegerField(
        label="For how many working days may its decisions be called in?", required=False,
        min_value=1, max_value=99, help_text="Leave empty where they cannot be.",
    )  # fmt: skip
    call_in_members = forms.IntegerField(
        label="How many members call in?", required=False, min_value=1, max_value=99
    )
    working_days = forms.BooleanField(
        label="Notice is counted in working days, which is stricter than the law", required=False
    )
    finance = forms.ChoiceField(
        label="Which decisions need the chief finance officer's comment?",
        choices=[(one.value, words) for one, words in _FINANCES.items()],
    )

    def __init__(self, typed: QueryDict | None, body: BodyRow, *, on: datetime) -> None:
        before = in_force(body.rules, on=local_day(on))
        super().__init__(typed, initial=_said(before) if before else {"finance": "key"})
        self.body = body
        for name, known in (
            ("rule_set", [(c, one.title) for c, one in rule_sets().items()
                          if body.kind in one.bodies and body.agency_kind in one.agencies]),
            ("matters", [(c, one.title) for c, one in matters().items()
                         if body.kind in one.decided_by]),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (both are, above)
            field.choices = known

    def act(self, *, by: Officer, on: datetime) -> None:
        """Call the action."""
        said = self.cleaned_data
        days = said["call_in_days"]
        window = CallInWindow(days, Counting.WORKING, said["call_in_members"] or 1)
        rules = OwnRules(
            rule_set=said["rule_set"],
            first_day=said["first_day"] or local_day(on),
            source=said["source"],
            matters=frozenset(said["matters"]),
            key_from_pence=said_pence(said["key_from"]),
            limit_pence=said_pence(said["limit"]),
            call_in=window if days else None,
            working_days=said["working_days"],
            finance=Finance(said["finance"]),
        )
        actions.set_rules(self.body.code, rules, by=by, on=on)


def _said(rules: OwnRules) -> dict[str, Any]:
    """The rules of today, as they stand in the form."""
    window = rules.call_in
    return {
        "rule_set": rules.rule_set,
        "matters": sorted(rules.matters),
        "source": rules.source,
        "key_from": _typed_sum(rules.key_from_pence),
        "limit": _typed_sum(rules.limit_pence),
        "call_in_days": window.days if window else None,
        "call_in_members": window.members if window else None,
        "working_days": rules.working_days,
        "finance": rules.finance.value,
    }


def _typed_sum(pence: int | None) -> str:
    """A sum as it is typed: whole pounds where it is."""
    return "" if pence is None else pounds(pence).removesuffix(".00").lstrip("£")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say who holds an office."""
    body = queries.body(code)
    places.power(officer_of(request), Act.SET_UP_BODY, agency=body.agency, on=now())
    return _page(request, body, Appoint(_typed(request), body), "Say who holds an office")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_rules(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say by which rules a body decides."""
    body = queries.body(code)
    places.power(officer_of(request), Act.SET_UP_BODY, agency=body.agency, on=now())
    form = Rules(_typed(request), body, on=now())
    return _page(request, body, form, f"Say by which rules {body.name} decides")


def _page(
    request: HttpRequest, body: BodyRow, form: Appoint | Rules, title: str
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        form.act(by=officer_of(request), on=now())
        messages.success(request, "It is on record.")
        return redirect("decision-body", body.code)
    said = {"form": form, "body": body, "title": title, "button": "Put it on record"}
    return show(request, "decisions/propose.html", said)


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" or request.POST else None
