# mypy: disable-error-code="untyped-decorator"
"""The hot loops of reading, compiled: cut records, read plain sums, fold text, know copies.

Each loop does for bytes what a plain rule does for a cell, and hands back what is not plain:
`money` reads 1,234.56 and leaves 1.2E+05 to `amounts.pence`. Bytes are UTF-8.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Starts = NDArray[np.int32]

QUOTED: Final = 1
DOUBLED: Final = 2  # holds doubled quotes
UNTIDY: Final = 4  # may hold white space to fold
READ, ODD, EMPTY = 0, 1, 2  # what became of a sum
WHOLE, CUT_SHORT, UNSUITED = 0, 1, 2  # how cutting ended
LATER: Final = 1000
_WIDEST = 16_384  # cells of a record, as in `text`
_LF, _CR, _SPACE, _QUOTE = 10, 13, 32, 34
_PRIME = np.uint64(0x100000001B3)
_SEED = np.uint64(0xCBF29CE484222325)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@njit(nogil=True, cache=True)
def _white(buf: Bytes, i: int, end: int) -> int:
    """How many bytes of white space stand at i, as Python's str.split sees it; 0 for none."""
    b = buf[i]
    if b <= 32:
        return 1 if (b == 32 or (9 <= b <= 13) or (28 <= b <= 31)) else 0
    if b < 0xC2:
        return 0
    if b == 0xC2:
        return 2 if i + 1 < end and (buf[i + 1] == 0xA0 or buf[i + 1] == 0x85) else 0
    if i + 2 >= end:
        return 0
    c, d = buf[i + 1], buf[i + 2]
    if b == 0xE2:
        if c == 0x80 and ((0x80 <= d <= 0x8A) or d == 0xA8 or d == 0xA9 or d == 0xAF):
            return 3
        return 3 if c == 0x81 and d == 0x9F else 0
    if b == 0xE1:
        return 3 if c == 0x9A and d == 0x80 else 0
    return 3 if b == 0xE3 and c == 0x80 and d == 0x80 else 0


@njit(nogil=True, cache=True)
def _stir(h: np.uint64, word: np.uint64) -> np.uint64:
    h = (h ^ word) * _MIX
    return h ^ (h >> np.uint64(29))


_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_SPACES, _EIGHT = np.uint64(0x2020202020202020), np.uint64(8)


@njit(nogil=True, cache=True)
def _is_quiet(word: np.uint64, separators: np.uint64) -> bool:
    """Whether 8 bytes hold no separator, nothing below a space, no accent and no double space."""
    if word & _HIGHS:
        return False
    if (word - _SPACES) & ~word & _HIGHS:  # a byte below a space
        return False
    found = word ^ separators
    if (found - _ONES) & ~found & _HIGHS:
        return False
    found = word ^ _SPACES
    spaces = (found - _ONES) & ~found & _HIGHS
    return bool(spaces & (spaces << _EIGHT) == 0)


@njit(nogil=True, cache=True)
def hash_plain(words: NDArray[np.uint64], start: int, end: int) -> np.uint64:
    """A hash of a cell as published: `words[i]` are the 8 bytes from byte i on."""
    h = _SEED
    i = start
    while i + 8 <= end:
        h = _stir(h, words[i])
        i += 8
    if i < end:
        h = _stir(h, words[i] & ((np.uint64(1) << np.uint64(8 * (end - i))) - np.uint64(1)))
    return _stir(h, np.uint64(end - start))


@njit(nogil=True, cache=True)
def hash_doubled(buf: Bytes, start: int, end: int) -> np.uint64:
    """The hash that `hash_plain` gives of a cell once its doubled quotes are single."""
    h = _SEED
    word = np.uint64(0)
    length = 0
    i = start
    while i < end:
        word |= np.uint64(buf[i]) << np.uint64(8 * (length & 7))
        length += 1
        if length & 7 == 0:
            h = _stir(h, word)
            word = np.uint64(0)
        i += 2 if buf[i] == _QUOTE else 1
    if length & 7:
        h = _stir(h, word)
    return _stir(h, np.uint64(length))


