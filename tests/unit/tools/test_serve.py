import socket

import pytest

from app.server.gunicorn_server import AddressTaken
from tools import serve


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_start_on_a_port_that_is_taken_changes_nothing(
    taken_port, tmp_path, published, monkeypatch
):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_INDEX_DIR", str(published.index))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("GAUGE_HOST", "127.0.0.1")
    monkeypatch.setenv("GAUGE_PORT", str(taken_port))
    with pytest.raises(AddressTaken):
        serve.tell_of_organisation(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_port_that_is_none_is_left_for_the_service_to_name(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GAUGE_PORT", "abc")
    serve.tell_of_organisation(tmp_path)
    assert [] == list(tmp_path.iterdir())
    assert "" == capsys.readouterr().out
