"""Who may do what: the roles of a place, their mandates, and the one table of what each may do.

A mandate is a role that an officer holds for an agency, a place, both or everywhere, from a day and
perhaps until a day, under a power that is said in words. What the table does not allow is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Role(StrEnum):
    """The roles of the mission."""

    FINANCE_LEAD = "finance lead"
    COMMISSIONER = "commissioner"
    CHIEF_FINANCE_OFFICER = "chief finance officer"
    ELECTED_MEMBER = "elected member"
    SCRUTINY = "scrutiny member"
    DEPARTMENT_OFFICIAL = "department official"
    PARTNERSHIP_MEMBER = "partnership member"
    DATA_STEWARD = "data steward"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What may be done, in words that follow "may"."""

    # places
    APPOINT = "appoint an officer"
    GRANT = "grant or end a mandate"
    REGISTER = "register agencies, places and members"
    LOAD_REGISTER = "load a register of areas and bodies"
    # sources
    GIVE_FIGURES = "give in figures"
    CERTIFY = "certify figures"
    TEACH = "correct how files are read"
    REQUEST_RETURN = "ask for a return"
    QUERY_RETURN = "query a return"
    ANSWER_RETURN = "answer a query about a return"
    ACCEPT_RETURN = "accept a return"
    WITHDRAW_RETURN = "withdraw a return"
    ERASE = "erase a name"
    # count
    RULE = "overrule the count"
    FREEZE = "freeze an edition"
    DISPUTE = "dispute an edition"
    SETTLE = "settle a dispute"
    SIGN_OFF = "sign off an edition"
    READ_UNPUBLISHED = "read what is not signed off"
    # record
    READ_RECORD = "read the record"
    PUBLISH_HEAD = "publish a head of the record"
    BACK_UP = "back up and restore the records"
    # decisions
    SET_UP_BODY = "say which bodies decide, by which rules, and who holds their offices"
    PROPOSE = "propose or withdraw a decision"
    GIVE_NOTICE = "give notice of a decision"
    ADD_PAPER = "add a paper to a decision, or keep it from the public"
    AGREE_URGENCY = "agree that a decision is urgent"
    COMMENT_ON_FINANCE = "comment on a decision as chief finance officer"
    ADVISE = "add advice to a decision"
    DECLARE_INTEREST = "declare an interest in a decision"
    DECIDE = "take, refuse or reconsider a decision"
    CALL_IN = "call in a decision"
    ANSWER_CALL_IN = "answer a call-in"
    READ_EXEMPT = "read papers that the public may not"
    # outcomes
    DEFINE_INDICATOR = "define an indicator"
    GIVE_READINGS = "give in readings of indicators"
    PROPOSE_TARGETS = "propose or change targets"
    ADOPT_TARGETS = "adopt targets that were heard and decided"
    # entitlements
    PROPOSE_ENTITLEMENT = "propose a national entitlement or a change of one"
    ENACT_ENTITLEMENT = "enact, change or end a national entitlement"
    SET_LOCAL_VARIANT = "set a local variant of a national entitlement"
    # participation
    PREPARE_HEARING = "prepare, open or withdraw a hearing"
    REPLY = "reply to a hearing for an agency"
    ANSWER_HEARD = "answer what was said in a hearing"
    CONCLUDE_HEARING = "conclude a hearing"
    READ_RESPONSES = "read what the public answered, one by one"
    ENTER_RESPONSES = "enter answers given on paper, and issue codes"
    NAME_THEMES = "name, merge and finish themes"
    SET_UP_PARTNERSHIP = "set up a partnership, its members and meetings, and keep its minutes"
    MOVE_MOTION = "move, amend and vote on motions of a partnership"
    OFFER_OWN_MONEY = "offer money of an agency in a partnership"
    COUNT_SUPPORT = "count support to civil society"


