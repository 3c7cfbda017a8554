"""Officials' forms: propose, enact, withdraw, repeal; say a cost; and a place's own variant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.entitlements import actions, queries
from totalplace.entitlements.actions import CostSaid
from totalplace.entitlements.definitions.reading import centre
from totalplace.entitlements.rules.moves import Shorter, earliest
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_FORMS = ("GET", "HEAD", "POST")
_SHORTER = (
    (Shorter.FULL.value, "Full notice"),
    (Shorter.URGENT.value, "Less notice, because it is urgent"),
    (Shorter.ALREADY_LAW.value, "None, because it is the law already"),
)


def _words(label: str, hint: str = "", *, ask: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class Text(forms.Form):
    """A text of a guarantee or a variant, and why."""

    text = _words(
        "The text", "In YAML, as the guide says. Its own tests are run before it is kept.",
        ask="Give the text", rows=24,
    )  # fmt: skip
    reason = _words("Why?", "The public sees this.", ask="Say why", rows=3)


class Enact(forms.Form):
    """From which day a version is in force, and why less notice is given, if it is."""

    first_day = Day(label="From which day is it in force?")
    shorter = forms.ChoiceField(
        label="How much notice is given?", choices=_SHORTER, widget=forms.RadioSelect,
        required=False, initial="",
    )  # fmt: skip
    reason = _words("If it is less than full: why?", "The public sees this.", rows=3)
    why_more = _words(
        "If it is one more than are to be: why is it needed?", "Leave empty otherwise.", rows=2
    )

    def __init__(self, typed: QueryDict | None, today: date) -> None:
        opens = earliest(today, centre().notice_days)
        super().__init__(typed, initial={"first_day": opens, "shorter": ""})
        notice = f"{centre().notice_days} clear days of notice from today allow {in_words(opens)}."
        self.fields["first_day"].help_text = notice


class Reason(forms.Form):
    """Why something is done."""

    reason = _words("Why?", "The public sees this.", ask="Say why", rows=3)


class Repeal(Reason):
    """From which day it is no longer in force, and why."""

    first_day = Day(label="From which day is it no longer in force?")
    urgent = forms.BooleanField(label="Less notice, because it is urgent", required=False)


class EndVariant(Reason):
    """From which day the floor holds again, and why."""

    first_day = Day(label="From which day does the national guarantee hold again?")


class Cost(forms.Form):
    """What a version costs in a place in a year."""

    place = forms.ChoiceField(label="In which place?")
    pence = forms.CharField(label="What does it cost in a year, in pounds?", max_length=30)
    low = forms.CharField(label="At the least, in pounds", max_length=30)
    high = forms.CharField(label="At the most, in pounds", max_length=30)
    source = forms.CharField(label="Where is that from?", max_length=300)

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        chosen = self.fields["place"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (it is, above)
        chosen.choices = [(one.code, one.name) for one in places.places()]


@officers_only
@require_http_methods(_FORMS)
def propose(request: HttpRequest) -> HttpResponseBase:
    """Propose a guarantee or a change of one."""
    before = request.GET.get("change", "")
    text = queries.guarantee(before).latest.text if before else ""
    form = Text(_typed(request), initial={"text": text})
    if request.method == "POST" and form.is_valid():
        made = actions.propose(by=officer_of(request), on=now(), **_asked(form))
        messages.success(request, "It is proposed. It is in force once it is enacted.")
        return redirect("entitlement-version", made.code, made.number)
    title = "Propose a change of a guarantee" if before else "Propose a national guarantee"
    return _page(request, form, title, "Propose it", back="/entitlements/")


@officers_only
@require_http_methods(_FORMS)
def enact(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Enact a version, with notice."""
    row = queries.guarantee(code)
    version = row.version(number)
    places.power(officer_of(request), Act.ENACT_ENTITLEMENT, agency=row.agency, on=now())
    form = Enact(_typed(request), local_day(now()))
    if request.method == "POST" and form.is_valid():
        said = _asked(form)
        said["shorter"] = Shorter(said["shorter"])
        actions.enact(version.citation.id, by=officer_of(request), on=now(), **said)
        messages.success(request, f"It is enacted, from {in_words(said['first_day'])}.")
        return redirect("entitlement", code)
    return _page(request, form, f"Enact: {version.title}", "Enact it", back=_of(code, number))


