"""The text of typed columns, as the department would have written it in a CSV file.

A column of a Parquet file has a type that whatever exported it has chosen: document numbers come
as 10000001.0, names as bytes, times in another zone. Cast plainly, none would be found again.
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

SHANGHAI_AHEAD_SECONDS = 8 * 3600  # no summer time since 1991

_EXACT_BELOW = {"halffloat": 2.0**11, "float": 2.0**24, "double": 2.0**53}
"""Whole numbers from here on may have been another number before they became this type."""


class CellsUnreadable(ValueError):
    """A column whose cells cannot be read with certainty; the message says what to do."""


def is_plain(kind: pa.DataType) -> bool:
    """Return whether every engine casts the type to the same text: strings, integers, dates."""
    return bool(_is_string(kind) or pa.types.is_integer(kind) or pa.types.is_date32(kind))


def loses_leading_zeros(kind: pa.DataType) -> bool:
    """Return whether cells of the type are numbers, so that 007 has become 7."""
    return bool(
        pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    )


def text_of(column: pa.Array) -> pa.Array:
    """Return a column as strings: whole numbers without a point, times in Asia/Shanghai.

    Yes and no for truth values, null for what is no number. Raises CellsUnreadable for bytes that
    are no UTF-8, for whole numbers too large for their type, and for nested types.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    for holds, read in _READERS:
        if holds(column.type):
            return read(column)
    message = f"type {column.type} is no type of a cell; deliver it as text"
    raise CellsUnreadable(message)


def _is_string(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_binary_view(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def _plain_text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


def _string_text(column: pa.Array) -> pa.Array:
    try:
        column.validate(full=True)
    except pa.ArrowInvalid as error:
        message = "not valid UTF-8; save it as UTF-8 text"
        raise CellsUnreadable(message) from error
    return column if pa.types.is_string(column.type) else _plain_text(column)


def _binary_text(column: pa.Array) -> pa.Array:
    try:
        return column.cast(pa.binary()).cast(pa.string())
    except pa.ArrowInvalid as error:
        message = f"type {column.type}, and its bytes are not valid UTF-8; save it as UTF-8 text"
        raise CellsUnreadable(message) from error


def _float_text(column: pa.Array) -> pa.Array:
    kind = column.type
    numbers = column.cast(pa.float32()) if pa.types.is_float16(kind) else column
    nothing = pa.scalar(None, numbers.type)
    numbers = pc.if_else(pc.is_nan(numbers), nothing, numbers)
    whole = pc.equal(pc.floor(numbers), numbers)
    if pc.any(pc.greater_equal(pc.abs(numbers), _EXACT_BELOW[str(kind)])).as_py():
        message = f"type {kind} holds numbers too large to be exact; deliver the column as text"
        raise CellsUnreadable(message)
    integers = pc.if_else(whole, numbers, pa.scalar(0.0, numbers.type)).cast(pa.int64())
    return pc.if_else(whole, _plain_text(integers), _plain_text(numbers))


def _decimal_text(column: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(_plain_text(column), r"\.0+$", "")


def _truth_text(column: pa.Array) -> pa.Array:
    return pc.if_else(column, "yes", "no")


def _moment_text(column: pa.Array) -> pa.Array:
    kind = column.type
    ticks = column.view(pa.int64()).view(pa.timestamp(kind.unit))
    seconds = ticks.cast(pa.timestamp("s"), safe=False)
    if kind.tz is not None:
        seconds = pc.add(seconds, pa.scalar(SHANGHAI_AHEAD_SECONDS, pa.duration("s")))
    return _plain_text(seconds)


def _time_of_day_text(column: pa.Array) -> pa.Array:
    return _plain_text(column.cast(pa.time32("s"), safe=False))


def _date_text(column: pa.Array) -> pa.Array:
    return _plain_text(column.cast(pa.date32()))


_READERS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (_is_string, _string_text),
    (_is_binary, _binary_text),
    (pa.types.is_integer, _plain_text),
    (pa.types.is_null, _plain_text),
    (pa.types.is_floating, _float_text),
    (pa.types.is_decimal, _decimal_text),
    (pa.types.is_boolean, _truth_text),
    (pa.types.is_timestamp, _moment_text),
    (pa.types.is_time, _time_of_day_text),
    (pa.types.is_date, _date_text),
)
