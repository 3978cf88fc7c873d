"""Ports for servers that are about to start."""

import socket

import pytest

from loadtests import ports
from loadtests.ports import free_port


@pytest.fixture
def let_kernel_give(monkeypatch, tmp_path):
    """Let the kernel say that it gives the ports from one to another to clients."""

    def write(first, last):
        (tmp_path / "range").write_text(f"{first}\t{last}\n", "ascii")
        monkeypatch.setattr(ports, "_KERNEL_RANGE", tmp_path / "range")

    return write


def test_a_server_can_listen_at_it():
    with socket.create_server(("127.0.0.1", free_port())):
        pass


def test_no_client_that_names_no_port_gets_it(let_kernel_give):
    let_kernel_give(1_024, 65_500)
    assert 65_500 < min(free_port() for _ in range(5))


def test_where_the_kernel_gives_every_port_any_of_them_is_returned(let_kernel_give):
    let_kernel_give(1_024, 65_535)
    assert free_port() >= 20_000


def test_no_port_is_returned_twice():
    assert 50 == len({free_port() for _ in range(50)})


def test_a_port_that_another_process_was_given_is_not_free(monkeypatch):
    with socket.socket(type=socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setattr(ports, "_ports_of_nobody", lambda: [held.getsockname()[1]])
        with pytest.raises(OSError, match="no port"):
            free_port()


def test_a_port_at_which_somebody_listens_is_not_free(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(ports, "_ports_of_nobody", lambda: [listener.getsockname()[1]])
        with pytest.raises(OSError, match="no port"):
            free_port()
