"""The example place: a made-up English county whose every payment is known.

Wexshire, its councils, its health, police and fire bodies, its departments and their suppliers
do not exist. Their spending is written as messily as agencies publish theirs, with what each
returns of its accounts, beside a truth that says what a careful reader should find in each file
and in the count of them all. Codes begin EX-, or are GSS codes that were never issued.
"""

from totalplace.example_place.truth import Truth
from totalplace.example_place.writing import DEFAULT_SEED, write_example

__all__ = ["DEFAULT_SEED", "Truth", "write_example"]
