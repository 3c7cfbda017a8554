"""Columns put right on screen: a choice for each role, built from the columns that were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.one import visible
from totalplace.doors.web.sources.reading import ask_to_read
from totalplace.doors.web.sources.seeing import buttons, home
from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Kind, Role, VatBasis
from totalplace.sources.rules.reasons import CALLED
from totalplace.sources.rules.submitting.fixing import Chosen, later_names
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.report import Column, Report, TableFound

Said = TypeVar("Said")
_FIRST: Final = (Role.AMOUNT, Role.DATE, Role.PAYEE, Role.UNIT, Role.PURPOSE, Role.REFERENCE)
_REST: Final = tuple(role for role in Role if role not in _FIRST)
_LOWEST_HEADER: Final = 500
_LONGEST: Final = 24  # letters of a cell that stand in a choice
_HINTS: Final = {
    Role.AMOUNT: "What was paid, without VAT that is recovered where both are given.",
    Role.UNIT: "The directorate, service or cost centre that spent.",
    Role.PURPOSE: "What it was for.",
}
_VAT: Final = [
    (VatBasis.NET.value, "Without VAT that is recovered (net)"),
    (VatBasis.GROSS.value, "With VAT (gross)"),
    (VatBasis.UNKNOWN.value, "The file does not say"),
]
_DAYS: Final = [("day", "The day, as in 27/3/2026"), ("month", "The month, as in 3/27/2026")]
_KINDS: Final = [
    (Kind.PAYMENT.value, "Payments to suppliers"),
    (Kind.CARD.value, "Purchases by card"),
    (Kind.COMMITMENT.value, "Contracts or orders: money promised, not paid"),
]


@dataclass(frozen=True, slots=True)
class Alike:
    """Tables with the same columns in the same places: they are put right together."""

    tables: tuple[TableFound, ...]

    @property
    def names(self) -> str:
        """What they are called."""
        return ", ".join(t.sheet or t.document for t in self.tables)


class ColumnsForm(forms.Form):
    """Which column holds what, for tables that are alike."""

    def __init__(self, *args: Any, table: TableFound, **said: Any) -> None:
        super().__init__(*args, **said)
        listed = [("", "No column"), *((c.letter, _option(c)) for c in table.columns)]
        for role in (*_FIRST, *_REST):
            taken = table.taken.get(role.value)
            self.fields[role.value] = forms.ChoiceField(
                label=CALLED[role].removeprefix("the ").capitalize(),
                choices=listed, required=False, help_text=_HINTS.get(role, ""),
                initial=taken["column"] if taken else "",
            )  # fmt: skip
        for name, label, choices, initial in (
            ("vat_basis", "Do the amounts have VAT in them?", _VAT, table.vat_basis),
            ("dates", "What comes first in dates of figures?", _DAYS,
             "month" if table.month_first else "day"),
            ("holds", "What are the rows?", _KINDS, table.kind),
        ):  # fmt: skip
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=initial)

        self.fields["header_row"] = forms.IntegerField(
            label="Row with the names of the columns", min_value=0, max_value=_LOWEST_HEADER,
            initial=table.header_row, help_text="As the spreadsheet numbers rows; 0 for none.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two different things, and no amount."""
        said = super().clean() or {}
        if not said.get(Role.AMOUNT.value):
            self.add_error(Role.AMOUNT.value, "Choose the column of the amount")
        taken: dict[str, str] = {}
        # The amount is the net or the gross sum too, where the file has both.
        for role in (Role.AMOUNT, Role.DATE, Role.PAYEE, Role.UNIT):
            at = said.get(role.value, "")
            if at and at in taken:
                self.add_error(role.value, f"Column {at} was chosen for {taken[at]} already")
            elif at:
                taken[at] = CALLED[role]
        return said


