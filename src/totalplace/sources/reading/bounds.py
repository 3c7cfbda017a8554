"""What opening one file may cost: every limit that a refusal can name, in one place."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 2**20
_GB = 2**30


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one file may cost. A refusal names the limit that it broke.

    The figures are many times the largest table of spending met: a year of a large county in one
    workbook is about 100,000 rows of 15 columns, 10 MB packed and 100 MB unpacked.
    """

    file_bytes: int = 20 * _GB  # a text file is read as a stream, so a large one is no harm
    unpacked_bytes: int = 20 * _GB  # the sum over all that one archive holds
    # Tables of spending pack 5 to 50 times; a file of zeros, about 1,000 times.
    unpack_ratio: int = 200
    ratio_free_bytes: int = 64 * _MB  # below this a file may pack as tightly as it likes
    members: int = 5_000
    record_bytes: int = 16 * _MB  # one record of a text file

    workbook_bytes: int = 200 * _MB  # as packed on disk
    workbook_unpacked_bytes: int = 2 * _GB  # one part of it, unpacked, and all that are read
    workbook_memory_bytes: int = 3 * _GB  # of the separate program that reads a workbook
    workbook_seconds: int = 300  # of computing, for that program; twice that by the clock
    workbook_text_bytes: int = 4 * _GB  # what it may hand back, on disk
    sheets: int = 200
    # The rectangle from A1 to the last used cell, because a reader may hold all of it at once:
    # about 100 bytes a cell, so 30 million is what fits in 3 GB.
    cells: int = 30_000_000
    rows_per_sheet: int = 1_048_576  # Excel's own limits, from here on
    columns: int = 16_384
    cell_chars: int = 32_767

    # A return is held in memory whole, at up to 100 bytes a value: 32 MB is twenty times the
    # largest met, which has 52,000 values.
    return_bytes: int = 32 * _MB  # of a text or of JSON, unpacked
    return_values: int = 4_000_000  # cells of a table, blank ones too; or values of a tree

    # What the sums of one table may come to, in pence: £1,000 trillion, 800 times all that the
    # United Kingdom spends in a year. Past it something else was published or taken as the amount,
    # and the sums of many files might no longer fit a database's numbers.
    pence: int = 10**17
