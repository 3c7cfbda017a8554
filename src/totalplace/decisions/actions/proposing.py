"""Proposing a decision, and what is said of it before it is taken: papers, advice, interests."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.decisions import models
from totalplace.decisions.actions.moving import Opened, one_at_a_time, opened, write
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.bodies import body
from totalplace.decisions.queries.decisions import DecisionRow, decision
from totalplace.decisions.rules.acting import names_of
from totalplace.decisions.rules.bodies import check_may_decide, matter_of
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.key import Facts, why_key
from totalplace.decisions.rules.moves import Stage
from totalplace.decisions.rules.papers import check_mark
from totalplace.decisions.rules.proposals import Proposal, check_proposal
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

_OPEN = (Stage.PROPOSED, Stage.UNDER_NOTICE, Stage.URGENT, Stage.REFERRED_BACK)


@transaction.atomic
def propose(code: str, proposal: Proposal, *, by: Who, on: datetime) -> DecisionRow:
    """Propose a decision to a body; whether it is a key decision is worked out and kept.

    Raises Refused for a body that may not decide such a matter or so large a sum, for a day that
    has gone, and for a proposal that does not say what is to be decided.
    """
    row = body(code)
    power = places.power(by, Act.PROPOSE, agency=row.agency, on=on)
    today = local_day(on)
    check_proposal(proposal, today=today)
    own, law = row.rules_on(today), row.law_on(today)
    matter = matter_of(proposal.matter, definitions.matters())
    check_may_decide(matter, row.kind, own, amount_pence=proposal.amount_pence, name=row.name)
    reasons = why_key(Facts(proposal.amount_pence, proposal.wards, proposal.significant), own, law)
    one_at_a_time()
    number = models.Decision.objects.filter(body_id=row.id).count() + 1
    made = models.Decision.objects.create(
        body_id=row.id,
        number=number,
        title=proposal.title.strip(),
        summary=proposal.summary.strip(),
        matter=matter.code,
        amount_pence=proposal.amount_pence,
        wards=proposal.wards,
        key=bool(reasons),
        why_key="; ".join(reasons),
        about_kind=proposal.about.kind if proposal.about else "",
        about_id=proposal.about.id if proposal.about else "",
        planned_on=proposal.planned_on,
        contact=proposal.contact.strip(),
        by=by.name,
        on=on,
    )
    found = decision(f"{code}/{made.number}")
    said = f"{found.title}; {'key' if found.key else 'not key'}"
    if found.about:
        said += f"; about {found.about}"
    record.write(by.name, "proposed", about=found.citation, on=on, power=power, citing=said)
    return found


@transaction.atomic
def comment_on_finance(citation: str, words: str, *, by: Who, on: datetime) -> DecisionRow:
    """Comment on a decision as chief finance officer: whether it is lawful and affordable.

    Raises Refused once it has been taken. LGA 1972 s.151, LGA 1985 s.73, LGFA 1988 s.114.
    """
    this = opened(citation, Act.COMMENT_ON_FINANCE, by=by, on=on)
    return _say(this, "chief finance officer", words, finance=True)


@transaction.atomic
def advise(citation: str, words: str, *, source: str, by: Who, on: datetime) -> DecisionRow:
    """Add advice to a decision: a partnership's recommendation, a committee's view, a lawyer's.

    Raises Refused once it has been taken, and for advice of nobody.
    """
    this = opened(citation, Act.ADVISE, by=by, on=on)
    return _say(this, source.strip(), words, finance=False)


def _say(this: Opened, source: str, words: str, *, finance: bool) -> DecisionRow:
    _check_open(this, "Nothing can be said of this decision any more")
    if not words.strip() or not source:
        raise Refused(
            "The advice cannot be added",
            why="it says nothing, or it is not said whose it is",
            next_step="Give who says it and what they say",
        )
    models.Advice.objects.create(
        decision_id=this.row.id, finance=finance, source=source, words=words.strip(),
        by=this.by.name, on=this.on,
    )  # fmt: skip
    write(this, "commented" if finance else "advised", citing=f"{source}: {words.strip()}")
    return decision(this.row.citation.id)


@transaction.atomic
def declare_interest(
    citation: str,
    nature: str,
    *,
    pecuniary: bool,
    who: str = "",
    dispensation: str = "",
    by: Who,
    on: datetime,
) -> DecisionRow:  # fmt: skip
    """Declare an interest in a decision: one's own, or (`who`) one that a member declared.

    Whoever has a disclosable pecuniary interest may not take part (Localism Act 2011, section
    31), unless a dispensation says who gave it and why. Raises Refused once it has been taken.
    """
    this = opened(citation, Act.DECLARE_INTEREST, by=by, on=on)
    _check_open(this, "An interest cannot be declared any more")
    whose = who.strip() or names_of(by)[0]
    if not nature.strip():
        raise Refused(
            "The interest cannot be declared",
            why="it is not said what it is",
            next_step="Say what the interest is, in a sentence",
        )
    models.Interest.objects.create(
        decision_id=this.row.id, who=whose, pecuniary=pecuniary, nature=nature.strip(),
        dispensation=dispensation.strip(), by=by.name, on=on,
    )  # fmt: skip
    kind = "pecuniary" if pecuniary else "other"
    write(this, "declared an interest", citing=f"{whose}, {kind}: {nature.strip()}")
    return decision(this.row.citation.id)


@transaction.atomic
def add_paper(
    citation: str, title: str, *, address: str = "", category: str = "", reason: str = "",
    by: Who, on: datetime,
) -> DecisionRow:  # fmt: skip
    """Add a paper to a decision by its title and address; with a category, kept from the public.

    Raises Refused for a paper without a title, an address that is none of the web, and a category
    that the law does not have or without its reason.
    """
    this = opened(citation, Act.ADD_PAPER, by=by, on=on)
    if not title.strip() or (address and not address.startswith(("https://", "http://"))):
        raise Refused(
            "The paper cannot be added",
            why="it has no title, or its address does not start with https://",
            next_step="Give its title, and its address where it has one",
        )
    number = len(this.row.papers) + 1
    models.Paper.objects.create(
        decision_id=this.row.id, number=number, title=title.strip(), address=address.strip(),
        by=by.name, on=on,
    )  # fmt: skip
    # What is kept back must not stand on a record that others read: only its number does.
    write(this, "added a paper", citing=f"{number}" + ("" if category else f": {title.strip()}"))
    if category:
        return _mark(this, number, category, reason)
    return decision(this.row.citation.id)


@transaction.atomic
def mark_paper(
    citation: str, number: int, *, category: str, reason: str, by: Who, on: datetime
) -> DecisionRow:
    """Keep a paper from the public under a category of the law, or (no category) open it to them.

    Raises Refused where there is no such paper, for a category that the law does not have, and
    without a reason.
    """
    this = opened(citation, Act.ADD_PAPER, by=by, on=on)
    return _mark(this, number, category, reason)


def _mark(this: Opened, number: int, category: str, reason: str) -> DecisionRow:
    check_mark(category, reason, definitions.categories())
    paper = models.Paper.objects.filter(decision_id=this.row.id, number=number).first()
    if paper is None:
        raise Refused(
            f"There is no paper {number}",
            why=f"decision {this.row.citation.id} has {len(this.row.papers)}",
            next_step="See them with: totalplace decisions show",
        )
    models.PaperMark.objects.create(
        paper=paper, category=category, reason=reason.strip(), by=this.by.name, on=this.on
    )
    verb = "kept a paper from the public" if category else "opened a paper to the public"
    under = f" under {definitions.categories()[category].law}" if category else ""
    write(this, verb, citing=f"{number}{under}: {reason.strip()}")
    return decision(this.row.citation.id)


def _check_open(this: Opened, what: str) -> None:
    if this.row.stage not in _OPEN:
        raise Refused(
            what,
            why=f"the decision is {this.row.stage}",
            next_step="Propose a new decision, if there is more to say",
        )
