"""Garbage collection: seldom within a build, and nowhere else."""

import gc
import weakref

import pytest

from index_builder.runtime.garbage_collection import rare_collections

USUAL = (700, 10, 10)


@pytest.fixture
def _usual():
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_usual")
def test_garbage_is_collected_less_often_within():
    with rare_collections():
        within = gc.get_threshold()
    assert USUAL < within


class Cycle:
    """Garbage that only a collection finds."""

    def __init__(self):
        self.itself = self


@pytest.mark.usefixtures("_usual")
def test_what_a_build_leaves_is_collected_when_another_begins():
    with rare_collections():
        left = weakref.ref(Cycle())
    gc.collect()
    assert left() is not None
    with rare_collections():
        gc.collect()
        assert left() is None


@pytest.mark.usefixtures("_usual")
def test_garbage_is_collected_as_before_after_a_fault():
    with pytest.raises(ValueError, match="fault"), rare_collections():
        raise ValueError("fault")
    assert gc.get_threshold() == USUAL
