"""Of those that come at once with one code, on each engine."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.kiosk.enrolment.kiosk_enrolments import CodeUsed, KioskEnrolments, KioskKeys
from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.keys.hpke import new_key_pair
from tests.fixtures.kiosk_records import keep_organisation

NOW = 1_000


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


def fresh_keys():
    return KioskKeys(new_key_pair()[1], new_key_pair()[1], "test")


def test_of_two_tablets_at_once_one_is_enrolled(records):
    enrolments, works = KioskEnrolments(records), keep_organisation(records)
    code, _ = enrolments.create(works, "东门", "hr-1", NOW)

    def enrol(keys):
        try:
            return enrolments.enrol(code, keys, NOW)
        except CodeUsed:
            return None

    with ThreadPoolExecutor(4) as pool:
        kiosks = list(pool.map(enrol, [fresh_keys() for _ in range(4)]))
    assert 1 == len([kiosk for kiosk in kiosks if kiosk])
    assert 1 == len(KioskFleet(records).list(works))
