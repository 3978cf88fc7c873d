import pytest
from structlog.testing import capture_logs

from app.evaluators.reloading import ReloadingEvaluator, can_read_private_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.private.evaluation import KeyUnknown


class Ticks:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def ring(tmp_path):
    (tmp_path / "private_1").write_text("11" * 32 + "\n")
    return KeyRing.from_directory(tmp_path, {})


@pytest.fixture
def ticks():
    return Ticks()


@pytest.fixture
def evaluator(ring, ticks):
    return ReloadingEvaluator(ring, ticks)


def test_a_new_key_is_found_within_a_second(evaluator, ring, ticks):
    assert 1 == len(evaluator.public_keys())
    (ring.directory / "private_2").write_text("22" * 32 + "\n")
    assert 1 == len(evaluator.public_keys())
    ticks.now = 1.0
    assert 2 == len(evaluator.public_keys())


def test_a_destroyed_key_is_let_go(evaluator, ring, ticks):
    (key_id,) = evaluator.public_keys()
    (ring.directory / "private_1").unlink()
    ticks.now = 1.0
    assert {} == evaluator.public_keys()
    with pytest.raises(KeyUnknown):
        evaluator.evaluate(b"\x02" + key_id + bytes(96))


def test_it_is_at_hand_until_the_next_look_is_due(evaluator, ticks):
    assert not evaluator.is_at_hand()
    evaluator.public_keys()
    assert evaluator.is_at_hand()
    ticks.now = 1.0
    assert not evaluator.is_at_hand()
    evaluator.public_keys()
    assert evaluator.is_at_hand()


def test_a_key_that_cannot_be_used_leaves_the_others(evaluator, ring):
    (ring.directory / "private_2").write_text("no key\n")
    with capture_logs() as lines:
        assert 1 == len(evaluator.public_keys())
    assert [("private_key_unusable", "private_2")] == [
        (line["event"], line["reason"]) for line in lines
    ]
    assert "no key" not in str(lines)


def test_an_authority_has_keys_of_its_own(evaluator, ring):
    own = ring.directory / "east"
    own.mkdir()
    (own / "private_1").write_text("33" * 32 + "\n")
    assert 2 == len(evaluator.public_keys())


def test_whether_a_key_can_be_read_is_known_without_reading_it(ring, tmp_path):
    assert can_read_private_keys(ring)
    assert not can_read_private_keys(KeyRing.from_directory(tmp_path / "nothing", {}))
    assert can_read_private_keys(KeyRing.from_directory(None, {"GAUGE_KEY_PRIVATE_3": "x"}))
