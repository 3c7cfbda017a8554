"""Guarantees, their versions as texts, what was done about each, and places' own: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.entitlements.rules.moves import MOVES, Shorter, Stage, Verb

_STAGES = [(stage.value, stage.value) for stage in Stage]
_VERBS = [(verb.value, verb.value) for verb in Verb]
_SHORTER = [(one.value, one.value) for one in Shorter]


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Guarantee(_Said):
    """A national guarantee, and the national body whose it is to enact and change it."""

    code = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code


class Version(_Said):
    """What a guarantee says, as its text; known by the SHA-256 of it."""

    guarantee = models.ForeignKey(Guarantee, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1 in its guarantee, with no gap.")
    title = models.CharField(max_length=300)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(help_text="Why it is proposed, or what it changes.")

    class Meta:
        ordering: ClassVar = ["guarantee_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="entitlement_version_has_its_number", fields=["guarantee", "number"]
            ),
            models.CheckConstraint(
                name="entitlement_version_says_something",
                condition=models.Q(number__gte=1) & ~models.Q(title="") & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Move(_Said):
    """One move of a version; what it was moved from must be where it stood."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1 in its version, with no gap.")
    verb = models.CharField(max_length=16, choices=_VERBS)
    before = models.CharField(max_length=16, choices=_STAGES)
    after = models.CharField(max_length=16, choices=_STAGES)
    day = models.DateField(help_text="In England.")
    first_day = models.DateField(null=True, help_text="From which it is, or is no longer, so.")
    opens_on = models.DateField(null=True, help_text="The first day that its notice allows.")
    shorter = models.CharField(max_length=16, choices=_SHORTER, blank=True)
    reason = models.TextField(blank=True)
    why_more = models.TextField(blank=True, help_text="Why one more than are to be is needed.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="entitlement_move_has_its_turn", fields=["version", "turn"]
            ),
            models.CheckConstraint(
                name="entitlement_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for (before, verb), following in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="entitlement_move_has_its_day",
                condition=models.Q(
                    verb=Verb.WITHDRAW.value, first_day__isnull=True, opens_on__isnull=True
                )
                | (
                    ~models.Q(verb=Verb.WITHDRAW.value)
                    & models.Q(first_day__isnull=False, opens_on__gt=models.F("day"))
                ),
            ),
            # With less notice than is asked, and with any that ends something, goes a reason; and
            # only what is the law already is so from a day that has passed.
            models.CheckConstraint(
                name="entitlement_move_gives_notice_or_a_reason",
                condition=(
                    models.Q(verb=Verb.ENACT.value, shorter="")
                    & models.Q(first_day__gte=models.F("opens_on"))
                )
                | (
                    ~models.Q(reason="")
                    & (
                        models.Q(first_day__isnull=True)
                        | models.Q(first_day__gte=models.F("opens_on"))
                        | models.Q(shorter=Shorter.ALREADY_LAW.value)
                        | models.Q(shorter=Shorter.URGENT.value, first_day__gte=models.F("day"))
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.verb}"


class PlaceCost(_Said):
    """What a version costs in a place in a year, in pence, with the interval of the estimate."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="costs")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    pence_low = models.BigIntegerField()
    pence_high = models.BigIntegerField()
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entitlement_cost_is_within_its_interval",
                condition=models.Q(
                    pence_low__gte=0, pence_low__lte=models.F("pence"),
                    pence_high__gte=models.F("pence"),
                ) & ~models.Q(source=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version_id} in {self.place_id}"


class Variant(_Said):
    """What a place gives beyond a guarantee from a day on; an empty text: the floor again."""

    guarantee = models.ForeignKey(Guarantee, on_delete=models.PROTECT, related_name="variants")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in the place, with no gap.")
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    first_day = models.DateField()
    day = models.DateField(help_text="On which it was set, in England.")
    checked = models.TextField(blank=True, help_text="Against how many people it was held.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="entitlement_variant_has_its_number", fields=["guarantee", "place", "number"]
            ),
            models.CheckConstraint(
                name="entitlement_variant_is_said_before_it_begins",
                condition=models.Q(number__gte=1, first_day__gte=models.F("day"))
                & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guarantee_id} in {self.place_id}, {self.number}"
