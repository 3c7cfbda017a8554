"""The roles of a place, every act, and the one table of which role may do which act, of whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


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
    # ledger
    OPEN_BOOK = "open a book, its accounts and its limits"
    POST = "post to a book, or reverse what was posted"
    CLOSE_PERIOD = "close a period of a book"
    GIVE_PARTNER_LEDGER = "give in a partner's own ledger"
    READ_BOOK = "read the postings of a book"
    # readiness
    GIVE_EVIDENCE = "give evidence of readiness"
    SCORE_FOR_PLACE = "score the readiness of a place for the place"
    SCORE_FOR_CENTRE = "score the readiness of a place for a department"
    AGREE_READINESS_FOR_PLACE = "agree or waive readiness for the place"
    AGREE_READINESS_FOR_CENTRE = "agree or waive readiness for a department"
    # agreements
    NEGOTIATE_FOR_PLACE = "draft and make offers for the place"
    NEGOTIATE_FOR_CENTRE = "draft and make offers for a department"
    KEEP_AGREEMENT = "keep the text of an agreement and lay it open for signing"
    SIGN_AGREEMENT = "sign an agreement or a variation of it"
    SAY_KEPT = "say what was done about a promise, with evidence"
    DISPUTE_AGREEMENT = "give notice of a breach or dispute, answer it or settle it"
    KEEP_DOCKET = "add to the docket of changes of rules, or say how one stands"
    # commissioning
    APPRAISE = "make an appraisal of an option"
    ACCEPT_EFFECT = "let an ungraded effect drive money"
    PLAN = "draft, change, propose or withdraw a plan"
    ANSWER_PLAN = "accept or contest an agency's part of a plan"
    STATE_ROBUSTNESS = "state that a plan is robust and its reserves adequate"
    ADOPT_PLAN = "adopt a plan that was heard and decided, and post its allocation"
    # monitoring
    SET_WATCH = "say what is watched in a place, and how many false alarms it may raise"
    REBASE = "begin a chart anew, with a reason"
    ANSWER_FINDING_FOR_PLACE = "answer a finding for the place"
    ANSWER_FINDING_FOR_CENTRE = "answer a finding for a department"
    CLOSE_FINDING = "close the response to a finding, with the evidence of its series"
    GIVE_CAPACITY = "give in posts, vacancies, turnover and skills of a body"
    ASK_PARTNERSHIP = "open or close a round of questions on the partnership"
    JUDGE_PARTNERSHIP = "answer the questions on the partnership, for oneself"
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
    Act.OPEN_BOOK: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.POST: _to(Whose.OWN, _R.FINANCE_LEAD),
    Act.CLOSE_PERIOD: _to(Whose.OWN, _R.CHIEF_FINANCE_OFFICER),
    Act.GIVE_PARTNER_LEDGER: _to(Whose.OWN, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.READ_BOOK: _to(Whose.IN_PLACE, *_OFFICERS),
    Act.GIVE_EVIDENCE: _to(Whose.PLACE, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.SCORE_FOR_PLACE: _to(Whose.PLACE, _R.COMMISSIONER, _R.FINANCE_LEAD),
    Act.SCORE_FOR_CENTRE: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.AGREE_READINESS_FOR_PLACE: _to(Whose.PLACE, _R.COMMISSIONER, _R.ELECTED_MEMBER),
    Act.AGREE_READINESS_FOR_CENTRE: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.NEGOTIATE_FOR_PLACE: _to(Whose.PLACE, _R.COMMISSIONER, _R.FINANCE_LEAD),
    Act.NEGOTIATE_FOR_CENTRE: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.KEEP_AGREEMENT: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.SIGN_AGREEMENT: _to(
        Whose.OWN, _R.ELECTED_MEMBER, _R.CHIEF_FINANCE_OFFICER, _R.DEPARTMENT_OFFICIAL
    ),
    Act.SAY_KEPT: _to(
        Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER,
        _R.DEPARTMENT_OFFICIAL,
    ),
    Act.DISPUTE_AGREEMENT: _to(
        Whose.OWN, _R.COMMISSIONER, _R.CHIEF_FINANCE_OFFICER, _R.ELECTED_MEMBER,
        _R.DEPARTMENT_OFFICIAL,
    ),
    Act.KEEP_DOCKET: _to(
        Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER,
        _R.DEPARTMENT_OFFICIAL,
    ),
    Act.APPRAISE: _to(Whose.IN_PLACE, _R.COMMISSIONER, _R.FINANCE_LEAD),
    Act.ACCEPT_EFFECT: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.PLAN: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.ANSWER_PLAN: _to(Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER),
    Act.STATE_ROBUSTNESS: _to(Whose.AGENCY, _R.CHIEF_FINANCE_OFFICER),
    Act.ADOPT_PLAN: _to(Whose.PLACE, _R.COMMISSIONER),
    Act.SET_WATCH: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.REBASE: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.ANSWER_FINDING_FOR_PLACE: _to(Whose.AGENCY, _R.COMMISSIONER, _R.FINANCE_LEAD),
    Act.ANSWER_FINDING_FOR_CENTRE: _to(Whose.OWN, _R.DEPARTMENT_OFFICIAL),
    Act.CLOSE_FINDING: _to(
        Whose.AGENCY, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.DEPARTMENT_OFFICIAL
    ),
    Act.GIVE_CAPACITY: _to(Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.DATA_STEWARD),
    Act.ASK_PARTNERSHIP: _to(Whose.PLACE, _R.COMMISSIONER, _R.DATA_STEWARD),
    Act.JUDGE_PARTNERSHIP: _to(
        Whose.OWN, _R.COMMISSIONER, _R.FINANCE_LEAD, _R.CHIEF_FINANCE_OFFICER, _R.ELECTED_MEMBER,
        _R.PARTNERSHIP_MEMBER, _R.SCRUTINY, _R.DATA_STEWARD, _R.DEPARTMENT_OFFICIAL,
    ),
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
