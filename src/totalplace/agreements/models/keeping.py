"""What parties say of promises, their disputes, remedies, and the docket: only added to.

Whether a promise was kept has no column here: it is read from the book and the record.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.agreements.rules import docket, ladder
from totalplace.agreements.rules.devolution import Side

_SIDES = [(side.value, side.value) for side in Side]
_DISPUTE_STAGES = [(stage.value, stage.value) for stage in ladder.Stage]
_DISPUTE_VERBS = [(verb.value, verb.value) for verb in ladder.Verb]
_DOCKET_STAGES = [(stage.value, stage.value) for stage in docket.Stage]
_DOCKET_VERBS = [(verb.value, verb.value) for verb in docket.Verb]
_CHANGES = [(change.value, change.value) for change in docket.Change]
_AGREEMENT = "As it is cited: PLACE/NUMBER."


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class PromiseSaying(_Said):
    """What an agency says was done about a promise. It decides nothing, and is shown beside it."""

    agreement = models.CharField(max_length=100, help_text=_AGREEMENT)
    promise = models.PositiveIntegerField(help_text="Its number in the agreement.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="In England.")
    words = models.TextField()
    evidence = models.TextField(help_text="A citation, or where it can be read.")

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(name="saying_of_promise", fields=["agreement", "promise"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="saying_has_words_and_evidence",
                condition=~models.Q(words="") & ~models.Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} promise {self.promise}"


class Dispute(_Said):
    """That one party gave another notice of a breach, or of a dispute about something else."""

    agreement = models.CharField(max_length=100, help_text=_AGREEMENT)
    number = models.PositiveIntegerField(help_text="From 1 in its agreement, with no gap.")
    promise = models.PositiveIntegerField(null=True, help_text="Empty: about something else.")
    since = models.DateField(null=True, help_text="The first day of the breach, as it was read.")
    title = models.CharField(max_length=300)
    words = models.TextField()
    giver = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    against = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=_SIDES, help_text="Of whoever gave notice.")
    day = models.DateField(help_text="In England.")
    ladder = models.JSONField(help_text="Who is asked at each step, and for how many days.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="dispute_has_its_number", fields=["agreement", "number"]),
            models.CheckConstraint(
                name="dispute_says_what_it_is",
                condition=~models.Q(title="")
                & ~models.Q(words="")
                & models.Q(number__gte=1)
                & ~models.Q(giver=models.F("against"))
                & (models.Q(promise__isnull=False) | models.Q(since__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DisputeMove(_Said):
    """One move of a dispute, by which agency of which side, at which step of its ladder."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=24, choices=_DISPUTE_VERBS)
    before = models.CharField(max_length=24, choices=_DISPUTE_STAGES)
    after = models.CharField(max_length=24, choices=_DISPUTE_STAGES)
    rung = models.PositiveIntegerField(help_text="The step after it, from 1.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=_SIDES)
    day = models.DateField(help_text="In England.")
    words = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="dispute_move_has_its_turn", fields=["dispute", "turn"]),
            models.CheckConstraint(
                name="dispute_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=after.value)
                        for (before, verb), (after, _) in ladder.MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(name="dispute_move_has_words", condition=~models.Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.verb}"


class RemedyPosted(_Said):
    """That an officer posted what a breach costs, once for each clause and breach."""

    agreement = models.CharField(max_length=100, help_text=_AGREEMENT)
    promise = models.PositiveIntegerField()
    since = models.DateField(help_text="The first day of the breach.")
    day = models.DateField(help_text="Up to which it was reckoned.")
    pence = models.BigIntegerField()
    formula = models.TextField()
    book = models.CharField(max_length=64)
    posting = models.BigIntegerField(help_text="Its number in the book.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="remedy_is_posted_once", fields=["agreement", "promise", "since", "day"]
            ),
            models.CheckConstraint(
                name="remedy_is_a_sum", condition=models.Q(pence__gt=0) & ~models.Q(formula="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} promise {self.promise}: {self.pence}"


class DocketItem(_Said):
    """A rule that stands in the way: who is to see to it, who can lift it, and what it costs."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    change = models.CharField(max_length=16, choices=_CHANGES)
    title = models.CharField(max_length=300)
    rule = models.TextField(help_text="What it says and what it blocks.")
    owner = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    lifted_by = models.TextField(help_text="Who can lift it, and how.")
    heard = models.TextField(help_text="Who was heard, or why nobody was.")
    deadline = models.DateField(null=True)
    cost_pence = models.BigIntegerField(null=True, help_text="A year; empty: not known.")
    cost_source = models.TextField(blank=True)
    agreement = models.CharField(max_length=100, blank=True, help_text=_AGREEMENT)
    promise = models.PositiveIntegerField(null=True, help_text="To lift it, in the agreement.")
    clause = models.PositiveIntegerField(null=True, help_text="The change of the agreement's text.")
    day = models.DateField(help_text="On which it was raised, in England.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="docket_item_has_its_number", fields=["place", "number"]),
            models.UniqueConstraint(
                name="docket_item_of_a_clause_stands_once",
                fields=["agreement", "clause"],
                condition=models.Q(clause__isnull=False),
            ),
            models.CheckConstraint(
                name="docket_item_says_what_it_is",
                condition=~models.Q(title="")
                & ~models.Q(rule="")
                & ~models.Q(lifted_by="")
                & ~models.Q(heard="")
                & models.Q(number__gte=1),
            ),
            models.CheckConstraint(
                name="docket_cost_has_a_source",
                condition=models.Q(cost_pence__isnull=True)
                | (models.Q(cost_pence__gte=0) & ~models.Q(cost_source="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DocketMove(_Said):
    """One move of an item of the docket."""

    item = models.ForeignKey(DocketItem, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=48, choices=_DOCKET_VERBS)
    before = models.CharField(max_length=16, choices=_DOCKET_STAGES)
    after = models.CharField(max_length=16, choices=_DOCKET_STAGES)
    day = models.DateField(help_text="In England.")
    reason = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="docket_move_has_its_turn", fields=["item", "turn"]),
            models.CheckConstraint(
                name="docket_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=after.value)
                        for (before, verb), (after, _) in docket.MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="docket_move_has_a_reason_and_a_lifting_its_evidence",
                condition=~models.Q(reason="")
                & (~models.Q(verb=docket.Verb.LIFT.value) | ~models.Q(evidence="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.verb}"
