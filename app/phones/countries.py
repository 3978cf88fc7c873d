"""Which telephones get messages of ours at all: of codes and of watches alike.

Threat: numbers that pay their owner for each message received. Limit: countries that the operator
names (``phone_countries``).
"""

from collections.abc import Sequence

from exposure_index.messages.phone_number import InvalidPhone, canonical_phone


def reachable_phone(typed: str, countries: Sequence[str]) -> str:
    """Return the E.164 number of a telephone that gets messages; countries: codes without ``+``.

    Raises InvalidPhone, also for a country that gets none.
    """
    phone = canonical_phone(typed)
    if not phone.startswith(tuple(f"+{code}" for code in countries)):
        raise InvalidPhone
    return phone
