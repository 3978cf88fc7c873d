"""Clients that vanish, in whichever state, leave no descriptor, thread, memory or line behind."""

import json
import socket
import time

import pytest

from tests.fixtures.http_framings import CHECKS, MARK
from tests.fixtures.patience import wait_until
from tests.fixtures.raw_connections import (
    exchange,
    head_of,
    open_connection,
    post_of,
    reset,
    responses_in,
)
from tests.fixtures.server_processes import (
    descriptors_of,
    own_memory_of,
    threads_of,
    web_workers_of,
)

VANISHING_CLIENTS = 5_000  # at a time, twice at least
ROUNDS_MAX = 6  # until threads, and what the allocator keeps for each, are all there
POOLED_THREADS = 2 * 4  # of pages and of bodies on their way: begun when they are needed
EVERY_NTH_ASKS_FOR_A_PAGE = 20  # which costs the framework's time
ROUND_MAX_BYTES = 8 << 20  # 1.6 kB a client; a connection left behind is more
SETTLED_SECONDS, SETTLED_BYTES = 1.0, 1 << 18
UNLIMITED = {"GAUGE_NETWORK_CHECKS": "1000000", "GAUGE_CHECKS_PER_SECOND": "1000000"}
UPLOAD = head_of(
    "POST /check HTTP/1.1", "Host: localhost", f"Content-Length: {1 << 20}",
    "Content-Type: application/x-www-form-urlencoded",
)  # fmt: skip
PAGE = head_of(f"GET /no-such-page-{MARK} HTTP/1.1", "Host: localhost")


@pytest.fixture(scope="module")
def service(start_module_service, published):
    return start_module_service(
        published, {**UNLIMITED, "GAUGE_THREADS": "4", "GAUGE_LOG_LEVEL": "debug"}
    )


@pytest.fixture(scope="module")
def check(people):
    return post_of(CHECKS, json.dumps(people.close.as_form()).encode())


@pytest.fixture(scope="module")
def beginnings(check):
    """What a client has sent when it vanishes."""
    chunks = head_of(f"POST {CHECKS} HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked")
    waiting = check.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")
    return {
        "nothing": b"",
        "a byte": check[:1],
        "half a head": check[:60],
        "a head": check.partition(b"\r\n\r\n")[0] + b"\r\n\r\n",
        "half a body": check[:-9],
        "a head that waits": waiting.partition(b"\r\n\r\n")[0] + b"\r\n\r\n",
        "half a chunk": chunks + b"99\r\n{",
        "a chunk": chunks + b"2\r\n{}\r\n",
        "a check": check,
        "three checks": check * 3,
        "a check and half of another": check + check[:-9],
        "no request": b"\x16\x03\x01" + MARK.encode(),
        "four pages": PAGE * 4,
        "half an upload": UPLOAD + MARK.encode() * 9_000,
    }


def vanish(service, beginning, *, by_reset):
    connection = open_connection(service.url)
    connection.sendall(beginning)
    if by_reset:
        reset(connection)
    else:
        connection.close()


def drive(service, beginnings, clients):
    """Let so many clients vanish, as many in each state, half of them by RST."""
    states = list(beginnings.values())
    for number in range(clients):
        state = states[number // 2 % len(states)]
        beginning = PAGE if number % EVERY_NTH_ASKS_FOR_A_PAGE == 0 else state
        vanish(service, beginning, by_reset=number % 2 == 0)


def settled_memory_of(worker):
    """Return the memory of a worker that has nothing left to do."""
    readings = [own_memory_of(worker)]

    def stays():
        time.sleep(SETTLED_SECONDS)
        readings.append(own_memory_of(worker))
        return abs(readings[-1] - readings[-2]) < SETTLED_BYTES

    wait_until(stays)
    return readings[-1]


def growth_of(memory):
    """Return the bytes by which the worker that grew most did in the last round."""
    last, before = memory[-1], memory[-2]
    return max(last[each] - before[each] for each in last)


def test_ten_thousand_clients_that_vanish_leave_nothing_behind(service, beginnings, check):
    drive(service, beginnings, VANISHING_CLIENTS // 10)  # most threads there will be
    wait_until(lambda: b" 404 " in exchange(service.url, PAGE)[:16])
    workers = web_workers_of(service)
    before = {each: (descriptors_of(each), threads_of(each)) for each in workers}
    log = service.output_text()
    # the first rounds make what is made once; a leak makes as much again in every round
    memory = []
    for _ in range(ROUNDS_MAX):
        drive(service, beginnings, VANISHING_CLIENTS)
        memory.append({each: settled_memory_of(each) for each in workers})
        if len(memory) > 1 and growth_of(memory) <= ROUND_MAX_BYTES:
            break
    assert growth_of(memory) <= ROUND_MAX_BYTES, memory
    (answer,) = responses_in(exchange(service.url, check))
    assert (200, "exposed") == (answer.status, json.loads(answer.body)["status"])
    assert workers == web_workers_of(service)
    wait_until(
        lambda: all(
            descriptors_of(each) <= before[each][0]
            and threads_of(each) <= before[each][1] + POOLED_THREADS
            for each in workers
        )
    )
    assert log == service.output_text()


def test_a_client_that_vanishes_in_its_answer_is_let_go(service, check):
    workers = web_workers_of(service)
    before = [descriptors_of(each) for each in workers]
    for by_reset in (True, False) * 20:
        connection = open_connection(service.url, receive_buffer_bytes=4_096)
        connection.setblocking(False)
        try:
            while True:  # until neither side can take more
                connection.send(check * 100)
        except BlockingIOError:
            pass
        connection.setblocking(True)
        assert connection.recv(100).startswith(b"HTTP/1.1 200 ")
        if by_reset:
            reset(connection)
        else:
            connection.shutdown(socket.SHUT_WR)
            connection.close()
    wait_until(lambda: [descriptors_of(each) for each in workers] <= before)
    assert exchange(service.url, check).startswith(b"HTTP/1.1 200 ")
