"""The container of services, as create_app makes it."""

import pytest

from app.limits.shared_memory import shared_limits
from app.services import EXTENSION, EvaluatorNotChosen, shared_keys
from app.settings import read_settings
from exposure_index.crypto.keys import KeyRing


def test_without_gauge_serve_nobody_starts_the_evaluator(app_of, published):
    with pytest.raises(EvaluatorNotChosen):
        app_of(published, evaluator="process")


def test_what_is_printed_of_the_services_holds_no_key(app_of, published):
    services = app_of(published).extensions[EXTENSION]
    assert repr(services.limits_key) not in repr(services)


def test_workers_share_the_keys_that_none_was_given_for(tmp_path):
    settings, keys = read_settings(keys_dir=str(tmp_path)), KeyRing.from_directory(tmp_path)
    memory = shared_limits()
    assert shared_keys(settings, keys, memory) == shared_keys(settings, keys, memory)
    assert 4 == len({*shared_keys(settings, keys), *shared_keys(settings, keys)})
