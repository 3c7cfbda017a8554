"""Random terms of agreements written as text and read back: how many, how many differ, how long.

    .venv/bin/python benchmarks/agreement_texts.py [--seed N] [--terms N]

Every difference counts against the claim that text and terms undo each other exactly.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from time import process_time
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from totalplace.agreements.wording import terms_of, text_of

_MADE = Path(__file__).resolve().parents[1] / "tests" / "agreements" / "terms_made.py"


def strategies() -> Any:
    """The module of the tests that draws random terms."""
    spec = importlib.util.spec_from_file_location("terms_made", _MADE)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{_MADE} cannot be read")
    made = importlib.util.module_from_spec(spec)
    sys.modules["terms_made"] = made
    spec.loader.exec_module(made)
    return made


def main() -> None:
    """Draw, write, read, compare, and say what came of it."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=20261126)
    asked.add_argument("--terms", type=int, default=5000)
    said = asked.parse_args()
    seen = {"terms": 0, "letters": 0, "terms differ": 0, "text differs": 0}
    spent = {"writing": 0.0, "reading": 0.0}

    @seed(said.seed)
    @settings(
        max_examples=said.terms,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies().random_terms())
    def there_and_back(terms: Any) -> None:
        begun = process_time()
        text = text_of(terms)
        written = process_time()
        back = terms_of(text)
        spent["writing"] += written - begun
        spent["reading"] += process_time() - written
        seen["terms"] += 1
        seen["letters"] += len(text)
        seen["terms differ"] += back != terms
        seen["text differs"] += text_of(back) != text

    there_and_back()
    print(f"seed {said.seed}")
    for what, count in seen.items():
        print(f"{what}: {count:,}")
    for what, seconds in spent.items():
        print(f"{what}: {1000 * seconds / seen['terms']:.2f} ms each (this process's time)")


if __name__ == "__main__":
    main()
