import pytest

from app.organisations.policy import (
    least_people,
    one_job_a_build,
    round_counts,
    tells_individuals,
)


def test_where_counts_are_all_that_is_told_a_list_has_fifty_people():
    assert (1, 50) == (least_people("individuals"), least_people("counts"))


@pytest.mark.parametrize(("number", "rounded"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (50, 50)])
def test_counts_are_rounded_to_five(number, rounded):
    assert {"exposed": rounded} == round_counts("counts", {"exposed": number})


def test_counts_are_exact_where_individuals_are_told():
    assert {"exposed": 3} == round_counts("individuals", {"exposed": 3})


def test_one_person_more_in_a_list_mostly_changes_no_count():
    told = [round_counts("counts", {"exposed": number})["exposed"] for number in range(8, 13)]
    assert [10] * 5 == told


def test_a_word_that_is_unknown_is_taken_for_the_stricter_policy():
    assert not tells_individuals("whatever")
    assert one_job_a_build("whatever")
    assert not one_job_a_build("individuals")
