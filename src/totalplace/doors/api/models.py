"""Tokens of officers, what each is for, and the answers given to acts asked for with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Token(models.Model):
    """What lets another program act for an officer. Only a digest of it is kept."""

    officer = models.CharField(max_length=64, help_text="Their code.")
    name = models.CharField(max_length=100, help_text="What it is for.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    made_at = models.DateTimeField()
    last_day = models.DateField(help_text="The last day on which it is good.")
    first_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["officer", "-id"], name="token_officer")]

    def __str__(self) -> str:
        return f"token {self.pk}"


class TokenAct(models.Model):
    """An act that a token is for."""

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "act"], name="token_act_once")
        ]

    def __str__(self) -> str:
        return self.act


class Answer(models.Model):
    """What was answered to an act asked for under a key, kept in the act's own transaction."""

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=200, help_text="Chosen by whoever asked.")
    asked = models.CharField(max_length=64, help_text="SHA-256 of what was asked.")
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="answer_once_for_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.key}: {self.status}"
