import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.crypto.primed_hmac import PrimedHmac


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
@given(key=st.binary(max_size=200), messages=st.lists(st.binary(max_size=300), max_size=3))
def test_it_is_the_hmac_of_the_standard_library(digest, key, messages):
    primed = PrimedHmac(key, digest)
    expected = [hmac.digest(key, message, digest) for message in messages]
    assert expected == [primed.mac(message) for message in messages]


def test_its_repr_shows_no_key():
    shown = repr(PrimedHmac(b"k" * 32, "sha256"))  # with an address in memory: some digits of hex
    assert "6b" * 8 not in shown.replace("k", "6b")
