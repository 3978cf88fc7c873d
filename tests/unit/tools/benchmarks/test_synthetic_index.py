"""The invented people of measurements."""

from exposure_index.identity.parsing import parse_identity
from tools.benchmarks.synthetic_index import HAN_USED, invented_people


def test_everybody_has_a_name_that_a_check_takes_and_nobody_has_anothers():
    names = set()
    for number in range(HAN_USED + 2):
        people = invented_people(number)
        for fields in (people.listed, people.wrong_name):
            parse_identity(**fields)
            names.add(fields["name"])
    assert 2 * (HAN_USED + 2) == len(names)
