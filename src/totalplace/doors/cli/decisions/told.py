"""A decision told in words, and as a document that programs can rely on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from totalplace.decisions.queries import DecisionRow, PaperRow


def in_a_line(row: DecisionRow, on: date) -> list[str]:
    """A decision as a row of a table: its citation, title, body, day, and where it stands."""
    from totalplace.decisions.queries import effective

    stands = effective(row, on)
    when = f"{stands.words} ({stands.day})" if stands.day else stands.words
    key = "key" if row.key else ""
    return [row.citation.id, row.title, row.body.name, str(row.planned_on), key, when]


def tell(row: DecisionRow, on: date, *, exempt: bool) -> None:
    """Print all of a decision. Papers kept from the public are named only where `exempt`."""
    from totalplace.money.pence import pounds

    click.echo(f"{row.citation.id}: {row.title}\n{row.summary}\n")
    lines = [
        ("Body", f"{row.body.name}, {row.body.agency_name}"),
        ("Matter", f"{row.matter.title} ({row.matter.law})"),
        ("Sum", "not known" if row.amount_pence is None else pounds(row.amount_pence)),
        ("Key decision", f"yes: {row.why_key}" if row.key else "no"),
        ("Planned for", str(row.planned_on)),
        ("Stands", _stands(row, on)),
        ("About", str(row.about) if row.about else ""),
    ]
    for head, words in lines:
        if words:
            click.echo(f"{head}: {words}.")
    for paper in row.papers:
        click.echo(f"Paper {paper.number}: {paper_words(paper, exempt=exempt)}")
    for advice in row.advice:
        click.echo(f"{advice.source[:1].upper()}{advice.source[1:]}: {advice.words}")
    for one in row.interests:
        kind = "disclosable pecuniary" if one.interest.pecuniary else "other"
        click.echo(f"{one.interest.who} declared an interest ({kind}): {one.nature}")
    for move in row.moves:
        names = f" ({', '.join(move.names)})" if move.names else ""
        click.echo(f"{move.step.day}, {move.step.verb}: {move.reason}{names}, by {move.by}")


def paper_words(paper: PaperRow, *, exempt: bool) -> str:
    """A paper as it is named, or why it is not."""
    from totalplace.decisions.definitions.reading import categories

    if paper.public:
        return f"{paper.title} {paper.address}".strip()
    known = categories()[paper.category]
    why = f"kept from the public: {known.says} ({known.law}); {paper.reason}"
    return f"{paper.title} {paper.address}, {why}" if exempt else why


def plain(row: DecisionRow, on: date, *, exempt: bool = False) -> dict[str, Any]:
    """A decision as a document for programs, the same by every door."""
    from totalplace.decisions.queries import effective, open_verbs
    from totalplace.decisions.rules.standing import Effect

    stands = effective(row, on)
    return {
        "decision": row.citation.id,
        "title": row.title,
        "summary": row.summary,
        "body": row.body.code,
        "agency": row.body.agency,
        "matter": row.matter.code,
        "amount_pence": row.amount_pence,
        "wards": row.wards,
        "key": row.key,
        "why_key": row.why_key,
        "about": {"kind": row.about.kind, "id": row.about.id} if row.about else None,
        "planned_on": row.planned_on,
        "stage": row.stage.value,
        "stands": stands.words,
        "until_or_since": stands.day,
        "in_effect": stands.effect is Effect.IN_EFFECT,
        "can": [verb.value for verb in open_verbs(row, on=on)],
        "papers": [
            {"number": p.number, "title": p.title if p.public or exempt else None,
             "address": p.address if p.public or exempt else None, "kept_back": p.category or None}
            for p in row.papers
        ],
        "moves": [
            {"day": m.step.day, "verb": m.step.verb.value, "reason": m.reason, "by": m.by,
             "names": list(m.names), "opens_on": m.step.opens_on, "closes_on": m.step.closes_on,
             "taken_on": m.taken_on}
            for m in row.moves
        ],
    }  # fmt: skip


def _stands(row: DecisionRow, on: date) -> str:
    from totalplace.decisions.queries import effective
    from totalplace.decisions.rules.days import in_words
    from totalplace.decisions.rules.standing import Effect

    stands = effective(row, on)
    if stands.day is None:
        return stands.words
    since = "until" if stands.effect is Effect.NOT_YET else "since"
    return f"{stands.words}, {since} {in_words(stands.day)}"
