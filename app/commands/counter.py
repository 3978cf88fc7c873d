"""`gauge counter`: accounts of clerks, and the audit of what they did."""

from __future__ import annotations

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.private_file import private_new_file
from app.commands.records import existing_records, records_to_begin

if TYPE_CHECKING:
    from app.accounts.administration import AccountAdministration
    from app.settings import Settings

ISSUER = "Contact Gauge"
NO_SUCH_ACCOUNT = "there is no such account"

password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, one line."
)


def _account(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    from app.records.accounts.accounts import NAME

    if not NAME.fullmatch(name):
        message = "2 to 40 small letters, digits, dots, dashes; better a desk than a person's name"
        raise click.BadParameter(message)
    return name


name_argument = click.argument("name", callback=_account)


@click.group()
def counter() -> None:
    """Clerks who check one person at a time for those without a phone; needs GAUGE_COUNTER=on.

    \b
    gauge counter add desk-1
    gauge counter audit --out audit.csv
    """


@counter.command("add")
@name_argument
@password_stdin
def add_command(name: str, *, password_stdin: bool) -> None:
    """Make an account; shows the secret of its one-time codes, once, as a QR code."""
    from app.accounts.administration import AccountExists
    from app.settings import read_settings

    settings, password = read_settings(), read_password(from_stdin=password_stdin)
    try:
        secret = _accounts(settings, to_begin=True).add(name, password, settings.today())
    except AccountExists:
        raise click.UsageError("there is such an account; reset it") from None
    show_secret(name, secret)


@counter.command("reset")
@name_argument
@password_stdin
def reset_command(name: str, *, password_stdin: bool) -> None:
    """Give an account a new password and new one-time codes; whoever is signed in by it is out."""
    from app.accounts.administration import NoSuchAccount
    from app.settings import read_settings

    settings, password = read_settings(), read_password(from_stdin=password_stdin)
    try:
        secret = _accounts(settings).reset(name, password, settings.today())
    except NoSuchAccount:
        raise click.UsageError(NO_SUCH_ACCOUNT) from None
    show_secret(name, secret)


@counter.command("disable")
@name_argument
def disable_command(name: str) -> None:
    """Let an account sign in no more; whoever is signed in by it is out."""
    from app.accounts.administration import NoSuchAccount
    from app.settings import read_settings

    try:
        _accounts(read_settings()).disable(name)
    except NoSuchAccount:
        raise click.UsageError(NO_SUCH_ACCOUNT) from None
    click.echo(f"{name}: disabled")


@counter.command("list")
def list_command() -> None:
    """Print the accounts."""
    from app.settings import read_settings

    for account in _accounts(read_settings()).list():
        state = "disabled" if account.disabled else "active"
        click.echo(f"{account.name:40} {state:9} since {account.changed_on}")


@counter.command("audit")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def audit_command(out: Path) -> None:
    """Write who did what and when, after proving that no line was changed or taken out.

    Columns: number, at (UTC), clerk, event. No identity and no result is in it.
    """
    from app.records.accounts.counter_audit import audit_lines
    from app.settings import read_settings

    records = existing_records(read_settings())
    with private_new_file(out) as file:
        with records.reading() as connection:
            lines = list(audit_lines(connection, records.cipher))
        writer = csv.writer(file)
        writer.writerow(("number", "at", "clerk", "event"))
        for line in lines:
            at = datetime.fromtimestamp(line.at, UTC).isoformat().replace("+00:00", "Z")
            writer.writerow((line.number, at, line.clerk, line.event))
    last = f", the last is number {lines[-1].number}" if lines else ""
    click.echo(f"{out}: {len(lines):,} lines, whole{last}")


def _accounts(settings: Settings, *, to_begin: bool = False) -> AccountAdministration:
    from app.accounts.administration import AccountAdministration
    from app.counter.audience import COUNTER

    records = records_to_begin(settings) if to_begin else existing_records(settings)
    return AccountAdministration(COUNTER, records)


def show_secret(name: str, secret: str) -> None:
    """Print the secret of an account's one-time codes as a QR code and as text."""
    from app.accounts.one_time_codes import app_address
    from app.posters.terminal_qr import terminal_qr

    click.echo(terminal_qr(app_address(secret, name, ISSUER)))
    click.echo(f"{name}: scan this with an app for one-time codes now; it is not shown again.")
    click.echo(f"Secret, if it cannot be scanned: {secret}")


def read_password(*, from_stdin: bool) -> str:
    """Return a new password, of one line of standard input or as somebody enters it twice."""
    from app.accounts.passwords import PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS

    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    if not PASSWORD_MIN_CHARACTERS <= len(password) <= PASSWORD_MAX_CHARACTERS:
        raise click.UsageError(f"a password has {PASSWORD_MIN_CHARACTERS} characters or more")
    return password
