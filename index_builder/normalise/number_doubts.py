"""What a warning says of a service number that is kept and may join less than it should."""

from collections.abc import Mapping
from types import MappingProxyType

from exposure_index.trip_text.service_numbers import Doubt, number_doubt

_REASONS: Mapping[Doubt, str] = MappingProxyType(
    {
        "designator": "three letters of no known airline; joins no row under the two of a ticket",
        "digits": "more digits than a flight has; joins the same number alone",
        "text": "not understood as a whole; joins the same text alone",
    }
)


def doubt_reason(mode: str, text: str) -> str | None:
    """Return why the number of a cell is doubtful, as a warning says it; None where it is not."""
    doubt = number_doubt(mode, text)
    return _REASONS[doubt] if doubt else None
