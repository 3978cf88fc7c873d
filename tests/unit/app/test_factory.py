"""What must hold before the service starts."""

import pytest

from app.factory import PrivateKeyReadable


def test_the_service_does_not_start_where_it_could_read_a_private_key(app_of, published):
    apart = {"evaluator": "process", "evaluator_socket": "/run/x/socket"}
    with pytest.raises(PrivateKeyReadable):
        app_of(published, **apart)
    app_of(published, **apart, demo=1)
