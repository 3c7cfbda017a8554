"""The tables of a new database, made at once as they are now, not by way of how they came to be.

Django walks through every migration and draws up all tables anew after each step of each: ten
seconds for a database that is empty. Where an app has no table yet, its models say what to make,
and its migrations only add the SQL that they run: guards, functions, triggers. A test compares the
two ways, catalogue by catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_Key = tuple[str, str]


def make_new(alias: str) -> frozenset[str]:
    """Make the tables of each app that has none, in one transaction, and return which apps.

    An app that runs Python in a migration, or SQL that wants a transaction of its own, or whose
    tables point at those of such an app, is left to Django's own way, as is every app of which
    something was done before.
    """
    executor = MigrationExecutor(connections[alias])
    loader, recorder = executor.loader, executor.recorder
    plan = _plan(loader)
    chosen = _chosen(loader, plan)
    if not chosen:
        return frozenset()
    with connections[alias].schema_editor(atomic=True) as editor:
        for model in _models(chosen):
            editor.create_model(model)
        _finish(editor)  # foreign keys and indexes, before the SQL that counts on them
        for key, migration in plan.items():
            if key[0] in chosen:
                _run_sql(migration, editor)
        recorder.ensure_schema()
        for app, name in plan:
            if app in chosen:
                recorder.record_applied(app, name)
    return chosen


def _plan(loader: MigrationLoader) -> Mapping[_Key, Migration]:
    """Every migration, each after those on which it depends."""
    graph, found = loader.graph, dict[_Key, Migration]()
    for leaf in graph.leaf_nodes():
        for key in graph.forwards_plan(leaf):
            found.setdefault(key, graph.nodes[key])
    return found


def _chosen(loader: MigrationLoader, plan: Mapping[_Key, Migration]) -> frozenset[str]:
    begun = {app for app, _ in loader.applied_migrations}
    chosen = {app for app, _ in plan} - begun
    for (app, _), migration in plan.items():
        if not migration.atomic or any(map(_acts_alone, _flat(migration.operations))):
            chosen.discard(app)
    while True:  # a table cannot point at one that is made later
        ready = chosen | begun
        waits = {app for app in chosen if not _points_at(app) <= ready}
        if not waits:
            return frozenset(chosen)
        chosen -= waits


def _acts_alone(one: Operation) -> bool:
    """Whether an operation runs Python, or what PostgreSQL before 17 does not do in one go.

    There a new value of a type can be used only once it is committed.
    """
    if isinstance(one, RunSQL):
        return "ADD VALUE" in str(one.sql).upper()
    return isinstance(one, RunPython)


def _points_at(app: str) -> set[str]:
    """The apps at whose tables those of an app point, its own included."""
    fields = [field for model in _models({app}) for field in model._meta.local_fields]  # noqa: SLF001
    far: list[Any] = [field.related_model for field in fields if field.is_relation]
    return {one._meta.app_label for one in far}  # noqa: SLF001


def _models(labels: Iterable[str]) -> Iterator[type[models.Model]]:
    for label in sorted(labels):
        for model in apps.get_app_config(label).get_models():
            if model._meta.managed and not model._meta.proxy:  # noqa: SLF001
                yield model


def _flat(operations: Iterable[Operation]) -> Iterator[Operation]:
    for one in operations:
        if isinstance(one, SeparateDatabaseAndState):
            yield from _flat(one.database_operations)
        else:
            yield one


def _run_sql(migration: Migration, editor: BaseDatabaseSchemaEditor) -> None:
    none: Any = ProjectState()
    for one in _flat(migration.operations):
        if isinstance(one, RunSQL):
            one.database_forwards(migration.app_label, editor, none, none)


def _finish(editor: BaseDatabaseSchemaEditor) -> None:
    """Run what waits for every table to be there, as Django does at the end."""
    for statement in editor.deferred_sql:
        editor.execute(statement, None)
    editor.deferred_sql.clear()
