"""Assessments, scores of each side, evidence, and what was agreed.

The database refuses to change what was said, to say it out of turn, and above all to show the
scores of one side to whoever does not read for that side, before both have handed in.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "assessment", "fact", "evidence", "evidenceend", "handin", "score", "scoreevidence", "proposal",
    "proposallevel", "consent", "withdrawal", "waiver", "waiverconsent", "followed",
)  # fmt: skip
_TURN_TABLES: Final = (
    "assessment", "evidence", "fact", "handin", "proposal", "consent", "withdrawal", "waiver",
    "waiverconsent", "followed",
)  # fmt: skip
_NEVER_CHANGED: Final = """
CREATE FUNCTION readiness_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said of readiness is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say it anew, or begin a new assessment.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON readiness_{table} FROM totalplace_app;
CREATE TRIGGER readiness_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON readiness_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION readiness_refuse_change();
ALTER TABLE readiness_{table} ENABLE ALWAYS TRIGGER readiness_{table}_never_changed;
"""
# Until both sides have handed in, a score is shown to whoever reads for its own side and to nobody
# else: a question that does not say for whom it reads gets none, whatever it filters. The owner of
# the tables and the superuser are not bound by it, and so a backup is whole.
_UNSEEN: Final = """
CREATE FUNCTION readiness_both_in(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT count(*) = 2 FROM readiness_handin WHERE assessment_id = which
$$;

ALTER TABLE readiness_score ENABLE ROW LEVEL SECURITY;
CREATE POLICY readiness_score_added ON readiness_score FOR INSERT WITH CHECK (true);
CREATE POLICY readiness_score_unseen ON readiness_score FOR SELECT USING (
    readiness_both_in(assessment_id)
    OR current_setting('totalplace.readiness_reads', true) = assessment_id || ':' || side
);
ALTER TABLE readiness_scoreevidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY readiness_scoreevidence_added ON readiness_scoreevidence FOR INSERT
    WITH CHECK (true);
CREATE POLICY readiness_scoreevidence_unseen ON readiness_scoreevidence FOR SELECT USING (
    EXISTS (SELECT FROM readiness_score s WHERE s.id = score_id)
);
"""
# What belongs to a hand-in or a proposal is written with it and never after. The row of one's own
# transaction is the only one that is seen and whose transaction is in progress.
_WHOLE: Final = """
CREATE FUNCTION readiness_is_being_written(writer xid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
        | writer::text::bigint)::text::xid8) IS NOT DISTINCT FROM 'in progress';
END $$;

CREATE FUNCTION readiness_part_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer xid;
BEGIN
    IF TG_TABLE_NAME = 'readiness_score' THEN
        SELECT xmin INTO writer FROM readiness_handin
            WHERE assessment_id = NEW.assessment_id AND side = NEW.side;
    ELSIF TG_TABLE_NAME = 'readiness_scoreevidence' THEN
        SELECT xmin INTO writer FROM readiness_score WHERE id = NEW.score_id;
    ELSE
        SELECT xmin INTO writer FROM readiness_proposal WHERE id = NEW.proposal_id;
    END IF;
    IF writer IS NULL OR NOT readiness_is_being_written(writer) THEN
        RAISE EXCEPTION 'nothing is put into what was handed in'
            USING ERRCODE = 'restrict_violation', HINT = 'Begin a new assessment.';
    END IF;
    RETURN NEW;
END $$;

