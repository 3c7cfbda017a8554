"""Officers set questions, send out codes, type in paper, and read answers one by one."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from totalplace.doors.report.columns import Cell
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.web.participation.public import paper_forms
from totalplace.doors.web.participation.public.answering import told
from totalplace.doors.web.participation.public.sending import keys
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.participation.actions import asking, receiving
from totalplace.participation.definitions.public import about_you, question_about
from totalplace.participation.queries import public, responses
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.questions import AGREEMENT, Kind, Question
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A_PAGE: Final = 50
_KINDS: Final = {
    Kind.SCALE: "Choose one, in an order, such as agree to disagree",
    Kind.ONE: "Choose one",
    Kind.SEVERAL: "Choose as many as you like",
    Kind.FREE: "In your own words",
}


class Add(forms.Form):
    """A question to be added."""

    words = forms.CharField(label="What do you ask?", max_length=500, required=False)
    hint = forms.CharField(label="Hint", max_length=500, required=False)
    kind = forms.ChoiceField(
        label="How is it answered?", choices=[(k.value, words) for k, words in _KINDS.items()],
        widget=forms.RadioSelect, initial=Kind.SCALE.value,
    )  # fmt: skip
    choices = forms.CharField(
        label="Choices, one on each line", widget=forms.Textarea, required=False,
        help_text="Leave empty for strongly agree to strongly disagree.",
    )  # fmt: skip
    required = forms.BooleanField(label="It must be answered", required=False)

    def question(self) -> Question:
        """The question that was typed."""
        said = self.cleaned_data
        kind = Kind(said["kind"])
        lines = tuple(line.strip() for line in said["choices"].splitlines() if line.strip())
        choices = () if kind is Kind.FREE else lines or AGREEMENT
        return Question(0, kind, said["words"].strip(), said["hint"], choices, said["required"])


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, number: int) -> HttpResponse:
    """The questions of a draft: added, moved up, left out."""
    found = public.head(number, on=now())
    places.power(officer_of(request), Act.PREPARE_HEARING, place=found.place, on=now())
    asked = list(public.questions(found.id))
    form = Add(request.POST if request.POST.get("do") == "add" else None)
    if request.method == "POST":
        do, at = request.POST.get("do", ""), _number(request.POST, "at") - 1
        if do == "add" and form.is_valid():
            asked.append(form.question())
        elif do == "about":
            areas = [a.name for a in places.areas_of_place(found.place)]
            code = request.POST.get("about", "")
            own = request.POST.get("areas", "").splitlines() or areas if code == "area" else []
            asked.append(question_about(code, categories=[a.strip() for a in own if a.strip()]))
        elif do == "out" and 0 <= at < len(asked):
            asked.pop(at)
        elif do == "up" and 0 < at < len(asked):
            asked[at - 1], asked[at] = asked[at], asked[at - 1]
        asking.set_questions(number, asked, by=officer_of(request), on=now())
        return redirect("answer-questions", number)
    shown = {
        "found": found, "asked": asked, "form": form, "may_change": found.stage is Stage.DRAFT,
        "about": [one for one in about_you().values()
                  if one.code not in {q.about for q in asked}],
    }  # fmt: skip
    return show(request, "participation/public/questions.html", shown)


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, number: int) -> HttpResponse:
    """Issue codes for letters: the workbook is given once and kept nowhere."""
    found = public.head(number, on=now())
    places.power(officer_of(request), Act.ENTER_RESPONSES, place=found.place, on=now())
    if request.method == "POST":
        several = _number(request.POST, "several")
        made = asking.issue_codes(number, several, keys=keys(), by=officer_of(request), on=now())
        rows: list[list[Cell]] = [[at, code] for at, code in enumerate(made, start=1)]
        return _file(book([Sheet("Codes", ("Letter", "Code"), rows)]), f"codes-{number}.xlsx")
    issued, used = responses.codes_issued(found.id)
    shown = {"found": found, "issued": issued, "used": used}
    return show(request, "participation/public/codes.html", shown)


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Take answers on paper from a workbook."""
    found = public.head(number, on=now())
    places.power(officer_of(request), Act.ENTER_RESPONSES, place=found.place, on=now())
    file = request.FILES.get("forms")
    if request.method == "POST" and file is not None:
        content = file.read()
        read = paper_forms.read(content, public.questions(found.id))
        several = receiving.take_paper(
            number, read, file_name=file.name or "", content=content, by=officer_of(request),
            on=now(),
        )  # fmt: skip
        messages.success(request, f"{several:,} forms were taken.")
        return redirect("answer-paper", number)
    return show(request, "participation/public/paper.html", {"found": found})


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD"])
def paper_template(request: HttpRequest, number: int) -> HttpResponse:
    """The empty workbook for answers on paper."""
    found = public.head(number, on=now())
    places.power(officer_of(request), Act.ENTER_RESPONSES, place=found.place, on=now())
    content = paper_forms.template(found, public.questions(found.id))
    return _file(content, f"paper-forms-{number}.xlsx")


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, number: int) -> HttpResponse:
    """Answers one by one; any may be held apart with a reason, or put back."""
    found, officer = public.head(number, on=now()), officer_of(request)
    rows = responses.every_response(number, by=officer, on=now())
    if request.method == "POST":
        act = receiving.put_back if request.POST.get("do") == "back" else receiving.hold_apart
        one = _number(request.POST, "response")
        act(number, one, request.POST.get("why", ""), by=officer, on=now())
        messages.success(request, "It is on record.")
        return redirect(request.get_full_path())
    only = request.GET.get("only", "")
    if only == "apart":
        rows = [row for row in rows if row.apart]
    page = max(1, _number(request.GET, "page", 1))
    pages = max(1, -(-len(rows) // _A_PAGE))
    asked = public.questions(found.id)
    listed = rows[(page - 1) * _A_PAGE : page * _A_PAGE]
    shown = {
        "found": found, "arrived": responses.how_many(number, on=now()), "only": only,
        "rows": [(row, told(asked, row.answers, row.group)) for row in listed],
        "page": page, "pages": pages, "steps": responses.drop_off(found.id).items(),
    }  # fmt: skip
    return show(request, "participation/public/responses.html", shown)


def _number(said: QueryDict, name: str, otherwise: int = 0) -> int:
    text = said.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else otherwise


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