class LaterForm(forms.Form):
    """Whether later files are read so too."""

    later = forms.BooleanField(label="Read the agency's later files so too", required=False)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """Put the columns of a submission right."""
    row = visible(number, officer_of(request))
    report = queries.report_of(home(), row)
    if report is None or not report.tables or row.kind != "payments":
        raise Refused(
            f"The columns of {row.name} cannot be put right here",
            why="it is a return, read by its form" if row.kind != "payments" else "it is not read",
            next_step="Wait until it is read, or give another file",
        )
    groups = alike(report)
    said = request.POST or None
    own = [ColumnsForm(said, table=g.tables[0], prefix=f"t{n}") for n, g in enumerate(groups)]
    later = LaterForm(said)
    valid = [f.is_valid() for f in (*own, later)] if said else [False]  # each says its errors
    if request.method == "POST" and all(valid):
        chosen = [c for g, f in zip(groups, own, strict=True) for c in _chosen(g, f.cleaned_data)]
        return _corrected(request, row, chosen, from_day=_from(report, later.cleaned_data))
    shown = {
        "row": row, "groups": list(zip(groups, own, strict=True)), "later": later, "forms": own,
        "can": buttons(row, officer_of(request), now()),
        "first": [r.value for r in _FIRST], "rest": [r.value for r in _REST],
        "names": later_names(report.tables[0].document),
    }  # fmt: skip
    return show(request, "sources/columns.html", shown)


@officers_only
@require_POST
def forget_columns(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said of the columns."""
    row = visible(number, officer_of(request))
    return _corrected(request, row, [], from_day=None)


@transaction.atomic
def _corrected(
    request: HttpRequest, row: SubmissionRow, chosen: Sequence[Chosen], *, from_day: date | None
) -> HttpResponse:
    by = officer_of(request)
    changed = actions.correct(row.id, chosen, later_from=from_day, by=by, on=now())
    ask_to_read(changed, by=by)
    messages.success(request, f"{row.name} is being read again.")
    return redirect("submission", row.id)


def alike(report: Report) -> list[Alike]:
    """The tables of a report, those with the same columns and the same guess together."""
    groups: dict[tuple[Any, ...], list[TableFound]] = {}
    for table in report.tables:
        heads = tuple((c.letter, c.header) for c in table.columns)
        guess = tuple(sorted((role, t["column"]) for role, t in table.taken.items()))
        groups.setdefault((heads, guess, table.vat_basis, table.kind), []).append(table)
    return [Alike(tuple(tables)) for tables in groups.values()]


def _chosen(group: Alike, said: dict[str, Any]) -> list[Chosen]:
    return [_one(table, said) for table in group.tables]


def _one(table: TableFound, said: dict[str, Any]) -> Chosen:
    """What was said of a table; a role that held no column and still holds none is left unsaid."""
    columns = {
        role: said[role.value] for role in Role if said[role.value] or role.value in table.taken
    }
    header_row = _changed(said["header_row"], table.header_row)
    # Names under another header are not known yet, so later files go by letters.
    headers = {} if header_row is not None else {c.letter: c.header for c in table.columns}
    return Chosen(
        document=table.document,
        sheet=table.sheet,
        from_day=table.period_first,
        columns=columns,
        headers=headers,
        vat_basis=VatBasis(said["vat_basis"]),
        month_first=_changed(said["dates"] == "month", table.month_first),
        kind=_changed(Kind(said["holds"]), Kind(table.kind)),
        header_row=header_row,
    )


def _changed(said: Said, understood: Said) -> Said | None:
    """What an officer said, where it is not what was understood; later files may differ."""
    return None if said == understood else said


def _from(report: Report, said: dict[str, Any]) -> date | None:
    """The day from which later files are read so: the first that this one is of."""
    if not said["later"]:
        return None
    days = [t.period_first or t.first_date for t in report.tables]
    return min((d for d in days if d), default=now().date())


def _option(column: Column) -> str:
    cells = ", ".join(cell[:_LONGEST] for cell in column.cells[:2])
    name = f" – {column.header}" if column.header else ""
    return f"{column.letter}{name}{f' ({cells})' if cells else ''}"
