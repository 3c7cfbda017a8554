"""Why an agency's payments changed from one year to the next, from what is held."""

from __future__ import annotations

from totalplace import engines
from totalplace.count.queries.asked import Asked, issues_and_lines
from totalplace.count.queries.whole_place import Built
from totalplace.count.rules.whole_place.changes import Change, PaidTo, change, way_of_paying
from totalplace.money.years import FinancialYear
from totalplace.sources import queries as sources
from totalplace.sources.home import Home


def changes(
    home: Home, agency: str, before: FinancialYear, after: FinancialYear, built: Built
) -> Change:
    """Why an agency's payments changed between two years, taken apart by kind.

    To be asked while the files of the count stand; the names of one public body are one payee.
    """
    readings = sources.readings(agencies=[agency])
    asked = Asked(sources.holdings(home), (agency,))
    issues, _ = issues_and_lines(asked, readings)
    yearly = [
        (i, i.period.year.start)
        for i in issues[agency]
        if i.period is not None and i.period.year is not None
    ]
    rows = asked.ask(
        "payees",
        files=[i.file for i, _ in yearly],
        sheets=[i.sheet for i, _ in yearly],
        years=[y for _, y in yearly],
    )
    wanted = {before.start, after.start}
    named = _bodies_of_payees(agency, built)
    paid = [
        PaidTo(named.get(str(r["payee"]), str(r["payee"])), r["year_start"], r["pence"])
        for r in rows
        if r["year_start"] in wanted
    ]
    mine = [f for f in built.flows if f.payer == agency]
    return change(agency, paid, mine, before.start, after.start)


def _bodies_of_payees(agency: str, built: Built) -> dict[str, str]:
    """What each payee that is a public body is called; a way of paying in its name is kept."""
    holdings = {"payees": [built.scratch / "payees.parquet"]}
    rows = engines.ask("count/payee_bodies", holdings, agencies=[agency])
    return {
        r["payee"]: built.whole.names.get(r["body"], r["payee"])
        for r in rows
        if not way_of_paying(r["payee"])
    }
