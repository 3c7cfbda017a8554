"""Why a line was counted as it was: its purpose, the body that was paid, and rulings about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from totalplace.count.definitions.whole_place import natures
from totalplace.count.queries.known import known_of
from totalplace.count.queries.spending.searching import LineRow
from totalplace.count.queries.whole_place import members_of
from totalplace.count.rules.purposes.ruled import Ruled
from totalplace.count.rules.purposes.words import Words
from totalplace.count.rules.rulings import NamedLines, Ruling, Subject, of_subject
from totalplace.money.years import FinancialYear
from totalplace.places.rules.recognised import recognise


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why, in words, as it would be told today; and the rulings of the edition about the line."""

    purpose: str
    body: str  # empty where the payee is no public body
    nature: str
    nature_title: str
    rulings: tuple[Ruling, ...]


def reasons(line: LineRow, place: str, year: FinancialYear, rulings: Sequence[Ruling]) -> Reasons:
    """Why a line was counted as it was."""
    known = known_of(members_of(place, year), rulings)
    classifier = known.classifier.with_rulings(rulings)
    words = Words(line.unit, line.purpose, line.detail, line.payee)
    kind = known.kinds.get(line.agency, "")
    (purpose,) = classifier.classify([words], agency=line.agency, agency_kind=kind)
    told = natures().told(line.unit, line.purpose, line.detail)
    title = natures().title(line.nature) if line.nature else ""
    return Reasons(
        purpose=purpose.why,
        body=why_public(line.agency, line.payee, place, year, rulings) if line.body else "",
        nature=told.why if line.nature == told.nature else "",
        nature_title=title,
        rulings=tuple(_about(line, rulings)),
    )


def why_public(
    agency: str, payee: str, place: str, year: FinancialYear, rulings: Sequence[Ruling]
) -> str:
    """Why a payee is taken for a public body, or for none; '' where nothing speaks for it."""
    for ruling in of_subject(rulings, Subject.PAYEE):
        if (ruling.agency, ruling.payee.lower()) == (agency, payee.lower()):
            return f"ruled by an officer: {ruling.reason}"
    found = recognise(payee, known_of(members_of(place, year), rulings).names)
    return "" if found is None else found.why


def _about(line: LineRow, rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings about a line, of every subject."""
    found = []
    words = {"payee": line.payee, "unit": line.unit, "purpose": line.purpose,
             "detail": line.detail}  # fmt: skip
    purposes = of_subject(rulings, Subject.PURPOSE)
    said = Ruled.of(purposes).about(
        line.agency, Words(line.unit, line.purpose, line.detail, line.payee)
    )
    if said is not None:
        found.append(said)
    found += [
        r
        for r in of_subject(rulings, Subject.PAYEE)
        if (r.agency, r.payee.lower()) == (line.agency, line.payee.lower())
    ]
    found += [
        r
        for r in of_subject(rulings, Subject.TRANSFER)
        if NamedLines.of([r]).has(line.agency, words)
    ]
    at = (line.file, line.sheet, line.row)
    found += [r for r in of_subject(rulings, Subject.COPY) if (r.file, r.sheet, r.row) == at]
    return found
