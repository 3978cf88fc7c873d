from hypothesis import given
from hypothesis import strategies as st

from index_builder.sources.passenger_lists.airline_messages import messages
from index_builder.sources.passenger_lists.travellers import travellers
from tests.unit.index_builder.sources.passenger_lists.conftest import LINES


@given(st.lists(LINES | st.text(max_size=60), max_size=40))
def test_any_lines_are_read_or_listed_and_never_fail(lines):
    faults = []
    for message in messages(enumerate(lines, 1), faults):
        for element in message.elements:
            result = travellers(element)
            assert element.count <= max(len(result), 1)
