"""The demo's organisation: accounts and an API key in `var/demo/organisation.json`, that work.

`python -m tools.demo_organisation` prints a one-time code of now, for whoever has no app at hand.

The file says what is so: at each start the records are brought to it, so that accounts and key work
after a restart, and after the records were deleted. The first account is an administrator's; health
data is the health officer's alone.
"""

import json
import os
import secrets
import sys
import time
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp

from app.accounts.one_time_codes import new_secret
from app.accounts.passwords import hash_password, password_matches
from app.organisations.api_keys import DAYS_MAX, ApiKeys, KeyRefused, Scope
from app.organisations.audience import ORGANISATION
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.organisations.roles import Role
from app.records.accounts.accounts import (
    AccountName,
    Secrets,
    account_number,
    put_account,
    secrets_of,
)
from app.records.database import Records, open_records
from app.records.encrypted_fields import FieldUnreadable
from app.records.organisations.organisations import Organisation, members_of, put_role
from app.settings import Settings
from loadtests.command_line import command_parser

FILE = "organisation.json"
SLUG = "demo-works"
TITLE = "演示工厂 Demo Works"
HEADCOUNT = 1_000_000  # nobody who tries a large list should meet the quota first
NAME, OFFICER_NAME = "admin", "officer"
PASSWORD_BYTES = 12
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class DemoAccount:
    """What a member signs in by; its repr is never printed."""

    account: str
    password: str
    totp_secret: str

    def __repr__(self) -> str:
        return f"DemoAccount({self.account})"

    def code(self) -> str:
        """Return the one-time code of now."""
        return pyotp.TOTP(self.totp_secret).now()


@dataclass(frozen=True)
class DemoOrganisation(DemoAccount):
    """What outside checks sign in by: an administrator's account, a key, the health officer."""

    api_key: str
    officer: DemoAccount

    def __repr__(self) -> str:
        return f"DemoOrganisation({self.account})"


def make_ready(settings: Settings, folder: Path) -> DemoOrganisation:
    """Leave organisation, account and key of the file in the records; return what it says.

    folder: of the file, which is written where it is missing or its key is good no more. Raises
    RecordsUnavailable.
    """
    records = open_records(settings)
    try:
        records.upgrade()
        organisation = _organisation(records, settings.today())
        demo = _read(folder / FILE) or _new()
        for name, role, account in (
            (NAME, Role.ADMIN, demo),
            (OFFICER_NAME, Role.OFFICER, demo.officer),
        ):
            _Seat(records, organisation, name, role).put(account, settings.today())
        demo = replace(
            demo, api_key=_good_key(ApiKeys(records, settings), organisation, demo.api_key)
        )
        _write(folder / FILE, demo)
        return demo
    finally:
        records.close()


def lines_to_try(demo: DemoOrganisation, workbooks: Path) -> list[str]:
    """Return what `make run` prints."""
    return [
        f"  organisations: /org  {demo.account}  {demo.password}",
        "  one-time code: .venv/bin/python -m tools.demo_organisation"
        f"  (or an app with the secret {demo.totp_secret})",
        f"  health officer: /org  {demo.officer.account}  {demo.officer.password}"
        "  code: the same with --officer",
        f"  lists to try: {workbooks}",
    ]


def _new() -> DemoOrganisation:
    return DemoOrganisation(
        **asdict(_new_account(NAME)), api_key="", officer=_new_account(OFFICER_NAME)
    )


def _new_account(name: str) -> DemoAccount:
    return DemoAccount(f"{name}@{SLUG}", secrets.token_urlsafe(PASSWORD_BYTES), new_secret())


def _organisation(records: Records, today: date) -> Organisation:
    directory = OrganisationDirectory(records)
    found = directory.by_slug(SLUG)
    if found is None:
        return directory.create(NewOrganisation(SLUG, TITLE, HEADCOUNT), today)
    if found.disabled:
        directory.enable(found.id)
    return found


@dataclass(frozen=True)
class _Seat:
    """One member of the demo's organisation, by name and role."""

    records: Records
    organisation: Organisation
    name: str
    role: Role

    def put(self, demo: DemoAccount, today: date) -> None:
        """Make the account, or give it the file's secrets; what fits already is left as it is."""
        account, cipher = ORGANISATION.account(self.name, self.organisation.id), self.records.cipher
        if self._fits(account, demo) and self._has_role():
            return
        kept = Secrets(hash_password(ORGANISATION, cipher, demo.password), demo.totp_secret)
        with self.records.writing() as connection:
            put_account(connection, cipher, account, kept, today)
            number = account_number(connection, account)
            if number is not None:
                put_role(connection, self.organisation.id, number, self.role.value)

    def _fits(self, account: AccountName, demo: DemoAccount) -> bool:
        cipher = self.records.cipher
        with self.records.reading() as connection:
            try:
                kept = secrets_of(connection, cipher, account)
            except FieldUnreadable:
                return False
        return (
            kept is not None
            and kept.totp == demo.totp_secret
            and password_matches(ORGANISATION, cipher, kept.password_hash, demo.password)
        )

    def _has_role(self) -> bool:
        with self.records.reading() as connection:
            members = members_of(connection, self.organisation.id)
        return any(m.name == self.name and m.role == self.role and not m.disabled for m in members)


def _good_key(keys: ApiKeys, organisation: Organisation, text: str) -> str:
    """Return the key where it is good for this organisation, else a new one."""
    try:
        if keys.authenticate(text).organisation.id == organisation.id:
            return text
    except KeyRefused:
        pass
    return keys.issue(organisation.id, NAME, "demo", frozenset(Scope), DAYS_MAX)[0]


def _read(file: Path) -> DemoOrganisation | None:
    """Return what the file says, None where it is missing or none of ours."""
    try:
        content = json.loads(file.read_bytes())
        officer = content.pop("officer", None)  # which files of before kiosks do not name
        demo = DemoOrganisation(
            **content, officer=DemoAccount(**officer) if officer else _new_account(OFFICER_NAME)
        )
        codes = demo.code(), demo.officer.code()
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    accounts = (demo.account, demo.officer.account)
    ours = accounts == (f"{NAME}@{SLUG}", f"{OFFICER_NAME}@{SLUG}")
    return demo if ours and all(codes) and demo.password and demo.officer.password else None


def _write(file: Path, demo: DemoOrganisation) -> None:
    """Write the file, for its owner alone, whole or not at all."""
    text = json.dumps(asdict(demo), indent=2) + "\n"
    if file.exists() and file.read_text(encoding="utf-8") == text:
        file.chmod(0o600)
        return
    partial = file.with_suffix(f".{os.getpid()}")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    partial.replace(file)


def main(arguments: list[str]) -> None:
    """Print the code of now and how long it is good; ``--officer``: of the health officer."""
    parser = command_parser(__doc__)
    parser.add_argument("--officer", action="store_true", help="the code of the health officer")
    of_officer = parser.parse_args(arguments).officer
    demo = _read(ROOT / "var" / "demo" / FILE)
    if demo is None:
        print("there is no demo yet: make run")
        return
    seconds = 30 - int(time.time()) % 30
    account = demo.officer if of_officer else demo
    print(f"{account.code()}  good for {seconds} s, once  ({datetime.now(UTC):%H:%M:%S} UTC)")


if __name__ == "__main__":
    main(sys.argv[1:])
