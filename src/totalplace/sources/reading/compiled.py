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

from totalplace.sources.reading.marks import alike, below, lowest, put_word, stirred, word_at

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
_SEED = np.uint64(0xCBF29CE484222325)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_STIR = np.uint64(0xA0761D6478BD642F)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


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


# Which bytes of 16 count, for so many that do: of the first eight, and of the others.
_FIRST_EIGHT = np.array([(1 << 8 * min(n, 8)) - 1 for n in range(17)], dtype=np.uint64)
_LAST_EIGHT = np.array([(1 << 8 * max(n - 8, 0)) - 1 for n in range(17)], dtype=np.uint64)


@njit(nogil=True, cache=True)
def hash_plain(buf: Bytes, start: int, end: int) -> np.uint64:
    """A hash of a cell as published; the 16 bytes after it may be read."""
    h = np.uint64(end - start) * _MIX ^ _SEED
    while True:
        left = min(end - start, 16)
        one = word_at(buf, start) & _FIRST_EIGHT[left]
        other = word_at(buf, start + 8) & _LAST_EIGHT[left]
        h = stirred(one ^ h, other ^ _STIR)
        start += 16
        if start >= end:
            return np.uint64(h)


@njit(nogil=True, cache=True)
def hash_doubled(buf: Bytes, start: int, end: int) -> np.uint64:
    """The hash that `hash_plain` gives of a cell once its doubled quotes are single."""
    single = np.zeros(end - start + 16, dtype=np.uint8)
    length = 0
    i = start
    while i < end:
        single[length] = buf[i]
        length += 1
        i += 2 if buf[i] == _QUOTE else 1
    return hash_plain(single, 0, length)


@njit(nogil=True, cache=True)
def line_ends(buf: Bytes) -> int:
    """How many of the commoner line ends there are."""
    lf = 0
    cr = 0
    for b in buf:
        lf += b == _LF
        cr += b == _CR
    return max(lf, cr)


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
    of_cells: NDArray[np.uint64],
    lines_in_a_cell: int,
) -> tuple[int, int, int]:
    """Cut bytes into records as Python's csv module does: (records, bytes used, how it ended).

    `slot_of[column]` is the row of `starts` and the like to note a column in: -1 is for a
    column that only goes into the row's hash; LATER is added for one that is hashed by its meaning.
    """
    n = 0
    i = 0
    columns = len(slot_of)
    separators = _ONES * np.uint64(separator)
    slots = len(starts)
    while i < end:
        begun = i
        if n >= len(at) - 1:
            return n, begun, CUT_SHORT
        at[n] = begun
        for s in range(slots):
            starts[s, n] = 0
            ends[s, n] = 0
            flags[s, n] = 0
            of_cells[s, n] = 0
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
                    if i + 8 <= end and _is_quiet(word_at(buf, i), separators):
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
            h = np.uint64(0)
            if cell_end > cell_start:
                if not (flag & UNTIDY and _is_empty(buf, cell_start, cell_end)):
                    full += 1
                if flag & DOUBLED:
                    h = hash_doubled(buf, cell_start, cell_end)
                else:
                    h = hash_plain(buf, cell_start, cell_end)
                if slot < LATER:
                    mixed += stirred(h ^ np.uint64(column) * _MIX, _STIR)
            if slot >= LATER:
                slot -= LATER
            if slot >= 0:
                starts[slot, n] = cell_start
                ends[slot, n] = cell_end
                flags[slot, n] = flag
                of_cells[slot, n] = h
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
def _within(bits: np.uint64) -> np.uint64:
    """Of bits that are quotes, those from each odd one up to the next."""
    for shift in (1, 2, 4, 8, 16, 32):
        bits ^= bits << np.uint64(shift)
    return bits