-- It counts rows that its caller may not see, so it asks as the owner of the tables.
CREATE FUNCTION readiness_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    parts bigint;
BEGIN
    IF TG_TABLE_NAME = 'readiness_handin' THEN
        SELECT count(*) INTO parts FROM readiness_score
            WHERE assessment_id = NEW.assessment_id AND side = NEW.side;
    ELSE
        SELECT count(*) INTO parts FROM readiness_proposallevel WHERE proposal_id = NEW.id;
    END IF;
    IF parts <> 4 THEN
        RAISE EXCEPTION 'each of the four areas is said, and these are %', parts
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
_BELONGS: Final = """
CREATE TRIGGER readiness_{table}_belongs BEFORE INSERT ON readiness_{table}
    FOR EACH ROW EXECUTE FUNCTION readiness_part_belongs();
ALTER TABLE readiness_{table} ENABLE ALWAYS TRIGGER readiness_{table}_belongs;
"""
_IS_WHOLE: Final = """
CREATE CONSTRAINT TRIGGER readiness_{table}_is_whole AFTER INSERT ON readiness_{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION readiness_is_whole();
ALTER TABLE readiness_{table} ENABLE ALWAYS TRIGGER readiness_{table}_is_whole;
"""
_TURNS: Final = """
CREATE FUNCTION readiness_finished(which bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM readiness_consent WHERE assessment_id = which)
        OR EXISTS (SELECT FROM readiness_withdrawal WHERE assessment_id = which)
$$;

CREATE FUNCTION readiness_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last readiness_proposal%ROWTYPE;
    wrong boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.readiness'));
    CASE TG_TABLE_NAME
    WHEN 'readiness_assessment' THEN
        wrong := NEW.number <> 1 + (SELECT count(*) FROM readiness_assessment a
                                    WHERE a.place_id = NEW.place_id)
            OR EXISTS (SELECT FROM readiness_assessment a
                       WHERE a.place_id = NEW.place_id AND NOT readiness_finished(a.id));
    WHEN 'readiness_evidence' THEN
        wrong := NEW.number <> 1 + (SELECT count(*) FROM readiness_evidence e
                                    WHERE e.place_id = NEW.place_id)
            OR (NEW.renews IS NOT NULL AND NOT EXISTS (
                SELECT FROM readiness_evidence e
                WHERE e.place_id = NEW.place_id AND e.number = NEW.renews
                    AND e.area = NEW.area AND e.number < NEW.number));
    WHEN 'readiness_fact' THEN
        wrong := readiness_finished(NEW.assessment_id);
    WHEN 'readiness_handin' THEN
        wrong := readiness_finished(NEW.assessment_id)
            OR NOT EXISTS (SELECT FROM readiness_fact f
                           WHERE f.assessment_id = NEW.assessment_id);
    WHEN 'readiness_proposal' THEN
        wrong := readiness_finished(NEW.assessment_id)
            OR NOT readiness_both_in(NEW.assessment_id)
            OR NEW.number <> 1 + (SELECT count(*) FROM readiness_proposal p
                                  WHERE p.assessment_id = NEW.assessment_id);
    WHEN 'readiness_consent' THEN
        SELECT * INTO last FROM readiness_proposal
            WHERE assessment_id = NEW.assessment_id ORDER BY number DESC LIMIT 1;
        wrong := readiness_finished(NEW.assessment_id) OR last.id IS NULL
            OR NEW.proposal_id <> last.id OR NEW.side = last.side OR NEW.day < last.day;
    WHEN 'readiness_withdrawal' THEN
        wrong := readiness_finished(NEW.assessment_id);
    WHEN 'readiness_waiver' THEN
        wrong := NEW.number <> 1 + (SELECT count(*) FROM readiness_waiver w
                                    WHERE w.place_id = NEW.place_id);
    WHEN 'readiness_waiverconsent' THEN
        wrong := NOT EXISTS (SELECT FROM readiness_waiver w
                             WHERE w.id = NEW.waiver_id AND w.side <> NEW.side
                                AND w.day <= NEW.day AND NEW.day <= w.until);
    WHEN 'readiness_followed' THEN
        wrong := NOT EXISTS (SELECT FROM readiness_consent c
                             WHERE c.assessment_id = NEW.assessment_id AND c.day <= NEW.day);
    END CASE;
    IF wrong THEN
        RAISE EXCEPTION 'this is out of turn in the assessment of readiness'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_IN_TURN: Final = """
CREATE TRIGGER readiness_{table}_in_turn BEFORE INSERT ON readiness_{table}
    FOR EACH ROW EXECUTE FUNCTION readiness_in_turn();
ALTER TABLE readiness_{table} ENABLE ALWAYS TRIGGER readiness_{table}_in_turn;
"""
# The rule of `readiness.rules.gate`, once more, for triggers of rooms above; a test holds the two
# together. `needs` is written by `gate.needs_text`: 'finance=core,strategy=core'.
_LACKS: Final = """
CREATE FUNCTION readiness_rank(level text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['emerging', 'developing', 'core', 'advanced'], level)
$$;

