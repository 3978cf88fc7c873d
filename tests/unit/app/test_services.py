"""The container of services, as create_app makes it."""

import pytest

from app.services import EXTENSION, EvaluatorNotChosen


def test_without_gauge_serve_nobody_starts_the_evaluator(app_of, published):
    with pytest.raises(EvaluatorNotChosen):
        app_of(published, evaluator="process")


def test_what_is_printed_of_the_services_holds_no_key(app_of, published):
    services = app_of(published).extensions[EXTENSION]
    assert repr(services.limits_key) not in repr(services)