@njit(nogil=True, cache=True)
def _is_empty(buf: Bytes, start: int, end: int) -> bool:
    """Whether a cell is white space and nothing else."""
    i = start
    while i < end:
        w = _white(buf, i, end)
        if not w:
            return False
        i += w
    return True


@njit(nogil=True, cache=True)
def cut(
    buf: Bytes,
    words: NDArray[np.uint64],
    end: int,
    final: bool,
    separator: int,
    slot_of: NDArray[np.int32],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    flags: NDArray[np.uint8],
    at: NDArray[np.int64],
    filled: NDArray[np.int32],
    hashes: NDArray[np.uint64],
    lines_in_a_cell: int,
) -> tuple[int, int, int]:
    """Cut bytes into records as Python's csv module does: (records, bytes used, how it ended).

    `slot_of[column]` is the row of `starts`, `ends`, `flags` to note a column in: -1 is for a
    column that only goes into the row's hash; LATER is added for one that is hashed by its meaning.
    """
    n = 0
    i = 0
    columns = len(slot_of)
    separators = _ONES * np.uint64(separator)
    slots = starts.shape[1]
    while i < end:
        begun = i
        if n >= len(at) - 1:
            return n, begun, CUT_SHORT
        at[n] = begun
        for s in range(slots):
            starts[n, s] = 0
            ends[n, s] = 0
            flags[n, s] = 0
        column = 0
        full = 0
        mixed = np.uint64(0)
        breaks = 0
        done = False
        while not done:
            cell_start = i
            flag = 0
            last = np.uint8(0)
            if i < end and buf[i] == _QUOTE:
                flag = QUOTED
                i += 1
                cell_start = i
                while True:
                    if i >= end:
                        return n, begun, (UNSUITED if final else CUT_SHORT)
                    b = buf[i]
                    if b == _QUOTE:
                        if i + 1 < end and buf[i + 1] == _QUOTE:
                            flag |= DOUBLED
                            i += 2
                            continue
                        break
                    if b < _SPACE or b >= 0xC2 or (b == _SPACE and last <= _SPACE):
                        flag |= UNTIDY
                    last = b
                    if b == _LF or (b == _CR and not (i + 1 < end and buf[i + 1] == _LF)):
                        breaks += 1
                        if breaks > lines_in_a_cell:
                            return n, begun, UNSUITED
                    i += 1
                cell_end = i
                if last == _SPACE:
                    flag |= UNTIDY
                i += 1
                if i >= end and not final:
                    return n, begun, CUT_SHORT
                if i < end and buf[i] != separator and buf[i] != _LF and buf[i] != _CR:
                    return n, begun, UNSUITED
            else:
                while i < end:
                    if i + 8 <= end and _is_quiet(words[i], separators):
                        if buf[i] == _SPACE and last <= _SPACE:
                            flag |= UNTIDY
                        last = buf[i + 7]
                        i += 8
                        continue
                    b = buf[i]
                    if b == separator or b == _LF or b == _CR:
                        break
                    if b < _SPACE or b >= 0xC2 or (b == _SPACE and last <= _SPACE):
                        flag |= UNTIDY
                    last = b
                    i += 1
                cell_end = i
                if last == _SPACE:
                    flag |= UNTIDY
                if i >= end and not final:
                    return n, begun, CUT_SHORT
            slot = slot_of[column] if column < columns else -1
            if cell_end > cell_start:
                if not (flag & UNTIDY and _is_empty(buf, cell_start, cell_end)):
                    full += 1
                if slot < LATER:
                    if flag & DOUBLED:
                        h = hash_doubled(buf, cell_start, cell_end)
                    else:
                        h = hash_plain(words, cell_start, cell_end)
                    h += np.uint64(column) * _MIX
                    h ^= h >> np.uint64(31)
                    mixed += h * _PRIME
            if slot >= LATER:
                slot -= LATER
            if slot >= 0:
                starts[n, slot] = cell_start
                ends[n, slot] = cell_end
                flags[n, slot] = flag
            column += 1
            if column > _WIDEST:
                return n, begun, UNSUITED
            if i >= end:
                done = True
            elif buf[i] == separator:
                i += 1
                if i >= end:  # a separator ends the file: one more empty cell
                    if not final:
                        return n, begun, CUT_SHORT
                    done = True
            else:
                if buf[i] == _CR:
                    if i + 1 >= end and not final:
                        return n, begun, CUT_SHORT
                    i += 1
                    if i < end and buf[i] == _LF:
                        i += 1
                else:
                    i += 1
                done = True
        filled[n] = full
        hashes[n] = mixed
        n += 1
        at[n] = i
    return n, i, WHOLE


