"""Rounds that take turns."""

from loadtests.rounds import Ratio, take_turns


def test_the_ratio_is_the_median_of_the_rounds_not_of_their_medians():
    ours, theirs = [10.0, 40.0, 90.0], [10.0, 20.0, 10.0]
    assert Ratio(2.0, 1.0, 9.0) == Ratio.of(ours, theirs)
    assert "2.00 × (rounds 1.00 to 9.00)" == str(Ratio.of(ours, theirs))


def test_measures_take_turns_and_no_one_always_goes_first():
    order = []

    def measure(name):
        return lambda: order.append(name) or len(order)

    found = take_turns({"one": measure("one"), "two": measure("two")}, 3)
    assert ["one", "two", "two", "one", "one", "two"] == order
    assert {"one": [1, 4, 5], "two": [2, 3, 6]} == found
