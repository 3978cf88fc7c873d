"""A file that carries sealed messages from the service to the builder's side.

JSON lines, UTF-8: first ``{"format": …, "version": …}``, then one line a message, last
``{"end": …}`` with the number of messages. A file that was cut short, anywhere, is none: whoever
stood behind the cut would never be heard of.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, TypeVar

from exposure_index.errors import ExitCode, ForeseenError

Line = TypeVar("Line")


class ExportUnreadable(ForeseenError):
    """The file is no whole export of ours; names the line, never its content."""

    exit_code = ExitCode.BAD_INPUT


def write_lines(
    file: IO[str], form: Mapping[str, object], lines: Iterable[Mapping[str, object]]
) -> int:
    """Write a whole file; return how many messages it carries. form: its first line."""
    file.write(json.dumps(form) + "\n")
    count = 0
    for line in lines:
        file.write(json.dumps(line) + "\n")
        count += 1
    file.write(json.dumps({"end": count}) + "\n")
    return count


def read_lines(
    file: Iterable[str], form: Mapping[str, object], read: Callable[[dict[str, Any]], Line]
) -> Iterator[Line]:
    """Yield what ``read`` makes of each message. Raises ExportUnreadable where it cannot.

    Whether the file is whole is known only when all of it was read.
    """
    count, ended, number = 0, False, 0
    try:
        for number, line in enumerate(file, 1):
            data = json.loads(line)
            ended = data == {"end": count}
            if number == 1 and data != form:
                raise ExportUnreadable(f"line 1: no export of {form['format']}")
            if number > 1 and not ended:
                yield read(data)
                count += 1
    except UnicodeDecodeError:
        raise ExportUnreadable("it is not in UTF-8") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ExportUnreadable(f"line {number}: cannot be read") from None
    if not ended:
        raise ExportUnreadable("its end is missing: it was cut short; export it again")


def in_base64(message: bytes) -> str:
    """Return a sealed message as a line carries it."""
    return base64.b64encode(message).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the sealed message that a line carries. Raises ValueError."""
    try:
        return base64.b64decode(text, None, True)
    except binascii.Error as error:
        raise ValueError from error
