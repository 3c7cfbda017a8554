"""Rounds of questions on the partnership, and each person's own answers.

The database refuses to change an answer, to take one before a round is open or after it has closed,
of a body that was not asked, of a person who answered for another body, or to a question that was
not put, whoever asks it.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = ("partnershipround", "partnershipclosing", "partnershipanswer")
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON monitoring_{table} FROM totalplace_app;
CREATE TRIGGER monitoring_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_given_refuse_change();
ALTER TABLE monitoring_{table} ENABLE ALWAYS TRIGGER monitoring_{table}_never_changed;
"""
_ROUNDS: Final = """
CREATE FUNCTION monitoring_round_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.partnership'));
    IF NEW.number <> (SELECT count(*) + 1 FROM monitoring_partnershipround
                      WHERE place_id = NEW.place_id) THEN
        PERFORM monitoring_given_refuse('rounds have their numbers in turn');
    END IF;
    IF NEW.day <> (NEW."on" AT TIME ZONE 'Europe/London')::date THEN
        PERFORM monitoring_given_refuse('a round is opened on the day of the act');
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.questions, 'UTF8')), 'hex') THEN
        PERFORM monitoring_given_refuse('the digest is not that of the questions');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_round_in_turn BEFORE INSERT ON monitoring_partnershipround
    FOR EACH ROW EXECUTE FUNCTION monitoring_round_in_turn();
ALTER TABLE monitoring_partnershipround ENABLE ALWAYS TRIGGER monitoring_round_in_turn;

CREATE FUNCTION monitoring_round_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.partnership'));
    IF NEW.day <> (NEW."on" AT TIME ZONE 'Europe/London')::date
       OR NEW.day > (SELECT closes_on FROM monitoring_partnershipround WHERE id = NEW.round_id)
       OR NEW.day < (SELECT day FROM monitoring_partnershipround WHERE id = NEW.round_id) THEN
        PERFORM monitoring_given_refuse('a round is closed on a day on which it is open');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_round_closes BEFORE INSERT ON monitoring_partnershipclosing
    FOR EACH ROW EXECUTE FUNCTION monitoring_round_closes();
ALTER TABLE monitoring_partnershipclosing ENABLE ALWAYS TRIGGER monitoring_round_closes;
"""
_ANSWERS: Final = """
CREATE FUNCTION monitoring_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    put monitoring_partnershipround;
    body text;
    today date := (NEW."on" AT TIME ZONE 'Europe/London')::date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.partnership'));
    SELECT * INTO put FROM monitoring_partnershipround WHERE id = NEW.round_id;
    SELECT code INTO body FROM places_agency WHERE id = NEW.agency_id;
    IF today NOT BETWEEN put.day AND put.closes_on
       OR EXISTS (SELECT FROM monitoring_partnershipclosing WHERE round_id = NEW.round_id) THEN
        PERFORM monitoring_given_refuse('the round is not open');
    END IF;
    IF NOT put.asked @> jsonb_build_array(jsonb_build_object('agency', body, 'side', NEW.side)) THEN
        PERFORM monitoring_given_refuse('that body was not asked');
    END IF;
    IF NEW.side = 'centre' AND NEW.about <> body OR NEW.about <> '' AND NOT put.asked @>
       jsonb_build_array(jsonb_build_object('agency', NEW.about, 'side', 'centre')) THEN
        PERFORM monitoring_given_refuse('that relation was not asked about');
    END IF;
    IF EXISTS (SELECT FROM monitoring_partnershipanswer WHERE round_id = NEW.round_id
               AND person = NEW.person AND agency_id <> NEW.agency_id) THEN
        PERFORM monitoring_given_refuse('a person answers for one body in a round');
    END IF;
    IF NEW.turn <> (SELECT count(*) + 1 FROM monitoring_partnershipanswer
                    WHERE round_id = NEW.round_id AND person = NEW.person
                    AND about = NEW.about) THEN
        PERFORM monitoring_given_refuse('answers are kept in turn');
    END IF;
    IF jsonb_typeof(NEW.steps) <> 'object' OR EXISTS (
        SELECT FROM jsonb_each(NEW.steps) s WHERE s.value NOT IN ('0', '1', '2', '3', '4')
        OR NOT jsonb_path_exists(
            put.questions::jsonb, '$.principles[*].elements[*] ? (@.code == $c)',
            jsonb_build_object('c', s.key))) THEN
        PERFORM monitoring_given_refuse('an answer is to a question that was put, from 0 to 4');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_answer_stands BEFORE INSERT ON monitoring_partnershipanswer
    FOR EACH ROW EXECUTE FUNCTION monitoring_answer_stands();
ALTER TABLE monitoring_partnershipanswer ENABLE ALWAYS TRIGGER monitoring_answer_stands;
"""


def _id() -> tuple[str, models.BigAutoField[int, int]]:
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("monitoring", "0003_capacity"), ("places", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="PartnershipRound",
            fields=[
                _id(),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                ("first_day", models.DateField(help_text="Of the quarter that is judged.")),
                ("last_day", models.DateField(help_text="Of that quarter.")),
                ("day", models.DateField(help_text="On which it was opened, in England.")),
                (
                    "closes_on",
                    models.DateField(help_text="The last day on which people can answer."),
                ),
                (
                    "asked",
                    models.JSONField(
                        help_text="Each body: its code, its side, how many can answer."
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        help_text="The statements as they were put, in their set form."
                    ),
                ),
                ("digest", models.CharField(help_text="SHA-256 of the questions.", max_length=64)),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "number"), name="partnership_round_has_its_number"
                    ),
                    models.UniqueConstraint(
                        fields=("place", "first_day"), name="partnership_is_asked_once_a_quarter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1),
                            ("last_day__gt", models.F("first_day")),
                            ("closes_on__gte", models.F("day")),
                        ),
                        name="partnership_round_has_its_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnershipClosing",
            fields=[
                _id(),
                ("day", models.DateField(help_text="From which nobody can answer, in England.")),
                ("reason", models.TextField()),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="monitoring.partnershipround",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="partnership_closing_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnershipAnswer",
            fields=[
                _id(),
                (
                    "person",
                    models.TextField(
                        help_text="The officer's code. It leaves this room for nobody."
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        blank=True,
                        help_text="A department; empty: local bodies with each other.",
                        max_length=64,
                    ),
                ),
                (
                    "turn",
                    models.PositiveIntegerField(
                        help_text="From 1 of its person and relation, with no gap."
                    ),
                ),
                (
                    "steps",
                    models.JSONField(
                        help_text="Statement to 1 to 4 (agreeing most), or 0: cannot say."
                    ),
                ),
                ("on", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="monitoring.partnershipround",
                    ),
                ),
            ],
            options={
                "ordering": ["round", "person", "about", "turn"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "person", "about", "turn"),
                        name="partnership_answer_has_its_turn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", ""), _negated=True), ("turn__gte", 1)
                        ),
                        name="partnership_answer_is_of_a_person",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_ROUNDS),
        migrations.RunSQL(_ANSWERS),
        migrations.RunSQL("".join(_GUARD.format(table=table) for table in _TABLES)),
    ]
