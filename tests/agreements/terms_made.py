"""Terms for tests: an agreement of a council, a health board and a department; and random ones."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.ledger.rules.accounts import Nature

WEX, ICB, DFE = "wex", "icb", "dfx"
LINE: Final = "school-support"
ABSENCE: Final = "persistent-absence"


_PROMISES: Final = (
    Promise(1, DFE, WEX, Kind.PAY, "the first half", date(2027, 4, 30),
            pence=2_000_000_00, line=LINE, cure_days=14, targets=(ABSENCE,)),
    Promise(2, WEX, DFE, Kind.REPORT, "spending of the first quarter", date(2027, 7, 31),
            verb="gave", about="return wexshire/2027-q1", cure_days=28),
)  # fmt: skip
_CHANGE: Final = t.Change(
    1, DFE, "Attendance data may not be shared with health visitors.",
    "the Secretary of State, by regulations", date(2027, 9, 30),
    "heads of schools and the health board", 240_000_00,
)  # fmt: skip
_GOAL: Final = t.Goal(
    ABSENCE, "E10000017", "Pupils who miss a tenth of school", "%", Decimal(9),
    date(2030, 3, 31), Decimal("12.3"), "2024/25",
)  # fmt: skip
_SAID: Final[dict[str, Any]] = {
    "place": "wexshire",
    "number": 1,
    "title": "The Wexshire agreement on school",
    "model": "block-grant",
    "parties": (
        t.Party(WEX, "Wexshire Council", Side.PLACE, accountable=True),
        t.Party(ICB, "Wexshire Health Board", Side.PLACE),
        t.Party(DFE, "Department for School", Side.CENTRE),
    ),
    "aims": (t.Words("Every child in Wexshire is at school and learns."),),
    "targets": t.TargetsCited("wexshire/1", 1),
    "goals": (_GOAL,),
    "contributions": (
        t.Contribution(DFE, WEX, LINE, Nature.REVENUE, 2027, 4_000_000_00),
        t.Contribution(ICB, WEX, LINE, Nature.REVENUE, 2027, 1_500_000_00),
    ),
    "promises": _PROMISES,
    "governance": (t.Words("A programme board of all parties meets every month."),),
    "flexibility": (
        t.Flexibility(t.Freedom.MOVE, Decimal(10)),
        t.Flexibility(t.Freedom.NO_CAPITAL),
    ),
    "risk_share": t.RiskShare(t.Sharing.BY_CONTRIBUTION, t.Unspent.SHARED),
    "changes": (_CHANGE,),
    "review": t.Review(12, date(2028, 3, 31)),
    "variation": t.Variation(28),
    "breach": t.Breach(28),
    "ladder": (
        t.Rung(1, "officials of both sides", 20),
        t.Rung(2, "the programme board", 20),
        t.Rung(3, "ministers and leaders", 30),
        t.Rung(4, "an independent adjudicator", 60),
    ),
    "remedies": (
        t.Remedy(Side.PLACE, t.Period.WEEK, per_cent=Decimal(1), cap_pence=50_000_00),
        t.Remedy(Side.CENTRE, t.Period.WEEK, per_cent=Decimal(1), cap_pence=50_000_00),
    ),
    "duration": t.Duration(date(2027, 4, 1), date(2030, 3, 31)),
    "termination": t.Termination(180),
    "signing": (t.Turn(1, ICB), t.Turn(2, DFE), t.Turn(3, WEX)),
}


def some_terms(**other: Any) -> t.Terms:
    """The terms of agreement wexshire/1, with something under each head that signing needs."""
    return t.Terms(**(_SAID | other))


_LETTERS: Final = string.ascii_letters + string.digits + " ,.;:()£%’'-/“”éß€\""
_CODES: Final = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
_WORDS: Final = (
    st.text(_LETTERS.replace("“", "").replace("”", ""), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda text: bool(text) and text != "Nothing is agreed under this head.")
)
_MONEY: Final = st.integers(0, 10**13)
_MAYBE: Final = st.none() | _MONEY
_DAYS: Final = st.dates(date(1990, 1, 1), date(2199, 12, 31))
_WHOLE: Final = st.integers(0, 9999)
_NUMBERS: Final = st.decimals(-(10**9), 10**9, places=4)
_YEARS: Final = st.integers(1990, 2098)
_NAMES: Final = st.sampled_from(
    [
        "Ash",
        "Birch Council",
        "the Board of Elm",
        "St Oak’s Trust",
        "Fir & Pine, Partners",
        "Yew-by-X",
    ]
)
_FEW: Final = 2  # of each kind of term
_UNSPENT: Final = st.sampled_from(list(t.Unspent))
_SIDES: Final = st.sampled_from(list(Side))
_PERIODS: Final = st.sampled_from(list(t.Period))
_STANDING: Final = st.lists(_CODES, max_size=_FEW).map(tuple)


def _goals() -> st.SearchStrategy[t.Goal]:
    based = st.builds(t.Goal, _CODES, _CODES, _WORDS, _WORDS, _NUMBERS, _DAYS, _NUMBERS, _WORDS)
    return based | st.builds(
        t.Goal, _CODES, _CODES, _WORDS, _WORDS, _NUMBERS, _DAYS, why_no_baseline=_WORDS
    )


def _promises(who: st.SearchStrategy[str]) -> st.SearchStrategy[Promise]:
    deeds, sums = (Kind.DO, Kind.REPORT, Kind.LIFT), (Kind.PAY, Kind.SPEND)
    maybe = st.just("") | _WORDS
    return st.builds(
        Promise, _WHOLE, who, who, st.sampled_from(deeds), _WORDS, _DAYS, verb=maybe, about=maybe,
        cure_days=_WHOLE, targets=_STANDING,
    ) | st.builds(
        Promise, _WHOLE, who, who, st.sampled_from(sums), _WORDS, _DAYS, pence=_MONEY, line=_CODES,
        cure_days=_WHOLE, targets=_STANDING,
    )  # fmt: skip


def _services(who: st.SearchStrategy[str]) -> st.SearchStrategy[t.Service]:
    of_one = st.sampled_from([t.Serves.FUNCTIONS, t.Serves.MEANS])
    of_all = st.sampled_from([t.Serves.PERSONS, t.Serves.SERVICES])
    return st.builds(t.Service, of_one, _WORDS, who) | st.builds(t.Service, of_all, _WORDS)


def _risk_shares(who: st.SearchStrategy[str]) -> st.SearchStrategy[t.RiskShare]:
    plain = st.sampled_from([t.Sharing.BY_CONTRIBUTION, t.Sharing.HOST])
    shares = st.lists(st.tuples(who, _NUMBERS), min_size=1, max_size=3).map(tuple)
    return (
        st.builds(t.RiskShare, plain, _UNSPENT)
        | st.builds(t.RiskShare, st.just(t.Sharing.AGREED), _UNSPENT, shares)
        | st.builds(t.RiskShare, st.just(t.Sharing.CAPPED), _UNSPENT, cap_pence=_MONEY)
    )


def _flexibility() -> st.SearchStrategy[t.Flexibility]:
    limited = st.sampled_from([t.Freedom.MOVE, t.Freedom.CARRY])
    return st.builds(t.Flexibility, limited, _NUMBERS) | st.just(
        t.Flexibility(t.Freedom.NO_CAPITAL)
    )


def _remedies() -> st.SearchStrategy[t.Remedy]:
    return st.builds(t.Remedy, _SIDES, _PERIODS, _NUMBERS, cap_pence=_MAYBE) | st.builds(
        t.Remedy, _SIDES, _PERIODS, pence=_MONEY, cap_pence=_MAYBE
    )


def _of_parties(who: st.SearchStrategy[str]) -> dict[str, st.SearchStrategy[Any]]:
    """The terms that name parties, each many times."""
    nature = st.sampled_from(list(Nature))
    return {
        "contributions": st.builds(t.Contribution, who, who, _CODES, nature, _YEARS, _MAYBE),
        "services": _services(who),
        "promises": _promises(who),
        "changes": st.builds(t.Change, _WHOLE, who, _WORDS, _WORDS, _DAYS, _WORDS, _MAYBE),
        "signing": st.builds(t.Turn, _WHOLE, who),
    }


_MANY: Final[dict[str, st.SearchStrategy[Any]]] = {
    "aims": st.builds(t.Words, _WORDS),
    "goals": _goals(),
    "entitlements": st.builds(t.Attached, _CODES, _WHOLE),
    "governance": st.builds(t.Words, _WORDS),
    "flexibility": _flexibility(),
    "ladder": st.builds(t.Rung, _WHOLE, _WORDS, _WHOLE),
    "remedies": _remedies(),
    "further": st.builds(t.Words, _WORDS),
}
_ONE: Final[dict[str, st.SearchStrategy[Any]]] = {
    "targets": st.builds(t.TargetsCited, _CODES, _WHOLE),
    "review": st.builds(t.Review, _WHOLE, _DAYS),
    "variation": st.builds(t.Variation, _WHOLE),
    "breach": st.builds(t.Breach, _WHOLE),
    "duration": st.builds(t.Duration, _DAYS, _DAYS),
    "termination": st.builds(t.Termination, _WHOLE),
}


@st.composite
def random_terms(draw: st.DrawFn) -> t.Terms:
    """Terms at random: every kind of term, each several times or not at all."""
    names = draw(st.lists(_NAMES, min_size=2, max_size=5, unique=True))
    codes = draw(st.lists(_CODES, min_size=len(names), max_size=len(names), unique=True))
    parties = tuple(
        t.Party(code, name, Side.CENTRE if at else Side.PLACE, accountable=not at)
        for at, (code, name) in enumerate(zip(codes, names, strict=True))
    )
    who = st.sampled_from(codes)
    said: dict[str, Any] = {
        name: tuple(draw(st.lists(of, max_size=_FEW)))
        for name, of in (_MANY | _of_parties(who)).items()
    }
    said |= {name: draw(st.none() | of) for name, of in _ONE.items()}
    return t.Terms(
        place=draw(_CODES), number=draw(st.integers(1, 9999)), title=draw(_WORDS),
        model=draw(_CODES), parties=parties, risk_share=draw(st.none() | _risk_shares(who)), **said,
    )  # fmt: skip
