"""`gauge authorities`: whose indexes must be there, and how one is given up on purpose."""

import click


@click.group()
def authorities() -> None:
    """Tell whose indexes must be there, or give one up.

    An authority that was served and has no index now makes every answer incomplete, and none may
    go back to an earlier sequence: also after a restart, and with another trust.json. Both end
    only here. Whoever GAUGE_AUTHORITIES names must be there too, and whoever has a directory of
    keys.

    \b
    gauge authorities list
    gauge authorities forget "Health Commission of East"
    """


@authorities.command("list")
def list_command() -> None:
    """Print each authority that must be there: the highest sequence served, and with which keys."""
    from app.indexes.rollback_guard import RollbackGuard
    from app.settings import read_settings

    settings = read_settings()
    served = RollbackGuard(settings.state_dir).entries()
    for one in served:
        click.echo(f"{one.authority}: seq {one.seq}, {_keys(one.keyring)}")
    for name in sorted({*settings.authorities} - {one.authority for one in served}):
        click.echo(f"{name}: named by GAUGE_AUTHORITIES, never served")
    if not served and not settings.authorities:
        click.echo("none: no index was served yet, and GAUGE_AUTHORITIES names nobody", err=True)


@authorities.command("forget")
@click.argument("authority")
def forget_command(authority: str) -> None:
    """Forget AUTHORITY: it has left, or begins anew with a lower sequence.

    Take its index out of GAUGE_INDEX_DIR first, or put the new one there. If it has left, take its
    name out of GAUGE_AUTHORITIES and its directory out of GAUGE_KEYS_DIR too; then restart the
    service. By mistake, an incomplete answer becomes "not found".
    """
    from app.indexes.rollback_guard import RollbackGuard
    from app.settings import read_settings

    settings = read_settings()
    guard = RollbackGuard(settings.state_dir)
    served = [one for one in guard.entries() if one.authority == authority]
    if not served:
        if authority in settings.authorities:
            raise click.BadParameter("was never served: take it out of GAUGE_AUTHORITIES")
        raise click.BadParameter("was never served; see `gauge authorities list`")
    guard.forget(authority)
    click.echo(f"forgotten: {authority}. Restart the service.")
    if authority in settings.authorities:
        click.echo("GAUGE_AUTHORITIES still names it: where it has left, take it out there.")
    for keyring in [one.keyring for one in served if one.keyring]:
        if (settings.keys_dir / keyring).is_dir():
            click.echo(
                f"Its keys are still there: where it has left, remove {keyring} from "
                "GAUGE_KEYS_DIR."
            )


def _keys(keyring: str | None) -> str:
    if keyring is None:
        return "with keys that an earlier release did not name"
    return (
        f"with the keys in GAUGE_KEYS_DIR/{keyring}" if keyring else "with the keys of the service"
    )
