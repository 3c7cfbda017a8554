"""Officers: appointed, invited, given mandates, and these ended. Buttons ask what actions ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.web.places import forms
from totalplace.doors.web.showing import now, officer_of, officers_only, show, who
from totalplace.doors.web.sign_in import invitation
from totalplace.doors.web.sign_in.session import end_all_of
from totalplace.places import actions, queries
from totalplace.places.rules.mandates import Act, Mandate, Matter, Role

_form = require_http_methods(["GET", "HEAD", "POST"])


@officers_only
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every officer, and the mandates that they hold today."""
    today = now().date()
    held: dict[str, list[Mandate]] = {}
    for mandate in queries.mandates():
        if mandate.holds(today):
            held.setdefault(mandate.officer, []).append(mandate)
    said = {
        "officers": queries.officers(),
        "held": held,
        "may_appoint": bool(_grounds(request, Act.APPOINT)),
    }
    return show(request, "places/officers.html", said)


@officers_only
@_form
def appoint(request: HttpRequest) -> HttpResponse:
    """Make an account for a person."""
    form = forms.Appoint(request.POST or None, grounds=_grounds(request, Act.APPOINT))
    if request.method == "POST" and form.is_valid():
        typed, of = form.cleaned_data, form.ground
        made = actions.appoint(
            typed["code"],
            name=typed["name"],
            email=typed["email"],
            agency=of.agency,
            place=of.place,
            by=officer_of(request),
            on=now(),
        )
        return redirect("officer", made.code)
    return show(request, "places/appoint.html", {"form": form})


@officers_only
@require_safe
def officer(request: HttpRequest, code: str) -> HttpResponse:
    """An officer: their mandates, and what may be done about them by whoever looks."""
    found, today = queries.officer(code), now().date()
    by = who(request)
    mandates = queries.mandates(officer=found.code)
    may_appoint = bool(_grounds(request, Act.APPOINT)) and by != found
    said = {
        "found": found,
        "held": [m for m in mandates if m.no_longer_from is None or m.no_longer_from > today],
        "former": [m for m in mandates if m.no_longer_from and m.no_longer_from <= today],
        "may_end": {m.number for m in mandates if _may_end(request, m)},
        "may_grant": bool(_grounds(request, Act.GRANT)) and by != found,
        "may_appoint": may_appoint,
        "today": today,
    }
    return show(request, "places/officer.html", said)


@officers_only
@_form
def grant(request: HttpRequest, code: str) -> HttpResponse:
    """Give an officer a mandate."""
    found = queries.officer(code)
    grounds = _grounds(request, Act.GRANT)
    first = {"place": grounds[0].place, "agency": grounds[0].agency} if len(grounds) == 1 else {}
    form = forms.Grant(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.grant(
            found.code,
            Role(form.cleaned_data["role"]),
            form.of,
            from_day=form.first_day,
            power=form.cleaned_data["power"],
            by=officer_of(request),
            on=now(),
        )
        return redirect("officer", found.code)
    return show(request, "places/grant.html", {"form": form, "found": found})


@officers_only
@_form
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a mandate."""
    mandate = queries.mandate(number)
    form = forms.End(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end(number, **form.cleaned_data, by=officer_of(request), on=now())
        return redirect("officer", mandate.officer)
    return show(request, "places/end.html", {"form": form, "mandate": mandate})


@officers_only
@never_cache
@_form
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Give an officer a link for one use, which is shown once."""
    found = queries.officer(code)
    form = forms.Grounds(request.POST or None, grounds=_grounds(request, Act.APPOINT))
    link = ""
    if request.method == "POST" and form.is_valid():
        path = invitation.invite(found.code, **_of(form.ground), by=officer_of(request), on=now())
        link = request.build_absolute_uri(path)
    return show(request, "places/invite.html", {"form": form, "found": found, "link": link})


@officers_only
@_form
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Close the account of an officer who has left."""
    found = queries.officer(code)
    form = forms.Grounds(request.POST or None, grounds=_grounds(request, Act.APPOINT))
    if request.method == "POST" and form.is_valid():
        actions.retire(found.code, **_of(form.ground), by=officer_of(request), on=now())
        end_all_of(found.code)
        return redirect("officers")
    return show(request, "places/retire.html", {"form": form, "found": found})


def _grounds(request: HttpRequest, act: Act) -> list[Matter]:
    return queries.may_where(who(request), act, now().date())


def _of(matter: Matter) -> dict[str, Any]:
    return {"agency": matter.agency, "place": matter.place}


def _may_end(request: HttpRequest, mandate: Mandate) -> bool:
    if mandate.no_longer_from is not None:
        return False
    of = {"agency": mandate.agency, "place": mandate.place}
    return queries.may(who(request), Act.GRANT, **of, on=now().date())
