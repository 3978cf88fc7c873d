"""Positioned reads: bytes of an open file by their place, with no position and no map shared.

A map of a file that another process cuts short kills whoever reads there (SIGBUS); a read by place
says how much it got. Workers share the kernel's copy of the file all the same.
"""

import ctypes
import os
import threading
import weakref
from typing import BinaryIO

PIECE_BYTES = 4096


class ReadFailed(Exception):
    """The bytes are not all there: the file is shorter, closed or unreadable."""


def _pread_of_libc() -> "ctypes._FuncPointer":
    # `os.pread` gives the interpreter's lock away, and beside busy threads waits up to 5 ms to get
    # it back: a thousand times what a read of memory takes. PyDLL keeps the lock, as a map does.
    function = ctypes.PyDLL(None).pread
    # c_void_p for length and place too: as wide as they are, and converted in half the time
    function.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
    function.restype = ctypes.c_ssize_t
    return function


_pread = _pread_of_libc()


class _ThreadBuffer(threading.local):
    """Memory of one thread that reads land in."""

    def __init__(self) -> None:
        buffer: ctypes.Array[ctypes.c_char] = ctypes.create_string_buffer(PIECE_BYTES)
        self.memory = buffer, ctypes.addressof(buffer)  # one look at what is of this thread


_thread = _ThreadBuffer()


class PositionedFile:
    """One open file; several threads and forked processes may read it at a time.

    The descriptor is freed with the last reference, so that who still reads need not be waited for.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Take a descriptor of one's own of an open file. Raises OSError."""
        self._descriptor = os.dup(file.fileno())
        self._free = weakref.finalize(self, os.close, self._descriptor)
        self._free.atexit = False  # a thread that still reads then would see damage

    def size(self) -> int:
        """Return how many bytes the file has now. Raises ReadFailed."""
        try:
            return os.fstat(self._descriptor).st_size
        except OSError as error:
            raise ReadFailed("the file cannot be looked at") from error

    def read(self, place: int, length: int) -> bytes:
        """Return the bytes at a place, all of them. Raises ReadFailed."""
        if length <= PIECE_BYTES:
            buffer, address = _thread.memory
            if _pread(self._descriptor, address, length, place) == length:
                return buffer.raw[:length]
        return self._read_in_pieces(place, length)

    def close(self) -> None:
        """Close the file; a later read raises ReadFailed.

        Whoever reads in this moment may get bytes of another file: every reader checks them.
        """
        self._descriptor = -1
        self._free()

    def _read_in_pieces(self, place: int, length: int) -> bytes:
        """Return the bytes, read until they are all there or no more come."""
        pieces = bytearray()
        while len(pieces) < length:
            try:
                piece = os.pread(self._descriptor, length - len(pieces), place + len(pieces))
            except OSError as error:
                raise ReadFailed("the file cannot be read") from error
            if not piece:
                raise ReadFailed("the file ends before")
            pieces += piece
        return bytes(pieces)
