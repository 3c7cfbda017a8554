"""Agencies, places and who is a member of which, from when until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.places.rules.kinds import AgencyKind

_KINDS = [(kind.value, kind.value) for kind in AgencyKind]


class Agency(models.Model):
    """A public body that spends."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=32, choices=_KINDS, default=AgencyKind.UNKNOWN.value)
    gss = models.CharField(max_length=9, blank=True, help_text="Code of the ONS, if it has one.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agency_kind_is_known", condition=models.Q(kind__in=[k for k, _ in _KINDS])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A locality whose public spending is looked at as a whole."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An agency as a member of a place, from a day and perhaps until a day."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    first_day = models.DateField(null=True, help_text="Empty where it has always been a member.")
    last_day = models.DateField(null=True, help_text="Empty while it is a member.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="member_joins_before_it_leaves",
                condition=models.Q(first_day__isnull=True)
                | models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} in {self.place_id}"
