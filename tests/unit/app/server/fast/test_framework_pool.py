"""A pool of threads whose queue has an end, and room again when a request is done."""

import threading

import pytest

from app.server.fast import framework_pool
from app.server.fast.framework_pool import FrameworkPool, FrameworkPools, PoolFull


def test_past_the_queue_nothing_is_taken_until_something_is_done(monkeypatch):
    monkeypatch.setattr(framework_pool, "QUEUE_MAX", 2)
    pool = FrameworkPool(1)
    goes_on = threading.Event()
    futures = [pool.submit(goes_on.wait) for _ in range(3)]
    with pytest.raises(PoolFull):
        pool.submit(goes_on.wait)
    goes_on.set()
    assert [True] * 3 == [future.result() for future in futures]
    assert pool.submit(lambda: 7).result() == 7
    pool.close()


def test_what_is_called_off_in_the_queue_makes_room(monkeypatch):
    monkeypatch.setattr(framework_pool, "QUEUE_MAX", 1)
    pool = FrameworkPool(1)
    goes_on = threading.Event()
    pool.submit(goes_on.wait)
    assert pool.submit(goes_on.wait).cancel()
    pool.submit(goes_on.wait)
    goes_on.set()
    pool.close()


def test_pages_wait_neither_for_bodies_on_their_way_nor_for_another_process():
    pools = FrameworkPools(1, ("/evaluations",))
    goes_on = threading.Event()
    for path, is_whole in (("/evaluations", True), ("/check", False), ("/evaluations", False)):
        pools.choose(path, has_whole_body=is_whole).submit(goes_on.wait)
    assert 7 == pools.choose("/check", has_whole_body=True).submit(lambda: 7).result()
    for path in ("/api/v1/bulk/jobs", "/api/v1/kiosk/checkins"):
        assert 7 == pools.choose(path, has_whole_body=False).submit(lambda: 7).result()
    goes_on.set()
    pools.close()


def test_kiosks_and_lists_do_not_wait_for_each_other_s_bodies():
    pools = FrameworkPools(1, ())
    goes_on = threading.Event()
    pools.choose("/org/upload", has_whole_body=False).submit(goes_on.wait)
    kiosk = pools.choose("/api/v1/kiosk/checkins", has_whole_body=False)
    assert 7 == kiosk.submit(lambda: 7).result()
    goes_on.set()
    pools.close()