class Whose(StrEnum):
    """Of whom a mandate must be to allow an act."""

    OWN = "of that agency itself"  # nobody speaks for another body
    AGENCY = "of that agency, or of a place that it belongs to"
    PLACE = "of that place, for no single agency"
    IN_PLACE = "of that place, or of an agency that belongs to it"
    EVERYWHERE = "for everywhere"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which roles may do an act, and of whom their mandate must be."""

    whose: Whose
    roles: frozenset[Role]


def _to(whose: Whose, *roles: Role) -> Allowed:
    return Allowed(whose, frozenset(roles))


_R = Role
_OFFICERS: Final = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
MAY: Final[Mapping[Act, Allowed]] = {
    Act.APPOINT: _to(Whose.IN_PLACE, _R.ADMINISTRATOR),
    Act.GRANT: _to(Whose.IN_PLACE, _R.ADMINISTRATOR),
    Act.REGISTER: _to(Whose.EVERYWHERE, _R.ADMINISTRATOR, _R.DATA_STEWARD),
    Act.LOAD_REGISTER: _to(Whose.EVERYWHERE, _R.DATA_STEWARD),
    Act.GIVE_FIGURES: _to(Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.CERTIFY: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.TEACH: _to(Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.REQUEST_RETURN: _to(
        Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD, _R.DEPARTMENT_OFFICIAL
    ),
    Act.QUERY_RETURN: _to(
        Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD, _R.DEPARTMENT_OFFICIAL
    ),
    Act.ANSWER_RETURN: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.ACCEPT_RETURN: _to(Whose.AGENCY, _R.CHIEF_FINANCE_OFFICER, _R.DATA_STEWARD),
    Act.WITHDRAW_RETURN: _to(
        Whose.AGENCY, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER, _R.DATA_STEWARD
    ),
    Act.ERASE: _to(Whose.AGENCY, _R.DATA_STEWARD),
    Act.RULE: _to(Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.FREEZE: _to(Whose.PLACE, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.DISPUTE: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.SETTLE: _to(Whose.PLACE, _R.CHIEF_FINANCE_OFFICER, _R.DATA_STEWARD),
    Act.SIGN_OFF: _to(Whose.PLACE, _R.CHIEF_FINANCE_OFFICER),
    Act.READ_UNPUBLISHED: _to(Whose.IN_PLACE, *_OFFICERS),
    Act.READ_RECORD: _to(
        Whose.IN_PLACE, _R.AUDITOR, _R.SCRUTINY, _R.CHIEF_FINANCE_OFFICER, _R.DATA_STEWARD,
        _R.ADMINISTRATOR,
    ),
    Act.PUBLISH_HEAD: _to(Whose.IN_PLACE, _R.AUDITOR, _R.DATA_STEWARD, _R.ADMINISTRATOR),
    Act.BACK_UP: _to(Whose.EVERYWHERE, _R.DATA_STEWARD, _R.ADMINISTRATOR),
    Act.SET_UP_BODY: _to(Whose.AGENCY, _R.DATA_STEWARD),
    Act.PROPOSE: _to(
        Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER, _R.ELECTED_MEMBER
    ),
    Act.GIVE_NOTICE: _to(Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.ADD_PAPER: _to(Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.AGREE_URGENCY: _to(Whose.OWN, _R.SCRUTINY, _R.ELECTED_MEMBER),
    Act.COMMENT_ON_FINANCE: _to(Whose.OWN, _R.CHIEF_FINANCE_OFFICER),
    Act.ADVISE: _to(
        Whose.AGENCY, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.PARTNERSHIP_MEMBER, _R.SCRUTINY,
        _R.DATA_STEWARD,
    ),
    Act.DECLARE_INTEREST: _to(
        Whose.OWN, _R.ELECTED_MEMBER, _R.SCRUTINY, _R.COMMISSIONER, _R.CHIEF_FINANCE_OFFICER,
        _R.FINANCE_LEAD,
    ),
    Act.DECIDE: _to(Whose.OWN, _R.ELECTED_MEMBER, _R.COMMISSIONER, _R.CHIEF_FINANCE_OFFICER),
    Act.CALL_IN: _to(Whose.OWN, _R.SCRUTINY, _R.ELECTED_MEMBER),
    Act.ANSWER_CALL_IN: _to(Whose.OWN, _R.SCRUTINY, _R.ELECTED_MEMBER),
    Act.READ_EXEMPT: _to(
        Whose.OWN, _R.ELECTED_MEMBER, _R.SCRUTINY, _R.COMMISSIONER, _R.FINANCE_LEAD,
        _R.CHIEF_FINANCE_OFFICER, _R.DATA_STEWARD, _R.AUDITOR,
    ),
    Act.DEFINE_INDICATOR: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.GIVE_READINGS: _to(Whose.IN_PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.PROPOSE_TARGETS: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.ADOPT_TARGETS: _to(Whose.PLACE, _R.COMMISSIONER, _R.ELECTED_MEMBER),
    Act.PROPOSE_ENTITLEMENT: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.ENACT_ENTITLEMENT: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.SET_LOCAL_VARIANT: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.PREPARE_HEARING: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.REPLY: _to(
        Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER,
        _R.DEPARTMENT_OFFICIAL,
    ),
    Act.ANSWER_HEARD: _to(Whose.PLACE, _R.COMMISSIONER, _R.ELECTED_MEMBER),
    Act.CONCLUDE_HEARING: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.READ_RESPONSES: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD, _R.AUDITOR),
    Act.ENTER_RESPONSES: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.NAME_THEMES: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.SET_UP_PARTNERSHIP: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.MOVE_MOTION: _to(Whose.IN_PLACE, _R.PARTNERSHIP_MEMBER),
    Act.OFFER_OWN_MONEY: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.COUNT_SUPPORT: _to(Whose.AGENCY, _R.FINANCE_LEAD, _R.DATA_STEWARD),
}  # fmt: skip

# What whoever runs the command on the computer of the records may do once there are mandates.
OPERATOR: Final = frozenset({Role.ADMINISTRATOR, Role.DATA_STEWARD})


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with an account, by the code under which they stand on the record."""

    code: str
    full_name: str = ""

    @property
    def name(self) -> str:
        """What stands on the record: the code, so that a person's name can change or go."""
        return self.code


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever may run the command on the computer that holds the records."""

    name: str


Who = Officer | Operator


def day_of(on: date) -> date:
    """The day of an act that is said by its day or by its time."""
    return on.date() if isinstance(on, datetime) else on


@dataclass(frozen=True, slots=True)
class Mandate:
    """A role held by an officer. An empty agency or place means any."""

    number: int
    officer: str
    role: Role
    agency: str
    place: str
    first_day: date
    power: str  # the law, scheme of delegation or letter under which it was given
    no_longer_from: date | None = None  # the first day on which it no longer holds

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        day = day_of(on)
        return self.first_day <= day and not (self.no_longer_from and self.no_longer_from <= day)

    @property
    def scope(self) -> str:
        """Of whom it is, in words."""
        if not self.agency and not self.place:
            return "everywhere"
        return " in ".join(filter(None, (self.agency, self.place)))

    @property
    def said(self) -> str:
        """As it stands on the record beside an act done under it."""
        return f"{self.role} of {self.scope}, mandate {self.number}: {self.power}".strip(": ")


@dataclass(frozen=True, slots=True)
class Matter:
    """What an act is about: an agency, a place, both, or neither."""

    agency: str = ""
    place: str = ""

    def __str__(self) -> str:
        return " in ".join(filter(None, (self.agency, self.place))) or "the whole installation"


Memberships = Mapping[str, frozenset[str]]  # agency -> places that it belongs to


def permitting(
    held: Iterable[Mandate], act: Act, matter: Matter, *, members: Memberships, on: date
) -> Mandate | None:
    """The first of an officer's mandates that allows an act on a day, or None."""
    allowed = MAY[act]
    for mandate in held:
        if mandate.role not in allowed.roles or not mandate.holds(on):
            continue
        if _is_of(mandate, allowed.whose, matter, members):
            return mandate
    return None


