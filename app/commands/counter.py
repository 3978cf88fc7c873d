"""`gauge counter`: accounts of clerks, and the audit of what they did."""

import csv
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pyotp
from babel.dates import get_timezone

from app.accounts.passwords import (
    PASSWORD_MAX_CHARACTERS,
    PASSWORD_MIN_CHARACTERS,
    password_hash,
)
from app.commands.private_file import private_new_file
from app.posters.terminal_qr import terminal_qr
from app.records.clerks import ACCOUNT, Secrets, clerk_names, disable_clerk, put_clerk
from app.records.counter_audit import Event, audit_lines, record
from app.records.database import open_records
from app.settings import Settings, read_settings

ISSUER = "Contact Gauge"

password_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, one line."
)


def _account(_context: click.Context, _parameter: click.Parameter, given: str) -> str:
    if not ACCOUNT.fullmatch(given):
        message = "2 to 40 small letters, digits, dots, dashes; better a desk than a person's name"
        raise click.BadParameter(message)
    return given


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
    _put(name, _password(from_stdin=password_stdin), Event.ADDED)


@counter.command("reset")
@name_argument
@password_stdin
def reset_command(name: str, *, password_stdin: bool) -> None:
    """Give an account a new password and new one-time codes; whoever is signed in by it is out."""
    _put(name, _password(from_stdin=password_stdin), Event.RESET)


@counter.command("disable")
@name_argument
def disable_command(name: str) -> None:
    """Let an account sign in no more; whoever is signed in by it is out."""
    records = open_records(read_settings())
    with records.writing() as connection:
        if not disable_clerk(connection, name):
            raise click.UsageError("there is no such account")
        record(connection, records.cipher, name, Event.DISABLED, int(time.time()))
    click.echo(f"{name}: disabled")


@counter.command("list")
def list_command() -> None:
    """Print the accounts."""
    with open_records(read_settings()).reading() as connection:
        for name, disabled, changed_on in clerk_names(connection):
            click.echo(f"{name:40} {'disabled' if disabled else 'active':9} since {changed_on}")


@counter.command("audit")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def audit_command(out: Path) -> None:
    """Write who did what and when, after proving that no line was changed or taken out.

    Columns: number, at (UTC), clerk, event. No identity and no result is in it.
    """
    records = open_records(read_settings())
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


def _put(name: str, password: str, event: Event) -> None:
    settings = read_settings()
    records, secret = open_records(settings), pyotp.random_base32()
    cipher = records.cipher
    with records.writing() as connection:
        there = name in {known for known, _, _ in clerk_names(connection)}
        if there is (event is Event.ADDED):
            raise click.UsageError(
                "there is such an account; reset it" if there else "there is no such account"
            )
        secrets = Secrets(password_hash(cipher, password), secret)
        put_clerk(connection, cipher, name, secrets, _today(settings))
        record(connection, cipher, name, event, int(time.time()))
    click.echo(terminal_qr(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)))
    click.echo(f"{name}: scan this with an app for one-time codes now; it is not shown again.")
    click.echo(f"Secret, if it cannot be scanned: {secret}")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    if not PASSWORD_MIN_CHARACTERS <= len(password) <= PASSWORD_MAX_CHARACTERS:
        raise click.UsageError(f"a password has {PASSWORD_MIN_CHARACTERS} characters or more")
    return password


def _today(settings: Settings) -> date:
    return datetime.now(get_timezone(settings.timezone)).date()
