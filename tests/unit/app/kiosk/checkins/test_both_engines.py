"""What locks and keys of the engine are for, on each engine."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fixtures.kiosk_gates import KNOWN, NOW, TAKEN, Gate, numbered
from tests.fixtures.kiosk_records import keep_kiosk, keep_organisation


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def gate(records):
    keep_organisation(records)
    return Gate(records, keep_kiosk(records))


def test_of_batches_at_once_each_checkin_is_kept_once(gate):
    batch = [gate.sealed(**numbered(number)) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda part: gate.send(*part), [batch] * 4))
    states = [[answer[place][0] for answer in answers] for place in range(8)]
    assert [["known", "known", "known", "taken"]] * 8 == [sorted(each) for each in states]
    assert 8 == len(gate.kept())


def test_a_revoked_kiosk_that_comes_back_loses_nothing_of_before(gate):
    batches = [
        [gate.sealed(**numbered(number)) for number in range(start, start + 100)]
        for start in range(0, 500, 100)
    ]
    gate.send(*batches[0])
    gate.revoke(NOW + 1_000)
    outcomes = [outcome for batch in batches for outcome in gate.send(*batch)]
    assert [KNOWN] * 100 + [TAKEN] * 400 == outcomes
    kept = gate.kept()
    assert list(range(500)) == [one.sequence for one in kept]
    assert [False] * 100 + [True] * 400 == [one.unconfirmed for one in kept]
