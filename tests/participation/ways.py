"""Hearings at every stage in records of their own, and what is tried on them past the program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import psycopg

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.participation import queries
from totalplace.participation.rules.drafts import Who
from totalplace.participation.rules.freezing import digest_of
from totalplace.places import actions as places
from totalplace.record.rules.chain import Citation

from .conftest import ADA, BEGUN, CLOSED, Hearing, a_draft, at

NEXT: Final = CLOSED + timedelta(days=1)
LATER: Final = CLOSED + timedelta(days=60)
ALL: Final = ("wex", "nhs", "pol")
AGENCIES_ALONE: Final = Who(asks_public=False, why_not_public="It concerns agencies alone")

# A room that adopts puts such a trigger on its own table; `outcomes` does so on its adoptions.
ADOPTION: Final = """
CREATE TABLE tried_adoption (
    kind text, id text, decision text, agencies text[], day date NOT NULL);
CREATE FUNCTION tried_adoption_is_heard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    code text;
    lacks text := coalesce(participation_lacks(NEW.kind, NEW.id, NEW.day),
                           decisions_lacks(NEW.decision, NEW.kind, NEW.id, NEW.day));
BEGIN
    FOREACH code IN ARRAY NEW.agencies LOOP
        IF NOT participation_asked(NEW.kind, NEW.id, code, NEW.day) THEN
            lacks := coalesce(lacks, code || ' was not asked');
        END IF;
    END LOOP;
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION '%', lacks USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tried_adoption_is_heard BEFORE INSERT ON tried_adoption
    FOR EACH ROW EXECUTE FUNCTION tried_adoption_is_heard();
ALTER TABLE tried_adoption ENABLE ALWAYS TRIGGER tried_adoption_is_heard;
GRANT INSERT ON tried_adoption TO totalplace_app;
"""


@dataclass
class World:
    """Hearings by the stage at which each stands."""

    superuser: Callable[[], psycopg.Connection[Any]]
    stages: dict[str, Hearing] = field(default_factory=dict)

    def __getitem__(self, stage: str) -> Hearing:
        return self.stages[stage]

    def about(self, stage: str) -> Citation:
        """What the hearing of a stage is about."""
        return self[stage].about

    def build(self) -> World:
        """Bring a hearing to every stage, and decisions about the one that is concluded."""
        a_place()
        for n, (stage, bring) in enumerate(STAGES.items(), start=1):
            about = Citation("targets", f"wexshire/{n}")
            self.stages[stage] = bring(Hearing(n, about))
        for body, day in (("cab", CLOSED), ("cab", NEXT), ("board", NEXT)):
            taken(body, self.about("concluded"), day)
        taken("cab", self.about("ready"), LATER)
        propose("cab", self.about("concluded"))
        called = taken("cab", self.about("concluded"), NEXT)
        decisions.call_in(called, reason="Look", members=["Cllr Day"], by=ADA, on=at(NEXT))
        return self

    @contextmanager
    def as_superuser(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection past every grant, with every trigger off that can be turned off so."""
        with self.superuser() as connection:
            connection.autocommit = False
            connection.execute("SET LOCAL session_replication_role = replica")
            try:
                yield connection
            finally:
                connection.rollback()


STAGES: Final[dict[str, Callable[[Hearing], Hearing]]] = {
    "draft": lambda one: one.begin(),
    "open": lambda one: one.begin().open().reply(),
    "closed": lambda one: one.begin().open().reply().close(),
    "answered": lambda one: one.begin().open().reply().close().answer().finish("partnership"),
    "ready": lambda one: one.begin().open().reply().close().answer().finish(),
    "concluded": lambda one: one.heard(),
    "withdrawn": lambda one: withdrawn(one.begin().open()),
    "agencies alone": lambda one: (
        one.begin(a_draft(who=AGENCIES_ALONE)).open().close().finish("partnership").conclude()
    ),
}


