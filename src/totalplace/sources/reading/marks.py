# mypy: disable-error-code="untyped-decorator"
# ruff: noqa: ARG001 - how the compiler calls these is not for us to say
"""What a processor does in one step and Python has no word for, for the compiled loops.

Sixty-four bytes compared at once, with a bit for each; the place of the lowest bit; the two halves
of a product. LLVM writes each as what the computer has, down to one byte at a time.
"""

from __future__ import annotations

from typing import Any, Final

from numba import extending, types
from numba.core import cgutils

ir: Any = vars(cgutils)["ir"]  # of llvmlite, as numba has it
intrinsic: Any = extending.intrinsic  # what it makes is called without the first argument

AT_ONCE: Final = 64
_BYTES = ir.VectorType(ir.IntType(8), AT_ONCE)
_WORD: Final = ir.IntType(64)


def _bytes_at(context: Any, builder: Any, kinds: Any, array: Any, place: Any) -> Any:
    """Sixty-four bytes of an array from a place on; the array must reach so far."""
    whole = context.make_array(kinds[0])(context, builder, array)
    start = builder.gep(whole.data, [builder.sext(place, _WORD)])
    loaded = builder.load(builder.bitcast(start, _BYTES.as_pointer()))
    loaded.align = 1
    return loaded


def _all_alike(builder: Any, byte: Any) -> Any:
    """Sixty-four times one byte."""
    one = builder.trunc(byte, ir.IntType(8))
    first = builder.insert_element(ir.Constant(_BYTES, ir.Undefined), one, ir.IntType(32)(0))
    nowhere = ir.Constant(ir.VectorType(ir.IntType(32), AT_ONCE), None)
    return builder.shuffle_vector(first, ir.Constant(_BYTES, ir.Undefined), nowhere)


def _comparing(operator: str) -> Any:
    """The code of a comparison of sixty-four bytes with one."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array, place, byte = given
        loaded = _bytes_at(context, builder, signature.args, array, place)
        bits = builder.icmp_unsigned(operator, loaded, _all_alike(builder, byte))
        return builder.bitcast(bits, _WORD)

    return code


@intrinsic
def alike(typing: Any, array: Any, place: Any, byte: Any) -> Any:
    """A bit for each of 64 bytes that is the same as one."""
    return types.uint64(array, types.int64, types.int64), _comparing("==")


@intrinsic
def below(typing: Any, array: Any, place: Any, byte: Any) -> Any:
    """A bit for each of 64 bytes that is less than one."""
    return types.uint64(array, types.int64, types.int64), _comparing("<")


def _word_pointer(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    whole = context.make_array(kind)(context, builder, array)
    start = builder.gep(whole.data, [builder.sext(place, _WORD)])
    return builder.bitcast(start, _WORD.as_pointer())


@intrinsic
def word_at(typing: Any, array: Any, place: Any) -> Any:
    """Eight bytes from a place on as one number, the first the lowest."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        loaded = builder.load(_word_pointer(context, builder, signature.args[0], *given))
        loaded.align = 1
        return loaded

    return types.uint64(array, types.int64), code


@intrinsic
def put_word(typing: Any, array: Any, place: Any, word: Any) -> Any:
    """Write a number as eight bytes from a place on."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array, place, word = given
        pointer = _word_pointer(context, builder, signature.args[0], array, place)
        builder.store(word, pointer).align = 1
        return context.get_dummy_value()

    return types.void(array, types.int64, types.uint64), code


@intrinsic
def lowest(typing: Any, bits: Any) -> Any:
    """The place of the lowest bit, of bits that are not all nought."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), code


@intrinsic
def stirred(typing: Any, one: Any, other: Any) -> Any:
    """The two halves of a product of 128 bits, one upon the other."""

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        wide = ir.IntType(128)
        product = builder.mul(builder.zext(given[0], wide), builder.zext(given[1], wide))
        low = builder.trunc(product, _WORD)
        high = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), _WORD)
        return builder.xor(low, high)

    return types.uint64(types.uint64, types.uint64), code
