"""The collector of cycles rests while a turn computes, and is as it was afterwards."""

import gc

import pytest

from app.bulk.turns.collection_pause import pause_collection


def test_nothing_is_collected_meanwhile():
    with pause_collection():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(KeyError), pause_collection():
        raise KeyError
    assert gc.isenabled()


def test_what_was_off_stays_off():
    gc.disable()
    try:
        with pause_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
