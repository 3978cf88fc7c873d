"""Settling: writing what a turn came to, in the transaction that leases the next one."""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy import Connection

Settle: TypeAlias = Callable[[Connection], None]


def nothing(_connection: Connection) -> None:
    """Settle a turn that came to nothing."""
