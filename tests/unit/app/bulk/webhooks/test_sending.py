import socket

import pytest

from app.bulk.webhooks import sending
from app.bulk.webhooks.addresses import judged_address, parse_endpoint
from app.bulk.webhooks.sending import SendFailed, post


def send(url, body=b"{}"):
    endpoint = parse_endpoint(url, by_authority=True)
    return post(endpoint, judged_address(endpoint, by_authority=True), {"X-A": "b"}, body)


def failure(url):
    with pytest.raises(SendFailed) as caught:
        send(url)
    return caught.value.code


@pytest.fixture
def silent():
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_message_goes_whole_to_its_path_and_the_status_comes_back(hook):
    assert 204 == send(hook.url, b'{"a": 1}')
    [(path, headers, body)] = hook.requests
    assert ("/hook?of=works", "b", b'{"a": 1}') == (path, headers["X-A"], body)


def test_a_redirect_is_not_followed(hook):
    hook.statuses = [302]
    assert 302 == send(hook.url)
    assert 1 == len(hook.requests)


def test_nobody_there_is_said_in_a_word(hook):
    hook.server_close()
    assert "unreachable" == failure(hook.url)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_says_nothing_is_left_when_the_time_is_over(silent, scheme, monkeypatch):
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.2)
    assert "too_slow" == failure(f"{scheme}://127.0.0.1:{silent}/")


def test_a_server_that_speaks_no_tls_is_not_sent_anything(hook):
    assert "unreachable" == failure(hook.url.replace("http:", "https:"))
    assert [] == hook.requests