@njit(nogil=True, cache=True)
def cut_by_marks(
    buf: Bytes,
    end: int,
    final: bool,
    separator: int,
    slot_of: NDArray[np.int32],
    starts: Starts,
    ends: Starts,
    flags: NDArray[np.uint8],
    at: NDArray[np.int64],
    filled: NDArray[np.int32],
    hashes: NDArray[np.uint64],
    of_cells: NDArray[np.uint64],
) -> tuple[int, int, int]:
    """Cut bytes as `cut` does, 64 at a time; UNSUITED where quotes stand as in few files.

    Those are a quote within a cell that none opens, and a line break within one that is quoted.
    A cell may be said to be untidy that is not: whoever folds it finds that out.
    """
    n = column = full = cell_start = pend = 0
    columns = len(slot_of)
    mixed = np.uint64(0)
    one, top = np.uint64(1), np.uint64(63)
    inside = carried_end = carried_close = carried_space = carried_cr = np.uint64(0)
    carried_end = one  # the first byte may open a cell
    most = len(at) - 1
    if end == 0 or most < 1:
        return 0, 0, WHOLE
    at[0] = 0
    base = 0
    while base < end:
        there = _ALL
        if base + 64 > end:
            there = (one << np.uint64(end - base)) - one
        quotes = alike(buf, base, _QUOTE) & there
        cr = alike(buf, base, _CR) & there
        lf = alike(buf, base, _LF) & there
        spaces = alike(buf, base, _SPACE) & there
        low = below(buf, base, _SPACE) & there
        high = ~below(buf, base, 0xC2) & there
        lf_alone = lf & ~(cr << one | carried_cr)
        cell_ends = (alike(buf, base, separator) & there) | cr | lf_alone
        doubled = np.uint64(0)
        if quotes or inside or carried_close:
            quoted = _within(quotes) ^ inside
            if (cr | lf) & quoted:
                return 0, 0, UNSUITED
            cell_ends &= ~quoted
            opens, closes = quotes & quoted, quotes & ~quoted
            after_close = closes << one | carried_close
            doubled = opens & after_close
            if opens & ~(after_close | cell_ends << one | lf << one | carried_end):
                return 0, 0, UNSUITED
            if after_close & there & ~(cell_ends | opens):
                return 0, 0, UNSUITED
            inside = np.uint64(0) - (quoted >> top)
            carried_close = closes >> top
        edges = cell_ends | quotes
        after_space = spaces << one | carried_space
        untidy = (
            high
            | (low & ~(cell_ends | lf))
            | (spaces & (after_space | edges << one | lf << one | carried_end))
            | (edges & after_space)
        )
        carried_end = (cell_ends | lf | quotes) >> top
        carried_space = spaces >> top
        carried_cr = cr >> top
        while cell_ends:
            bit = lowest(cell_ends)
            pos = base + bit
            flag = 0
            if (untidy | doubled) or pend:
                upto = (one << np.uint64(bit) << one) - one
                flag = pend
                flag |= UNTIDY if untidy & upto else 0
                flag |= DOUBLED if doubled & upto else 0
                untidy &= ~upto
                doubled &= ~upto
                pend = 0
            cell_ends &= cell_ends - one
            is_quoted = int(buf[np.uintp(cell_start)] == _QUOTE)
            a, b = cell_start + is_quoted, pos - is_quoted
            slot = slot_of[np.uintp(column)] if column < columns else np.int32(-1)
            h = np.uint64(0)
            if b > a:
                if not (flag & UNTIDY and _is_empty(buf, a, b)):
                    full += 1
                h = hash_doubled(buf, a, b) if flag & DOUBLED else hash_plain(buf, a, b)
                if slot < LATER:
                    mixed += stirred(h ^ np.uint64(column) * _MIX, _STIR)
            if slot >= 0:
                slot -= LATER if slot >= LATER else 0
                starts[np.uintp(slot), np.uintp(n)] = a
                ends[np.uintp(slot), np.uintp(n)] = b
                flags[np.uintp(slot), np.uintp(n)] = flag | is_quoted
                of_cells[np.uintp(slot), np.uintp(n)] = h
            column += 1
            cell_start = pos + 1
            mark = buf[np.uintp(pos)]
            if mark == separator:
                if column > _WIDEST:
                    return n, at[n], UNSUITED
                continue
            if mark == _CR:
                if pos + 1 >= end and not final:
                    return n, at[n], CUT_SHORT
                if pos + 1 < end and buf[pos + 1] == _LF:
                    cell_start += 1
            for c in range(column, columns):
                slot = slot_of[c] - (LATER if slot_of[c] >= LATER else 0)
                if slot >= 0:
                    starts[slot, n] = ends[slot, n] = flags[slot, n] = of_cells[slot, n] = 0
            filled[n] = full
            hashes[n] = mixed
            n += 1
            at[n] = cell_start
            column = full = 0
            mixed = np.uint64(0)
            if n >= most:
                return n, at[n], WHOLE
        if untidy:
            pend |= UNTIDY
        if doubled:
            pend |= DOUBLED
        base += 64
    return n, at[n], UNSUITED if final and inside else WHOLE


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
def _day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, after Howard Hinnant's days_from_civil; -1 for no day there is."""
    if not (1990 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return -1
    if day == 31 and (month == 4 or month == 6 or month == 9 or month == 11):
        return -1
    if month == 2 and day > (29 if year % 4 == 0 and year != 2100 else 28):
        return -1
    y = year - 1 if month <= 2 else year
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return y * 365 + y // 4 - y // 100 + y // 400 + of_year - 719468


# Three letters of each month's name, in small letters, as one number.
_MONTHS = np.array(
    [int.from_bytes(name.encode(), "little") for name in
     ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")],
    dtype=np.uint64,
)  # fmt: skip


@njit(nogil=True, cache=True)
def days(
    buf: Bytes, starts: Starts, ends: Starts, flags: NDArray[np.uint8], month_first: bool
) -> NDArray[np.int32]:
    """Read plain days: 9/4/2024, 09-04-24, 2024-04-09, 09-Apr-24; -1 for others, and for none.

    These are a few of the forms of `dates.when`, and come to what they come to there.
    """
    found = np.full(len(starts), -1, dtype=np.int32)
    part = np.zeros(3, dtype=np.int64)
    width = np.zeros(3, dtype=np.int64)
    for n in range(len(starts)):
        i, end = starts[n], ends[n]
        if flags[n] & (DOUBLED | UNTIDY) or not 6 <= end - i <= 11:
            continue
        mark = np.uint8(0)
        named = False
        part[:] = 0
        width[:] = 0
        p = 0
        while i < end and p < 3:
            b = buf[i]
            if 48 <= b <= 57 and not (p == 1 and named):
                part[p] = part[p] * 10 + (b - 48)
                width[p] += 1
                i += 1
            elif b == 45 or b == 46 or b == 47:  # - . /
                if (mark and b != mark) or width[p] == 0:
                    break
                mark = b
                p += 1
                i += 1
            elif p == 1 and width[1] == 0 and mark == 45 and i + 3 < end and buf[i + 3] == mark:
                letters = (word_at(buf, i) & np.uint64(0xFFFFFF)) | np.uint64(0x202020)
                for m in range(12):
                    if _MONTHS[m] == letters:
                        part[1] = m + 1
                        named = True
                width[1] = 2 if named else 0
                i += 3 if named else end
            else:
                break
        if i != end or p != 2 or width[1] > 2:
            continue
        a, b2, c = part[0], part[1], part[2]
        if width[0] == 4 and 1 <= width[2] <= 2 and not named:
            found[n] = _day_number(a, b2, c)
            continue
        if not 1 <= width[0] <= 2 or not (width[2] == 2 or width[2] == 4):
            continue
        year = c if width[2] == 4 else c + (2000 if c < 70 else 1900)
        swapped = month_first and not named
        found[n] = _day_number(year, a if swapped else b2, b2 if swapped else a)
    return found


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
def _same(buf: Bytes, one: int, other_buf: Bytes, other: int, length: int) -> bool:
    """Whether as many bytes are the same at two places; the 8 after each may be read."""
    while length >= 8:
        if word_at(buf, one) != word_at(other_buf, other):
            return False
        one += 8
        other += 8
        length -= 8
    return bool((word_at(buf, one) ^ word_at(other_buf, other)) & _FIRST_EIGHT[length] == 0)


@njit(nogil=True, cache=True)
def _copy(buf: Bytes, start: int, end: int, out: Bytes, o: int) -> int:
    """Copy bytes, 8 at a time: up to 8 after them are written over."""
    while start < end:
        put_word(out, o, word_at(buf, start))
        start += 8
        o += 8
    return o + end - start


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


_FEW = 2048  # records that tell whether most are different


@njit(nogil=True, cache=True)
def number_alike(
    buf: Bytes,
    starts: Starts,
    ends: Starts,
    flags: NDArray[np.uint8],
    of_cells: NDArray[np.uint64],
    rows: NDArray[np.int64],
    always: bool,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Give equal records of some columns the same code; the record at which each is first seen.

    `starts` and the like are a row a column. Records are equal where their cells' bytes are, and
    quotes are doubled in both or in neither. Where most records are different, what is returned
    is empty, unless they are `always` wanted.
    """
    columns = len(starts)
    table = np.full(1 << 10, -1, dtype=np.int32)
    codes = np.empty(len(rows), dtype=np.int32)
    first = np.empty(len(rows), dtype=np.int64)
    keys = np.empty(len(rows), dtype=np.uint64)
    count = 0
    before = np.int32(-1)
    for k in range(len(rows)):
        r = rows[k]
        h = of_cells[0, r]
        for s in range(1, columns):
            h = stirred(h ^ _SEED, of_cells[s, r] ^ _STIR)
        at = np.int64(h & np.uint64(len(table) - 1))
        code = before
        if before < 0 or keys[before] != h:
            code = table[at]
        while code >= 0:
            f = first[code]
            same = keys[code] == h
            for s in range(columns):
                same = same and (
                    ends[s, f] - starts[s, f] == ends[s, r] - starts[s, r]
                    and (flags[s, f] ^ flags[s, r]) & DOUBLED == 0
                    and _same(buf, starts[s, f], buf, starts[s, r], ends[s, r] - starts[s, r])
                )
            if same:
                break
            if code != table[at]:  # that of the record before, which has another's place
                code = table[at]
                continue
            at = (at + 1) & (len(table) - 1)
            code = table[at]
        if code < 0:
            if not always and count > _FEW // 2 and 2 * count > k:
                return codes[:0], first[:0]
            code = np.int32(count)
            first[count] = r
            keys[count] = h
            table[at] = code
            count += 1
            if 2 * count > len(table):
                table = _wider(table, keys, count)
        codes[k] = code
        before = code
    return codes, first[:count].copy()


# How the name of a payee that is left out may begin, as `payees.redacted` knows it, up to eight
# small letters, and which bits of eight letters those are.
_HIDDEN = (
    "supplier", "suppress", "payee", "name", "benefici", "vendor", "detail", "data", "individu",
    "personal", "redact", "third", "private", "informat", "the", "withheld", "removed", "erased",
    "anonymi", "not", "undisclo", "confiden", "sensitiv", "protecte", "foi", "exempt", "gdpr",
    "section", "xxx",
)  # fmt: skip
_BEGINNINGS = np.array([int.from_bytes(b.encode(), "little") for b in _HIDDEN], dtype=np.uint64)
_LETTERS = np.array([(1 << 8 * len(b)) - 1 for b in _HIDDEN], dtype=np.uint64)
_DIGITS_OF_A_NUMBER = 4  # as in `payees.split_number`


@njit(nogil=True, cache=True)
def plain_names(
    buf: Bytes, starts: Starts, ends: Starts, flags: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Which payees are what is published: surely no number stands in them, and none is hidden.

    A number stands first, or last, with or without a bracket. Of a name with an accent nothing is
    sure, nor of one that begins as hidden ones may.
    """
    plain = np.zeros(len(starts), dtype=np.bool_)
    for k in range(len(starts)):
        i, end = starts[k], ends[k]
        if flags[k] & (DOUBLED | UNTIDY) or end - i < 3:
            continue
        sure = True
        for n in range(i, i + 3):
            small = buf[n] | 0x20
            sure = sure and 97 <= small <= 122
        word = word_at(buf, i) | _SPACES
        for n in range(len(_BEGINNINGS)):
            sure = sure and (word & _LETTERS[n]) != _BEGINNINGS[n]
        last = buf[end - 1]
        if 48 <= last <= 57 or last == 41 or last == 93:  # a digit, ) or ]
            digits = 0
            for n in range(i, end):
                digits = digits + 1 if 48 <= buf[n] <= 57 else 0
                sure = sure and digits < _DIGITS_OF_A_NUMBER
        plain[k] = sure
    return plain


@njit(nogil=True, cache=True)
def gather(
    buf: Bytes,
    starts: Starts,
    ends: Starts,
    plain: NDArray[np.bool_],
    offsets: NDArray[np.int32],
    content: Bytes,
) -> tuple[NDArray[np.int32], Bytes]:
    """A text column of cells as they stand, and for those that are not plain, of texts in turn.

    The 8 bytes after those texts may be read.
    """
    ends_of = np.empty(len(starts) + 1, dtype=np.int32)
    ends_of[0] = 0
    odd = 0
    for k in range(len(starts)):
        length = ends[k] - starts[k]
        if not plain[k]:
            length = offsets[odd + 1] - offsets[odd]
            odd += 1
        ends_of[k + 1] = ends_of[k] + length
    out = np.empty(ends_of[-1] + 8, dtype=np.uint8)
    odd = 0
    for k in range(len(starts)):
        if plain[k]:
            _copy(buf, starts[k], ends[k], out, ends_of[k])
        else:
            _copy(content, offsets[odd], offsets[odd + 1], out, ends_of[k])
            odd += 1
    return ends_of, out[: ends_of[-1]]


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

    `starts` is a row a column: several are joined, those that are not empty, by `between`.
    """
    room = 0
    for s in range(len(starts)):
        for k in range(len(rows)):
            room += ends[s, rows[k]] - starts[s, rows[k]] + len(between)
    out = np.empty(room + 8, dtype=np.uint8)
    offsets = np.empty(len(rows) + 1, dtype=np.int32)
    offsets[0] = 0
    o = 0
    for k in range(len(rows)):
        r = rows[k]
        begun = o
        for s in range(len(starts)):
            i, end = starts[s, r], ends[s, r]
            doubled = flags[s, r] & DOUBLED != 0
            gap = False
            some = False
            if flags[s, r] & (DOUBLED | UNTIDY) == 0 and i < end:
                if o > begun:
                    for j in range(len(between)):
                        out[o] = between[j]
                        o += 1
                o = _copy(buf, i, end, out, o)
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
    return offsets, out[:o]


@njit(nogil=True, cache=True)
def spread(
    codes: NDArray[Any], offsets: NDArray[Any], content: Bytes
) -> tuple[NDArray[np.int32], Bytes]:
    """A text column from codes into a short list of texts; the 8 bytes after them may be read."""
    n = len(codes)
    out_offsets = np.empty(n + 1, dtype=np.int32)
    out_offsets[0] = 0
    o = 0
    for k in range(n):
        o += offsets[codes[k] + 1] - offsets[codes[k]]
        out_offsets[k + 1] = o
    out = np.empty(o + 8, dtype=np.uint8)
    for k in range(n):
        _copy(content, offsets[codes[k]], offsets[codes[k] + 1], out, out_offsets[k])
    return out_offsets, out[:o]


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


def slots_for(positions: list[int], hashed_later: list[int]) -> Any:
    """Where `cut` notes each column: its slot, plus LATER for one that is hashed by its meaning."""
    width = max([*positions, *hashed_later, 0]) + 1
    slot_of = np.full(width, -1, dtype=np.int32)
    for slot, position in enumerate(positions):
        slot_of[position] = slot + (LATER if position in hashed_later else 0)
    return slot_of
