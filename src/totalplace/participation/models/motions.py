"""What the partnership moved, how it voted, what partners offer, what it advised; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.participation.models.meetings import AgendaItem
from totalplace.participation.models.partnership import Partnership, SaidInPartnership, Seat
from totalplace.participation.rules.partnership.advice import Outcome
from totalplace.participation.rules.partnership.motions import EXECUTIVE, MOVES, Kind, Stage, Verb
from totalplace.participation.rules.partnership.votes import Side

_KINDS = [(one.value, one.value) for one in Kind]
_STAGES = [(one.value, one.value) for one in Stage]
_VERBS = [(one.value, one.value) for one in Verb]
_SIDES = [(one.value, one.value) for one in Side]
_OUTCOMES = [(one.value, one.value) for one in Outcome]
_COUNTED = [Verb.CARRY.value, Verb.LOSE.value]


class MoneyOffer(SaidInPartnership):
    """What an agency offers to move of its own money. Nothing is moved by it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveIntegerField(help_text="From 1 in its partnership, with no gap.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    year = models.CharField(max_length=7)
    from_what = models.TextField()
    to_what = models.TextField()
    condition = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="offer_has_its_number", fields=["partnership", "number"]),
            models.CheckConstraint(
                name="offer_is_of_money",
                condition=models.Q(pence__gte=1) & ~models.Q(from_what="") & ~models.Q(to_what=""),
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.number}"


class MoneyOfferEnd(SaidInPartnership):
    """That an agency took its offer back, and why."""

    offer = models.OneToOneField(MoneyOffer, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="offer_ends_for_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"end of {self.offer_id}"


class Motion(SaidInPartnership):
    """A motion, or an amendment of one. Its kind is of a closed list: none of them decides."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveIntegerField(help_text="From 1 in its partnership, with no gap.")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=32, choices=_KINDS)
    text = models.TextField()
    moved_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="amendments"
    )
    text_before = models.TextField(blank=True, help_text="Of an amendment: the words until then.")
    cites_kind = models.TextField(blank=True)
    cites_id = models.TextField(blank=True)
    answer_by = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="motion_has_its_number", fields=["partnership", "number"]),
            models.CheckConstraint(
                name="motion_is_of_a_kind_that_decides_nothing",
                condition=models.Q(kind__in=[k for k, _ in _KINDS]),
            ),
            models.CheckConstraint(
                name="motion_approves_adopts_and_allocates_nothing",
                condition=~models.Q(text="") & ~models.Q(text__iregex=EXECUTIVE),
            ),
            models.CheckConstraint(
                name="motion_on_own_money_cites_an_offer",
                condition=~models.Q(kind=Kind.OWN_MONEY.value) | models.Q(cites_kind="offer"),
            ),
            models.CheckConstraint(
                name="amendment_says_what_it_changes",
                condition=models.Q(amends__isnull=True, text_before="")
                | (models.Q(amends__isnull=False) & ~models.Q(text_before="")),
            ),
        ]

    def __str__(self) -> str:
        return f"motion {self.number}"


class MotionMove(SaidInPartnership):
    """One move of a motion; a result stands with the votes that it was counted from."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=32, choices=_STAGES)
    after = models.CharField(max_length=32, choices=_STAGES)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    abstained = models.PositiveIntegerField(null=True)
    casting = models.CharField(max_length=16, choices=_SIDES, blank=True)

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="motion_move_has_its_turn", fields=["motion", "turn"]),
            models.CheckConstraint(
                name="motion_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for (before, verb), following in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="motion_result_is_counted",
                condition=(
                    models.Q(verb__in=_COUNTED)
                    & models.Q(
                        votes_for__isnull=False,
                        votes_against__isnull=False,
                        abstained__isnull=False,
                    )
                )
                | (~models.Q(verb__in=_COUNTED) & models.Q(votes_for__isnull=True, casting="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id}: {self.verb}"


class MotionVote(SaidInPartnership):
    """The open vote of a seat, once."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=16, choices=_SIDES)
    weight = models.PositiveIntegerField()
    name = models.TextField(help_text="Of the person who cast it.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="seat_votes_once", fields=["motion", "seat"]),
            models.CheckConstraint(
                name="vote_is_for_against_or_neither",
                condition=models.Q(side__in=[s for s, _ in _SIDES]) & ~models.Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.side}"


class MotionDissent(SaidInPartnership):
    """What a seat holds against a motion; before its result, that it objects."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="dissents")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    name = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="seat_dissents_once", fields=["motion", "seat"]),
            models.CheckConstraint(
                name="dissent_is_in_words", condition=~models.Q(words="") & ~models.Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return f"dissent of {self.seat_id}"


class PartnershipAdvice(SaidInPartnership):
    """What the partnership advised by a motion that passed; the accountable body answers it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="advice")
    number = models.PositiveIntegerField(help_text="From 1 in its partnership, with no gap.")
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="advice")
    words = models.TextField()
    to = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()
    about_kind = models.TextField(blank=True)
    about_id = models.TextField(blank=True)
    point = models.TextField(blank=True, help_text="Where it was raised in a hearing.")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="advice_has_its_number", fields=["partnership", "number"]),
        ]

    def __str__(self) -> str:
        return f"advice {self.number}"


class AdviceOffer(models.Model):
    """An offer of a partner's own money that a piece of advice cites."""

    advice = models.ForeignKey(PartnershipAdvice, on_delete=models.PROTECT, related_name="cited")
    offer = models.ForeignKey(MoneyOffer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="advice_cites_an_offer_once", fields=["advice", "offer"]),
        ]

    def __str__(self) -> str:
        return f"{self.advice_id}: {self.offer_id}"


class AdviceAnswer(SaidInPartnership):
    """The accountable body's answer: what changes, or why nothing does."""

    advice = models.OneToOneField(
        PartnershipAdvice, on_delete=models.PROTECT, related_name="answer"
    )
    outcome = models.CharField(max_length=32, choices=_OUTCOMES)
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="advice_answer_says_why",
                condition=models.Q(outcome__in=[o for o, _ in _OUTCOMES]) & ~models.Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"answer to {self.advice_id}"
