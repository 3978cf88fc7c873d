"""Settling of one piece: its state moves on once, by the process that leased it."""

from sqlalchemy import Connection, update

from app.bulk.turns.scheduler import Turn
from app.records.organisations.bulk_jobs import bulk_pieces


def settle_piece(turn: Turn, state: str, connection: Connection) -> None:
    """Move a piece to its next state, where this process holds it still."""
    move_piece(turn, state, connection)


def move_piece(turn: Turn, state: str, connection: Connection) -> bool:
    """Move a piece to its next state; return whether this process held it."""
    pieces = bulk_pieces.c
    statement = (
        update(bulk_pieces)
        .where(pieces.job == turn.job.id)
        .where(pieces.number == turn.number)
        .where(pieces.lease == turn.owner)
        .where(pieces.state != state)
        .values(state=state, lease="", lease_until=0)
    )
    return connection.execute(statement).rowcount == 1


def postpone_piece(turn: Turn, until: int, connection: Connection) -> None:
    """Give a piece back, to be tried again at a time (seconds since 1970)."""
    pieces = bulk_pieces.c
    connection.execute(
        update(bulk_pieces)
        .where(pieces.job == turn.job.id)
        .where(pieces.number == turn.number)
        .where(pieces.lease == turn.owner)
        .values(lease="", lease_until=until)
    )
