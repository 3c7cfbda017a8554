"""What officers ruled, editions that were made, and decisions about them. Rows are only added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.count.rules.rulings import Subject
from totalplace.count.rules.standing import MOVES, Standing

_SUBJECTS = [(s.value, s.value) for s in Subject]
_STANDINGS = [(s.value, s.value) for s in Standing]


class Ruling(models.Model):
    """What an officer said of lines of a file: their purpose, payee, being a copy or a transfer.

    Empty words stand for any. A later ruling on the same lines wins; one that withdraws another
    has no effect of its own.
    """

    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=16, choices=_SUBJECTS)
    payee = models.TextField(blank=True)
    unit = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    detail = models.TextField(blank=True)
    file = models.CharField(max_length=64, blank=True, help_text="SHA-256, for one line.")
    sheet = models.TextField(blank=True)
    row = models.IntegerField(null=True)
    said = models.TextField(help_text="A service, a body, or what the line is.")
    reason = models.TextField()
    withdraws = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ruling_has_a_reason", condition=~models.Q(reason="") & ~models.Q(said="")
            ),
            models.CheckConstraint(
                name="ruling_is_about_something_known",
                condition=models.Q(subject__in=[s for s, _ in _SUBJECTS]),
            ),
        ]

    def __str__(self) -> str:
        return f"ruling {self.pk}"


class Edition(models.Model):
    """A count that was frozen: its number in its place and year, and the hash of what it says."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    year_start = models.IntegerField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["place_id", "year_start", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="edition_number_is_its_own", fields=["place", "year_start", "number"]
            ),
            models.UniqueConstraint(
                name="edition_is_made_once", fields=["place", "year_start", "digest"]
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Move(models.Model):
    """A decision about an edition: it was disputed, settled, signed off or superseded."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=16)
    before = models.CharField(max_length=16, choices=_STANDINGS)
    after = models.CharField(max_length=16, choices=_STANDINGS)
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="move_has_its_turn", fields=["edition", "turn"]),
            models.CheckConstraint(
                name="move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb, after=after.value)
                        for (before, verb), after in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.verb}"
