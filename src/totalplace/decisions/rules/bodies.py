"""Bodies that decide: their kinds, the law they decide under, and the rules they set themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from totalplace.decisions.rules.days import Counting
from totalplace.refusal import Refused


class BodyKind(StrEnum):
    """What kind of body decides."""

    FULL_COUNCIL = "full-council"
    EXECUTIVE = "executive"  # a cabinet, or a leader or mayor with one
    EXECUTIVE_MEMBER = "executive-member"  # one member of the executive, alone
    COMMITTEE = "committee"
    JOINT_COMMITTEE = "joint-committee"
    OFFICER = "officer"  # under delegated powers
    COMBINED_AUTHORITY = "combined-authority"
    MAYOR = "mayor"  # of a combined authority
    BOARD = "board"  # of another public body
    PARTNERSHIP = "partnership"  # no body in law: it recommends and decides nothing


ALONE = frozenset({BodyKind.EXECUTIVE_MEMBER, BodyKind.OFFICER, BodyKind.MAYOR})


class Office(StrEnum):
    """An office that a rule gives a part to."""

    DECIDER = "decider"  # whoever decides for a body that decides alone, or presides over one
    SCRUTINY_CHAIR = "scrutiny-chair"
    COUNCIL_CHAIR = "council-chair"
    COUNCIL_VICE_CHAIR = "council-vice-chair"
    AUTHORITY_CHAIR = "authority-chair"
    AUTHORITY_VICE_CHAIR = "authority-vice-chair"
    CHIEF_FINANCE_OFFICER = "chief-finance-officer"  # s.151 LGA 1972; s.73 LGA 1985

    @property
    def words(self) -> str:
        """As it is said in a sentence."""
        return self.value.replace("-", " ").replace("vice chair", "vice-chair")


@dataclass(frozen=True, slots=True)
class Period:
    """So many clear days, how they are counted, and under which law."""

    days: int
    counting: Counting
    law: str
    uncertain: str = ""

    def __str__(self) -> str:
        return f"{self.days} clear {'working ' * (self.counting is Counting.WORKING)}days"


@dataclass(frozen=True, slots=True)
class Urgency:
    """Who must agree that a decision cannot wait: the first who is there and able to act."""

    agreed_by: tuple[Office, ...]
    law: str


@dataclass(frozen=True, slots=True)
class CallInLaw:
    """Under which law a decision not yet in effect may be called in.

    `lasts_days` is for how many days it may be held up (None: until it is answered); `council`
    says whether scrutiny may refer it to the full council.
    """

    law: str
    lasts_days: int | None
    council: bool


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The law under which some kinds of body of some kinds of agency decide."""

    code: str
    title: str
    bodies: frozenset[BodyKind]
    agencies: frozenset[str]
    key_decisions: bool
    wards_from: int | None
    notice: Period | None
    general_exception: Period | None
    special_urgency: Urgency | None
    call_in: CallInLaw | None
    uncertain: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a decision is a decision about, and which kinds of body may take it."""

    code: str
    title: str
    law: str
    decided_by: tuple[BodyKind, ...]


class Finance(StrEnum):
    """Of which decisions the chief finance officer's comment is needed first."""

    ALWAYS = "always"
    KEY = "key"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class CallInWindow:
    """The body's own window: so many days after publication, and how many members call in."""

    days: int
    counting: Counting
    members: int


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What a body's constitution or scheme of delegation says of it, from a day on."""

    rule_set: str
    first_day: date
    source: str
    matters: frozenset[str]
    key_from_pence: int | None = None  # a sum of this or more is significant; None: any sum is
    limit_pence: int | None = None  # it may not decide on more; None: no limit
    call_in: CallInWindow | None = None
    working_days: bool = False  # stricter than its law: notice is counted in working days
    finance: Finance = Finance.KEY


def in_force(rules: Iterable[OwnRules], *, on: date) -> OwnRules | None:
    """The rules of a body on a day: the last said of those from the latest day that has come."""
    found = None
    for one in rules:
        if one.first_day <= on and (found is None or one.first_day >= found.first_day):
            found = one
    return found


def check_rules(own: OwnRules, kind: BodyKind, agency_kind: str, law: RuleSet) -> None:
    """Raise Refused for own rules that the law does not allow such a body."""
    what = "These rules cannot be set"
    if kind not in law.bodies or agency_kind not in law.agencies:
        raise Refused(
            what,
            why=f"the rules of {law.code} are for {_or(law.bodies)} of {_or(law.agencies)}, "
            f"and this is {kind} of {agency_kind}",
            next_step="Choose another set of rules, or put the kind of the agency right",
        )
    if own.call_in and law.call_in is None:
        raise Refused(
            what,
            why=f"no law gives a call-in of what {law.title.lower()} decides",
            next_step="Set them without a window for call-in",
        )
    if own.call_in and (own.call_in.days < 1 or own.call_in.members < 1):
        raise Refused(
            what,
            why="a window for call-in has at least one day and needs at least one member",
            next_step="Give both as the constitution has them",
        )
    if any(sum_ is not None and sum_ < 0 for sum_ in (own.key_from_pence, own.limit_pence)):
        raise Refused(what, why="a sum is below nought", next_step="Give it as pounds above nought")
    if not own.source.strip():
        raise Refused(
            what,
            why="it is not said where they are written",
            next_step="Name the section of the constitution or scheme of delegation",
        )


def check_may_decide(
    matter: Matter, kind: BodyKind, own: OwnRules, *, amount_pence: int | None, name: str
) -> None:
    """Raise Refused where a body may not decide a matter, or not on so large a sum.

    LGA 1972 s.101 and LGA 2000 s.9E: a function is discharged by whom it was given to. A sum that
    is not known is larger than any limit.
    """
    what = f"{name} cannot decide this"
    if kind is BodyKind.PARTNERSHIP:
        raise Refused(
            what,
            why="a partnership is no body in law: it recommends and decides nothing",
            next_step="Propose it to the body that may decide, with the recommendation as advice",
        )
    if kind not in matter.decided_by:
        raise Refused(
            what,
            why=f"'{matter.title.lower()}' is for {_or(matter.decided_by)} ({matter.law})",
            next_step="Propose it to that body",
        )
    if matter.code not in own.matters:
        raise Refused(
            what,
            why=f"its own rules do not give it '{matter.title.lower()}' ({own.source})",
            next_step="Propose it to the body to which the constitution gives it",
        )
    if own.limit_pence is not None and (amount_pence is None or amount_pence > own.limit_pence):
        size = "the sum is not known" if amount_pence is None else "the sum is above its limit"
        raise Refused(
            what,
            why=f"{size} of £{own.limit_pence // 100:,} ({own.source})",
            next_step="Propose it to a body with a higher limit",
        )


def matter_of(code: str, matters: Mapping[str, Matter]) -> Matter:
    """The matter of a code. Raises Refused where there is none."""
    if code not in matters:
        raise Refused(
            f"'{code}' is not something that is decided here",
            why=f"the matters are {', '.join(matters)}",
            next_step="Choose one of them",
        )
    return matters[code]


def finance_of(said: str) -> Finance:
    """For which decisions a finance comment is asked. Raises Refused for what is none of them."""
    if said not in list(Finance):
        raise Refused(
            f"'{said}' does not say which decisions need the chief finance officer's comment",
            why=f"it is {', '.join(Finance)}",
            next_step="Choose one of them",
        )
    return Finance(said)


def _or(values: Iterable[str]) -> str:
    return " or ".join(sorted(str(value).replace("-", " ") for value in values))
