"""Appraisals as they were made, and effects that an officer accepted.

The database refuses to change what was said, a version out of turn, a text that is not its digest
or is about another option, and an effect that is accepted twice at once.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "appraisal", "appraisalversion", "appraisalpublished", "acceptedeffect", "effecttakenback",
)  # fmt: skip
_FUNCTIONS: Final = r"""
-- A text is known by its digest: neither can be put in without the other.
ALTER TABLE commissioning_appraisalversion ADD CONSTRAINT appraisal_version_is_its_text
    CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

CREATE FUNCTION commissioning_appraisal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was appraised or accepted is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Make a later version, or take it back.';
END $$;

CREATE FUNCTION commissioning_appraisal_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.appraisals'));
    IF NEW.number <> 1 + (SELECT count(*) FROM commissioning_appraisal
                          WHERE place_id = NEW.place_id) THEN
        RAISE EXCEPTION 'appraisal % is out of turn', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_appraisalversion_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last commissioning_appraisalversion%ROWTYPE;
    its text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.appraisals'));
    SELECT * INTO last FROM commissioning_appraisalversion
        WHERE appraisal_id = NEW.appraisal_id ORDER BY number DESC LIMIT 1;
    SELECT option INTO its FROM commissioning_appraisal WHERE id = NEW.appraisal_id;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.on < last.on THEN
        RAISE EXCEPTION 'version % of the appraisal is out of turn', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF position(E'\nOption: ' || its || E'\n' IN NEW.text) = 0
        OR position(E'\nTitle: ' || NEW.title || E'\n' IN NEW.text) = 0 THEN
        RAISE EXCEPTION 'the text of version % is about another option', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_appraisalpublished_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.appraisals'));
    IF EXISTS (SELECT FROM commissioning_appraisalversion its
               JOIN commissioning_appraisalversion later
                   ON later.appraisal_id = its.appraisal_id AND later.number > its.number
               WHERE its.id = NEW.version_id) THEN
        RAISE EXCEPTION 'a later version stands: that is the one to publish'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_acceptedeffect_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.appraisals'));
    IF NEW.number <> 1 + (SELECT count(*) FROM commissioning_acceptedeffect
                          WHERE place_id = NEW.place_id) THEN
        RAISE EXCEPTION 'effect % is out of turn', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM commissioning_acceptedeffect other
               WHERE other.place_id = NEW.place_id AND other.option = NEW.option
                   AND other.indicator = NEW.indicator AND other.area = NEW.area
                   AND NOT EXISTS (SELECT FROM commissioning_effecttakenback back
                                   WHERE back.accepted_id = other.id)) THEN
        RAISE EXCEPTION 'that effect is accepted already' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_effecttakenback_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.appraisals'));
    IF NEW.on < (SELECT its.on FROM commissioning_acceptedeffect its
                 WHERE its.id = NEW.accepted_id) THEN
        RAISE EXCEPTION 'it is taken back before it was accepted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_GUARD: Final = """
CREATE TRIGGER commissioning_{table}_in_turn BEFORE INSERT ON commissioning_{table}
    FOR EACH ROW EXECUTE FUNCTION commissioning_{table}_in_turn();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{table}_in_turn;
REVOKE UPDATE, DELETE, TRUNCATE ON commissioning_{table} FROM totalplace_app;
CREATE TRIGGER commissioning_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION commissioning_appraisal_refuse_change();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{table}_never_changed;
"""


def _said(*fields: tuple[str, models.Field]) -> list[tuple[str, models.Field]]:  # type: ignore[type-arg]
    """A table's columns: its key, who said it and when, and its own."""
    key = models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )
    return [("id", key), ("by", models.TextField()), ("on", models.DateTimeField()), *fields]


def _of(to: str, related: str = "+") -> models.ForeignKey:  # type: ignore[type-arg]
    protect = django.db.models.deletion.PROTECT
    return models.ForeignKey(on_delete=protect, related_name=related, to=to)


def _one(to: str, related: str) -> models.OneToOneField:  # type: ignore[type-arg]
    protect = django.db.models.deletion.PROTECT
    return models.OneToOneField(on_delete=protect, related_name=related, to=to)


def _number(help_text: str) -> models.PositiveIntegerField:  # type: ignore[type-arg]
    return models.PositiveIntegerField(help_text=help_text)


class Migration(migrations.Migration):
    """Tables of appraisals and accepted effects, with guards. There is no way back, on purpose."""

    dependencies: ClassVar = [("commissioning", "0001_plan"), ("places", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Appraisal",
            fields=_said(
                ("number", _number("From 1 in its place, with no gap.")),
                ("option", models.CharField(help_text="As plans call it.", max_length=64)),
                ("place", _of("places.place")),
            ),
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "number"), name="appraisal_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(option="") & models.Q(number__gte=1),
                        name="appraisal_is_of_an_option",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppraisalVersion",
            fields=_said(
                ("number", _number("From 1, with no gap.")),
                ("title", models.CharField(max_length=1000)),
                ("text", models.TextField()),
                ("digest", models.CharField(help_text="SHA-256 of its UTF-8.", max_length=64)),
                ("reason", models.TextField()),
                ("appraisal", _of("commissioning.appraisal", "versions")),
            ),
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("appraisal", "number"), name="appraisal_version_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(reason="") & ~models.Q(text="")
                        & models.Q(number__gte=1),
                        name="appraisal_version_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppraisalPublished",
            fields=_said(
                ("reason", models.TextField()),
                ("version", _one("commissioning.appraisalversion", "published")),
            ),
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="appraisal_published_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptedEffect",
            fields=_said(
                ("number", _number("From 1 in its place, with no gap.")),
                ("option", models.CharField(max_length=64)),
                ("indicator", models.CharField(max_length=200)),
                ("area", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("place", _of("places.place")),
            ),
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "number"), name="accepted_effect_has_its_number"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(option="") & ~models.Q(indicator="")
                        & ~models.Q(area="") & ~models.Q(reason="") & models.Q(number__gte=1),
                        name="accepted_effect_says_which_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EffectTakenBack",
            fields=_said(
                ("reason", models.TextField()),
                ("accepted", _one("commissioning.acceptedeffect", "taken_back")),
            ),
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(reason=""), name="effect_taken_back_says_why"
                    )
                ],
            },
        ),
        migrations.RunSQL(_FUNCTIONS + "".join(_GUARD.format(table=one) for one in _TABLES)),
    ]  # fmt: skip
