"""Forms that act on a hearing that was opened: each calls one action, and leads back to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.forms import Day
from totalplace.doors.web.participation.hearings.choosing import lacks
from totalplace.doors.web.participation.hearings.drafting import line, signed_pence, words
from totalplace.doors.web.participation.hearings.looking import public_row, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.participation import actions
from totalplace.participation.queries import HearingRow
from totalplace.participation.rules.hearings import Part, Stage
from totalplace.participation.rules.replies import Answered, Stance
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_SEEN = "The public sees this."


class Reply(forms.Form):
    """What an agency says of a proposal."""

    stance = forms.ChoiceField(
        label="What does your agency say?", widget=forms.RadioSelect,
        choices=[(Stance.AGREE.value, "We agree"), (Stance.AGREE_IF.value, "We agree, if …"),
                 (Stance.OBJECT.value, "We object")],
        error_messages={"required": "Choose what your agency says"},
    )  # fmt: skip
    words = words("Why, and what would have to change?", _SEEN, needed=False)
    pounds = line(
        "What would it cost your agency, in pounds?",
        "With a minus for what it would save. Leave empty where it is not known.",
        needed=False,
    )


class Answer(forms.Form):
    """What is answered to a point."""

    changed = forms.ChoiceField(
        label="Did it change anything?", widget=forms.RadioSelect,
        choices=[("yes", "Yes, the proposal changes"), ("no", "No, it stays as it is")],
        error_messages={"required": "Choose whether it changed anything"},
    )  # fmt: skip
    words = words("What changes, or why does nothing?", _SEEN)
    pounds = line(
        "By how many pounds does it change?",
        "With a minus where it is less. Leave empty where it does not change in money.",
        needed=False,
    )
    led_to = line(
        "Where does the change stand?", "As it is cited, such as: targets wexshire/1", needed=False
    )


class Because(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label="Why?", help_text=_SEEN, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why"},
    )  # fmt: skip


class Extend(Because):
    """Until when a hearing is open."""

    until = Day(label="New last day", error_messages={"required": "Enter the new last day"})
    field_order = ("until", "reason")


class Finish(forms.Form):
    """What is said of a part that is whole."""

    words = forms.CharField(
        label="How many took part, and what was made of it?",
        help_text="If nobody said anything, say so: silence is shown as silence.",
        widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "Say it"},
    )  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, number: int, agency: str) -> HttpResponseBase:
    """Reply to a hearing for one's own agency."""
    row, of = public_row(number), places.agency(agency)
    places.power(officer_of(request), Act.REPLY, agency=agency, on=now())
    form = Reply(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = actions.reply(
            number, agency, said["stance"], said["words"], pence=signed_pence(said["pounds"]),
            by=officer_of(request), on=now(),
        )  # fmt: skip
        late = " It came after the last day, and is shown as late." if done.replies[-1].late else ""
        messages.success(request, f"The reply of {of.name} stands.{late}")
        return redirect("hearing", number)
    lead = "A later reply stands in place of an earlier one, until the last day."
    if row.stage(today()) is Stage.CLOSED:
        lead = "The last day is over. What you say now is shown as late, and nothing waits for it."
    return _page(request, row, form, f"Reply for {of.name}", "Send the reply", lead=lead)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int, point: int) -> HttpResponseBase:
    """Answer a point."""
    row = public_row(number)
    places.power(officer_of(request), Act.ANSWER_HEARD, place=row.place, on=now())
    found = next((one for one in row.points if one.number == point), None)
    if found is None:
        raise Http404
    form = Answer(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, _, name = said["led_to"].strip().partition(" ")
        if kind and not name:
            raise _no_citation(kind)
        led_to = Citation(kind, name.strip()) if name else None
        answered = Answered(
            said["changed"] == "yes", said["words"], signed_pence(said["pounds"]), led_to
        )
        actions.answer(number, point, answered, by=officer_of(request), on=now())
        messages.success(request, f"Point {point} is answered.")
        return redirect("hearing", number)
    title = f"Answer point {point}"
    return _page(request, row, form, title, "Answer it", point=found)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, number: int) -> HttpResponseBase:
    """Conclude a hearing; what is lacking is listed, from the rule that guards the act."""
    row = public_row(number)
    places.power(officer_of(request), Act.CONCLUDE_HEARING, place=row.place, on=now())
    form = Because(typed(request))
    form.fields["reason"].label = "What was made of all that was said?"
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.conclude(number, reason=reason, by=officer_of(request), on=now())
        messages.success(request, "The hearing is concluded. It may be decided on a later day.")
        return redirect("hearing", number)
    found = lacks(row, today())
    return _page(request, row, form, "Conclude the hearing", "Conclude it", lacks=found,
                 silent=row.silent)  # fmt: skip


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give a hearing more time."""
    row = public_row(number)
    places.power(officer_of(request), Act.PREPARE_HEARING, place=row.place, on=now())
    form = Extend(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.extend(
            number, said["until"], reason=said["reason"], by=officer_of(request), on=now()
        )
        messages.success(request, "It is open for longer.")
        return redirect("hearing", number)
    lead = "The last day can move on. It never moves nearer."
    return _page(request, row, form, "Give it more time", "Give it more time", lead=lead)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponseBase:
    """Withdraw a hearing."""
    row = public_row(number)
    places.power(officer_of(request), Act.PREPARE_HEARING, place=row.place, on=now())
    form = Because(typed(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(number, reason=reason, by=officer_of(request), on=now())
        messages.success(request, "It is withdrawn. Nothing can be adopted by it.")
        return redirect("hearing", number)
    lead = "What was said stays on this page. Nothing can be adopted by this hearing any more."
    return _page(request, row, form, "Withdraw the hearing", "Withdraw it", lead=lead)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, number: int) -> HttpResponseBase:
    """Finish the partnership's part; the public's is finished with its themes."""
    row = public_row(number)
    places.power(officer_of(request), Act.SET_UP_PARTNERSHIP, place=row.place, on=now())
    form = Finish(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["words"]
        part = Part.PARTNERSHIP.value
        actions.finish_part(number, part, said, by=officer_of(request), on=now())
        messages.success(request, "The partnership’s part is finished.")
        return redirect("hearing", number)
    return _page(request, row, form, "Finish the partnership’s part", "Finish it")


@officers_only
@require_http_methods(["POST"])
def take_up(request: HttpRequest, number: int, turn: int) -> HttpResponseBase:
    """Take up a late reply as a point."""
    actions.take_up(number, turn, by=officer_of(request), on=now())
    messages.success(request, "It is taken up, and must be answered.")
    return redirect("hearing", number)


def _page(
    request: HttpRequest, row: HearingRow, form: forms.Form, title: str, button: str, **more: Any
) -> HttpResponseBase:
    said = {"form": form, "row": row, "title": title, "button": button, **more}
    return show(request, "participation/hearings/form.html", said)


def _no_citation(kind: str) -> Refused:
    return Refused(
        f"'{kind}' is no citation",
        why="a citation is a kind and a name",
        next_step="Give it such as: targets wexshire/1",
    )
