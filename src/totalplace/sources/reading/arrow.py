"""Blocks as Arrow arrays, so that the engine writes them without a copy into Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import nanoarrow as na
import numpy as np
from nanoarrow.c_array_stream import CArrayStream
from numpy.typing import NDArray

from totalplace.sources.reading.block import NO_DAY, NO_PENCE, TEXTS, Block

_WHOLE: Final = {
    "row": na.int32(), "kind": na.uint8(), "amount": na.int64(), "precision": na.uint8(),
    "redacted": na.uint8(), "copy": na.uint8(),
}  # fmt: skip
_MISSING: Final = {"net": NO_PENCE, "vat": NO_PENCE, "gross": NO_PENCE}
_SCHEMA: Final = na.struct(
    {
        "table_no": na.int32(),
        **_WHOLE,
        **{name: na.int64() for name in _MISSING},
        "day": na.int32(),
        **{name: na.string() for name in TEXTS},
    }
)


class Stream:
    """An Arrow stream of blocks, each with the number of the table it was read from."""

    def __init__(self, blocks: Iterable[tuple[int, Block]]) -> None:
        self._arrays = [_struct(number, block) for number, block in blocks]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        if requested_schema is not None:
            raise NotImplementedError("these rows come in their own schema only")
        schema = na.c_schema(_SCHEMA)
        stream = CArrayStream.from_c_arrays(self._arrays, schema, validate=False)
        exported: object = stream.__arrow_c_stream__()
        return exported


def _struct(number: int, block: Block) -> Any:
    n = len(block)
    children = [_plain(na.int32(), np.full(n, number, dtype=np.int32))]
    for name, kind in _WHOLE.items():
        column: NDArray[Any] = getattr(block, name)
        children.append(_plain(kind, column.view(np.uint8) if column.dtype == bool else column))
    children += [_nullable(na.int64(), getattr(block, m), none) for m, none in _MISSING.items()]
    children.append(_nullable(na.int32(), block.day, NO_DAY))
    for name in TEXTS:
        text = block.texts[name]
        buffers = [None, text.offsets, text.content]
        children.append(na.c_array_from_buffers(na.string(), n, buffers))
    return na.c_array_from_buffers(_SCHEMA, n, [None], children=children)


def _plain(kind: Any, values: NDArray[Any]) -> Any:
    return na.c_array_from_buffers(kind, len(values), [None, np.ascontiguousarray(values)])


def _nullable(kind: Any, values: NDArray[Any], none: int) -> Any:
    there = values != none
    bits = np.packbits(there, bitorder="little")
    missing = len(values) - int(there.sum())
    buffers = [bits if missing else None, np.ascontiguousarray(values)]
    return na.c_array_from_buffers(kind, len(values), buffers, null_count=missing)
