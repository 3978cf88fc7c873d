"""Locks that all workers of a machine share, and that the kernel frees when one of them dies.

They are robust mutexes of POSIX in memory made before the workers are forked: one that nobody holds
is taken without a call of the kernel, in a third of the time of `fcntl` locks. Whoever takes the
lock of a process that died finds what that one had written so far: so a table is changed in steps
of which each leaves it whole, and a count is never made smaller on the way.

Threat: a worker that is stopped (not killed) in the midst holds up all others for as long. Limit:
nobody waits longer than WAIT_MAX_SECONDS; who then goes on counts without the lock, and waits for
it no more than a moment the next times: the loop that waits answers nobody meanwhile.
"""

import ctypes
import errno
import mmap
import os
import time

LOCKS = 256
LOCK_BYTES = 64  # more than a mutex has on any system, and no two on one cache line
PROCESS_SHARED = 1  # PTHREAD_PROCESS_SHARED, PTHREAD_MUTEX_ROBUST: of glibc and musl alike
ROBUST = 1
ATTRIBUTES_BYTES = 64
WAIT_MAX_SECONDS = 0.5
WAIT_AGAIN_SECONDS = 0.002  # for a lock that was given up not long ago
GIVEN_UP_SECONDS = 10.0
EAGER_TRIES = 20
PAUSE_SECONDS = 0.000_05

# keeps the interpreter's lock: the calls made through it never wait
_system = ctypes.PyDLL(None)
try_lock, unlock = _system.pthread_mutex_trylock, _system.pthread_mutex_unlock
"""Take a mutex of ProcessLocks, or return why not, 0 where it is taken; and give it back."""
_recover = _system.pthread_mutex_consistent
unlock.restype = None


class ProcessLocks:
    """So many locks, by number from 0; of all processes forked from the one that made them.

    mutexes: for the hot path, which calls ``try_lock``, then ``wait`` where that failed, then
    ``unlock``, and saves two functions of Python.
    """

    def __init__(self, number: int = LOCKS) -> None:
        self._memory = mmap.mmap(-1, number * LOCK_BYTES)  # anonymous, survives a fork
        # made once: to make an argument of a number takes as long as to take a lock
        self.mutexes = tuple(
            ctypes.byref(ctypes.c_char.from_buffer(self._memory, place))
            for place in range(0, number * LOCK_BYTES, LOCK_BYTES)
        )
        self._given_up_until: dict[int, float] = {}  # as this process has found them
        attributes = ctypes.create_string_buffer(ATTRIBUTES_BYTES)
        faults = [
            _system.pthread_mutexattr_init(attributes),
            _system.pthread_mutexattr_setpshared(attributes, PROCESS_SHARED),
            _system.pthread_mutexattr_setrobust(attributes, ROBUST),
            *[_system.pthread_mutex_init(mutex, attributes) for mutex in self.mutexes],
        ]
        if fault := next(filter(None, faults), 0):
            raise OSError(fault, os.strerror(fault))

    def acquire(self, number: int) -> bool:
        """Take a lock; return False, without it, where somebody holds it for too long.

        The thread that took it must release it, and take no other meanwhile.
        """
        failure = try_lock(self.mutexes[number])
        return not failure or self.wait(number, failure)

    def release(self, number: int) -> None:
        """Give a lock back; nothing happens where this thread does not hold it."""
        unlock(self.mutexes[number])

    def wait(self, number: int, failure: int) -> bool:
        """Go on as ``acquire`` does where ``try_lock`` returned a failure."""
        mutex = self.mutexes[number]
        now = time.monotonic()
        is_given_up = now < self._given_up_until.get(number, 0.0)
        until = now + (WAIT_AGAIN_SECONDS if is_given_up else WAIT_MAX_SECONDS)
        tries = 0
        while failure == errno.EBUSY and time.monotonic() < until:
            tries += 1
            time.sleep(0 if tries <= EAGER_TRIES else PAUSE_SECONDS)
            failure = try_lock(mutex)
        if failure == errno.EOWNERDEAD:
            failure = _recover(mutex)
        if failure == errno.EBUSY and not is_given_up:
            self._given_up_until[number] = time.monotonic() + GIVEN_UP_SECONDS
        return not failure
