"""Showing a place, a body of the register, and the share of a body that lies in a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.places.queries import (
        BodyRow,
        CodeRow,
        MemberRow,
        PlaceMeasured,
        PlaceRow,
        Share,
    )


@click.command()
@click.argument("code")
@click.option("--year", type=int, help="Measures of this year, or the nearest before; else now.")
@pass_session
def show(session: Session, code: str, year: int | None) -> None:
    """Show a place with its areas and members, or a body or area of the register by any code."""
    from totalplace.places import queries

    session.open()
    asked = year or session.now().year
    place = next((p for p in queries.places() if p.code == code), None)
    bodies = queries.bodies_by_code(code)
    if place is None and not bodies:
        queries.place(code)  # refuses, and says what to do
    if place is not None:
        _show_place(place, queries.members(code), asked)
    for body in bodies:
        _show_body(body, asked)


def _show_place(place: PlaceRow, members: list[MemberRow], year: int) -> None:
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    click.echo(f"{place.name} ({place.code})")
    rows = []
    for area in queries.areas_of_place(place.code):
        people = queries.measure(area.gss, "people", year)
        said = ["-", "-"] if people is None else [f"{people.value:,}", str(people.year)]
        rows.append([area.gss, area.name, *said])
    if rows:
        table_of(["Area", "Name", "People", "Year"], rows)
        for rule in queries.measures():
            found = queries.measure_of_place(place.code, rule.what, year)
            if found is not None:
                click.echo(_told(rule.title, found))
    if not members:
        add = f"totalplace places join {place.code} AGENCY"
        click.echo(f"It has no members yet. Add one with: {add}")
        return
    table_of(
        ["Agency", "Name", "Kind", "From", "Until"],
        [
            [
                m.agency.code, m.agency.name, m.agency.kind.value,
                m.first_day or "always", m.last_day or "now",
            ]
            for m in members
        ],
    )  # fmt: skip


def _told(title: str, found: PlaceMeasured) -> str:
    """A measure of a place in words, with what is not known of it and what can hardly be true."""
    years = " and ".join(map(str, found.years))
    lacking = f"; nothing is known of {', '.join(found.lacking)}" if found.lacking else ""
    doubt = f"; this can hardly be true of {len(found.doubts)} of them" if found.doubts else ""
    return f"{title}, all areas: {found.value:,} in {years} ({found.source}){lacking}{doubt}"


def _show_body(body: BodyRow, year: int) -> None:
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    days = f"{body.first_day or 'always'} to {body.last_day or 'now'}"
    click.echo(f"{body.name}, {body.kind.value}, {days}")
    if body.doubt:
        click.echo(f"{body.doubt}.")
    rows = [[c.scheme, c.code, _standing(c), _some(c.sources)] for c in body.codes]
    table_of(["Codes of", "Code", "", "Source"], rows)
    for step in queries.predecessors(body.code):
        click.echo(f"{step.old_name} ({step.old}) became {step.new_name} on {step.on}.")
    for step in queries.successors(body.code):
        click.echo(f"{step.old_name} ({step.old}) became {step.new_name} on {step.on}.")
    measured = [
        (rule.title, found)
        for rule in queries.measures()
        if (found := queries.measure(body.code, rule.what, year)) is not None
    ]
    for title, found in measured:
        click.echo(f"{title}: {found.value:,} in {found.year} ({found.source})")
        if found.doubt:
            click.echo(f"    This can hardly be true: {found.doubt}.")
    covered = queries.areas_covered(body.code)
    if covered.source:
        click.echo(f"Areas, by {covered.source}:")
        table_of(
            ["Area", "Name", "How much"],
            [[p.gss, p.name, _part(p.whole, p.part, p.of, p.by)] for p in covered.parts],
        )


@click.command()
@click.argument("body")
@click.argument("place")
@click.option("--by", "what", default="", help="people, households and so on; else by each.")
@click.option("--year", type=int, help="Of this year, or the nearest before; else now.")
@pass_session
def share(session: Session, body: str, place: str, what: str, year: int | None) -> None:
    """Show how much of a body lies in a place: by people, households, patients and so on."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.places import queries

    session.open()
    asked = year or session.now().year
    wanted = [rule for rule in queries.measures() if what in ("", rule.what)]
    found = [(rule, queries.share_of_place(body, place, rule.what, asked)) for rule in wanted]
    known = [(rule, one) for rule, one in found if one is not None]
    if not known:
        click.echo(
            f"No source says how much of {body} lies in {place} in {asked}. Load the files that "
            "say which areas it covers, and how many live there: totalplace places load FILE"
        )
        return
    heads = ["By", "In the place", "In all of the body", "Share", "Between", "Year"]
    table_of(heads, [[rule.title, *_fraction(one)] for rule, one in known])
    for rule, one in known:
        for doubt in one.doubts:
            click.echo(f"{rule.title} can hardly be true: {doubt}.")
        if one.lacking:
            click.echo(f"{rule.title}: nothing is known of {', '.join(one.lacking)}; left out.")


def _fraction(one: Share) -> list[object]:
    between = "-"
    if one.is_estimate:
        between = f"{_per_cent(*one.least)} to {_per_cent(*one.most)}"
    years = ", ".join(map(str, one.years))
    share_of_it = _per_cent(one.numerator, one.denominator)
    return [one.numerator, one.denominator, share_of_it, between, years]


def _per_cent(numerator: int, denominator: int) -> str:
    return f"{100 * numerator / denominator:.2f}%" if denominator else "-"


def _standing(code: CodeRow) -> str:
    if code.disputed:
        return "in dispute"
    since = f"from {code.first_day}" if code.first_day else ""
    until = f"of before, to {code.last_day}" if code.last_day else "of before"
    return until if code.former else since


def _some(sources: tuple[str, ...]) -> str:
    more = f" and {len(sources) - 2} more" if len(sources) > 2 else ""
    return ", ".join(sources[:2]) + more


def _part(whole: bool, part: int | None, of: int | None, by: str) -> str:
    if whole or not part or not of:
        return "all of it"
    return f"{part:,} of {of:,} {by.replace('_', ' ')}"
