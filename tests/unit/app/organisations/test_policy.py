import pytest

from app.organisations.policy import (
    least_people,
    one_job_a_build,
    range_of,
    tells_individuals,
    told_counts,
)


def test_where_counts_are_all_that_is_told_a_list_has_fifty_people():
    assert (1, 50) == (least_people("individuals"), least_people("counts"))


@pytest.mark.parametrize(("number", "rounded"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (50, 50)])
def test_counts_are_rounded_to_five(number, rounded):
    assert {"exposed": rounded} == told_counts("counts", {"exposed": number}, done=True)


def test_counts_are_exact_where_individuals_are_told():
    for done in (False, True):
        assert {"exposed": 3} == told_counts("individuals", {"exposed": 3}, done=done)


def test_one_person_more_in_a_list_mostly_changes_no_count():
    counts = [{"exposed": number} for number in range(8, 13)]
    assert [10] * 5 == [told_counts("counts", each, done=True)["exposed"] for each in counts]


def test_nothing_is_told_before_the_end_where_counts_are_all_that_is():
    counts = {"exposed": 8, "not_found": 52, "not_checked": 3}
    assert dict.fromkeys(counts, 0) == told_counts("counts", counts, done=False)


@pytest.mark.parametrize("unlisted", ["not_found", "incomplete"])
@pytest.mark.parametrize("people", range(50, 60))
def test_those_not_listed_tell_nothing_that_those_listed_do_not(people, unlisted):
    other = ({"not_found", "incomplete"} - {unlisted}).pop()
    told = {
        tuple(
            told_counts(
                "counts", {"exposed": listed, unlisted: people - listed, other: 0}, done=True
            ).values()
        )
        for listed in range(3)
    }
    assert 1 == len(told)
    ((exposed, rest, none),) = told
    assert (0, 0, 0) == (exposed, rest % 5, none)
    assert abs(rest - people) <= 2


def test_a_count_lies_in_the_range_of_what_is_told_of_it():
    for number in range(60):
        least, most = range_of(told_counts("counts", {"exposed": number}, done=True)["exposed"])
        assert 0 <= least <= number <= most <= least + 4


def test_a_word_that_is_unknown_is_taken_for_the_stricter_policy():
    assert not tells_individuals("whatever")
    assert one_job_a_build("whatever")
    assert not one_job_a_build("individuals")
