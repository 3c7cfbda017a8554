"""The partnership: members, meetings, motions, advice; and the guards that keep them."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_NEVER_CHANGED: Final = (
    "adviceanswer",
    "adviceoffer",
    "agendaitem",
    "attendance",
    "meeting",
    "meetinginterest",
    "meetingminutes",
    "meetingmove",
    "meetingpaper",
    "moneyoffer",
    "moneyofferend",
    "motion",
    "motiondissent",
    "motionmove",
    "motionvote",
    "partnership",
    "partnershipadvice",
    "partnershiprules",
    "seat",
    "seatend",
    "sitting",
    "supportend",
    "supportgiven",
)
# The pattern of words by which only an executive speaks, as it was when this was written.
_EXECUTIVE: Final = (
    "(?:^|[.;\\n])(?:(?!(?<![a-z])(?:advis|recommend|ask|request|propos|urg|"
    "suggest|invit|note|noting|welcom|support|oppos|endors|consider|regret|"
    "call|offer|encourag|thank))[^.;\\n])*(?<![a-z])(?:approv|adopt|allocat|"
    "authoris|authoriz|award|sets? (?:the |a )?(?:budget|council tax))(?![a"
    "-z]*(?: the| its| these)? (?:minutes|agenda|terms of reference|order o"
    "f business|notes of))"
)
_FUNCTIONS: Final = """
CREATE FUNCTION participation_partnership_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what the partnership said and did is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say what is new at a later meeting.';
END $$;

CREATE FUNCTION participation_no(words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', words USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION participation_meeting_stage(meeting bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT after FROM participation_meetingmove
        WHERE meeting_id = meeting ORDER BY turn DESC LIMIT 1), 'planned')
$$;

CREATE FUNCTION participation_motion_stage(motion bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT after FROM participation_motionmove
        WHERE motion_id = motion ORDER BY turn DESC LIMIT 1), 'moved')
$$;

CREATE FUNCTION participation_settled(motion bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT participation_motion_stage(motion) NOT IN ('moved', 'seconded', 'being voted on')
$$;

-- The rules of the partnership on the day of a meeting, in England.
CREATE FUNCTION participation_rules_of(meeting bigint)
RETURNS SETOF participation_partnershiprules LANGUAGE sql STABLE AS $$
    SELECT r.* FROM participation_partnershiprules r
        JOIN participation_meeting m ON m.partnership_id = r.partnership_id
    WHERE m.id = meeting AND r.first_day <= (m.starts_at AT TIME ZONE 'Europe/London')::date
    ORDER BY r.first_day DESC, r.id DESC LIMIT 1
$$;

-- Whether a seat is filled, votes, and has no conflict in an item.
CREATE FUNCTION participation_takes_part(item bigint, seat bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT a.here FROM participation_attendance a
            JOIN participation_agendaitem i ON i.meeting_id = a.meeting_id
            WHERE i.id = item AND a.seat_id = seat ORDER BY a.id DESC LIMIT 1), false)
        AND (SELECT standing FROM participation_seat WHERE id = seat) = 'voting'
        AND NOT EXISTS (SELECT 1 FROM participation_meetinginterest
            WHERE item_id = item AND seat_id = seat AND conflict)
$$;

CREATE FUNCTION participation_meeting_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last participation_meetingmove%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    SELECT * INTO last FROM participation_meetingmove
        WHERE meeting_id = NEW.meeting_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.before <> coalesce(last.after, 'planned')
        OR NEW."on" < last."on" THEN
        PERFORM participation_no('the meeting is moved out of turn');
    END IF;
    IF NEW.verb = 'open' AND NOT EXISTS (SELECT 1 FROM participation_seat s
            JOIN participation_meeting m ON m.partnership_id = s.partnership_id
            WHERE m.id = NEW.meeting_id AND s.id = NEW.chair_id) THEN
        PERFORM participation_no('a meeting is chaired from a seat of its own partnership');
    ELSIF NEW.verb = 'close' AND EXISTS (SELECT 1 FROM participation_motion o
            JOIN participation_agendaitem i ON i.id = o.item_id
            WHERE i.meeting_id = NEW.meeting_id AND NOT participation_settled(o.id)) THEN
        PERFORM participation_no('a motion of the meeting is not settled');
    ELSIF NEW.verb IN ('draft minutes', 'approve minutes') AND NOT EXISTS (
            SELECT 1 FROM participation_meetingminutes WHERE meeting_id = NEW.meeting_id) THEN
        PERFORM participation_no('there are no minutes');
    ELSIF NEW.verb = 'approve minutes' AND NOT EXISTS (SELECT 1 FROM participation_meeting this
            JOIN participation_meeting later ON later.partnership_id = this.partnership_id
                AND later.number > this.number
            WHERE this.id = NEW.meeting_id AND later.id = NEW.at_meeting_id
                AND participation_meeting_stage(later.id) = 'open') THEN
        PERFORM participation_no('minutes are approved by a later meeting, while it sits');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_in_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stage text;
