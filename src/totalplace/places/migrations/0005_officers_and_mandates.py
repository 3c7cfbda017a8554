"""Officers, who may sign in, and the mandates that they hold, which are never changed."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
import django.db.models.functions.text
from django.apps import apps
from django.db import migrations, models

# Third-party tables that point at an officer wait only for the first migration of this room.
_POINTING: Final = ("account", "mfa", "socialaccount", "usersessions", "allauth_idp_oidc")
_INSTALLED: Final = {config.label for config in apps.get_app_configs()}
_FUNCTION: Final = """
CREATE FUNCTION places_refuse_mandate_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a mandate is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'End it, and grant another.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON places_{table} FROM totalplace_app;
CREATE TRIGGER places_{table}_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON places_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION places_refuse_mandate_change();
ALTER TABLE places_{table} ENABLE ALWAYS TRIGGER places_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """The tables, and guards that refuse to change a mandate. There is no way back, on purpose."""

    dependencies: ClassVar = [("places", "0004_register_never_changed")]
    run_before: ClassVar = [(app, "0001_initial") for app in _POINTING if app in _INSTALLED]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="As it stands on the record.", max_length=64, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("code"),
                        name="officer_code_once_in_any_case",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="officer_email_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("finance lead", "finance lead"),
                            ("commissioner", "commissioner"),
                            ("chief finance officer", "chief finance officer"),
                            ("elected member", "elected member"),
                            ("scrutiny member", "scrutiny member"),
                            ("department official", "department official"),
                            ("partnership member", "partnership member"),
                            ("data steward", "data steward"),
                            ("auditor", "auditor"),
                            ("administrator", "administrator"),
                        ],
                        max_length=32,
                    ),
                ),
                ("first_day", models.DateField()),
                (
                    "power",
                    models.TextField(
                        help_text="The law, scheme of delegation or letter it rests on."
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="places.officer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MandateEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no_longer_from", models.DateField()),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "mandate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="places.mandate",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "finance lead",
                            "commissioner",
                            "chief finance officer",
                            "elected member",
                            "scrutiny member",
                            "department official",
                            "partnership member",
                            "data steward",
                            "auditor",
                            "administrator",
                        ],
                    )
                ),
                name="mandate_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("power", ""), _negated=True), name="mandate_says_its_power"
            ),
        ),
        migrations.AddConstraint(
            model_name="mandateend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="mandate_end_says_why"
            ),
        ),
        migrations.RunSQL(
            _FUNCTION + "".join(_GUARD.format(table=t) for t in ("mandate", "mandateend"))
        ),
    ]
