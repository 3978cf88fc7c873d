from app.limits.sketched_cache import SketchedCache

KEYS = [b"key-%012d" % number for number in range(1_000)]


def filled(generation: int) -> SketchedCache[bytes]:
    cache: SketchedCache[bytes] = SketchedCache(len, generation)
    for place, key in enumerate(KEYS):
        cache.put(key, b"x" * (1 + place % 5))
    return cache


def test_each_value_is_there_or_its_size_is_known():
    cache = filled(generation=10)
    for place, key in enumerate(KEYS):
        value = cache.get(key)
        assert 1 + place % 5 <= (cache.size_let_go(key) if value is None else len(value))


def test_no_more_than_three_generations_are_held():
    cache: SketchedCache[bytes] = SketchedCache(len, generation=10)
    for key in KEYS:
        cache.put(key, b"x")
        assert len(cache) <= 30


def test_what_was_used_last_is_kept():
    assert filled(generation=10).get(KEYS[-10]) is not None


def test_what_leaves_is_kept_when_it_is_used_again():
    cache: SketchedCache[bytes] = SketchedCache(len, generation=10)
    for key in KEYS:
        cache.put(key, b"x")
        assert cache.get(KEYS[0]) == b"x"


def test_where_nothing_was_let_go_nothing_has_a_size():
    cache = filled(generation=1_000)
    assert {0} == {cache.size_let_go(key) for key in KEYS}


def test_everything_can_be_forgotten():
    cache = filled(generation=10)
    cache.clear()
    assert (0, 0) == (len(cache), cache.size_let_go(KEYS[0]))