BEGIN
    IF TG_TABLE_NAME = 'participation_meetingpaper' THEN
        SELECT participation_meeting_stage(meeting_id) INTO stage
            FROM participation_agendaitem WHERE id = NEW.item_id;
        IF stage NOT IN ('planned', 'called', 'open') THEN
            PERFORM participation_no('the meeting takes no more papers');
        END IF;
    ELSIF TG_TABLE_NAME = 'participation_meetinginterest' THEN
        SELECT participation_meeting_stage(meeting_id) INTO stage
            FROM participation_agendaitem WHERE id = NEW.item_id;
        IF stage NOT IN ('called', 'open') OR EXISTS (SELECT 1 FROM participation_motionvote v
                JOIN participation_motion o ON o.id = v.motion_id
                WHERE o.item_id = NEW.item_id AND v.seat_id = NEW.seat_id) THEN
            PERFORM participation_no('an interest is declared before the seat votes on the item');
        END IF;
    ELSE
        stage := participation_meeting_stage(NEW.meeting_id);
        IF TG_TABLE_NAME = 'participation_agendaitem' THEN
            IF NOT (stage = 'planned' OR (stage IN ('called', 'open') AND NEW.late <> '')) THEN
                PERFORM participation_no('the agenda was given with the call');
            END IF;
        ELSIF TG_TABLE_NAME = 'participation_meetingminutes' THEN
            IF stage NOT IN ('closed', 'minutes drafted') THEN
                PERFORM participation_no('minutes are drafted after the meeting, until approved');
            END IF;
        ELSIF stage <> 'open' OR NOT EXISTS (SELECT 1 FROM participation_sitting
                WHERE id = NEW.sitting_id AND seat_id = NEW.seat_id) THEN
            PERFORM participation_no('nobody attends a meeting that is not open');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_motion_is_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    item participation_agendaitem%ROWTYPE;
    amended participation_motion%ROWTYPE;
    words text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    SELECT * INTO item FROM participation_agendaitem WHERE id = NEW.item_id;
    IF participation_meeting_stage(item.meeting_id) <> 'open'
        OR NOT participation_takes_part(NEW.item_id, NEW.moved_by_id)
        OR NEW.partnership_id <> (SELECT partnership_id FROM participation_meeting
            WHERE id = item.meeting_id) THEN
        PERFORM participation_no('whoever moves has a vote on the item, in a meeting that is open');
    END IF;
    IF NEW.amends_id IS NOT NULL THEN
        SELECT * INTO amended FROM participation_motion WHERE id = NEW.amends_id;
        SELECT text INTO words FROM participation_motion
            WHERE amends_id = amended.id AND participation_motion_stage(id)
                IN ('carried', 'agreed without a vote') ORDER BY number DESC LIMIT 1;
        IF amended.amends_id IS NOT NULL OR amended.item_id <> NEW.item_id
            OR amended.kind <> NEW.kind OR NEW.text_before <> coalesce(words, amended.text)
            OR participation_motion_stage(amended.id) NOT IN ('moved', 'seconded') THEN
            PERFORM participation_no('the amendment does not fit the motion as it stands');
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_vote_is_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    motion participation_motion%ROWTYPE;
    meeting bigint;
    stage text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    SELECT * INTO motion FROM participation_motion WHERE id = NEW.motion_id;
    SELECT meeting_id INTO meeting FROM participation_agendaitem WHERE id = motion.item_id;
    stage := participation_meeting_stage(meeting);
    IF TG_TABLE_NAME = 'participation_motiondissent' THEN
        IF stage NOT IN ('open', 'closed', 'minutes drafted') OR EXISTS (
                SELECT 1 FROM participation_motionvote
                WHERE motion_id = NEW.motion_id AND seat_id = NEW.seat_id AND side = 'for') THEN
            PERFORM participation_no('a dissent is of who did not vote for it, before the minutes '
                'are approved');
        END IF;
        RETURN NEW;
    END IF;
    IF stage <> 'open' OR participation_motion_stage(NEW.motion_id) <> 'being voted on'
        OR NOT participation_takes_part(motion.item_id, NEW.seat_id) THEN
        PERFORM participation_no('only a voting seat that is there and has no conflict votes, '
            'while the motion is being voted on');
    END IF;
    IF NEW.weight <> (SELECT CASE WHEN r.weighted THEN s.weight ELSE 1 END
            FROM participation_rules_of(meeting) r, participation_seat s
            WHERE s.id = NEW.seat_id) THEN
        PERFORM participation_no('the vote has another weight than its seat');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_motion_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last participation_motionmove%ROWTYPE;
    motion participation_motion%ROWTYPE;
    rules participation_partnershiprules%ROWTYPE;
    meeting bigint;
    sums record;
    carries boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    SELECT * INTO last FROM participation_motionmove
        WHERE motion_id = NEW.motion_id ORDER BY turn DESC LIMIT 1;
    SELECT * INTO motion FROM participation_motion WHERE id = NEW.motion_id;
    SELECT meeting_id INTO meeting FROM participation_agendaitem WHERE id = motion.item_id;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.before <> coalesce(last.after, 'moved')
        OR participation_meeting_stage(meeting) <> 'open' THEN
        PERFORM participation_no('the motion is moved on out of turn');
    END IF;
    SELECT * INTO rules FROM participation_rules_of(meeting);
    IF NEW.verb = 'second' AND (NEW.seat_id IS NULL OR NEW.seat_id = motion.moved_by_id
            OR NOT participation_takes_part(motion.item_id, NEW.seat_id)) THEN
        PERFORM participation_no('a motion is seconded by another seat with a vote on the item');
    ELSIF NEW.verb IN ('put to the vote', 'agree without a vote') THEN
        IF EXISTS (SELECT 1 FROM participation_motion
                WHERE amends_id = motion.id AND NOT participation_settled(id)) THEN
            PERFORM participation_no('an amendment of the motion is not settled');
        END IF;
        IF NEW.verb = 'agree without a vote' AND EXISTS (SELECT 1
                FROM participation_motiondissent WHERE motion_id = motion.id) THEN
            PERFORM participation_no('somebody objects: it is put to the vote');
        END IF;
        IF (SELECT count(*) FROM participation_seat s WHERE s.partnership_id = motion.partnership_id
                AND participation_takes_part(motion.item_id, s.id)) < rules.quorum_seats THEN
            PERFORM participation_no('there is no quorum');
        END IF;
    ELSIF NEW.verb IN ('carry', 'lose') THEN
        SELECT coalesce(sum(weight) FILTER (WHERE side = 'for'), 0) AS ayes,
            coalesce(sum(weight) FILTER (WHERE side = 'against'), 0) AS noes,
            coalesce(sum(weight) FILTER (WHERE side = 'abstain'), 0) AS neither
            INTO sums FROM participation_motionvote WHERE motion_id = motion.id;
        carries := CASE rules.majority
            WHEN 'more than half' THEN sums.ayes > sums.noes
            WHEN 'two thirds or more' THEN sums.ayes > 0 AND sums.ayes >= 2 * sums.noes
            ELSE sums.ayes > 0 AND sums.ayes >= 3 * sums.noes END;
        IF rules.majority = 'more than half' AND rules.tie = 'the chair has a casting vote'
            AND sums.ayes = sums.noes AND sums.ayes > 0 THEN
            carries := NEW.casting = 'for';
        ELSIF NEW.casting <> '' THEN
            PERFORM participation_no('there is no casting vote');
        END IF;
        IF NEW.votes_for <> sums.ayes OR NEW.votes_against <> sums.noes
            OR NEW.abstained <> sums.neither OR (NEW.verb = 'carry') <> carries THEN
            PERFORM participation_no('the result is not what the votes say');
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- A partnership advises by a motion that passed, the body that answers for the money, and nobody
-- else; what was raised in a hearing is answered there.
CREATE FUNCTION participation_advice_is_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'participation_adviceanswer' THEN
        IF (SELECT point FROM participation_partnershipadvice WHERE id = NEW.advice_id) <> '' THEN
            PERFORM participation_no('the advice is answered in the hearing where it was raised');
        END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM participation_motion o
            JOIN participation_partnership p ON p.id = o.partnership_id
            WHERE o.id = NEW.motion_id AND o.kind = 'advise' AND o.amends_id IS NULL
                AND p.id = NEW.partnership_id AND p.accountable_id = NEW.to_id
                AND participation_motion_stage(o.id) IN ('carried', 'agreed without a vote')) THEN
        PERFORM participation_no('advice is what a motion to advise said that passed');
    END IF;
    RETURN NEW;
