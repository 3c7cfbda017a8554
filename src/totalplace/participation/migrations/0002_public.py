"""What the public said, and the themes of it."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_FUNCTIONS: Final = """
CREATE FUNCTION participation_public_is_finished(hearing bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM participation_thememove m
                   WHERE m.hearing_id = $1 AND m.verb = 'finish themes')
$$;

CREATE FUNCTION participation_hears(hearing bigint, moment timestamptz, day date, paper boolean)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    typed date := ($2 AT TIME ZONE 'Europe/London')::date;
    opened participation_hearingmove%ROWTYPE;
BEGIN
    SELECT m.* INTO opened FROM participation_hearingmove m
        WHERE m.hearing_id = $1 AND m.verb = 'open';
    IF NOT coalesce(opened.asks_public, false) THEN
        PERFORM participation_refuse('the public is not asked');
    ELSIF typed > participation_today() OR $3 > typed THEN
        PERFORM participation_refuse('that day has not come');
    ELSIF $3 < opened.first_day OR $3 > participation_closing_day($1) THEN
        PERFORM participation_refuse('an answer comes between the first and the last day');
    ELSIF NOT participation_stands($1, typed)
        = ANY (CASE WHEN $4 THEN ARRAY['open', 'closed'] ELSE ARRAY['open'] END) THEN
        PERFORM participation_refuse('the hearing is ' || participation_stands($1, typed));
    ELSIF participation_public_is_finished($1) THEN
        PERFORM participation_refuse('the part of the public is finished');
    END IF;
END $$;

CREATE FUNCTION participation_responds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.channel = 'web' AND NEW.day <> (NEW.on AT TIME ZONE 'Europe/London')::date THEN
        PERFORM participation_refuse('the day is not that of the act');
    END IF;
    PERFORM participation_hears(NEW.hearing_id, NEW.on, NEW.day, NEW.channel = 'paper');
    RETURN NEW;
END $$;

CREATE FUNCTION participation_says_anew() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of participation_response%ROWTYPE;
    last participation_responseversion%ROWTYPE;
BEGIN
    SELECT r.* INTO of FROM participation_response r WHERE r.id = NEW.response_id;
    SELECT v.* INTO last FROM participation_responseversion v
        WHERE v.response_id = NEW.response_id ORDER BY v.turn DESC LIMIT 1;
    PERFORM participation_next(last.turn, NEW.turn);
    IF NEW.on < last.on THEN
        PERFORM participation_refuse('nothing is said before what was said last');
    END IF;
    PERFORM participation_hears(of.hearing_id, NEW.on, CASE WHEN of.channel = 'paper' THEN of.day
        ELSE (NEW.on AT TIME ZONE 'Europe/London')::date END, of.channel = 'paper');
    RETURN NEW;
END $$;

CREATE FUNCTION participation_holds_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF participation_public_is_finished((SELECT r.hearing_id FROM participation_response r
                                         WHERE r.id = NEW.response_id)) THEN
        PERFORM participation_refuse('the part of the public is finished');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_themes_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on,
        (NEW.on AT TIME ZONE 'Europe/London')::date, ARRAY['closed']);
    IF participation_public_is_finished(NEW.hearing_id) THEN
        PERFORM participation_refuse('the themes are finished');
    END IF;
    PERFORM participation_next((SELECT max(m.turn) FROM participation_thememove m
                                WHERE m.hearing_id = NEW.hearing_id), NEW.turn);
    RETURN NEW;
END $$;

-- Whatever finishes the part of the public: not before every free answer stands in a theme or was
-- read. Where nobody answered there is nothing to be read.
CREATE FUNCTION participation_public_was_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.part = 'public' AND NOT participation_public_is_finished(NEW.hearing_id)
        AND EXISTS (SELECT 1 FROM participation_response r WHERE r.hearing_id = NEW.hearing_id) THEN
        PERFORM participation_refuse('what the public answered was not read to its end');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_only_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hearing_id <> OLD.hearing_id OR NEW.digest <> OLD.digest OR OLD.used THEN
        PERFORM participation_refuse('a code is used once, and nothing else of it changes');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'participation_codesalt' THEN
        IF NEW.hearing_id <> OLD.hearing_id OR NEW.salt <> '' THEN
            PERFORM participation_refuse('the salt of codes is emptied, and never changed');
        END IF;
    ELSIF NEW.hearing_id <> OLD.hearing_id OR NEW.link <> OLD.link OR NEW.fields <> '{}'::jsonb THEN
        PERFORM participation_refuse('a kept answer is emptied, and never changed');
    END IF;
    RETURN NEW;
