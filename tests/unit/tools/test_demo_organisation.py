import json
import shutil

import pyotp
import pytest

from app.accounts.sign_in import Attempt, sign_in
from app.limits.actions import ActionLimits
from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.audience import ORGANISATION, parse_address
from app.organisations.directory import OrganisationDirectory
from app.records.database import open_records
from app.settings import read_settings
from tools import demo_organisation


@pytest.fixture
def settings(tmp_path, published):
    return read_settings(state_dir=str(tmp_path / "state"), keys_dir=str(published.web_keys))


def make(settings, folder):
    demo_organisation.make_ready(settings, folder)
    return json.loads((folder / demo_organisation.FILE).read_bytes())


def signs_in(settings, demo):
    """Return whether account, password and code of the file are good, by an unused code."""
    records = open_records(settings)
    name, organisation = parse_address(OrganisationDirectory(records), demo["account"])
    code = pyotp.TOTP(demo["totp_secret"]).now()
    attempt = Attempt(name, demo["password"], code, organisation)
    return sign_in(ORGANISATION, records, ActionLimits(None), b"n", attempt) is not None


def scopes_of_key(settings, demo):
    return ApiKeys(open_records(settings), settings).authenticate(demo["api_key"]).scopes


def test_account_and_key_of_the_file_are_good(settings, tmp_path):
    demo = make(settings, tmp_path)
    assert ["account", "password", "totp_secret", "api_key", "officer"] == list(demo)
    assert signs_in(settings, demo)
    assert set(Scope) == scopes_of_key(settings, demo)


def test_the_health_officer_of_the_file_signs_in(settings, tmp_path):
    demo = make(settings, tmp_path)
    assert "officer@demo-works" == demo["officer"]["account"]
    assert signs_in(settings, demo["officer"])


def test_a_file_of_before_kiosks_keeps_its_account(settings, tmp_path):
    before = make(settings, tmp_path)
    del before["officer"]
    (tmp_path / demo_organisation.FILE).write_text(json.dumps(before))
    demo = make(settings, tmp_path)
    assert before == {name: demo[name] for name in before}
    assert signs_in(settings, demo["officer"])


def test_a_second_start_changes_nothing(settings, tmp_path):
    assert make(settings, tmp_path) == make(settings, tmp_path)


def test_the_same_account_works_after_the_records_were_deleted(settings, tmp_path):
    before = make(settings, tmp_path)
    shutil.rmtree(settings.state_dir)
    demo = make(settings, tmp_path)
    assert before["password"] == demo["password"]
    assert signs_in(settings, demo)
    assert set(Scope) == scopes_of_key(settings, demo)


def test_a_deleted_file_is_written_anew_and_works(settings, tmp_path):
    make(settings, tmp_path)
    (tmp_path / demo_organisation.FILE).unlink()
    assert signs_in(settings, make(settings, tmp_path))


@pytest.mark.parametrize("content", ["", "{}", '{"account": 1}', "[1]"])
def test_a_file_that_is_none_of_ours_is_replaced(settings, tmp_path, content):
    (tmp_path / demo_organisation.FILE).write_text(content)
    assert signs_in(settings, make(settings, tmp_path))


def test_a_disabled_organisation_is_enabled_again(settings, tmp_path):
    make(settings, tmp_path)
    directory = OrganisationDirectory(open_records(settings))
    directory.disable(directory.by_slug(demo_organisation.SLUG).id)
    assert signs_in(settings, make(settings, tmp_path))


def test_only_its_owner_reads_the_file(settings, tmp_path):
    make(settings, tmp_path)
    assert 0o600 == (tmp_path / demo_organisation.FILE).stat().st_mode & 0o777


def test_what_is_printed_holds_no_key(settings, tmp_path):
    demo = demo_organisation.make_ready(settings, tmp_path)
    lines = demo_organisation.lines_to_try(demo, tmp_path)
    assert demo.account in lines[0]
    assert not any(demo.api_key in line for line in lines)
