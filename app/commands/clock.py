"""`gauge clock`: the latest time that the service has seen, and how it is given up on purpose."""

from datetime import UTC, datetime

import click


@click.group()
def clock() -> None:
    """Tell the latest time that the service has seen, or forget it.

    A service that is started again goes by no earlier time, so that a clock that is set back
    prolongs no index. Where the machine's clock was once far ahead, every index then counts as
    expired: /readyz says `clock`, and it ends only here.

    \b
    gauge clock show
    gauge clock forget
    """


@clock.command("show")
def show_command() -> None:
    """Print the time that is kept, and what the machine's clock tells."""
    from app.indexes.last_seen_time import LastSeenTime
    from app.settings import read_settings

    last_seen = LastSeenTime(read_settings().state_dir).read()
    click.echo(f"kept   {'nothing' if last_seen is None else _seconds(last_seen)}")
    click.echo(f"clock  {_seconds(datetime.now(UTC))}")


@clock.command("forget")
def forget_command() -> None:
    """Forget the time that is kept. Set the clock right and stop the service first.

    A service that runs keeps its own time again within a minute. Example: gauge clock forget
    """
    from app.indexes.last_seen_time import LastSeenTime
    from app.settings import read_settings

    LastSeenTime(read_settings().state_dir).forget()
    click.echo("forgotten: the service goes by the machine's clock when it is started again")


def _seconds(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