@njit(nogil=True, cache=True)
def money(
    buf: Bytes, starts: Starts, ends: Starts, pence: NDArray[np.int64], state: NDArray[np.uint8]
) -> None:
    """Read plain sums into pence: 1234, 1,234.5, £1,234.56, -12, 12.00-, (12.00); others are ODD"""
    for n in range(len(starts)):
        i, end = starts[n], ends[n]
        while i < end and buf[i] == _SPACE:
            i += 1
        while end > i and buf[end - 1] == _SPACE:
            end -= 1
        pence[n] = 0
        if i >= end:
            state[n] = EMPTY
            continue
        state[n] = ODD
        minus = False
        if buf[i] == 45:  # -
            minus = True
            i += 1
        elif buf[i] == 40 and buf[end - 1] == 41:  # ( )
            minus = True
            i += 1
            end -= 1
        if i + 1 < end and buf[i] == 0xC2 and buf[i + 1] == 0xA3:  # £
            i += 2
        if end > i and buf[end - 1] == 45 and not minus:
            minus = True
            end -= 1
        value = 0
        digits = 0
        since_comma = -1
        plain = True
        while i < end:
            b = buf[i]
            if 48 <= b <= 57:
                value = value * 10 + (b - 48)
                digits += 1
                if since_comma >= 0:
                    since_comma += 1
            elif b == 44:
                if (
                    digits == 0
                    or (since_comma >= 0 and since_comma != 3)
                    or (since_comma < 0 and digits > 3)
                ):
                    plain = False
                    break
                since_comma = 0
            else:
                break
            i += 1
        if not plain or digits == 0 or digits > 15 or (since_comma >= 0 and since_comma != 3):
            continue
        decimals = 0
        if i < end and buf[i] == 46:
            i += 1
            while i < end and 48 <= buf[i] <= 57 and decimals < 3:
                value = value * 10 + (buf[i] - 48)
                decimals += 1
                i += 1
            if decimals == 0 or decimals > 2:
                continue
        if i < end:
            continue
        if decimals == 0:
            value *= 100
        elif decimals == 1:
            value *= 10
        pence[n] = -value if minus else value
        state[n] = READ


@njit(nogil=True, cache=True)
def trailing_minus(buf: Bytes, starts: Starts, ends: Starts, rows: NDArray[np.int64]) -> int:
    """How many sums of some rows have their minus sign after the figure."""
    count = 0
    for k in range(len(rows)):
        start, end = starts[rows[k]], ends[rows[k]]
        while end > start and buf[end - 1] <= _SPACE:
            end -= 1
        if end > start and buf[end - 1] == 45:
            count += 1
    return count


@njit(nogil=True, cache=True)
def _same(buf: Bytes, one: int, other: int, length: int) -> bool:
    """Whether as many bytes are the same at two places."""
    for k in range(length):
        if buf[one + k] != buf[other + k]:
            return False
    return True


