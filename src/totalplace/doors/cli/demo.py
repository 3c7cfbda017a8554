"""`totalplace demo`: a made-up place, from the files its agencies publish to its count."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.example_place.taking_in import Difference

_FOLDER: Final = Path("totalplace-demo")
_SHOWN: Final = 20


@click.command()
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=_FOLDER, show_default=True,
    help="Folder for the files, the records and the count.",
)  # fmt: skip
@click.option("--seed", type=int, default=None, help="Another seed makes another place.")
@click.option("--scale", type=float, default=1.0, show_default=True, help="1 is 120,000 payments.")
@click.pass_context
@pass_session
def demo(session: Session, ctx: click.Context, into: Path, seed: int | None, scale: float) -> None:
    """Make up a place, publish its files in the messy ways of real ones, read them, and count.

    It ends with the whole-place page: what every body spends there, each pound once. What is read,
    and what is counted, is compared with what is true, row by row and penny by penny. Stopped
    half-way, it goes on when it is run again.
    """
    from totalplace.doors.cli.count import count
    from totalplace.doors.cli.showing import plural

    session.said_home = into.absolute() / "home"
    _write(into, seed, scale)
    session.open()
    began = time.monotonic()
    held = _take_in(session, into)
    click.echo(f"{plural(held, 'file')} read in {time.monotonic() - began:.0f} seconds.")
    _rule(session)
    ctx.invoke(
        count,
        place=_place(),
        html=into / "count.html",
        xlsx=into / "count.xlsx",
        csv=into / "count.csv",
    )
    _compare(into)
    _judge(session, into)
    _publish(session)
    _hear(session, into, seed)
    _agree(session)
    _plan(session)
    _watch(session, into, seed)
    click.echo(f"Now open {into / 'count.html'} in a browser, or {into / 'count.xlsx'} in Excel.")
    click.echo(f"To read it as pages: totalplace --home {session.home} serve")


def _place() -> str:
    from totalplace.example_place.naming import PLACE

    return PLACE


def _write(into: Path, seed: int | None, scale: float) -> None:
    from totalplace.doors.cli.showing import plural
    from totalplace.example_place import DEFAULT_SEED, write_example
    from totalplace.example_place.taking_in import is_written

    if is_written(into):
        click.echo(f"Going on with the place in {into}.")
        return
    seed = DEFAULT_SEED if seed is None else seed
    click.echo(f"Making up a place in {into} (seed {seed}, scale {scale:g}) ...")
    truth = write_example(into, seed=seed, scale=scale)
    rows = sum(sheet.rows_in for sheet in truth.files)
    bodies = f"{len(truth.agencies)} made-up public bodies"
    click.echo(f"{bodies} publish {plural(len(truth.files), 'table')} with {plural(rows, 'row')}.")


def _take_in(session: Session, into: Path) -> int:
    from totalplace.doors.cli.showing import progress
    from totalplace.example_place.taking_in import take_in, take_in_returns
    from totalplace.sources.actions import Added, published
    from totalplace.sources.returns.taking import ReturnAdded

    files = published([into / "published"])
    home, by, on = session.files(), session.by(), session.now()
    with progress("Reading", files) as seen:
        paid = take_in(into, home=home, by=by, on=on, seen=seen)
        held = sum(isinstance(outcome, Added) for outcome in paid)
        returned = take_in_returns(into, home=home, by=by, on=on, seen=lambda path: None)
        return held + sum(isinstance(outcome, ReturnAdded) for outcome in returned)


def _rule(session: Session) -> None:
    """Let the made-up officers overrule what no rule can tell, once."""
    from totalplace.count.queries.rulings import all_rulings
    from totalplace.example_place import officers

    if not all_rulings():
        ruled = officers.rule(by=session.by(), on=session.now())
        click.echo(f"{len(ruled)} names that no rule can tell were ruled on, with reasons.\n")


def _judge(session: Session, into: Path) -> None:
    """Say how near the count is to the truth; end with 1 where its pounds are not true."""
    from totalplace.doors.cli.count.counting import built_for
    from totalplace.example_place import judging
    from totalplace.example_place.counted import read_counted
    from totalplace.example_place.purposes import lines_judged

    truth = read_counted(into / "truth")
    with built_for(session, _place(), None) as built:
        whole = built.whole
        scores = judging.purpose_scores(lines_judged(into, session.files(), built.scratch))
    wrong = [
        *judging.transfer_differences(whole, truth),
        *judging.matrix_differences(whole, truth),
        *judging.count_differences(whole, truth),
        *judging.net_differences(whole, truth),
    ]
    for d in wrong[:_SHOWN]:
        click.echo(f"{d.what}: {d.read} read, {d.true} true", err=True)
    click.echo(judging.verdict(judging.transfers_found(whole, truth), scores, wrong))
    if wrong:
        raise SystemExit(1)


def _publish(session: Session) -> None:
    """Freeze the count of the last two years and sign it off, so that it can be read as pages."""
    from totalplace.count.actions.editions import decide, freeze
    from totalplace.count.queries.frozen import ready_to_freeze
    from totalplace.count.queries.whole_place import latest_year
    from totalplace.count.rules.standing import Standing
    from totalplace.doors.cli.count.counting import built_for
    from totalplace.money.years import FinancialYear

    home, by, on = session.files(), session.by(), session.now()
    last = latest_year(home, _place())
    for year in (FinancialYear(last.start - 1), last):
        with built_for(session, _place(), year) as built:
            edition = freeze(home, ready_to_freeze(built), by=by, on=on)
        if edition.standing is Standing.PROVISIONAL:
            decide(edition.id, "sign off", reason="The example is signed off", by=by, on=on)
        click.echo(f"Edition {edition.citation} is frozen and signed off.")


def _hear(session: Session, into: Path, seed: int | None) -> None:
    """Propose targets, let everybody be heard, and adopt what was changed, once."""
    import secrets

    from totalplace.example_place import DEFAULT_SEED
    from totalplace.example_place.heard.course import adopt_targets
    from totalplace.example_place.heard.telling import in_words
    from totalplace.outcomes.queries import target_sets

    if target_sets(_place()):
        return
    click.echo("Hearing agencies, partnership and public on targets, all of them made up ...")
    done = adopt_targets(
        into, home=session.files(), keys=(secrets.token_bytes(32),), by=session.by(),
        on=session.now(), seed=DEFAULT_SEED if seed is None else seed,
    )  # fmt: skip
    click.echo(in_words(done))


def _agree(session: Session) -> None:
    """Judge readiness, bargain, enter an agreement and keep a book, once."""
    from totalplace.agreements.queries.agreements import agreements
    from totalplace.count.queries.editions import editions
    from totalplace.example_place.agreed.course import agree
    from totalplace.example_place.agreed.telling import in_words

    if agreements(_place()):
        return
    click.echo("Place and centre, both made up, judge readiness, bargain and agree ...")
    done = agree(
        home=session.files().root,
        edition=editions(_place())[-1].citation,
        by=session.by(),
        on=session.now(),
    )
    click.echo(in_words(done))


def _plan(session: Session) -> None:
    """Divide the grant, once; end with 1 where the plan is not the one that is known to be best."""
    from totalplace.commissioning.queries.plans import plans
    from totalplace.example_place.planned.course import allocate
    from totalplace.example_place.planned.telling import in_words

    if plans(_place()):
        return
    click.echo("The grant is divided among agencies, who answer; the council decides ...")
    done = allocate(by=session.by(), on=session.now())
    click.echo(in_words(done))
    if done.furthest_pence > 1:
        raise SystemExit(1)


def _watch(session: Session, into: Path, seed: int | None) -> None:
    """Look at the place, once; end with 1 where the slide that was planted is not found."""
    from totalplace.example_place import DEFAULT_SEED
    from totalplace.example_place.watched.course import watch
    from totalplace.example_place.watched.telling import in_words
    from totalplace.monitoring.queries.findings import findings

    if findings(_place()):
        return
    click.echo("The place is watched, and both owners answer what slipped ...")
    done = watch(
        into, home=session.files(), by=session.by(), on=session.now(),
        seed=DEFAULT_SEED if seed is None else seed,
    )  # fmt: skip
    click.echo(in_words(done))
    if done.slid is None:
        raise SystemExit(1)


def _compare(into: Path) -> None:
    """Say whether what was read is what is true; end with 1 where it is not."""
    from totalplace.example_place.taking_in import differences

    wrong = list(differences(into))
    if not wrong:
        click.echo("What was read equals what is true: every row and every penny of every table.")
        return
    for difference in wrong[:_SHOWN]:
        click.echo(_told(difference), err=True)
    click.echo(f"{len(wrong)} figures were read that are not true.", err=True)
    raise SystemExit(1)


def _told(wrong: Difference) -> str:
    read = "not read" if wrong.read is None else f"{wrong.read:,} read"
    return f"{wrong.table}: {wrong.what} is {wrong.true:,}, {read}"
