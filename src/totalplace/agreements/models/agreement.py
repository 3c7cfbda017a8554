"""Agreements, the versions of their text, moves, consents and signatures: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import BY_BOTH, KEPT, MOVES, Stage

_SIDES = [(side.value, side.value) for side in Side]
_STAGES = [(stage.value, stage.value) for stage in Stage]
_VERBS = [(verb.value, verb.value) for verb in KEPT]


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Agreement(_Said):
    """An agreement of a place with the centre; what it says stands in its versions."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    negotiation = models.PositiveIntegerField(null=True, help_text="Out of which it came.")
    model = models.CharField(max_length=64, help_text="Of devolution, by its code.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="agreement_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="agreement_is_numbered_from_one", condition=models.Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.number} of place {self.place_id}"


class AgreementVersion(_Said):
    """The text as it stood from a moment on, with what the database has to ask of it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1, with no gap, drafts too.")
    variation = models.PositiveIntegerField(help_text="0: the agreement; from 1: a variation.")
    side = models.CharField(max_length=8, choices=_SIDES, help_text="Which put it forward.")
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of its UTF-8.")
    because = models.PositiveIntegerField(null=True, help_text="The answer that led to it.")
    reason = models.TextField()
    to_be_heard = models.BooleanField(help_text="It changes targets or money.")
    targets = models.TextField(blank=True, help_text="The targets that it cites: PLACE/NUMBER.")
    needs_targets = models.BooleanField(help_text="The place sets targets under its model.")
    needs = models.TextField(blank=True, help_text="What readiness signing needs.")
    last_day = models.DateField(null=True, help_text="On which it holds.")
    notice_days = models.PositiveIntegerField(null=True, help_text="To end it by notice.")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="agreement_version_has_its_number", fields=["agreement", "number"]
            ),
            models.CheckConstraint(
                name="agreement_version_says_why",
                condition=~models.Q(reason="") & ~models.Q(text="") & models.Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.agreement_id}"


class AgreementParty(models.Model):
    """A party of a version; `turn`: when it signs; `stake`: it has money or a promise in it."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    side = models.CharField(max_length=8, choices=_SIDES)
    accountable = models.BooleanField()
    turn = models.PositiveIntegerField(null=True)
    stake = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["turn", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="agreement_party_once", fields=["version", "agency"]),
            models.UniqueConstraint(name="agreement_party_turn", fields=["version", "turn"]),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementMove(_Said):
    """One move of an agreement; what it was moved from must be where it stood."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="moves")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=64, choices=_STAGES)
    after = models.CharField(max_length=64, choices=_STAGES)
    side = models.CharField(max_length=8, choices=_SIDES)
    day = models.DateField(help_text="In England.")
    decision = models.TextField(blank=True, help_text="As it is cited: BODY/NUMBER.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="agreement_move_has_its_turn", fields=["agreement", "turn"]
            ),
            models.CheckConstraint(
                name="agreement_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for (before, verb), following in MOVES.items()
                        if verb in KEPT
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="agreement_move_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.verb}"


class AgreementConsent(_Said):
    """That a side would suspend, resume or end it; or, with a first day, that it gives notice."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="consents")
    turn = models.PositiveIntegerField(help_text="Of the move that it is for.")
    verb = models.CharField(max_length=32, choices=[(verb.value, verb.value) for verb in BY_BOTH])
    side = models.CharField(max_length=8, choices=_SIDES)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="In England.")
    ends_on = models.DateField(null=True, help_text="By notice: the day from which it is ended.")
    reason = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="agreement_consent_once", fields=["agreement", "turn", "verb", "side"]
            ),
            models.CheckConstraint(
                name="agreement_consent_has_a_reason", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.verb}"


class AgreementSignature(_Said):
    """A signature of a party on a version: whose, under which power, and the file after it."""

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    party = models.OneToOneField(AgreementParty, on_delete=models.PROTECT, related_name="signature")
    turn = models.PositiveIntegerField()
    name = models.TextField(help_text="Of the person, as in the file.")
    power = models.TextField(help_text="The mandate, as it stands on the record.")
    day = models.DateField(help_text="In England.")
    digest = models.CharField(max_length=64, help_text="Of the text.")
    certificate = models.CharField(max_length=64, help_text="Digest of the signer's certificate.")
    test = models.BooleanField(help_text="By a test authority: without force in law.")
    file = models.BinaryField(help_text="The PDF after this signature.")
    file_digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="agreement_signature_turn", fields=["version", "turn"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
