"""Negotiations, the working drafts of each side, and the steps that nobody changes.

A step is kept as its text, which is what was signed; its other columns are what the database
guards by, and it holds them to the text. A draft is seen by the side alone that wrote it: the
database shows no row of one unless a transaction has said for which side it reads.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.moves import MOVES, Stage, Verb

_SIDES = [(side.value, side.value) for side in Side]
_STAGES = [(stage.value, stage.value) for stage in Stage]
_VERBS = [(verb.value, verb.value) for verb in Verb]
MISSION = "block-grant"  # the model under which the centre sets no target, whatever a program says


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Negotiation(_Said):
    """A negotiation of a place with departments about some years, under a model of devolution."""

    number = models.PositiveIntegerField(unique=True, help_text="From 1, with no gap.")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    centre_may_set_targets = models.BooleanField()
    text = models.TextField(help_text="The opening, as both sides know it.")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="centre_sets_no_target_of_the_mission",
                condition=~models.Q(model=MISSION) | models.Q(centre_may_set_targets=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NegotiationDepartment(models.Model):
    """A department on the side of the centre."""

    negotiation = models.ForeignKey(
        Negotiation, on_delete=models.PROTECT, related_name="departments"
    )
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="department_negotiates_once", fields=["negotiation", "agency"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.negotiation_id}"


class WorkingDraft(_Said):
    """What one side works on. The other side never sees it, and no offer quotes it."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=_SIDES)
    turn = models.PositiveIntegerField(help_text="From 1 for its side, with no gap.")
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="working_draft_has_its_turn", fields=["negotiation", "side", "turn"]
            ),
        ]

    def __str__(self) -> str:
        return f"a draft of the {self.side}"


class NegotiationStep(_Said):
    """An offer, an acceptance or an end: its text, and how it follows from the step before."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="steps")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=8, choices=_VERBS)
    side = models.CharField(max_length=8, choices=_SIDES)
    before = models.CharField(max_length=32, choices=_STAGES)
    after = models.CharField(max_length=32, choices=_STAGES)
    number = models.PositiveIntegerField(help_text="Of an offer, or of that accepted; 0: of none.")
    day = models.DateField(help_text="In England.")
    answer_by = models.DateField(null=True)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key = models.CharField(max_length=64, blank=True, help_text="Of what came signed in a file.")
    signature = models.CharField(max_length=128, blank=True)

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="negotiation_step_has_its_turn", fields=["negotiation", "turn"]
            ),
            models.CheckConstraint(
                name="negotiation_step_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(
                            before=before.value, verb=verb.value, side=side.value,
                            after=following.value,
                        )
                        for (before, verb, side), following in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="offer_asks_for_an_answer_in_time",
                condition=models.Q(verb=Verb.OFFER.value, answer_by__gt=models.F("day"))
                | (~models.Q(verb=Verb.OFFER.value) & models.Q(answer_by__isnull=True)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.verb} of the {self.side}"


class PublishConsent(_Said):
    """That a side agrees to publish the offers up to a step. Public is what both agreed to."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="consents")
    side = models.CharField(max_length=8, choices=_SIDES)
    turn = models.PositiveIntegerField(help_text="The last step that may be read by anybody.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="side_consents_once", fields=["negotiation", "side", "turn"]
            ),
        ]

    def __str__(self) -> str:
        return f"the {self.side} up to step {self.turn}"


class SideKey(_Said):
    """The public key with which the other side signs what it sends in files: the first holds."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="keys")
    side = models.CharField(max_length=8, choices=_SIDES)
    key = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="side_has_one_key", fields=["negotiation", "side"]),
        ]

    def __str__(self) -> str:
        return f"the key of the {self.side}"
