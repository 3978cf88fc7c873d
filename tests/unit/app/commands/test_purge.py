import json
import os
import time

import pytest


def stray(tmp_path):
    """Leave an old key that no job holds."""
    keys = tmp_path / "state" / "bulk-keys"
    keys.mkdir(parents=True)
    (keys / "stray.upload.key").write_bytes(b"x")
    os.utime(keys / "stray.upload.key", (time.time() - 3_600,) * 2)
    return keys


@pytest.mark.usefixtures("begun")
def test_what_was_found_is_told_by_number(gauge, tmp_path):
    keys = stray(tmp_path)
    code, out, _ = gauge("purge", "--json")
    found = json.loads(out)
    assert (0, 1, 0) == (code, found["strays_destroyed"], found["keys_without_job"])
    assert [] == list(keys.iterdir())


@pytest.mark.usefixtures("begun")
def test_every_kind_of_record_has_a_line(gauge):
    code, out, _ = gauge("purge")
    assert 0 == code
    kinds = ("checkins", "health_readings", "health_alarms", "observations", "health_accesses")
    for name in (
        "bulk_receipts",
        "webhook_deliveries",
        "quota_sketches",
        "keys without job",
        *kinds,
    ):
        assert name in out


@pytest.mark.usefixtures("begun")
def test_what_stays_ends_the_command_with_its_code(gauge, tmp_path):
    stray(tmp_path).joinpath("other.upload.key").mkdir()
    os.utime(tmp_path / "state" / "bulk-keys" / "other.upload.key", (1, 1))
    code, _, err = gauge("purge")
    assert 12 == code
    assert "other" in err
