from datetime import date, datetime

import pytest
from sqlalchemy import text

from app.organisations import api_keys
from app.organisations.api_keys import (
    ApiKeys,
    KeyInvalid,
    KeyRefused,
    NoSuchKey,
    Scope,
)
from app.organisations.audit import newest_lines
from app.settings import read_settings

READS = frozenset({Scope.JOBS_READ, Scope.RESULTS_READ})
NOW = 1_600_000_000


@pytest.fixture
def keys(records, monkeypatch):
    monkeypatch.setattr(api_keys.time, "time", lambda: float(NOW))
    return ApiKeys(records, read_settings())


def refused(keys, key):
    with pytest.raises(KeyRefused):
        keys.authenticate(key)
    return True


def test_a_key_lets_its_organisation_in_with_its_scopes(keys, steelworks, school):
    key, view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    caller = keys.authenticate(key)
    assert (steelworks, READS) == (caller.organisation, caller.scopes)
    assert f"key:{view.id}" == caller.actor
    assert [] == keys.list(school.id)


def test_a_list_tells_of_a_key_what_it_needs_and_when_it_was_used(keys, steelworks):
    key, view = keys.issue(steelworks.id, "hr-1", " payroll ", READS, 30)
    assert ("payroll", "hr-1", date(2020, 10, 13)) == (view.label, view.issuer, view.expires_on)
    assert [view] == keys.list(steelworks.id)
    keys.authenticate(key)
    assert date(2020, 9, 13) == keys.list(steelworks.id)[0].last_used_on


@pytest.mark.parametrize("key", ["", "cgk_", "x" * 500, "cgk_0123456789_" + "0" * 64, "字", "\x00"])
def test_a_text_that_is_no_key_is_refused(keys, steelworks, key):
    assert refused(keys, key)


def test_a_key_that_was_changed_is_refused(keys, steelworks):
    key, _view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    other = "0" if key[-1] != "0" else "1"
    assert refused(keys, key[:-1] + other)
    assert refused(keys, key + " ")
    assert refused(keys, key.upper())


def test_the_secret_of_one_key_does_not_open_another(keys, steelworks):
    keys_of_two = [keys.issue(steelworks.id, "hr-1", label, READS)[0] for label in "ab"]
    (prefix, key_id, _), (_, _, secret) = (key.split("_") for key in keys_of_two)
    assert refused(keys, f"{prefix}_{key_id}_{secret}")


@pytest.mark.parametrize(
    ("issued", "last", "end"),
    [
        ("2020-09-13T12:26:40", date(2020, 9, 14), "2020-09-14T16:00:00"),
        ("2020-09-13T16:30:00", date(2020, 9, 15), "2020-09-15T16:00:00"),  # 00:30 in Beijing
    ],
)
def test_a_key_is_good_until_its_last_day_ends_in_beijing(
    keys, steelworks, monkeypatch, issued, last, end
):
    issued_at, end_at = (datetime.fromisoformat(f"{text}Z").timestamp() for text in (issued, end))
    monkeypatch.setattr(api_keys.time, "time", lambda: issued_at)
    key, view = keys.issue(steelworks.id, "hr-1", "payroll", READS, 1)
    assert (last, end_at) == (view.expires_on, view.expires_at)
    monkeypatch.setattr(api_keys.time, "time", lambda: end_at - 1)
    keys.authenticate(key)
    monkeypatch.setattr(api_keys.time, "time", lambda: end_at)
    assert refused(keys, key)


def test_a_day_of_use_is_one_in_beijing(keys, steelworks, monkeypatch):
    key, _view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    at = datetime.fromisoformat("2020-09-13T16:30:00Z").timestamp()
    monkeypatch.setattr(api_keys.time, "time", lambda: at)
    keys.authenticate(key)
    assert date(2020, 9, 14) == keys.list(steelworks.id)[0].last_used_on


def test_a_key_is_revoked_by_its_own_organisation_alone(keys, records, steelworks, school):
    key, view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    with pytest.raises(NoSuchKey):
        keys.revoke(school.id, "hr-1", view.id)
    keys.authenticate(key)
    keys.revoke(steelworks.id, "hr-1", view.id)
    assert refused(keys, key)
    with pytest.raises(NoSuchKey):
        keys.revoke(steelworks.id, "hr-1", view.id)
    events = [line.event for line in newest_lines(records, steelworks.id)]
    assert ["key_revoked", "key_issued", "created"] == events


def test_the_keys_of_a_disabled_organisation_are_refused(keys, directory, steelworks):
    key, _view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    directory.disable(steelworks.id)
    assert refused(keys, key)
    directory.enable(steelworks.id)
    keys.authenticate(key)


@pytest.mark.parametrize(
    ("field", "label", "scopes", "days"),
    [
        ("label", " ", READS, 1),
        ("label", "x" * 81, READS, 1),
        ("scopes", "payroll", frozenset(), 1),
        ("days", "payroll", READS, 0),
        ("days", "payroll", READS, 366),
    ],
)
def test_a_key_that_cannot_be_is_not_issued(keys, steelworks, field, label, scopes, days):
    with pytest.raises(KeyInvalid) as refusal:
        keys.issue(steelworks.id, "hr-1", label, scopes, days)
    assert (field, []) == (refusal.value.field, keys.list(steelworks.id))


def test_the_database_holds_no_key(keys, records, steelworks):
    key, _view = keys.issue(steelworks.id, "hr-1", "payroll", READS)
    with records.reading() as connection:
        row = connection.execute(text("SELECT * FROM api_keys")).one()
    secret = key.rsplit("_", 1)[1]
    assert not any(secret in str(cell) or secret.encode() == cell for cell in row)
    assert not any(bytes.fromhex(secret) == cell for cell in row)
