"""The tables of the record. The database refuses to change or remove what is in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act: who did what, when, about what, under which power and citing what. Never changed."""

    number = models.BigIntegerField(primary_key=True, help_text="From 1, with no gap.")
    on = models.DateTimeField()
    by = models.TextField()
    verb = models.TextField()
    about_kind = models.TextField()
    about_id = models.TextField()
    power = models.TextField(blank=True, help_text="The law or mandate under which it was done.")
    citing = models.TextField(blank=True)
    previous = models.CharField(max_length=64, unique=True, help_text="Digest of the one before.")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id"], name="record_about"),
            models.Index(fields=["by", "number"], name="record_by"),
            models.Index(fields=["on", "number"], name="record_on"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="record_counts_from_1", condition=models.Q(number__gte=1)),
            models.CheckConstraint(
                name="record_says_who_and_what",
                condition=~models.Q(by="") & ~models.Q(verb="") & ~models.Q(about_kind=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.by} {self.verb}"


class Head(models.Model):
    """A published head: how far the record went at a moment, signed. Never changed."""

    number = models.BigIntegerField(primary_key=True, help_text="Of the entry that it is.")
    digest = models.CharField(max_length=64)
    on = models.DateTimeField()
    key = models.CharField(max_length=64, help_text="The public key, in hexadecimal digits.")
    signature = models.CharField(max_length=128)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"head at entry {self.number}"
