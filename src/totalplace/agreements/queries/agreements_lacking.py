"""What an agreement still lacks: to be laid open, to be decided, to be opened for signing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from totalplace.agreements.definitions.sentences import section_75
from totalplace.agreements.queries.agreements import AgreementRow, VersionRow
from totalplace.agreements.rules import checklist
from totalplace.agreements.rules.devolution import SetBy
from totalplace.agreements.rules.lifecycle import MEMBERS, SIGNING
from totalplace.agreements.rules.terms import Turn
from totalplace.decisions import queries as decisions
from totalplace.decisions.rules.days import in_words, local_day
from totalplace.decisions.rules.moves import Verb as Deciding
from totalplace.outcomes import queries as outcomes
from totalplace.participation import queries as participation
from totalplace.participation.rules.gate import Lack
from totalplace.participation.rules.hearings import Verb as Hearing
from totalplace.readiness import queries as readiness
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose turn it is to sign, and how many have."""

    turn: Turn | None
    signed: int
    of: int


def lacks_to_lay_open(row: AgreementRow) -> list[Lack]:
    """What the text lacks under its model, section 75 included; nothing: it may be laid open."""
    return checklist.lacking(row.last.terms, row.model, section_75())


def needs_targets(row: AgreementRow) -> bool:
    """Whether signing needs targets that the place has adopted: where its model has it set them."""
    return row.model.targets.set_by is not SetBy.CENTRE


def lacks_to_decide(row: AgreementRow, decision: Citation | None, *, on: date) -> list[Lack]:
    """What is lacking for the last version to stand as decided on a day."""
    return [*_not_heard(row, on), *_decision_lacks(row.last, decision, on)]


def best_decision(
    row: AgreementRow, *, on: date
) -> tuple[decisions.DecisionRow | None, list[Lack]]:
    """Of the decisions about what is worked on that which lacks least, and what that is."""
    tried = [
        (one, lacks_to_decide(row, one.citation, on=on))
        for one in decisions.decisions(about=row.last.about)
    ]
    if not tried:
        return None, lacks_to_decide(row, None, on=on)
    return min(tried, key=lambda one: len(one[1]))


def lacks_to_sign(row: AgreementRow, *, on: date) -> list[Lack]:
    """What is lacking for it to be opened for signing: adopted targets, and readiness."""
    found = _targets_lack(row) if needs_targets(row) else []
    return found + list(readiness.lacking(row.place, row.model.needs, on=on))


def waiting(row: AgreementRow) -> Waiting:
    """Whose turn it is to sign what is being signed; nobody's where nothing is."""
    turns = row.last.terms.signing
    signed = len(row.signed(row.last.number))
    next_turn = turns[signed] if row.kept in SIGNING and signed < len(turns) else None
    return Waiting(next_turn, signed, len(turns))


def _targets_lack(row: AgreementRow) -> list[Lack]:
    cited = row.last.terms.targets
    found = outcomes.targets(row.place)
    held = (found.set.citation.id, found.adoption.version) if found else None
    if held is not None and cited is not None and (cited.targets, cited.version) == held:
        return []
    next_step = "Adopt targets first: see /outcomes/targets/"
    if held is not None:
        next_step = f"Cite targets {held[0]}, version {held[1]}, in the section on outcomes"
    said = f"targets {cited.targets}, version {cited.version}" if cited else "no targets"
    return [
        Lack(
            "It does not cite the targets that the place has adopted",
            f"it cites {said}; "
            + (f"those in force are {held[0]}, version {held[1]}" if held else "none are in force"),
            next_step,
        )
    ]


def _not_heard(row: AgreementRow, on: date) -> list[Lack]:
    """What its hearing lacks, and where what stands is not what was heard."""
    last = row.last
    if last.variation and not last.to_be_heard:
        return []
    affected = {one.agency for one in checklist.stakes(last.terms)}
    found = list(participation.lacking(last.about, affected=affected, on=on))
    hearing = participation.counting(last.about)
    opened = (
        next((m.on for m in hearing.moves if m.verb is Hearing.OPEN), None) if hearing else None
    )
    if hearing is None or opened is None:
        return found
    changed = {one.number for one in hearing.answers if one.changed}
    mine = [one for one in row.versions if one.variation == last.variation]
    since = [one for one in mine if one.on > opened]
    if len(since) == len(mine):
        found.append(
            Lack("What was heard is not this text", "it was written after the hearing was opened",
                 "Withdraw that hearing and open another")
        )  # fmt: skip
    found += [
        Lack(f"Version {one.number} does not rest on an answer",
             "it was made after the hearing was opened, and no answer says that something changed",
             "Revise the text, naming the answer that led to it")
        for one in since
        if one.because not in changed
    ]  # fmt: skip
    led_to = {one.because for one in since}
    return found + [
        Lack(f"Answer {number} says that something changed, and nothing did",
             "no version of the text names it", "Revise the text as it says, or answer again")
        for number in sorted(changed - led_to)
    ]  # fmt: skip


def _decision_lacks(last: VersionRow, decision: Citation | None, on: date) -> list[Lack]:
    if decision is None:
        return [
            Lack("No decision about it is named",
                 "members of the accountable body decide before anybody signs",
                 f"Propose a decision about {last.about}, and name it once it is in effect")
        ]  # fmt: skip
    accountable = last.terms.accountable
    try:
        participation.require_decided(decision, last.about, agency=accountable, on=on)
        found = decisions.decision(decision.id)
    except Refused as refused:
        return [Lack(refused.what, refused.why, refused.next_step)]
    lacks = []
    if found.body.kind.value not in MEMBERS:
        lacks.append(
            Lack(f"Decision {decision.id} is not one of members",
                 f"{found.body.name} is of the kind '{found.body.kind.value}'",
                 f"Have members of {accountable} decide")
        )  # fmt: skip
    taken = next((m for m in reversed(found.moves) if m.step.verb is Deciding.TAKE), None)
    day = (taken.taken_on or taken.step.day) if taken else None
    if taken and day and (last.on > taken.on or local_day(last.on) > day):
        lacks.append(
            Lack(f"The text was changed after decision {decision.id} was taken on {in_words(day)}",
                 "nobody decided on what stands now", "Have it decided anew")
        )  # fmt: skip
    return lacks
