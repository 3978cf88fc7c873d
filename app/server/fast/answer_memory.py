"""The memory of a worker for answers of the framework that wait for their readers.

Threat: whoever asks for a long answer and reads it slowly holds the thread that made it. Limit: an
answer of up to ``ANSWER_MAX_BYTES`` is taken whole, and the event loop sends it. Threat: thousands
who do so fill the memory. Limit: ``ANSWERS_MAX_BYTES`` for all; what is longer, or comes when that
is used up, is sent piece by piece from threads that nothing but such answers waits for.
"""

import threading

ANSWER_MAX_BYTES = 1 << 20
ANSWERS_MAX_BYTES = 1 << 28  # a thousand connections of one network, 250 KB each


class AnswerMemory:
    """Says whether there is room for another answer; safe for several threads."""

    def __init__(self) -> None:
        self._left = ANSWERS_MAX_BYTES
        self._turn = threading.Lock()

    def take(self, size: int) -> bool:
        """Take room for so many bytes; return False, with nothing taken, where there is none."""
        with self._turn:
            if size > self._left:
                return False
            self._left -= size
            return True

    def give_back(self, size: int) -> None:
        """Leave room that was taken."""
        with self._turn:
            self._left += size
