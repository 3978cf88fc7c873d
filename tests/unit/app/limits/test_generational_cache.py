from app.limits.generational_cache import GenerationalCache


def test_what_was_used_last_is_kept_and_never_more_than_two_generations():
    recent = GenerationalCache[int](generation=10)
    for number in range(1000):
        recent.put(b"%d" % number, number)
        assert len(recent) <= 20
    assert list(range(990, 1000)) == [recent.get(b"%d" % number) for number in range(990, 1000)]
    assert recent.get(b"1") is None


def test_what_is_used_again_and_again_is_not_forgotten():
    recent = GenerationalCache[int](generation=10)
    recent.put(b"often", 1)
    for number in range(100):
        recent.put(b"%d" % number, number)
        assert 1 == recent.get(b"often")


def test_everything_can_be_forgotten():
    recent = GenerationalCache[int]()
    recent.put(b"a", 1)
    recent.clear()
    assert (0, None) == (len(recent), recent.get(b"a"))
