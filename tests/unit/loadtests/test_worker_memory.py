"""What the growth of a worker is taken to be."""

import pytest

from loadtests.worker_memory import checks_of_many_networks, growth, measure


def test_what_a_worker_takes_while_it_warms_up_is_no_growth():
    assert 1.1 == pytest.approx(growth([(0.1, 50), (0.2, 100), (0.6, 120), (1.0, 110)]))


def test_readings_are_taken_until_so_many_checks_were_answered():
    sizes = iter([{7: 10, 8: 1}, {7: 20, 8: 1}, {7: 30, 8: 1}])
    answers, readings = measure(50, lambda: 40, lambda: next(sizes))
    assert 80 == answers
    assert {7: [(0.5, 20), (1.0, 30)], 8: [(0.5, 1), (1.0, 1)]} == readings


def test_a_process_that_ended_is_not_taken_for_one_that_lets_memory_go():
    sizes = iter([{7: 10, 8: 1}, {7: 20}])
    with pytest.raises(KeyError):
        measure(50, lambda: 50, lambda: next(sizes))


def test_every_check_comes_from_a_network_of_its_own():
    networks = {request.headers["X-Forwarded-For"] for request in checks_of_many_networks(70_000)}
    assert 70_000 == len(networks)
    assert {"198.18", "198.19"} == {".".join(each.split(".")[:2]) for each in networks}
