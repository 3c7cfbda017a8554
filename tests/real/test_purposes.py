"""Purposes told from words that were published, where the service is known; codes of COFOG."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from totalplace.count.definitions.services import services

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".." / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published files are not beside the project (../shared/data)"
)


def test_every_service_has_a_code_of_the_united_nations_list() -> None:
    with (SHARED / "reference" / "cofog.csv").open(encoding="utf-8", newline="") as text:
        codes = {row["Code"] for row in csv.DictReader(text)}
    given = {code: service.cofog for code, service in services().items() if service.cofog}
    assert set(given.values()) <= codes
    assert set(services()) - set(given) == {"not_spending", "unclassified"}
    # The service spans groups where only a division is given, and never single classes.
    assert all(len(cofog) in (2, 4) for cofog in given.values())


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    """The benchmark's own reading of the labels, so that both count alike."""
    spec = importlib.util.spec_from_file_location("purposes_bench", ROOT / "benchmarks/purposes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_every_label_of_the_council_is_mapped_or_names_no_service(bench: ModuleType) -> None:
    lines = bench.lines_of(bench.FOLDER)
    assert len(lines) == 2555
    assert {line.label for line in lines} == set(bench.LABELS) | set(bench.NO_SERVICE)
    assert set().union(*bench.LABELS.values()) <= set(services())


# Right of what is said and the share left, in lines; a little under what the benchmark prints.
BARS = {"supplier": (0.75, 0.30), "unit": (0.72, 0.45)}


@pytest.mark.parametrize("held", BARS)
def test_services_are_told_with_suppliers_and_with_units_held_out(
    bench: ModuleType, held: str
) -> None:
    lines = [line for line in bench.lines_of(bench.FOLDER) if line.label in bench.LABELS]
    key = {"supplier": lambda line: line.supplier, "unit": lambda line: line.words.unit}[held]
    told = bench.held_out(lines, key)
    plain = bench.by_service_names(lines)
    least_right, most_left = BARS[held]
    right = bench.share((one.is_right, one.is_said) for one in told)
    assert right >= least_right
    assert right > bench.share((one.is_right, one.is_said) for one in plain) + 0.15
    assert bench.share((not one.is_said, 1) for one in told) <= most_left


def test_what_is_learnt_is_what_is_shipped(bench: ModuleType) -> None:
    lines = [line for line in bench.lines_of(bench.FOLDER) if line.label in bench.LABELS]
    shipped = bench.classifier()
    lessons = [bench.Lesson(line.words, line.right) for line in lines]
    again = bench.learn(lessons, shipped).known_to(shipped)
    words = [line.words for line in lines]
    both = zip(shipped.classify(words), again.classify(words), strict=True)
    differing = sum(one.service != other.service for one, other in both)
    # Another machine may round a sum of learning otherwise, and a weight by a tenth.
    assert differing <= len(lines) // 200
