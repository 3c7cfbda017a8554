"""Memory that a process shares with those divided off it, for what they read.

What is read of a file is some hundred KB of arrays. Handed over as it lies, it is copied once into
the memory shared and once out; through a pipe it would be copied six times, 64 KB at a time.
"""

from __future__ import annotations

import mmap
import pickle
from typing import Any, Final

BYTES: Final = 8 * 2**20  # of a slot; only what is written to takes memory

Sent = tuple[bytes, list[int] | None]


class Slots:
    """So many places for one thing each; made before the process is divided."""

    def __init__(self, count: int) -> None:
        self._memory = mmap.mmap(-1, count * BYTES)

    def put(self, slot: int, thing: Any) -> Sent:
        """Put a thing into a slot, and say what `take` is to be told; too large, it goes along."""
        buffers: list[pickle.PickleBuffer] = []
        told = pickle.dumps(thing, protocol=5, buffer_callback=buffers.append)
        lengths = [len(b.raw()) for b in buffers]
        if sum(lengths) > BYTES:
            return pickle.dumps(thing, protocol=5), None
        at = slot * BYTES
        for buffer, length in zip(buffers, lengths, strict=True):
            self._memory[at : at + length] = buffer.raw()
            at += length
        return told, lengths

    def take(self, slot: int, sent: Sent) -> Any:
        """Take a thing out of a slot, which is free then."""
        told, lengths = sent
        if lengths is None:
            return pickle.loads(told)  # noqa: S301 - of our own process
        start = slot * BYTES
        whole = memoryview(self._memory[start : start + sum(lengths)])
        buffers, at = [], 0
        for length in lengths:
            buffers.append(whole[at : at + length])
            at += length
        return pickle.loads(told, buffers=buffers)  # noqa: S301 - of our own process