@officers_only
@require_http_methods(_FORMS)
def withdraw(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Withdraw a proposal."""
    row = queries.guarantee(code)
    version = row.version(number)
    places.power(officer_of(request), Act.PROPOSE_ENTITLEMENT, agency=row.agency, on=now())
    form = Reason(_typed(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw(version.citation.id, by=officer_of(request), on=now(), **_asked(form))
        messages.success(request, "It is withdrawn.")
        return redirect("entitlement", code)
    return _page(request, form, f"Withdraw: {version.title}", "Withdraw it", back=_of(code, number))


@officers_only
@require_http_methods(_FORMS)
def repeal(request: HttpRequest, code: str) -> HttpResponseBase:
    """Repeal a guarantee, with notice."""
    row = queries.guarantee(code)
    places.power(officer_of(request), Act.ENACT_ENTITLEMENT, agency=row.agency, on=now())
    opens = earliest(local_day(now()), centre().notice_days)
    form = Repeal(_typed(request), initial={"first_day": opens})
    if request.method == "POST" and form.is_valid():
        said = _asked(form)
        said["shorter"] = Shorter.URGENT if said.pop("urgent") else Shorter.FULL
        actions.repeal(code, by=officer_of(request), on=now(), **said)
        messages.success(request, f"It is repealed, from {in_words(said['first_day'])}.")
        return redirect("entitlement", code)
    return _page(request, form, f"Repeal: {row.latest.title}", "Repeal it", back=_of(code))


@officers_only
@require_http_methods(_FORMS)
def add_cost(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Say what a version costs in a place."""
    row = queries.guarantee(code)
    version = row.version(number)
    places.power(officer_of(request), Act.PROPOSE_ENTITLEMENT, agency=row.agency, on=now())
    form = Cost(_typed(request))
    if request.method == "POST" and form.is_valid():
        said = _asked(form)
        sums = {key: said_pence(said[key]) or 0 for key in ("pence", "low", "high")}
        cost = CostSaid(place=said["place"], source=said["source"], **sums)
        actions.add_cost(version.citation.id, cost, by=officer_of(request), on=now())
        messages.success(request, "It is on record.")
        return redirect("entitlement-version", code, number)
    title = f"What does it cost: {version.title}"
    return _page(request, form, title, "Put it on record", back=_of(code, number))


@officers_only
@require_http_methods(_FORMS)
def set_variant(request: HttpRequest, place: str) -> HttpResponseBase:
    """Set what a place gives beyond a guarantee."""
    where = places.place(place)
    places.power(officer_of(request), Act.SET_LOCAL_VARIANT, place=where.code, on=now())
    form = Text(_typed(request))
    if request.method == "POST" and form.is_valid():
        made = actions.set_variant(by=officer_of(request), on=now(), **_asked(form))
        messages.success(request, f"It is set, from {in_words(made.first_day)}; {made.checked}.")
        return redirect("entitlement", made.code)
    title = f"Do better than a national guarantee in {where.name}"
    return _page(request, form, title, "Set it", back=f"/entitlements/?place={where.code}")


@officers_only
@require_http_methods(_FORMS)
def end_variant(request: HttpRequest, code: str, place: str) -> HttpResponseBase:
    """Go back to the floor in a place."""
    where, row = places.place(place), queries.guarantee(code)
    places.power(officer_of(request), Act.SET_LOCAL_VARIANT, place=where.code, on=now())
    tomorrow = local_day(now()) + timedelta(days=1)
    form = EndVariant(_typed(request), initial={"first_day": tomorrow})
    if request.method == "POST" and form.is_valid():
        actions.end_variant(code, place, by=officer_of(request), on=now(), **_asked(form))
        messages.success(request, "The national guarantee holds there again from that day.")
        return redirect("entitlement", code)
    title = f"End what {where.name} adds: {row.latest.title}"
    return _page(request, form, title, "End it", back=_of(code))


def _page(
    request: HttpRequest, form: forms.Form, title: str, button: str, *, back: str
) -> HttpResponseBase:
    said = {"form": form, "title": title, "button": button, "back": back}
    return show(request, "entitlements/form.html", said)


def _asked(form: forms.Form) -> dict[str, Any]:
    """What was typed; texts with the ends of line that they were written with elsewhere."""
    said = dict(form.cleaned_data)
    if "text" in said:
        said["text"] = said["text"].replace("\r\n", "\n").rstrip() + "\n"
    return said


def _of(code: str, number: int | None = None) -> str:
    return f"/entitlements/{code}/" + (f"{number}/" if number else "")


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was typed, also where the form is drawn again above which a refusal stands."""
    return request.POST if request.method == "POST" or request.POST else None
