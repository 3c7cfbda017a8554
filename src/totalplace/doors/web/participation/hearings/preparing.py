"""Pages on which a hearing is prepared: begun, written a section a page, given papers, opened."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.decisions.rules.days import local_day
from totalplace.doors.affected import affected_by
from totalplace.doors.web.participation.hearings.drafting import FORMS, line, words
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.participation import actions, queries
from totalplace.participation.definitions.hearings import characteristics, paper_limits
from totalplace.participation.queries import HearingRow
from totalplace.participation.rules.drafts import missing
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.hearings import Stage
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation


class Begin(forms.Form):
    """What a hearing is about, and whose it is."""

    place = forms.ChoiceField(label="Place")
    agency = forms.ChoiceField(label="Accountable body", help_text="Which will decide on it.")
    about = forms.CharField(
        label="What is it about?", max_length=200,
        help_text="As it is cited, such as: targets wexshire/1",
        error_messages={"required": "Say what it is about"},
    )  # fmt: skip

    def __init__(self, typed: QueryDict | None, asked: QueryDict) -> None:
        super().__init__(typed)
        for name, rows in (("place", places.places()), ("agency", places.agencies())):
            self.fields[name].choices = [(r.code, r.name) for r in rows]  # type: ignore[attr-defined]
        for name in self.fields:
            self.fields[name].initial = asked.get(name, "")


class Paper(forms.Form):
    """A paper that people are given."""

    title = line("What is it?", "In a few words, such as: What we propose and why.")
    file = forms.FileField(
        label="The file", error_messages={"required": "Choose the file", "empty": "It is empty"}
    )

    def __init__(self, typed: QueryDict | None, files: object) -> None:
        super().__init__(typed, files)  # type: ignore[arg-type]
        most, endings = paper_limits()
        hint = f"{', '.join(endings[:6])} and others, up to {most // 10**6} MB."
        self.fields["file"].help_text = hint


class LatePaper(Paper):
    """A paper that comes after the opening."""

    reason = words("Why does it come late?", "The public sees this.", rows=3)


def prepared(request: HttpRequest, number: int, *, draft: bool = True) -> HearingRow:
    """A hearing that the officer may prepare. Raises Refused, or 404 where it is no draft."""
    row = queries.hearing(number)
    places.power(officer_of(request), Act.PREPARE_HEARING, place=row.place, on=now())
    if draft and row.held is not Stage.DRAFT:
        raise Http404
    return row


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Begin a hearing about a proposal."""
    form = Begin(typed(request), request.GET)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, _, name = said["about"].strip().partition(" ")
        row = actions.begin(
            Citation(kind, name.strip()), place=said["place"], agency=said["agency"],
            by=officer_of(request), on=now(),
        )  # fmt: skip
        return redirect("hearing-prepare", row.number)
    said = {"form": form, "title": "Begin a hearing", "button": "Begin it"}
    return show(request, "participation/hearings/form.html", said)


@officers_only
@require_http_methods(["GET", "HEAD"])
def prepare(request: HttpRequest, number: int) -> HttpResponseBase:
    """A draft: its sections, its papers, what is missing, and who will be asked."""
    row = prepared(request, number)
    lacks = list(missing(row.draft, characteristics=characteristics()))
    if not row.papers:
        lacks.append("a paper, from which people can see what is proposed and why")
    said = {
        "row": row,
        "sections": [(name, form.title) for name, form in FORMS.items()],
        "lacks": lacks,
        "affected": [(places.agency(one.agency).name, one) for one in _affected(row)],
        "decided": queries.decided(row.about),
    }
    return show(request, "participation/hearings/prepare.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A form for one section, saved as it stands."""
    row = prepared(request, number)
    if name not in FORMS:
        raise Http404
    form = FORMS[name](typed(request), row)
    if request.method == "POST" and form.is_valid():
        actions.write_section(number, name, form.said(), by=officer_of(request), on=now())
        messages.success(request, "It is saved.")
        return redirect("hearing-prepare", number)
    said = {"form": form, "row": row, "title": form.title, "lead": form.lead, "button": "Save it"}
    return show(request, "participation/hearings/form.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, number: int) -> HttpResponseBase:
    """Add a paper: to a draft, or late, which gives everybody more time."""
    row = prepared(request, number, draft=False)
    stage = row.stage(local_day(now()))
    if stage not in (Stage.DRAFT, Stage.OPEN):
        raise Http404
    late = stage is Stage.OPEN
    form = (LatePaper if late else Paper)(typed(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, by = form.cleaned_data["file"], officer_of(request)
        sent = {"file_name": file.name, "content": file.read()}
        title = form.cleaned_data["title"]
        if late:
            reason = form.cleaned_data["reason"]
            actions.add_late_paper(number, title, **sent, reason=reason, by=by, on=now())
            messages.success(request, "It is added, as a late paper. The last day has moved on.")
            return redirect("hearing", number)
        actions.add_paper(number, title, **sent, by=by, on=now())
        messages.success(request, "It is added.")
        return redirect("hearing-prepare", number)
    title = "Add a late paper" if late else "Add a paper"
    lead = "It is named as late, and the last day moves on by two weeks." if late else ""
    said = {"form": form, "row": row, "title": title, "lead": lead, "button": "Add it",
            "upload": True}  # fmt: skip
    return show(request, "participation/hearings/form.html", said)


@officers_only
@require_http_methods(["POST"])
def leave_out(request: HttpRequest, number: int, paper: int) -> HttpResponseBase:
    """Leave a paper out of a draft again."""
    actions.leave_out_paper(number, paper, by=officer_of(request), on=now())
    messages.success(request, "It is left out.")
    return redirect("hearing-prepare", number)


@officers_only
@require_http_methods(["POST"])
def open_hearing(request: HttpRequest, number: int) -> HttpResponseBase:
    """Open a hearing: all that is asked is frozen, and everybody is asked."""
    row = queries.hearing(number)
    actions.open_hearing(number, affected=_affected(row), by=officer_of(request), on=now())
    messages.success(request, "The hearing is open. Everybody named on this page has been asked.")
    return redirect("hearing", number)


def _affected(row: HearingRow) -> list[Affected]:
    return affected_by(row.about)
