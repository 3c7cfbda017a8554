"""The partnership: its rules, its seats, who sits in them, and what it counts as support."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.participation.rules.partnership.members import Sector, Standing
from totalplace.participation.rules.partnership.own_rules import Majority, Tie
from totalplace.participation.rules.partnership.support import SupportKind

_SECTORS = [(one.value, one.value) for one in Sector]
_STANDINGS = [(one.value, one.value) for one in Standing]
_MAJORITIES = [(one.value, one.value) for one in Majority]
_TIES = [(one.value, one.value) for one in Tie]
_KINDS = [(one.value, one.value) for one in SupportKind]
_ASSETS = [SupportKind.LENT.value, SupportKind.GIVEN.value]


class SaidInPartnership(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Partnership(SaidInPartnership):
    """The partnership of a place, and the agency that has to answer its advice."""

    place = models.OneToOneField("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    purpose = models.TextField()
    accountable = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="partnership_says_what_it_is",
                condition=~models.Q(name="") & ~models.Q(purpose=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnershipRules(SaidInPartnership):
    """What its terms of reference say, from a day on."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="rules")
    first_day = models.DateField()
    source = models.TextField()
    quorum_seats = models.PositiveIntegerField()
    quorum_sectors = models.PositiveIntegerField()
    notice_days = models.PositiveIntegerField(help_text="Clear days.")
    majority = models.CharField(max_length=32, choices=_MAJORITIES)
    tie = models.CharField(max_length=64, choices=_TIES)
    weighted = models.BooleanField()
    members_public = models.BooleanField()
    answer_days = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="partnership_rules_can_be_kept",
                condition=~models.Q(source="")
                & models.Q(quorum_seats__gte=1, quorum_sectors__range=(1, 4), answer_days__gte=1)
                & models.Q(majority__in=[m for m, _ in _MAJORITIES], tie__in=[t for t, _ in _TIES]),
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.partnership_id} from {self.first_day}"


class Seat(SaidInPartnership):
    """A seat of an agency, of another organisation, or of a person."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField(help_text="From 1 in its partnership, with no gap.")
    name = models.CharField(max_length=300)
    sector = models.CharField(max_length=32, choices=_SECTORS)
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    standing = models.CharField(max_length=16, choices=_STANDINGS)
    weight = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="seat_has_its_number", fields=["partnership", "number"]),
            models.CheckConstraint(
                name="seat_is_of_an_agency_or_another_sector",
                condition=models.Q(sector=Sector.AGENCY.value, agency__isnull=False)
                | (
                    models.Q(sector__in=[s for s, _ in _SECTORS if s != Sector.AGENCY.value])
                    & models.Q(agency__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="seat_votes_or_looks_on",
                condition=~models.Q(name="")
                & (
                    models.Q(standing=Standing.VOTING.value, weight__range=(1, 1000))
                    | models.Q(standing=Standing.OBSERVER.value, weight=1)
                ),
            ),
            models.CheckConstraint(
                name="seat_begins_before_it_ends",
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Sitting(SaidInPartnership):
    """A person in a seat, as its member or as a deputy."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sittings")
    name = models.CharField(max_length=300)
    officer = models.CharField(
        max_length=64, blank=True, help_text="Their code; empty: they have no account."
    )
    deputy = models.BooleanField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sitting_is_somebodys", condition=~models.Q(name="") & ~models.Q(source="")
            ),
            models.CheckConstraint(
                name="sitting_begins_before_it_ends",
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SittingContact(models.Model):
    """How to reach who sits. Personal: never published, and may be changed and erased."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="contact")
    words = models.TextField()

    def __str__(self) -> str:
        return f"contact of {self.sitting_id}"


class SeatEnd(SaidInPartnership):
    """That a seat, or somebody's sitting in it, ends earlier than was said, and why."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="ends")
    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, null=True, related_name="ends",
        help_text="Empty: the seat itself ends.",
    )  # fmt: skip
    last_day = models.DateField()
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="seat_ends_for_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"end of {self.seat_id}"


class SupportGiven(SaidInPartnership):
    """Support of an agency to an organisation of civil society, in a place and a year."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=_KINDS)
    organisation = models.CharField(max_length=300)
    charity = models.CharField(max_length=16, blank=True)
    pence = models.BigIntegerField(null=True, help_text="Empty: it is counted in hours.")
    hours = models.BigIntegerField(null=True, help_text="Empty: it is counted in pence.")
    basis = models.CharField(max_length=64, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="support_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="support_is_in_its_own_currency",
                condition=models.Q(
                    kind=SupportKind.VOLUNTEERING.value, hours__gte=1, pence__isnull=True, basis=""
                )
                | models.Q(kind=SupportKind.GRANT.value, pence__gte=1, hours__isnull=True, basis="")
                | (
                    models.Q(kind__in=_ASSETS, pence__gte=1, hours__isnull=True)
                    & ~models.Q(basis="")
                ),
            ),
            models.CheckConstraint(
                name="support_goes_to_somebody",
                condition=~models.Q(organisation="")
                & ~models.Q(source="")
                & models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.organisation}"


class SupportEnd(SaidInPartnership):
    """That a piece of support was counted by mistake: it counts no more, and stays to be read."""

    support = models.OneToOneField(SupportGiven, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="support_ends_for_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"end of {self.support_id}"
