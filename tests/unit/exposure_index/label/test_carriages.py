import pytest

from exposure_index.label.carriages import carriage_number, extra_carriage


@pytest.mark.parametrize(
    ("carriage", "number"),
    [
        (None, 0),
        ("", 0),
        ("8", 8),
        ("200", 200),
        ("201", 255),
        ("254", 255),
        ("加1", 201),
        ("加54", 254),
        ("加55", 255),
        ("加0", 255),
        ("加", 255),
        ("A3", 255),
        ("餐车", 255),
        ("8\n", 255),
        ("٨", 255),
    ],
)
def test_a_carriage_has_its_number(carriage, number):
    assert number == carriage_number(carriage)


@pytest.mark.parametrize(
    ("number", "extra"), [(0, 0), (1, 0), (200, 0), (201, 1), (254, 54), (255, 0)]
)
def test_a_number_means_an_extra_carriage_or_none(number, extra):
    assert extra == extra_carriage(number)