-- Whether an item, or one that renews it, holds on a day.
CREATE FUNCTION readiness_item_holds(item bigint, asked_on date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
        SELECT e.* FROM readiness_evidence e WHERE e.id = item
        UNION
        SELECT e.* FROM readiness_evidence e
        JOIN line ON e.place_id = line.place_id AND e.renews = line.number
    )
    SELECT EXISTS (
        SELECT FROM line LEFT JOIN readiness_evidenceend gone ON gone.evidence_id = line.id
        WHERE asked_on BETWEEN line.first_day AND line.last_day
            AND (gone.day IS NULL OR asked_on < gone.day))
$$;

CREATE FUNCTION readiness_waived(the_place text, needed text, wanted text, asked_on date)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM readiness_waiver w
        JOIN places_place p ON p.id = w.place_id AND p.code = the_place
        JOIN readiness_waiverconsent c ON c.waiver_id = w.id
        WHERE w.need = needed AND asked_on BETWEEN c.day AND w.until
            AND (w.level = wanted OR readiness_rank(w.level) >= readiness_rank(wanted)))
$$;

CREATE FUNCTION readiness_lacks(place text, needs text, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    need text;
    needed text;
    wanted text;
    which bigint;
    put bigint;
    has text;
BEGIN
    SELECT a.id, c.proposal_id INTO which, put
        FROM readiness_assessment a
        JOIN places_place p ON p.id = a.place_id AND p.code = readiness_lacks.place
        JOIN readiness_consent c ON c.assessment_id = a.id AND c.day <= readiness_lacks.day
        ORDER BY a.number DESC LIMIT 1;
    FOREACH need IN ARRAY string_to_array(coalesce(needs, ''), ',') LOOP
        needed := split_part(need, '=', 1);
        wanted := split_part(need, '=', 2);
        IF readiness_waived(readiness_lacks.place, needed, wanted, readiness_lacks.day) THEN
            CONTINUE;
        ELSIF which IS NULL THEN
            RETURN 'no assessment of readiness is agreed, and ' || needed || ' is needed';
        ELSIF wanted = 'met' THEN
            IF NOT coalesce((SELECT f.met_from <= readiness_lacks.day FROM readiness_fact f
                             WHERE f.assessment_id = which AND f.code = needed
                             ORDER BY f.id DESC LIMIT 1), false) THEN
                RETURN 'the fact ' || needed || ' is not met';
            END IF;
            CONTINUE;
        ELSIF readiness_rank(wanted) IS NULL THEN
            RETURN need || ' means nothing';
        END IF;
        SELECT l.level INTO has FROM readiness_proposallevel l
            WHERE l.proposal_id = put AND l.area = needed;
        IF has IS NULL THEN
            RETURN 'no level of ' || needed || ' is agreed';
        ELSIF readiness_rank(has) < readiness_rank(wanted) THEN
            RETURN needed || ' is ' || has || ', and ' || wanted || ' is needed';
        ELSIF EXISTS (SELECT FROM readiness_score s
                      JOIN readiness_scoreevidence on_it ON on_it.score_id = s.id
                      WHERE s.assessment_id = which AND s.area = needed
                        AND NOT readiness_item_holds(on_it.evidence_id, readiness_lacks.day)) THEN
            RETURN needed || ' rests on evidence that expired';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Assessments, scores of each side, evidence, and what was agreed. There is no way back."""

    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                ("why", models.TextField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("strategy", "strategy"),
                            ("people", "people"),
                            ("finance", "finance"),
                            ("reporting", "reporting"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("structure", "structure"),
                            ("skills", "skills"),
                            ("capacity", "capacity"),
                            ("history", "history"),
                            ("result", "result"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("says", models.TextField()),
                ("where", models.TextField(help_text="Where it can be read.")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(help_text="The last day on which it holds.")),
                (
                    "renews",
                    models.PositiveIntegerField(
                        help_text="The number of the item it renews.", null=True
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                ("reason", models.TextField()),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="readiness.evidence",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                ("code", models.CharField(max_length=64)),
                ("happened_on", models.DateField(help_text="Empty: it never happened.", null=True)),
                ("met_from", models.DateField(help_text="Empty: it is not met.", null=True)),
                ("source", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="readiness.assessment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("strategy", "strategy"),
                            ("people", "people"),
                            ("finance", "finance"),
                            ("reporting", "reporting"),
                        ],
                        max_length=16,
                    ),
                ),
                ("went_well", models.BooleanField()),
                ("what", models.TextField()),
                ("source", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed",
                        to="readiness.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_ins",
                        to="readiness.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its assessment, with no gap."),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="readiness.assessment",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent",
                        to="readiness.assessment",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readiness.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProposalLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("strategy", "strategy"),
                            ("people", "people"),
                            ("finance", "finance"),
                            ("reporting", "reporting"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("emerging", "emerging"),
                            ("developing", "developing"),
                            ("core", "core"),
                            ("advanced", "advanced"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("reason", models.TextField()),
                ("disputed", models.TextField(blank=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="readiness.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("strategy", "strategy"),
                            ("people", "people"),
                            ("finance", "finance"),
                            ("reporting", "reporting"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("emerging", "emerging"),
                            ("developing", "developing"),
                            ("core", "core"),
                            ("advanced", "advanced"),
                        ],
                        max_length=16,
                    ),
                ),
                ("why", models.TextField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="readiness.assessment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ScoreEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="readiness.evidence",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rests_on",
                        to="readiness.score",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "need",
                    models.CharField(help_text="An area, or a fact of eligibility.", max_length=64),
                ),
                (
                    "level",
                    models.CharField(help_text="The level waived; of a fact: met.", max_length=16),
                ),
                ("reason", models.TextField()),
                ("until", models.DateField(help_text="The last day on which it holds.")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WaiverConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "waiver",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent",
                        to="readiness.waiver",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England.")),
                ("reason", models.TextField()),
                (
                    "assessment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="readiness.assessment",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="assessment_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="assessment_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="evidence_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("says", ""), _negated=True),
                    models.Q(("where", ""), _negated=True),
                    ("area__in", ["strategy", "people", "finance", "reporting"]),
                    ("kind__in", ["structure", "skills", "capacity", "history", "result"]),
                ),
                name="evidence_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))),
                name="evidence_begins_before_it_expires",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidenceend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="evidence_end_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True), models.Q(("code", ""), _negated=True)
                ),
                name="fact_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="followed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                    ("area__in", ["strategy", "people", "finance", "reporting"]),
                    ("side__in", ["place", "centre"]),
                ),
                name="what_followed_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="handin",
            constraint=models.UniqueConstraint(
                fields=("assessment", "side"), name="side_scores_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="handin",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["place", "centre"])), name="hand_in_is_of_a_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("assessment", "number"), name="proposal_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["place", "centre"])), name="proposal_is_of_a_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["place", "centre"])), name="consent_is_of_a_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposallevel",
            constraint=models.UniqueConstraint(
                fields=("proposal", "area"), name="area_is_put_forward_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposallevel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area__in", ["strategy", "people", "finance", "reporting"]),
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        ("level__in", ["emerging", "developing", "core", "advanced"]),
                        models.Q(("level", None), models.Q(("disputed", ""), _negated=True)),
                        _connector="OR",
                    ),
                ),
                name="what_is_not_agreed_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                fields=("assessment", "side", "area"), name="area_is_scored_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area__in", ["strategy", "people", "finance", "reporting"]),
                    ("level__in", ["emerging", "developing", "core", "advanced"]),
                    ("side__in", ["place", "centre"]),
                    models.Q(("why", ""), _negated=True),
                ),
                name="score_is_on_the_scale",
            ),
        ),
        migrations.AddConstraint(
            model_name="scoreevidence",
            constraint=models.UniqueConstraint(
                fields=("score", "evidence"), name="item_is_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="waiver_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    ("until__gte", models.F("day")),
                    ("side__in", ["place", "centre"]),
                ),
                name="waiver_says_why_and_until_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiverconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), ("side__in", ["place", "centre"])
                ),
                name="waiver_consent_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="assessment_withdrawal_has_a_reason",
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED
            + "".join(_GUARD.format(table=table) for table in _TABLES)
            + _UNSEEN
            + _WHOLE
            + "".join(_BELONGS.format(table=t) for t in ("score", "scoreevidence", "proposallevel"))
            + "".join(_IS_WHOLE.format(table=t) for t in ("handin", "proposal"))
            + _TURNS
            + "".join(_IN_TURN.format(table=table) for table in _TURN_TABLES)
            + _LACKS
        ),
    ]
