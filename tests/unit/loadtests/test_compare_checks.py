"""What an earlier state of the service is compared as."""

import pytest

from loadtests.compare_checks import THEN, service_then
from loadtests.http_requests import BenchFailed


def test_without_an_earlier_state_there_is_none(monkeypatch, tmp_path):
    monkeypatch.delenv("THEN", raising=False)
    with service_then(tmp_path) as then:
        assert {} == then


def test_an_earlier_state_that_is_served_on_loopback_is_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("THEN", "http://127.0.0.1:8000")
    with service_then(tmp_path) as then:
        assert {THEN: "http://127.0.0.1:8000"} == then


@pytest.mark.parametrize("then", ["https://check.example.org", "http://10.0.0.1:8000", "nowhere"])
def test_nobody_elses_service_is_loaded_and_a_checkout_must_be_set_up(monkeypatch, tmp_path, then):
    monkeypatch.setenv("THEN", then)
    with pytest.raises(BenchFailed), service_then(tmp_path):
        pass
