"""/api/v1/agreements/: published lines, negotiations, each side's own draft, and offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ninja import Router

from totalplace.agreements.actions import negotiations as actions
from totalplace.agreements.actions.drafts import begun, keep_draft
from totalplace.agreements.actions.offers import offer as make_offer
from totalplace.agreements.definitions.funding import Published, published
from totalplace.agreements.queries import negotiations as queries
from totalplace.agreements.queries.sides import ACTS
from totalplace.agreements.queries.weighing import entitled, weighed
from totalplace.agreements.rules import lines as funding
from totalplace.agreements.rules import offers as rules
from totalplace.agreements.rules import promises
from totalplace.agreements.rules.devolution import Side
from totalplace.doors.api.agreements_said import (
    DraftKept,
    DraftSaid,
    DraftTold,
    FundingLineSaid,
    MoveSaid,
    NegotiationOpening,
    NegotiationTold,
    OfferSaid,
    OffersCompared,
    OfferTold,
    PublishingSaid,
    SettlementTold,
)
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.report.negotiations_told import (
    plain_cost,
    plain_difference,
    plain_negotiation,
    plain_offer,
    plain_working,
)
from totalplace.doors.web.agreements.negotiation.looking import today
from totalplace.doors.web.showing import now
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

router = Router()
_ONE: Final = "/negotiations/{number}"


@reads(router, "/published", answers=Listed[SettlementTold])
def published_lines(_: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Settlements whose funding lines were published."""
    rows = list(published().values())
    return page(rows, lambda one: one.code, _settlement, after=after or None, limit=limit)


