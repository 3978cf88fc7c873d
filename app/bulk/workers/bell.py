"""The bell: tells workers that there is work, and nothing of it.

A task of Huey, on SQLite in the state directory or on Redis. What is to be done stands in the
records; a bell that is lost costs the seconds until a worker looks by itself.

Threat: who can write to Redis has code run by the workers, for Huey's own messages are pickled.
Limit: a message is one word here, and what is no such word is thrown away.
"""

import threading
import time
import uuid
from collections.abc import Callable

import structlog
from huey import Huey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from redis import ConnectionPool

from app.settings import Settings

QUEUE = "gauge-bulk"
FILE = "bulk-queue.sqlite"
TASK = "work"
REDIS_TIMEOUT_SECONDS = 2.0
QUIET_SECONDS = 0.2


class WordSerializer(Serializer):  # type: ignore[misc]  # Huey ships no types
    """Writes a message as the name of its task alone."""

    def _serialize(self, data: Message) -> bytes:
        name: str = data.name
        return name.encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(str(uuid.uuid4()), data[:100].decode("ascii", "replace"))


class Bell:
    """Rings; what is rung within a moment is one ring. Opens its queue at the first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opening = threading.Lock()
        self._task: Callable[[], object] | None = None
        self._rang_at = 0.0

    def ring(self) -> None:
        """Tell the workers; where nothing carries it they find the work by themselves."""
        now = time.monotonic()
        if now - self._rang_at < QUIET_SECONDS:
            return
        self._rang_at = now
        try:
            with self._opening:
                if self._task is None:
                    self._task = work_task(open_huey(self._settings), lambda: None)
            self._task()
        except Exception as error:  # Redis is gone, or the disk is full
            structlog.get_logger().warning("bell_unheard", exc_info=error)


def open_huey(settings: Settings) -> Huey:
    """Return the queue of a deployment, on Redis where there is one."""
    options = {"results": False, "serializer": WordSerializer()}
    if settings.redis_url is None:
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(QUEUE, filename=str(settings.state_dir / FILE), **options)
    pool = ConnectionPool.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
    )
    return RedisHuey(QUEUE, connection_pool=pool, read_timeout=1, **options)


def work_task(huey: Huey, work: Callable[[], None]) -> Callable[[], object]:
    """Give the queue its one task; return what puts it there."""

    def hear() -> None:  # its name is that of this module, whoever works
        work()

    task: Callable[[], object] = huey.task(name=TASK)(hear)
    return task
