"""Rounds of questions on the partnership, and each person's own answers; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.readiness.rules.scale import Side

_SIDES = [(side.value, side.value) for side in Side]


class PartnershipRound(models.Model):
    """A quarter's questions: who is asked, in which words, and until which day."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    first_day = models.DateField(help_text="Of the quarter that is judged.")
    last_day = models.DateField(help_text="Of that quarter.")
    day = models.DateField(help_text="On which it was opened, in England.")
    closes_on = models.DateField(help_text="The last day on which people can answer.")
    asked = models.JSONField(help_text="Each body: its code, its side, how many can answer.")
    questions = models.TextField(help_text="The statements as they were put, in their set form.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the questions.")
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["place", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="partnership_round_has_its_number", fields=["place", "number"]
            ),
            models.UniqueConstraint(
                name="partnership_is_asked_once_a_quarter", fields=["place", "first_day"]
            ),
            models.CheckConstraint(
                name="partnership_round_has_its_days",
                condition=models.Q(number__gte=1)
                & models.Q(last_day__gt=models.F("first_day"))
                & models.Q(closes_on__gte=models.F("day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}/{self.number}"


class PartnershipClosing(models.Model):
    """That a round was closed before its day, and why; what was answered stands."""

    round = models.OneToOneField(PartnershipRound, on_delete=models.PROTECT, related_name="closing")
    day = models.DateField(help_text="From which nobody can answer, in England.")
    reason = models.TextField()
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="partnership_closing_has_a_reason", condition=~models.Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} closed"


class PartnershipAnswer(models.Model):
    """One person's answers about one relation, as they stood when they were saved.

    The last turn counts when the round closes. Nothing outside this room reads who answered what.
    """

    round = models.ForeignKey(PartnershipRound, on_delete=models.PROTECT, related_name="answers")
    person = models.TextField(help_text="The officer's code. It leaves this room for nobody.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=_SIDES)
    about = models.CharField(
        max_length=64, blank=True, help_text="A department; empty: local bodies with each other."
    )
    turn = models.PositiveIntegerField(help_text="From 1 of its person and relation, with no gap.")
    steps = models.JSONField(help_text="Statement to 1 to 4 (agreeing most), or 0: cannot say.")
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round", "person", "about", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="partnership_answer_has_its_turn",
                fields=["round", "person", "about", "turn"],
            ),
            models.CheckConstraint(
                name="partnership_answer_is_of_a_person",
                condition=~models.Q(person="") & models.Q(turn__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"an answer of round {self.round_id}"
