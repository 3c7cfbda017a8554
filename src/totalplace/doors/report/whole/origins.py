"""Where the figures come from and how each is made: sources, places beside it, words used."""

from __future__ import annotations

from totalplace.count.rules.whole_place.lines import Income
from totalplace.doors.report.pictures.sums import brief
from totalplace.doors.report.whole.asked import Report, Similar
from totalplace.doors.report.whole.grouping import everything
from totalplace.doors.report.whole.said import NOT_KNOWN, per_head, split_said
from totalplace.doors.report.whole.tables import Cell, Row, Table, plain, table, words


def sources(report: Report) -> Table | None:
    """Every file that the count was made from; None where there is none."""
    found = sorted(set(report.whole.sources), key=lambda s: (s.what, s.document, s.sha256))
    if not found:
        return None
    rows = [
        Row(
            s.document,
            (
                words(s.what),
                words(s.publisher or NOT_KNOWN),
                words(s.licence or NOT_KNOWN),
                Cell(s.sha256, look="words hash"),
            ),
        )
        for s in found
    ]
    caption = (
        "The hash (SHA-256) is computed from the file: whoever has the file can check that it is "
        "the one."
    )
    heads = ["File", "<Read as", "<Publisher", "<Licence", "<Hash"]
    return table("Table of sources", caption, heads, rows)


def similar(report: Report) -> Table | None:
    """This count beside other places or years; None where none are given."""
    if not report.similar:
        return None
    whole, own = report.whole, everything(report)
    parts = "; ".join(
        [] if own.pence is None else [split_said(own.total.by_status)],
    )
    here = Row(
        f"{whole.place_name}, {whole.year} (this count)",
        (
            Cell(NOT_KNOWN if own.pence is None else brief(own.pence), look="strong"),
            Cell(per_head(own.pence, whole.people), look="strong"),
            words(str(whole.income)),
            words(parts[:1].upper() + parts[1:] or "–"),
            words("–"),
        ),
    )
    caption = (
        "In the prices of each year. Places count by different rules and find different shares of "
        "what is spent: look at the rule before the sum."
    )
    heads = ["Place and year", "Sum", "Per person", "<Rule", "<What to mind", "<Source"]
    rows = [here, *(_similar(other) for other in report.similar)]
    return table("Table of similar places", caption, heads, rows)


def _similar(other: Similar) -> Row:
    parts = "; ".join(f"{name} {brief(pence)}" for name, pence in other.parts)
    return Row(
        f"{other.name}, {other.year}",
        (
            Cell(NOT_KNOWN) if other.pence is None else Cell(brief(other.pence)),
            plain(per_head(other.pence, other.people)),
            words(other.rule),
            words(other.why or "–", parts),
            words(other.source),
        ),
    )


def edition_said(report: Report) -> str:
    """The edition and where it stands, in a sentence; empty where it is none yet."""
    edition = report.edition
    if edition is None:
        return ""
    made = f", made on {edition.made_on.day} {edition.made_on:%B %Y}" if edition.made_on else ""
    by = f" by {edition.made_by}" if edition.made_by else ""
    return f"Edition {edition.name}: {edition.standing}{made}{by}."


def rule_of_parts(report: Report) -> str:
    """Why the published payments are not added to the head of the page, in a sentence."""
    if report.whole.income is Income.NET:
        return (
            "These sums are gross and from published payments. They show who was paid and for "
            "what. They must never be added to the net total at the head of this page: most of "
            "this money is in it already."
        )
    return (
        "These are the published payments under the total at the head of this page, agency by "
        "agency, before anything is taken out. They must not be added to it."
    )