def a_place() -> None:
    """A place, its agencies, and two bodies that decide."""
    day = at(date(2026, 1, 1))
    places.register_place("wexshire", name="Wexshire", by=ADA, on=day)
    for code, kind in {"wex": "council", "nhs": "nhs-board", "pol": "police"}.items():
        places.register_agency(code, name=f"Wexshire {kind}", kind=kind, by=ADA, on=day)
        places.join_place("wexshire", code, by=ADA, on=day)
    bodies = {
        "cab": ("wex", "executive", "council-executive", CallInWindow(5, Counting.WORKING, 1)),
        "board": ("nhs", "board", "own-rules", None),
    }
    for code, (agency, kind, rule_set, window) in bodies.items():
        matter = "own" if kind == "board" else "executive"
        decisions.add_body(code, agency=agency, kind=kind, name=code.title(), by=ADA, on=day)
        rules = OwnRules(
            rule_set, day.date(), "Constitution", frozenset({matter}), call_in=window,
            key_from_pence=500_000_00 if kind == "executive" else None,
        )  # fmt: skip
        decisions.set_rules(code, rules, by=ADA, on=day)


def propose(body: str, about: Citation) -> str:
    """Propose a decision about something; returns its citation."""
    matter = "own" if body == "board" else "executive"
    proposal = Proposal("Adopt them", "To adopt them", matter, LATER, 1_00, 1, about=about)
    cited = decisions.propose(body, proposal, by=ADA, on=at(BEGUN)).citation.id
    decisions.comment_on_finance(cited, "Affordable.", by=ADA, on=at(BEGUN))
    return cited


def taken(body: str, about: Citation, day: date) -> str:
    """A decision about something, taken on a day; returns its citation."""
    cited = propose(body, about)
    taking = Taking("It serves", ["Cllr Lee"])
    decisions.take(cited, taking, by=ADA, on=at(day))
    return cited


def withdrawn(hearing: Hearing) -> Hearing:
    """A hearing that was opened and withdrawn."""
    from totalplace.participation import actions

    actions.withdraw(hearing.number, reason="Wrong papers", by=ADA, on=at(hearing.today))
    return hearing


def adopt(
    about: Citation, decision: str, *, affected: Collection[str] = ALL, on: date = LATER,
    agency: str = "wex",
) -> None:  # fmt: skip
    """What the action of a room that adopts asks of the gate."""
    queries.require_heard(about, affected=affected, on=on)
    queries.require_decided(Citation("decision", decision), about, agency=agency, on=on)


def adopt_sql(
    about: Citation, decision: str, *, affected: Collection[str] = ALL, on: date = LATER
) -> str:
    """The same, past the action."""
    agencies = ", ".join(f"'{code}'" for code in affected)
    return (
        "INSERT INTO tried_adoption VALUES "  # noqa: S608  (the tests' own words)
        f"('{about.kind}', '{about.id}', '{decision}', ARRAY[{agencies}]::text[], '{on}')"
    )


def insert(table: str, hearing: Hearing, day: date, **said: object) -> str:
    """A row put into a table of the room past its action."""
    values: dict[str, object] = {"hearing_id": hearing.row.id, "by": "x", "on": f"{day}T12:00Z"}
    if table in ("hearingmove", "consultee", "reply", "point", "answer", "partfinished"):
        values["day"] = str(day)
    values |= said
    columns = ", ".join(f'"{name}"' for name in values)
    listed = ", ".join(map(written, values.values()))
    return f"INSERT INTO participation_{table} ({columns}) VALUES ({listed})"  # noqa: S608


def move(hearing: Hearing, verb: str, stages: str, day: date, **said: object) -> str:
    """A move past its action; `stages` are where from and where to."""
    before, after = stages.split(" to ")
    none = {"frozen": "", "digest": ""}
    return insert(
        "hearingmove", hearing, day, turn=len(hearing.row.moves) + 1, verb=verb, before=before,
        after=after, reason="r", **{**none, **said},
    )  # fmt: skip


def opening(hearing: Hearing, day: date, **said: object) -> str:
    """An opening past its action, with every paper among what is frozen."""
    frozen = " ".join(paper.sha256 for paper in hearing.row.papers)
    whole = {
        "first_day": str(day), "last_day": str(day + timedelta(days=90)), "asks_public": True,
        "asks_partnership": True, "frozen": frozen, "digest": digest_of(frozen),
    }  # fmt: skip
    return move(hearing, "open", "draft to open", day, **{**whole, **said})


def written(value: object) -> str:
    """A value as SQL has it."""
    if value is None:
        return "NULL"
    return (
        str(value) if isinstance(value, bool | int) else "'" + str(value).replace("'", "''") + "'"
    )