def _is_of(mandate: Mandate, whose: Whose, matter: Matter, members: Memberships) -> bool:
    """Whether a mandate is of those of whom it must be; `matter` decides what is not said."""
    everywhere = not mandate.agency and not mandate.place
    if whose is Whose.EVERYWHERE or (not matter.agency and not matter.place):
        return everywhere and whose is not Whose.OWN
    if matter.agency and whose is not Whose.PLACE:
        return _of_agency(mandate, matter, members) or (
            whose is not Whose.OWN and _of_place_of(mandate, matter, members)
        )
    if not matter.place or whose is Whose.OWN:
        return False
    if not mandate.agency:
        return mandate.place in ("", matter.place)
    if whose is not Whose.IN_PLACE:
        return False
    in_it = matter.place in members.get(mandate.agency, frozenset())
    return in_it and mandate.place in ("", matter.place)


def _of_agency(mandate: Mandate, matter: Matter, members: Memberships) -> bool:
    """Of the agency itself; given for one place, it is about that place and no other."""
    if mandate.agency != matter.agency:
        return False
    if not mandate.place:
        return True
    here = mandate.place in members.get(matter.agency, frozenset())
    return here and matter.place in ("", mandate.place)


def _of_place_of(mandate: Mandate, matter: Matter, members: Memberships) -> bool:
    """Of no single agency, and of everywhere or of a place that the agency belongs to."""
    if mandate.agency:
        return False
    if not mandate.place:
        return True
    here = mandate.place in members.get(matter.agency, frozenset())
    return here and matter.place in ("", mandate.place)