END $$;

-- A partnership is no body in law: whatever else a row says, it never takes a decision.
CREATE FUNCTION participation_decides_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM decisions_body b JOIN decisions_decision d ON d.body_id = b.id
            WHERE b.kind = 'partnership'
                AND (b.id = NEW.taken_by_id OR d.id = NEW.decision_id)) THEN
        PERFORM participation_no('a partnership decides nothing');
    END IF;
    RETURN NEW;
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON participation_{table} FROM totalplace_app;
CREATE TRIGGER participation_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON participation_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION participation_partnership_refuse_change();
ALTER TABLE participation_{table} ENABLE ALWAYS TRIGGER participation_{table}_never_changed;
"""
_BEFORE: Final = {  # of which table each row is looked at before it is put in, and by what
    "participation_meetingmove": "participation_meeting_move_in_turn",
    "participation_agendaitem": "participation_in_meeting",
    "participation_meetingpaper": "participation_in_meeting",
    "participation_attendance": "participation_in_meeting",
    "participation_meetinginterest": "participation_in_meeting",
    "participation_meetingminutes": "participation_in_meeting",
    "participation_motion": "participation_motion_is_lawful",
    "participation_motionmove": "participation_motion_move_in_turn",
    "participation_motionvote": "participation_vote_is_lawful",
    "participation_motiondissent": "participation_vote_is_lawful",
    "participation_partnershipadvice": "participation_advice_is_lawful",
    "participation_adviceanswer": "participation_advice_is_lawful",
    "decisions_move": "participation_decides_nothing",
}
_LAWFUL: Final = """
CREATE TRIGGER {table}_by_partnership BEFORE INSERT ON {table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_by_partnership;
"""
_SQL: Final = (
    _FUNCTIONS
    + "".join(_GUARD.format(table=table) for table in _NEVER_CHANGED)
    + "".join(_LAWFUL.format(table=table, function=guard) for table, guard in _BEFORE.items())
)


class Migration(migrations.Migration):
    """Tables of the partnership and their guards. There is no way back, on purpose."""

    dependencies: ClassVar = [
        ("decisions", "0003_deciders"),
        ("participation", "0002_public"),
        ("places", "0005_officers_and_mandates"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 in its partnership, with no gap."
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("where", models.TextField(help_text="A room, or how to join.")),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("purpose", models.TextField()),
                ("cites_kind", models.TextField(blank=True)),
                ("cites_id", models.TextField(blank=True)),
                (
                    "late",
                    models.TextField(blank=True, help_text="Why it was put on after the call."),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="participation.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="MeetingMinutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("version", models.PositiveIntegerField()),
                ("words", models.TextField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="participation.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
            },
        ),
        migrations.CreateModel(
            name="MeetingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("media", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                (
                    "held",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.paperbytes",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="participation.agendaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="MoneyOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 in its partnership, with no gap."
                    ),
                ),
                ("pence", models.BigIntegerField()),
                ("year", models.CharField(max_length=7)),
                ("from_what", models.TextField()),
                ("to_what", models.TextField()),
                ("condition", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="MoneyOfferEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="participation.moneyoffer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("name", models.CharField(max_length=300)),
                ("purpose", models.TextField()),
                (
                    "accountable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 in its partnership, with no gap."
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("advise", "advise"),
                            ("ask", "ask"),
                            ("propose own money", "propose own money"),
                            ("note", "note"),
                            ("procedural", "procedural"),
                        ],
                        max_length=32,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "text_before",
                    models.TextField(
                        blank=True, help_text="Of an amendment: the words until then."
                    ),
                ),
                ("cites_kind", models.TextField(blank=True)),
                ("cites_id", models.TextField(blank=True)),
                ("answer_by", models.DateField(null=True)),
                (
                    "amends",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="participation.motion",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="participation.agendaitem",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="participation.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="moneyoffer",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offers",
                to="participation.partnership",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="participation.partnership",
            ),
        ),
        migrations.CreateModel(
            name="PartnershipAdvice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 in its partnership, with no gap."
                    ),
                ),
                ("words", models.TextField()),
                ("answer_by", models.DateField()),
                ("about_kind", models.TextField(blank=True)),
                ("about_id", models.TextField(blank=True)),
                (
                    "point",
                    models.TextField(blank=True, help_text="Where it was raised in a hearing."),
                ),
                (
                    "motion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="participation.motion",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="participation.partnership",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AdviceOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.moneyoffer",
                    ),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited",
                        to="participation.partnershipadvice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdviceAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("accepted in part", "accepted in part"),
                            ("not accepted", "not accepted"),
                        ],
                        max_length=32,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "advice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="participation.partnershipadvice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartnershipRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("first_day", models.DateField()),
                ("source", models.TextField()),
                ("quorum_seats", models.PositiveIntegerField()),
                ("quorum_sectors", models.PositiveIntegerField()),
                ("notice_days", models.PositiveIntegerField(help_text="Clear days.")),
                (
                    "majority",
                    models.CharField(
                        choices=[
                            ("more than half", "more than half"),
                            ("two thirds or more", "two thirds or more"),
                            ("three quarters or more", "three quarters or more"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "tie",
                    models.CharField(
                        choices=[
                            ("the chair has a casting vote", "the chair has a casting vote"),
                            ("the motion falls", "the motion falls"),
                        ],
                        max_length=64,
                    ),
                ),
                ("weighted", models.BooleanField()),
                ("members_public", models.BooleanField()),
                ("answer_days", models.PositiveIntegerField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="participation.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 in its partnership, with no gap."
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("agency", "agency"),
                            ("business", "business"),
                            ("voluntary and community", "voluntary and community"),
                            ("residents", "residents"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("voting", "voting"), ("observer", "observer")], max_length=16
                    ),
                ),
                ("weight", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
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
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="participation.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="MotionVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "side",
                    models.CharField(
                        choices=[("for", "for"), ("against", "against"), ("abstain", "abstain")],
                        max_length=16,
                    ),
                ),
                ("weight", models.PositiveIntegerField()),
                ("name", models.TextField(help_text="Of the person who cast it.")),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="participation.motion",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MotionMove",
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
                            ("second", "second"),
                            ("put to the vote", "put to the vote"),
                            ("agree without a vote", "agree without a vote"),
                            ("carry", "carry"),
                            ("lose", "lose"),
                            ("withdraw", "withdraw"),
                            ("let lapse", "let lapse"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("moved", "moved"),
                            ("seconded", "seconded"),
                            ("being voted on", "being voted on"),
                            ("carried", "carried"),
                            ("agreed without a vote", "agreed without a vote"),
                            ("lost", "lost"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("moved", "moved"),
                            ("seconded", "seconded"),
                            ("being voted on", "being voted on"),
                            ("carried", "carried"),
                            ("agreed without a vote", "agreed without a vote"),
                            ("lost", "lost"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=32,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("votes_for", models.PositiveIntegerField(null=True)),
                ("votes_against", models.PositiveIntegerField(null=True)),
                ("abstained", models.PositiveIntegerField(null=True)),
                (
                    "casting",
                    models.CharField(
                        blank=True,
                        choices=[("for", "for"), ("against", "against"), ("abstain", "abstain")],
                        max_length=16,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="participation.motion",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="MotionDissent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("words", models.TextField()),
                ("name", models.TextField()),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissents",
                        to="participation.motion",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="motion",
            name="moved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="participation.seat",
            ),
        ),
        migrations.CreateModel(
            name="MeetingMove",
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
                            ("call", "call"),
                            ("open", "open"),
                            ("close", "close"),
                            ("draft minutes", "draft minutes"),
                            ("approve minutes", "approve minutes"),
                            ("cancel", "cancel"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("called", "called"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("minutes drafted", "minutes drafted"),
                            ("minutes approved", "minutes approved"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("called", "called"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("minutes drafted", "minutes drafted"),
                            ("minutes approved", "minutes approved"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=32,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "at_meeting",
                    models.ForeignKey(
                        help_text="The later meeting that approved the minutes.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.meeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="participation.meeting",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="MeetingInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("nature", models.TextField()),
                ("conflict", models.BooleanField(help_text="It takes no part in the item.")),
                ("name", models.TextField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="participation.agendaitem",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("name", models.CharField(max_length=300)),
                (
                    "officer",
                    models.CharField(
                        blank=True,
                        help_text="Their code; empty: they have no account.",
                        max_length=64,
                    ),
                ),
                ("deputy", models.BooleanField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("source", models.TextField()),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="participation.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SeatEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("reason", models.TextField()),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="participation.seat",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        help_text="Empty: the seat itself ends.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ends",
                        to="participation.sitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("here", models.BooleanField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="participation.meeting",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.seat",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="participation.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SittingContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField()),
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact",
                        to="participation.sitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupportGiven",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "grant"),
                            ("asset lent", "asset lent"),
                            ("asset given", "asset given"),
                            ("volunteering", "volunteering"),
                        ],
                        max_length=16,
                    ),
                ),
                ("organisation", models.CharField(max_length=300)),
                ("charity", models.CharField(blank=True, max_length=16)),
                (
                    "pence",
                    models.BigIntegerField(help_text="Empty: it is counted in hours.", null=True),
                ),
                (
                    "hours",
                    models.BigIntegerField(help_text="Empty: it is counted in pence.", null=True),
                ),
                ("basis", models.CharField(blank=True, max_length=64)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("source", models.TextField()),
                (
                    "agency",
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
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="SupportEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "support",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="participation.supportgiven",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "number"), name="item_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("purpose", ""), _negated=True)
                ),
                name="item_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cites_id", ""), ("cites_kind", "")),
                    models.Q(
                        models.Q(("cites_kind", ""), _negated=True),
                        models.Q(("cites_id", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="item_cites_a_whole_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingminutes",
            constraint=models.UniqueConstraint(
                fields=("meeting", "version"), name="minutes_have_their_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingminutes",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="minutes_say_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpaper",
            constraint=models.UniqueConstraint(
                fields=("item", "number"), name="meeting_paper_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="meeting_paper_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyofferend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="offer_ends_for_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("purpose", ""), _negated=True)
                ),
                name="partnership_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyoffer",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="offer_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="moneyoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pence__gte", 1),
                    models.Q(("from_what", ""), _negated=True),
                    models.Q(("to_what", ""), _negated=True),
                ),
                name="offer_is_of_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="meeting_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("where", ""), _negated=True)
                ),
                name="meeting_is_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershipadvice",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="advice_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="adviceoffer",
            constraint=models.UniqueConstraint(
                fields=("advice", "offer"), name="advice_cites_an_offer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="adviceanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accepted", "accepted in part", "not accepted"]),
                    models.Q(("words", ""), _negated=True),
                ),
                name="advice_answer_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiprules",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", ""), _negated=True),
                    ("answer_days__gte", 1),
                    ("quorum_seats__gte", 1),
                    ("quorum_sectors__range", (1, 4)),
                    (
                        "majority__in",
                        ["more than half", "two thirds or more", "three quarters or more"],
                    ),
                    ("tie__in", ["the chair has a casting vote", "the motion falls"]),
                ),
                name="partnership_rules_can_be_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="seat_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("sector", "agency")),
                    models.Q(
                        ("sector__in", ["business", "voluntary and community", "residents"]),
                        ("agency__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="seat_is_of_an_agency_or_another_sector",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(
                        models.Q(("standing", "voting"), ("weight__range", (1, 1000))),
                        models.Q(("standing", "observer"), ("weight", 1)),
                        _connector="OR",
                    ),
                ),
                name="seat_votes_or_looks_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="seat_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="motionvote",
            constraint=models.UniqueConstraint(fields=("motion", "seat"), name="seat_votes_once"),
        ),
        migrations.AddConstraint(
            model_name="motionvote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("side__in", ["for", "against", "abstain"]),
                    models.Q(("name", ""), _negated=True),
                ),
                name="vote_is_for_against_or_neither",
            ),
        ),
        migrations.AddConstraint(
            model_name="motionmove",
            constraint=models.UniqueConstraint(
                fields=("motion", "turn"), name="motion_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="motionmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "seconded"), ("before", "moved"), ("verb", "second")),
                    models.Q(("after", "withdrawn"), ("before", "moved"), ("verb", "withdraw")),
                    models.Q(("after", "lapsed"), ("before", "moved"), ("verb", "let lapse")),
                    models.Q(
                        ("after", "being voted on"),
                        ("before", "seconded"),
                        ("verb", "put to the vote"),
                    ),
                    models.Q(
                        ("after", "agreed without a vote"),
                        ("before", "seconded"),
                        ("verb", "agree without a vote"),
                    ),
                    models.Q(("after", "withdrawn"), ("before", "seconded"), ("verb", "withdraw")),
                    models.Q(("after", "lapsed"), ("before", "seconded"), ("verb", "let lapse")),
                    models.Q(("after", "carried"), ("before", "being voted on"), ("verb", "carry")),
                    models.Q(("after", "lost"), ("before", "being voted on"), ("verb", "lose")),
                    _connector="OR",
                ),
                name="motion_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="motionmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("verb__in", ["carry", "lose"]),
                        ("abstained__isnull", False),
                        ("votes_against__isnull", False),
                        ("votes_for__isnull", False),
                    ),
                    models.Q(
                        models.Q(("verb__in", ["carry", "lose"]), _negated=True),
                        ("casting", ""),
                        ("votes_for__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="motion_result_is_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="motiondissent",
            constraint=models.UniqueConstraint(
                fields=("motion", "seat"), name="seat_dissents_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="motiondissent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("name", ""), _negated=True)
                ),
                name="dissent_is_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(
                fields=("partnership", "number"), name="motion_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["advise", "ask", "propose own money", "note", "procedural"])
                ),
                name="motion_is_of_a_kind_that_decides_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("text__iregex", _EXECUTIVE), _negated=True),
                ),
                name="motion_approves_adopts_and_allocates_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "propose own money"), _negated=True),
                    ("cites_kind", "offer"),
                    _connector="OR",
                ),
                name="motion_on_own_money_cites_an_offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amends__isnull", True), ("text_before", "")),
                    models.Q(
                        ("amends__isnull", False), models.Q(("text_before", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="amendment_says_what_it_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmove",
            constraint=models.UniqueConstraint(
                fields=("meeting", "turn"), name="meeting_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "called"), ("before", "planned"), ("verb", "call")),
                    models.Q(("after", "cancelled"), ("before", "planned"), ("verb", "cancel")),
                    models.Q(("after", "cancelled"), ("before", "called"), ("verb", "cancel")),
                    models.Q(("after", "open"), ("before", "called"), ("verb", "open")),
                    models.Q(("after", "closed"), ("before", "open"), ("verb", "close")),
                    models.Q(
                        ("after", "minutes drafted"),
                        ("before", "closed"),
                        ("verb", "draft minutes"),
                    ),
                    models.Q(
                        ("after", "minutes drafted"),
                        ("before", "minutes drafted"),
                        ("verb", "draft minutes"),
                    ),
                    models.Q(
                        ("after", "minutes approved"),
                        ("before", "minutes drafted"),
                        ("verb", "approve minutes"),
                    ),
                    _connector="OR",
                ),
                name="meeting_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("chair__isnull", False), ("verb", "open")),
                        models.Q(
                            models.Q(("verb", "open"), _negated=True), ("chair__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("at_meeting__isnull", False), ("verb", "approve minutes")),
                        models.Q(
                            models.Q(("verb", "approve minutes"), _negated=True),
                            ("at_meeting__isnull", True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="meeting_has_a_chair_and_minutes_a_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinginterest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nature", ""), _negated=True), models.Q(("name", ""), _negated=True)
                ),
                name="meeting_interest_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("source", ""), _negated=True)
                ),
                name="sitting_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day__isnull", True),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="sitting_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="seat_ends_for_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportgiven",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="support_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("basis", ""),
                        ("hours__gte", 1),
                        ("kind", "volunteering"),
                        ("pence__isnull", True),
                    ),
                    models.Q(
                        ("basis", ""), ("hours__isnull", True), ("kind", "grant"), ("pence__gte", 1)
                    ),
                    models.Q(
                        ("hours__isnull", True),
                        ("kind__in", ["asset lent", "asset given"]),
                        ("pence__gte", 1),
                        models.Q(("basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="support_is_in_its_own_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportgiven",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                    ("first_day__lte", models.F("last_day")),
                ),
                name="support_goes_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="support_ends_for_a_reason"
            ),
        ),
        migrations.RunSQL(_SQL),
    ]
