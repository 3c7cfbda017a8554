"""Agencies, places, who is a member of which, and officers with their mandates."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.mandates import Role

_KINDS = [(kind.value, kind.value) for kind in AgencyKind]
_ROLES = [(role.value, role.value) for role in Role]


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


class RegisterSource(models.Model):
    """A published file of a register, as it was loaded."""

    recipe = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=300)
    licence = models.CharField(max_length=100)
    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, help_text="SHA-256 of its content, unpacked.")
    year = models.IntegerField(null=True, help_text="The year it describes, if that is known.")
    recipe_digest = models.CharField(max_length=64, help_text="Of the recipe it was read by.")
    loaded_on = models.DateTimeField()
    replaced_on = models.DateTimeField(null=True, help_text="When it was read again, if it was.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="register_source_stands_once",
                fields=["digest"],
                condition=models.Q(replaced_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class _Said(models.Model):
    """A line of a source."""

    source = models.ForeignKey(RegisterSource, on_delete=models.PROTECT, related_name="+")
    line = models.IntegerField(help_text="As a person sees it in the file.")

    class Meta:
        abstract = True


class BodyEntry(_Said):
    """What a source says of a body or area: its kind and its days."""

    kind = models.CharField(max_length=32, choices=_KINDS)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="body_begins_before_it_ends",
                condition=models.Q(first_day__isnull=True)
                | models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.source_id}"


class BodyCode(models.Model):
    """A code that a source gives a body, with its scheme: gss:E10000017, registry:LAN."""

    entry = models.ForeignKey(BodyEntry, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=100)
    former = models.BooleanField(help_text="Whether it is said to be a code of before.")

    def __str__(self) -> str:
        return self.code


class BodyName(models.Model):
    """A name that a source gives a body: in full, in short or in error, or of its area alone."""

    entry = models.ForeignKey(BodyEntry, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=300)
    form = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.name


class AreaChange(_Said):
    """A source says that one area or body became another."""

    old = models.CharField(max_length=100)
    new = models.CharField(max_length=100)
    day = models.DateField(null=True, help_text="First day of the new one.")
    end = models.DateField(null=True, help_text="As said of the old one, where no day is.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="change_is_to_another", condition=~models.Q(old=models.F("new"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} became {self.new}"


class Coverage(_Said):
    """A source says that a body covers an area, or so much of it."""

    body = models.CharField(max_length=100)
    area = models.CharField(max_length=100)
    by = models.CharField(max_length=32, blank=True, help_text="What is counted; empty: all of it.")
    part = models.BigIntegerField(null=True)
    of = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="coverage_in_part_is_counted",
                condition=models.Q(by="", part__isnull=True, of__isnull=True)
                | (~models.Q(by="") & models.Q(part__gte=0, part__lte=models.F("of"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} under {self.body}"


class Measure(_Said):
    """A measure of an area in a year, as a whole number."""

    area = models.CharField(max_length=100)
    what = models.CharField(max_length=32)
    year = models.IntegerField()
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="measure_is_not_negative", condition=models.Q(value__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.area} in {self.year}"


class PlaceArea(models.Model):
    """An area of a place: said on a day, and perhaps no longer since another."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="areas")
    area = models.CharField(max_length=100, help_text="Its code with its scheme: gss:E07000117.")
    said_on = models.DateTimeField()
    replaced_on = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="area_in_place_once",
                fields=["place", "area"],
                condition=models.Q(replaced_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.place_id}"


class Accounts(BaseUserManager["Officer"]):
    """Officers by their code; the framework's sign-in asks for them here."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        """The officer of a code, in whatever case it is typed."""
        return self.get(code__iexact=username)


class Officer(AbstractBaseUser):
    """A person with an account. Never removed: whoever has left can no longer sign in."""

    code = models.CharField(max_length=64, unique=True, help_text="As it stands on the record.")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("code"), name="officer_code_once_in_any_case"),
            models.UniqueConstraint(
                Lower("email"), name="officer_email_once", condition=~models.Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_full_name(self) -> str:
        """Their name, or their code where none is said."""
        return self.name or self.code


class Mandate(models.Model):
    """A role given to an officer. Never changed or removed; it is ended by a MandateEnd."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=32, choices=_ROLES)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True)
    first_day = models.DateField()
    power = models.TextField(help_text="The law, scheme of delegation or letter it rests on.")
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mandate_role_is_known", condition=models.Q(role__in=[r for r, _ in _ROLES])
            ),
            models.CheckConstraint(name="mandate_says_its_power", condition=~models.Q(power="")),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.officer_id}"


class MandateEnd(models.Model):
    """The first day on which a mandate no longer holds, and why."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="end")
    no_longer_from = models.DateField()
    reason = models.TextField()
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="mandate_end_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"end of mandate {self.mandate_id}"
