"""Where an evaluator listens, and what is refused."""

import grp
import os
import socket

import pytest
from click.testing import CliRunner

from app.commands import gauge
from app.evaluators.pool import EvaluatorSocket, SocketRefused


@pytest.fixture
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("s")


def test_the_socket_is_for_its_owner_alone_in_a_directory_of_its_own(folder):
    path = folder / "run" / "socket"
    with EvaluatorSocket(path).listen():
        assert (0o600, 0o700) == (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777)


def test_one_left_by_a_dead_process_is_replaced(folder):
    path = folder / "socket"
    folder.chmod(0o700)
    EvaluatorSocket(path).listen().close()
    with EvaluatorSocket(path).listen(), socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))


@pytest.mark.parametrize(
    ("mode", "group", "reason"),
    [(0o755, "", "others can enter"), (0o700, "no-such-group", "no socket")],
)
def test_an_open_directory_or_an_unknown_group_is_refused(folder, mode, group, reason):
    folder.chmod(mode)
    with pytest.raises(SocketRefused, match=reason):
        EvaluatorSocket(folder / "socket", group).listen()


def test_a_path_too_long_for_a_socket_is_refused(folder):
    with pytest.raises(SocketRefused):
        EvaluatorSocket(folder / ("x" * 120)).listen()


def test_without_a_socket_the_command_says_what_is_missing():
    done = CliRunner().invoke(gauge, ["evaluator"])
    assert (2, True) == (done.exit_code, "GAUGE_EVALUATOR_SOCKET" in done.output)


def test_one_group_may_connect_where_it_is_named(folder):
    path = folder / "run" / "socket"
    group = grp.getgrgid(os.getgid()).gr_name
    with EvaluatorSocket(path, group).listen():
        assert (0o660, os.getgid()) == (path.stat().st_mode & 0o777, path.stat().st_gid)
        assert 0o750 == path.parent.stat().st_mode & 0o777