END $$;
"""
_TRIGGER: Final = """
CREATE TRIGGER {name} BEFORE {what} ON participation_{table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
ALTER TABLE participation_{table} ENABLE ALWAYS TRIGGER {name};
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON participation_{table} FROM totalplace_app;
CREATE TRIGGER participation_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON participation_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
ALTER TABLE participation_{table} ENABLE ALWAYS TRIGGER participation_{table}_never_changed;
"""
_ADDED: Final = {  # table: the function that looks at what is added
    "publicquestions": "participation_in_draft",
    "response": "participation_responds",
    "responseversion": "participation_says_anew",
    "responseapart": "participation_holds_apart",
    "thememove": "participation_themes_move",
}
_NEVER_CHANGED: Final = (*_ADDED, "paperforms", "passage", "liveshere")
_CHANGED: Final = {  # table: the column that may change, and the function that looks at it
    "responsecode": ("used", "participation_only_used"),
    "codesalt": ("salt", "participation_only_emptied"),
    "keptanswer": ("fields", "participation_only_emptied"),
}
_NARROWED: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON participation_{table} FROM totalplace_app;
GRANT UPDATE ({column}) ON participation_{table} TO totalplace_app;
"""
_GUARDS: Final = "".join([
    _FUNCTIONS,
    *(_TRIGGER.format(name=f"participation_{t}_added", what="INSERT", table=t, function=f)
      for t, f in _ADDED.items()),
    _TRIGGER.format(name="participation_public_was_read", what="INSERT", table="partfinished",
                    function="participation_public_was_read"),
    *(_GUARD.format(table=t) for t in _NEVER_CHANGED),
    *(_NARROWED.format(table=t, column=c)
      + _TRIGGER.format(name=f"participation_{t}_narrow", what="UPDATE", table=t, function=f)
      for t, (c, f) in _CHANGED.items()),
])  # fmt: skip


class Migration(migrations.Migration):
    """What the public said, and the themes of it. There is no way back, on purpose."""

    dependencies: ClassVar = [("participation", "0001_hearings")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CodeSalt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        blank=True, help_text="Emptied once the hearing is over.", max_length=64
                    ),
                ),
                (
                    "hearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        help_text="Keyed hash of the link.", max_length=64, unique=True
                    ),
                ),
                (
                    "fields",
                    models.JSONField(
                        help_text="As typed; empty once it was sent or the hearing is over."
                    ),
                ),
                ("on", models.DateTimeField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperForms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("file_name", models.TextField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("looked over", "looked over"),
                            ("sent", "sent"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        help_text="Keyed hash; another one than a response's.", max_length=64
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublicQuestions",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("questions", models.JSONField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(choices=[("web", "web"), ("paper", "paper")], max_length=8),
                ),
                (
                    "form",
                    models.CharField(
                        help_text="Keyed hash of the form; of paper, its row.", max_length=64
                    ),
                ),
                (
                    "receipt",
                    models.CharField(
                        blank=True, help_text="Keyed hash; none of paper.", max_length=64
                    ),
                ),
                (
                    "verified",
                    models.BooleanField(help_text="With a code from a letter, whichever it was."),
                ),
                ("on", models.DateTimeField()),
                (
                    "day",
                    models.DateField(help_text="In England; of paper, the day it was received."),
                ),
                (
                    "row",
                    models.PositiveIntegerField(
                        help_text="Of paper: the row of the workbook.", null=True
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.paperforms",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResponseApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("apart", models.BooleanField()),
                ("why", models.TextField()),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="participation.response",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ResponseCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("used", models.BooleanField(default=False)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResponseVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("answers", models.JSONField()),
                ("group_name", models.TextField(blank=True, help_text="Empty: for oneself.")),
                (
                    "group_size",
                    models.PositiveIntegerField(help_text="Empty: not known.", null=True),
                ),
                ("group_how", models.TextField(blank=True)),
                ("on", models.DateTimeField()),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="participation.response",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="ThemeMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("propose themes", "propose themes"),
                            ("add a theme", "add a theme"),
                            ("name a theme", "name a theme"),
                            ("merge themes", "merge themes"),
                            ("split a theme", "split a theme"),
                            ("put answers into a theme", "put answers into a theme"),
                            ("take answers out of a theme", "take answers out of a theme"),
                            ("set answers apart", "set answers apart"),
                            ("clear a quotation", "clear a quotation"),
                            ("finish themes", "finish themes"),
                        ],
                        max_length=32,
                    ),
                ),
                ("said", models.JSONField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="LivesHere",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("about", models.CharField(max_length=32)),
                ("people", models.JSONField()),
                ("source", models.TextField()),
                ("year", models.PositiveIntegerField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="lives_here_by_a_source",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="paperforms",
            constraint=models.UniqueConstraint(
                fields=("hearing", "sha256"), name="paper_forms_are_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(
                fields=("hearing", "step", "form"), name="form_passes_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                fields=("hearing", "form"), name="form_is_one_response"
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                condition=models.Q(("receipt", ""), _negated=True),
                fields=("hearing", "receipt"),
                name="receipt_is_of_one_response",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("channel", "web"),
                        ("paper__isnull", True),
                        ("row__isnull", True),
                        models.Q(("receipt", ""), _negated=True),
                    ),
                    models.Q(
                        ("channel", "paper"),
                        ("paper__isnull", False),
                        ("receipt", ""),
                        ("row__isnull", False),
                        ("verified", False),
                    ),
                    _connector="OR",
                ),
                name="response_is_of_a_page_or_of_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="responseapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="apart_for_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsecode",
            constraint=models.UniqueConstraint(
                fields=("hearing", "digest"), name="code_is_issued_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="responseversion",
            constraint=models.UniqueConstraint(
                fields=("response", "turn"), name="version_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="thememove",
            constraint=models.UniqueConstraint(
                fields=("hearing", "turn"), name="theme_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="thememove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verb__in",
                        [
                            "propose themes",
                            "add a theme",
                            "name a theme",
                            "merge themes",
                            "split a theme",
                            "put answers into a theme",
                            "take answers out of a theme",
                            "set answers apart",
                            "clear a quotation",
                            "finish themes",
                        ],
                    )
                ),
                name="theme_move_is_known",
            ),
        ),
        migrations.RunSQL(_GUARDS),
    ]
