import hashlib

from app.limits.count_sketch import COUNT_MAX, CountSketch

SMALL = 1 << 8


def key(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()[:16]


def test_a_key_has_the_largest_count_that_was_given():
    sketch = CountSketch()
    for count in (3, 1, 2):
        sketch.raise_to(key(1), count)
    assert (3, 0) == (sketch.of(key(1)), sketch.of(key(2)))


def test_no_number_of_other_keys_lowers_a_count():
    sketch = CountSketch(SMALL)
    sketch.raise_to(key(1), 7)
    for number in range(2, 50 * SMALL):
        sketch.raise_to(key(number), 1)
    assert 7 == sketch.of(key(1))


def test_a_flood_of_small_counts_raises_others_no_further_than_those():
    sketch = CountSketch(SMALL)
    for number in range(50 * SMALL):
        sketch.raise_to(key(number), 2)
    assert {2} == {sketch.of(key(-number)) for number in range(1, 500)}


def test_most_of_those_who_never_asked_are_told_so():
    sketch = CountSketch(SMALL)
    for number in range(SMALL // 2):
        sketch.raise_to(key(number), 1)
    assert sum(sketch.of(key(-number)) == 0 for number in range(1, 1_001)) > 900


def test_a_count_ends_at_the_largest_number_that_fits():
    sketch = CountSketch(SMALL)
    sketch.raise_to(key(1), COUNT_MAX + 1)
    assert COUNT_MAX == sketch.of(key(1))


def test_everything_can_be_forgotten():
    sketch = CountSketch(SMALL)
    sketch.raise_to(b"a key of another length", 5)
    assert 5 == sketch.of(b"a key of another length")
    sketch.clear()
    assert 0 == sketch.of(b"a key of another length")
