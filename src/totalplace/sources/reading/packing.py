# mypy: disable-error-code="untyped-decorator"
"""Columns packed as Parquet has them, by compiled loops.

Codes in runs and bits, whole numbers as differences, texts with their lengths before them; see
https://parquet.apache.org/docs/file-format/data-pages/encodings/.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_RUN: Final = 32  # equal codes that are worth a run of their own
_BLOCK, _MINI = 128, 32  # differences packed beside each other, and to one width
_SEED = np.uint64(0xCBF29CE484222325)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@njit(nogil=True, cache=True)
def _varint(out: Bytes, o: int, value: np.uint64) -> int:
    while value > np.uint64(127):
        out[o] = np.uint8((value & np.uint64(127)) | np.uint64(128))
        value >>= np.uint64(7)
        o += 1
    out[o] = np.uint8(value)
    return o + 1


@njit(nogil=True, cache=True)
def _bits(out: Bytes, o: int, codes: NDArray[np.int32], place: tuple[int, int, int]) -> int:
    """Codes from one to another in so many bits each, in groups of eight."""
    start, end, width = place
    groups = (end - start + 7) // 8
    o = _varint(out, o, np.uint64(groups << 1 | 1))
    held, some = np.uint64(0), 0
    for k in range(start, start + 8 * groups):
        code = np.uint64(codes[k]) if k < end else np.uint64(0)
        held |= code << np.uint64(some)
        some += width
        while some >= 8:
            out[o] = np.uint8(held & np.uint64(255))
            held >>= np.uint64(8)
            some -= 8
            o += 1
    return o


@njit(nogil=True, cache=True)
def pack(codes: NDArray[np.int32], width: int) -> Bytes:
    """Codes of so many bits (1 to 31), equal ones in runs and others beside each other."""
    n = len(codes)
    out = np.empty(64 + 5 * n, dtype=np.uint8)
    i, begun, o = 0, 0, 0
    while i < n:
        j = i + 1
        while j < n and codes[j] == codes[i]:
            j += 1
        to_fill = -(i - begun) % 8
        if j - i - to_fill < _RUN:
            i = j
            continue
        i += to_fill
        if i > begun:
            o = _bits(out, o, codes, (begun, i, width))
        o = _varint(out, o, np.uint64((j - i) << 1))
        for k in range((width + 7) // 8):
            out[o] = np.uint8((codes[i] >> (8 * k)) & 255)
            o += 1
        i = begun = j
    if n > begun:
        o = _bits(out, o, codes, (begun, n, width))
    return out[:o].copy()


@njit(nogil=True, cache=True)
def _zigzag(value: np.int64) -> np.uint64:
    return np.uint64(value << np.int64(1)) ^ np.uint64(value >> np.int64(63))


@njit(nogil=True, cache=True)
def differences(values: NDArray[np.int64]) -> Bytes:
    """Whole numbers as the first and the differences, each block less its least."""
    n = len(values)
    out = np.empty(64 + 10 * n + 16 * (n // _BLOCK + 1) + 8 * _BLOCK, dtype=np.uint8)
    o = _varint(out, 0, np.uint64(_BLOCK))
    o = _varint(out, o, np.uint64(_BLOCK // _MINI))
    o = _varint(out, o, np.uint64(n))
    o = _varint(out, o, _zigzag(values[0] if n else np.int64(0)))
    over = np.empty(_BLOCK, dtype=np.uint64)
    at = 1
    while at < n:
        count = min(_BLOCK, n - at)
        least = values[at] - values[at - 1]
        for k in range(1, count):
            least = min(least, values[at + k] - values[at + k - 1])
        over[:] = 0
        for k in range(count):
            over[k] = np.uint64(values[at + k] - values[at + k - 1] - least)
        o = _varint(out, o, _zigzag(least))
        widths = o
        o += _BLOCK // _MINI
        for m in range(_BLOCK // _MINI):
            every = np.uint64(0)
            for k in range(m * _MINI, (m + 1) * _MINI):
                every |= over[k]
            width = 0
            while every:
                width += 1
                every >>= np.uint64(1)
            out[widths + m] = width
            if m * _MINI < count and width:
                o = _packed_64(out, o, over[m * _MINI : (m + 1) * _MINI], width)
        at += count
    return out[:o].copy()


@njit(nogil=True, cache=True)
def _packed_64(out: Bytes, o: int, values: NDArray[np.uint64], width: int) -> int:
    """Numbers of up to 64 bits beside each other."""
    held, some = np.uint64(0), 0
    for k in range(len(values)):
        held |= values[k] << np.uint64(some)
        if some + width >= 64:
            for _ in range(8):
                out[o] = np.uint8(held & np.uint64(255))
                held >>= np.uint64(8)
                o += 1
            taken = 64 - some
            held = values[k] >> np.uint64(taken) if taken < 64 else np.uint64(0)
            some += width - 64
        else:
            some += width
    while some > 0:
        out[o] = np.uint8(held & np.uint64(255))
        held >>= np.uint64(8)
        some -= 8
        o += 1
    return o


@njit(nogil=True, cache=True)
def with_lengths(offsets: NDArray[np.int32], content: Bytes) -> Bytes:
    """Texts, each after its length in four bytes."""
    n = len(offsets) - 1
    out = np.empty(4 * n + offsets[n] - offsets[0], dtype=np.uint8)
    o = 0
    for k in range(n):
        length = offsets[k + 1] - offsets[k]
        for byte in range(4):
            out[o + byte] = np.uint8((length >> (8 * byte)) & 255)
        o += 4
        for i in range(offsets[k], offsets[k + 1]):
            out[o] = content[i]
            o += 1
    return out


@njit(nogil=True, cache=True)
def _hash(words: NDArray[np.uint64], content: Bytes, start: int, end: int) -> np.uint64:
    h = _SEED ^ np.uint64(end - start)
    if end - start >= 8:
        i = start
        while i + 8 < end:
            h = (h ^ words[i]) * _MIX
            h ^= h >> np.uint64(29)
            i += 8
        h = (h ^ words[end - 8]) * _MIX
        return np.uint64(h ^ (h >> np.uint64(32)))
    for i in range(start, end):
        h = (h ^ np.uint64(content[i])) * _MIX
    return h ^ (h >> np.uint64(32))


@njit(nogil=True, cache=True)
def _same(content: Bytes, one: int, other: int, length: int) -> bool:
    k = 0
    while k < length and content[one + k] == content[other + k]:
        k += 1
    return k == length


@njit(nogil=True, cache=True)
def _number(
    offsets: NDArray[np.int32], content: Bytes, words: NDArray[np.uint64], most: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    n = len(offsets) - 1
    size = 1024
    while size < 2 * min(n, most) + 2:
        size *= 2
    table = np.full(size, -1, dtype=np.int32)
    codes = np.empty(n, dtype=np.int32)
    first = np.empty(min(n, most) + 1, dtype=np.int32)
    keys = np.empty(min(n, most) + 1, dtype=np.uint64)
    count = 0
    for r in range(n):
        start, end = offsets[r], offsets[r + 1]
        h = _hash(words, content, start, end)
        at = np.int64(h & np.uint64(size - 1))
        code = -1
        while table[at] >= 0:
            c = table[at]
            f = first[c]
            if (
                keys[c] == h
                and offsets[f + 1] - offsets[f] == end - start
                and _same(content, offsets[f], start, end - start)
            ):
                code = c
                break
            at = (at + 1) & (size - 1)
        if code < 0:
            if count == most:
                return codes[:0], first[:0]
            code = count
            first[count], keys[count], table[at] = r, h, count
            count += 1
        codes[r] = code
    return codes, first[:count].copy()


def number_texts(
    offsets: NDArray[np.int32], content: Bytes, most: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """A code for each text, equal for equal ones, and where each code is first met.

    Both are empty where there are more than `most` different texts.
    """
    codes, first = _number(offsets, content, words_of(content), most)
    return codes, first


@njit(nogil=True, cache=True)
def some_texts(
    offsets: NDArray[np.int32], content: Bytes, rows: NDArray[np.int32]
) -> tuple[NDArray[np.int32], Bytes]:
    """Some texts of a column, as a column."""
    ends = np.empty(len(rows) + 1, dtype=np.int32)
    ends[0] = 0
    for k in range(len(rows)):
        ends[k + 1] = ends[k] + offsets[rows[k] + 1] - offsets[rows[k]]
    out = np.empty(ends[-1], dtype=np.uint8)
    for k in range(len(rows)):
        at = offsets[rows[k]] - ends[k]
        for o in range(ends[k], ends[k + 1]):
            out[o] = content[at + o]
    return ends, out


def words_of(buf: Bytes) -> NDArray[np.uint64]:
    """The 8 bytes from every byte on, as a view, as far as 8 are left."""
    shape = (max(len(buf) - 7, 0),)
    return np.ndarray(shape, dtype="<u8", buffer=buf, strides=(1,))
