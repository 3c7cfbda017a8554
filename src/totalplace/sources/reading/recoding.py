# mypy: disable-error-code="untyped-decorator"
"""Letters of one byte as UTF-8, by a compiled loop."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

_CODED = [bytes([b]).decode("cp1252", "replace").encode() for b in range(256)]
_LENGTHS = np.array([len(c) for c in _CODED], dtype=np.uint8)
_LETTERS = np.array([list(c.ljust(3, b"\0")) for c in _CODED], dtype=np.uint8)


def utf8_of(block: bytes) -> bytes:
    """The same letters as UTF-8, from cp1252; what is no letter there is the sign for that."""
    given: NDArray[np.uint8] = np.frombuffer(block, dtype=np.uint8)
    content: Any = _recoded(given)
    return bytes(content)


@njit(nogil=True, cache=True)
def _recoded(block: NDArray[np.uint8]) -> NDArray[np.uint8]:
    room = 0
    for b in block:
        room += _LENGTHS[b]
    out = np.empty(room, dtype=np.uint8)
    o = 0
    for b in block:
        if b < 0x80:
            out[o] = b
            o += 1
        else:
            for k in range(_LENGTHS[b]):
                out[o] = _LETTERS[b, k]
                o += 1
    return out
