"""Opens an export of watches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exposure_index.messages.sealed_messages import MessageUnreadable
from exposure_index.messages.watch_message import Watch, read_watches


@dataclass(frozen=True, slots=True)
class OpenedWatches:
    """watches: those whose time is not over; over, unreadable: how many others there are."""

    watches: tuple[Watch, ...]
    over: int
    unreadable: int


def open_watches(export: Iterable[str], private_key: bytes, today: date) -> OpenedWatches:
    """Return the watches of an export; private_key: ``sealed``. Raises ExportUnreadable."""
    kept: list[Watch] = []
    over = unreadable = 0
    for message in read_watches(export):
        try:
            watch = Watch.opened(private_key, message)
        except MessageUnreadable:
            unreadable += 1
            continue
        if watch.delete_on > today:
            kept.append(watch)
        else:
            over += 1
    return OpenedWatches(tuple(kept), over, unreadable)