def operator_may(act: Act, *, anyone_holds_a_mandate: bool) -> bool:
    """Whether the operator may: all, until the first mandate; then only what runs the house."""
    return not anyone_holds_a_mandate or bool(MAY[act].roles & OPERATOR)


class NoMandate(Refused):
    """An act that no mandate allows, told apart so that such attempts can be noticed."""


def refusal(by: str, act: Act, matter: Matter) -> NoMandate:
    """The refusal of an act that no mandate allows, with who may do it."""
    allowed = MAY[act]
    who = " or ".join(sorted(allowed.roles))
    return NoMandate(
        f"{by} may not {act} ({matter})",
        why=f"it needs a mandate as {who} {allowed.whose}",
        next_step="Ask one of them, or ask an administrator for a mandate",
    )


def check_grant(
    role: Role, of: Matter, power: str, *, to: str, by: Who, held: Iterable[Mandate],
    from_day: date,
) -> None:  # fmt: skip
    """Raise Refused for a mandate to oneself, without a power, held already, or beside another.

    Whoever hands out powers must not use them: the separation that an auditor looks for first.
    """
    if not power.strip():
        raise Refused(
            f"{to} cannot be made {role}",
            why="it is not said under which power",
            next_step="Name the law, scheme of delegation or letter that it rests on",
        )
    if isinstance(by, Officer) and by.code == to:
        raise Refused(
            "A mandate cannot be granted to oneself",
            why="another administrator has to",
            next_step="Ask another administrator",
        )
    for mandate in held:
        if mandate.no_longer_from is not None and mandate.no_longer_from <= from_day:
            continue
        if (mandate.role is Role.ADMINISTRATOR) != (role is Role.ADMINISTRATOR):
            raise Refused(
                f"{to} cannot be made {role}",
                why="an administrator holds no other role: who hands out powers does not use them",
                next_step=f"End mandate {mandate.number} first, or give it to another officer",
            )
        if (mandate.role, mandate.agency, mandate.place) == (role, of.agency, of.place):
            raise Refused(
                f"{to} cannot be made {role} of {mandate.scope}",
                why=f"they hold that already, by mandate {mandate.number}",
                next_step="End it first if its power or days are to change",
            )