@njit(nogil=True, cache=True)
def _wider(table: NDArray[np.int32], keys: NDArray[np.uint64], count: int) -> NDArray[np.int32]:
    """A table of places four times as long, with every key in it."""
    size = 4 * len(table)
    wider = np.full(size, -1, dtype=np.int32)
    for c in range(count):
        at = np.int64(keys[c] & np.uint64(size - 1))
        while wider[at] >= 0:
            at = (at + 1) & (size - 1)
        wider[at] = c
    return wider


@njit(nogil=True, cache=True)
def number_alike(
    buf: Bytes,
    words: NDArray[np.uint64],
    starts: Starts,
    ends: Starts,
    flags: NDArray[np.uint8],
    codes: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """Give equal cells the same code; the record at which each code is first seen, and its hash.

    Cells are equal where their bytes are, and quotes are doubled in both or in neither.
    """
    table = np.full(1 << 12, -1, dtype=np.int32)
    first = np.empty(len(starts), dtype=np.int32)
    keys = np.empty(len(starts), dtype=np.uint64)
    count = 0
    for r in range(len(starts)):
        doubled = flags[r] & DOUBLED
        length = ends[r] - starts[r]
        h = hash_plain(words, starts[r], ends[r]) ^ np.uint64(doubled)
        at = np.int64(h & np.uint64(len(table) - 1))
        code = -1
        while table[at] >= 0:
            c = table[at]
            f = first[c]
            if (
                keys[c] == h
                and ends[f] - starts[f] == length
                and flags[f] & DOUBLED == doubled
                and _same(buf, starts[f], starts[r], length)
            ):
                code = c
                break
            at = (at + 1) & (len(table) - 1)
        if code < 0:
            code = count
            first[count] = r
            keys[count] = h
            table[at] = count
            count += 1
            if 2 * count > len(table):
                table = _wider(table, keys, count)
        codes[r] = code
    return first[:count].copy(), keys[:count].copy()


@njit(nogil=True, cache=True)
def place_of(
    h: np.uint64,
    table: NDArray[np.int64],
    hashes: NDArray[np.uint64],
) -> int:
    """Where a hash stands in a table of numbers, or the empty place (-1) where it would."""
    mask = np.uint64(len(table) - 1)
    at = h & mask
    while table[at] >= 0 and hashes[table[at]] != h:
        at = (at + np.uint64(1)) & mask
    return int(at)


@njit(nogil=True, cache=True)
def met_before(
    buf: Bytes,
    starts: Starts,
    ends: Starts,
    wanted: NDArray[np.uint64],
    table: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    offsets: NDArray[np.int64],
    content: Bytes,
) -> NDArray[np.int64]:
    """The number under which each cell is held, byte for byte; -1 where it is not."""
    numbers = np.full(len(wanted), -1, dtype=np.int64)
    for k in range(len(wanted)):
        n = table[place_of(wanted[k], table, hashes)]
        if n < 0 or offsets[n + 1] - offsets[n] != ends[k] - starts[k]:
            continue
        same = True
        for i in range(ends[k] - starts[k]):
            if content[offsets[n] + i] != buf[starts[k] + i]:
                same = False
                break
        if same:
            numbers[k] = n
    return numbers


@njit(nogil=True, cache=True)
def fold(
    buf: Bytes,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    flags: NDArray[np.uint8],
    rows: NDArray[np.int64],
    between: Bytes,
) -> tuple[NDArray[np.int32], Bytes]:
    """Gather the cells of some rows as one text column, white space folded, quotes undoubled.

    `starts` is one column a cell: several are joined, those that are not empty, by `between`.
    """
    room = 0
    for s in range(starts.shape[1]):
        for k in range(len(rows)):
            room += ends[rows[k], s] - starts[rows[k], s] + len(between)
    out = np.empty(room, dtype=np.uint8)
    offsets = np.empty(len(rows) + 1, dtype=np.int32)
    offsets[0] = 0
    o = 0
    for k in range(len(rows)):
        r = rows[k]
        begun = o
        for s in range(starts.shape[1]):
            i, end = starts[r, s], ends[r, s]
            doubled = flags[r, s] & DOUBLED != 0
            gap = False
            some = False
            if flags[r, s] & (DOUBLED | UNTIDY) == 0 and i < end:
                if o > begun:
                    for j in range(len(between)):
                        out[o] = between[j]
                        o += 1
                for j in range(i, end):
                    out[o] = buf[j]
                    o += 1
                continue
            while i < end:
                b = buf[i]
                if b <= 32 or b >= 0xC2:
                    w = _white(buf, i, end)
                    if w:
                        gap = some
                        i += w
                        continue
                if not some and o > begun:
                    for j in range(len(between)):
                        out[o] = between[j]
                        o += 1
                if gap:
                    out[o] = _SPACE
                    o += 1
                    gap = False
                out[o] = b
                o += 1
                some = True
                i += 1
                if doubled and b == _QUOTE:
                    i += 1
        offsets[k + 1] = o
    return offsets, out[:o].copy()


@njit(nogil=True, cache=True)
def spread(
    codes: NDArray[np.int64], offsets: NDArray[np.int64], content: Bytes
) -> tuple[NDArray[np.int32], Bytes]:
    """A text column from codes into a short list of texts."""
    n = len(codes)
    out_offsets = np.empty(n + 1, dtype=np.int32)
    out_offsets[0] = 0
    o = 0
    for k in range(n):
        o += offsets[codes[k] + 1] - offsets[codes[k]]
        out_offsets[k + 1] = o
    out = np.empty(o, dtype=np.uint8)
    for k in range(n):
        o = out_offsets[k]
        for i in range(offsets[codes[k]], offsets[codes[k] + 1]):
            out[o] = content[i]
            o += 1
    return out_offsets, out


@njit(nogil=True, cache=True)
def copies(
    keys: NDArray[np.uint64],
    seen: NDArray[np.uint64],
    held: int,
    most: int,
    copy: NDArray[np.bool_],
) -> tuple[NDArray[np.uint64], int]:
    """Mark the rows whose key was seen before; returns the table of keys, wider if need be.

    No more than `most` keys are remembered.
    """
    for n in range(len(keys)):
        key = keys[n] | np.uint64(1)  # 0 stands for an empty place
        if 4 * held >= 3 * len(seen):
            wider = np.zeros(2 * len(seen), dtype=np.uint64)
            mask = np.uint64(len(wider) - 1)
            for k in range(len(seen)):
                if seen[k]:
                    at = (seen[k] * _MIX) & mask
                    while wider[at]:
                        at = (at + np.uint64(1)) & mask
                    wider[at] = seen[k]
            seen = wider
        mask = np.uint64(len(seen) - 1)
        at = (key * _MIX) & mask
        copy[n] = False
        while seen[at]:
            if seen[at] == key:
                copy[n] = True
                break
            at = (at + np.uint64(1)) & mask
        if not copy[n] and held < most:
            seen[at] = key
            held += 1
    return seen, held


def words_of(buf: Bytes) -> NDArray[np.uint64]:
    """The 8 bytes from every byte on, as a view; the buffer ends with 8 bytes to spare."""
    shape = (max(len(buf) - 7, 0),)
    return np.ndarray(shape, dtype="<u8", buffer=buf, strides=(1,))


def slots_for(positions: list[int], hashed_later: list[int]) -> Any:
    """Where `cut` notes each column: its slot, plus LATER for one that is hashed by its meaning."""
    width = max([*positions, *hashed_later, 0]) + 1
    slot_of = np.full(width, -1, dtype=np.int32)
    for slot, position in enumerate(positions):
        slot_of[position] = slot + (LATER if position in hashed_later else 0)
    return slot_of