@reads(router, "/negotiations", answers=Listed[NegotiationTold])
def every_negotiation(_: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Every negotiation, by number: that it is under way, its model and its days."""
    rows = queries.negotiations()
    last = int(after) if after.isascii() and after.isdecimal() else None
    return page(rows, lambda row: row.number, _told, after=last, limit=limit)


@reads(router, _ONE, answers=NegotiationTold)
def one_negotiation(_: Asker, *, number: Number) -> NegotiationTold:
    """One negotiation: whose move it is, and by when an answer is asked for."""
    return _told(there(lambda: queries.negotiation(number)))


@reads(router, _ONE + "/offers", answers=Listed[OfferTold])
def offers(
    asker: Asker, *, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Its offers that you may read: to anybody, those that both sides agreed to publish."""
    rows = there(lambda: queries.offers(number, by=_reader(asker), on=today()))
    last = int(after) if after.isascii() and after.isdecimal() else None
    return page(rows, lambda row: row.number, plain_offer, after=last, limit=limit)


@reads(router, _ONE + "/compare/{before}/{later}", answers=OffersCompared)
def compare(asker: Asker, *, number: Number, before: Number, later: Number) -> dict[str, Any]:
    """What one offer differs by from another, and what that costs each side."""
    by, on = _reader(asker), today()
    row = there(lambda: queries.negotiation(number))
    made = there(lambda: [queries.the_offer(number, n, by=by, on=on) for n in (before, later)])
    found = weighed(made[0].terms, made[1].terms, place=row.place, departments=row.departments)
    return {"differences": list(map(plain_difference, found.differences)),
            "costs": list(map(plain_cost, found.costs))}  # fmt: skip


@writes(router, "/negotiations", act=Act.NEGOTIATE_FOR_PLACE, answers=NegotiationTold, status=201)
def open_negotiation(by: Officer, *, said: NegotiationOpening) -> NegotiationTold:
    """Open a negotiation of a place with departments, under a model of devolution."""
    there(lambda: places.place(said.place))
    opening = rules.Opening(
        said.place, said.host, said.model, said.title, said.first_year, said.last_year,
        tuple(said.departments), said.edition,
    )  # fmt: skip
    return _told(actions.open_negotiation(opening, by=by, on=now()))


def _declare_draft(side: Side, act: Act) -> None:
    """The addresses of a side's draft, of which the other side has none."""
    at = f"{_ONE}/{side.value}/draft"

    def draft(asker: Asker, *, number: Number) -> dict[str, Any]:
        """The draft of this side, for its own officers alone."""
        there(lambda: queries.negotiation(number))
        return plain_working(begun(number, side, by=asker.acting(act), on=now()))

    def keep(by: Officer, *, number: Number, said: DraftSaid) -> DraftKept:
        """Keep the draft of this side anew. What it says is not repeated in the answer."""
        row = there(lambda: queries.negotiation(number))
        kept = keep_draft(number, side, _working(said, row.place), by=by, on=now())
        return DraftKept(side=side.value, turn=kept.turn if kept else 0)

    reads(router, at, answers=DraftTold, needs=act)(_named(draft, side))
    writes(router, at, act=act, answers=DraftKept)(_named(keep, side))


def _declare_moves(side: Side, act: Act) -> None:
    """The addresses of a side's moves."""

    def offer(by: Officer, *, number: Number, said: OfferSaid) -> NegotiationTold:
        """Offer what stands in the draft of this side. From then on nobody changes it."""
        there(lambda: queries.negotiation(number))
        return _told(
            make_offer(number, side, reason=said.reason, answer_by=said.answer_by, by=by, on=now())
        )

    def accept(by: Officer, *, number: Number, said: MoveSaid) -> NegotiationTold:
        """Accept the other side's last offer as it stands."""
        there(lambda: queries.negotiation(number))
        return _told(actions.accept(number, side, reason=said.reason, by=by, on=now()))

    def end(by: Officer, *, number: Number, said: MoveSaid) -> NegotiationTold:
        """End the negotiation without agreement."""
        there(lambda: queries.negotiation(number))
        return _told(actions.end(number, side, reason=said.reason, by=by, on=now()))

    def publish(by: Officer, *, number: Number, said: PublishingSaid) -> NegotiationTold:
        """Agree that anybody may read the offers made so far, once the other side agrees too."""
        there(lambda: queries.negotiation(number))
        rules.check_agreed(agreed=said.agreed)
        return _told(actions.agree_to_publish(number, side, by=by, on=now()))

    for move in (offer, accept, end, publish):
        at = f"{_ONE}/{side.value}/{move.__name__}"
        writes(router, at, act=act, answers=NegotiationTold)(_named(move, side))


def _named(shown: Callable[..., Any], side: Side) -> Callable[..., Any]:
    """The function under a name and words of its own, from which its address is described."""
    shown.__doc__ = f"For the {side.value}: {shown.__doc__}"
    shown.__name__ = f"{side.value}_{shown.__name__}"
    return shown


for _side, _act in ACTS.items():
    _declare_draft(_side, _act)
    _declare_moves(_side, _act)


def _told(row: queries.NegotiationRow) -> NegotiationTold:
    return NegotiationTold(**plain_negotiation(row, today()))


def _reader(asker: Asker) -> Officer | None:
    """In whose name offers are read: a token for negotiating, or for what is not published."""
    acts = (*ACTS.values(), Act.READ_UNPUBLISHED)
    return next((by for act in acts if (by := asker.reading(act)) is not None), None)


def _working(said: DraftSaid, place: str) -> rules.Working:
    """A draft as the rules have it; guarantees as they are in force."""
    terms = rules.Terms(
        tuple(map(_line, said.lines)),
        tuple(entitled(g.code, place, on=today(), reason=g.reason) for g in said.guarantees),
        tuple(
            promises.Promise(
                n, p.by, p.to, p.kind, p.what, p.due, p.pence, p.line, cure_days=p.cure_days,
                targets=tuple(p.targets),
            )
            for n, p in enumerate(said.promises, start=1)
        ),
        tuple(rules.Lift(r.code, r.rule, r.by, r.why, r.pence) for r in said.rules),
        tuple(rules.Wished(t.indicator, t.words) for t in said.targets),
    )  # fmt: skip
    savings = tuple(rules.Saving(s.what, s.agency, s.pence, s.year) for s in said.savings)
    return rules.Working(terms, savings, said.notes)


def _line(said: FundingLineSaid) -> funding.Line:
    return funding.Line(
        said.code, said.fund, said.responsibility, said.department, said.mechanism, said.where,
        said.reason, said.theme,
        tuple(funding.sum_of(s.year, s.nature, s.pence, s.said) for s in said.sums),
        tuple(funding.Condition(c.kind, c.text, c.pence) for c in said.conditions),
        tuple(said.covers), tuple(said.outcomes),
    )  # fmt: skip


def _settlement(one: Published) -> dict[str, Any]:
    visible = one.headline.visible
    return {
        "code": one.code, "title": one.title, "year": one.year.label,
        "headline_pence": one.headline.pence, "visible_revenue_pence": visible.revenue,
        "visible_capital_pence": visible.capital, "unexplained_pence": one.headline.unexplained,
        "not_stated": visible.not_stated, "sources": list(one.sources),
    }  # fmt: skip
