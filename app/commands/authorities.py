"""`gauge authorities`: whose indexes were served before, and how one is given up on purpose."""

import click


@click.group()
def authorities() -> None:
    """Tell whose indexes were served before, or give one up.

    An authority that was served and has no index now makes every answer incomplete, and none may
    go back to an earlier sequence: also after a restart, and with another trust.json. Both end
    only here.

    \b
    gauge authorities list
    gauge authorities forget "Health Commission of East"
    """


@authorities.command("list")
def list_command() -> None:
    """Print each authority that was served: the highest sequence, and with which keys."""
    from app.indexes.rollback_guard import RollbackGuard
    from app.settings import read_settings

    for one in RollbackGuard(read_settings().state_dir).entries():
        click.echo(f"{one.authority}: seq {one.seq}, {_keys(one.keyring)}")


@authorities.command("forget")
@click.argument("authority")
def forget_command(authority: str) -> None:
    """Forget AUTHORITY: it has left, or begins anew with a lower sequence.

    Take its index out of GAUGE_INDEX_DIR first, or put the new one there; then restart the
    service. By mistake, an incomplete answer becomes "not found".
    """
    from app.indexes.rollback_guard import RollbackGuard
    from app.settings import read_settings

    guard = RollbackGuard(read_settings().state_dir)
    if authority not in guard.authorities():
        raise click.BadParameter("was never served; see `gauge authorities list`")
    guard.forget(authority)
    click.echo(f"forgotten: {authority}. Restart the service.")


def _keys(keyring: str | None) -> str:
    if keyring is None:
        return "with keys that an earlier release did not name"
    return (
        f"with the keys in GAUGE_KEYS_DIR/{keyring}" if keyring else "with the keys of the service"
    )
