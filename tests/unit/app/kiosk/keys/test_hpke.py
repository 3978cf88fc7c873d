import pytest

from app.kiosk.keys.hpke import (
    PointInvalid,
    SealPurpose,
    Unsealable,
    new_key_pair,
    open_sealed,
    private_key_of,
    public_key_of,
    seal,
)

SCALAR, POINT = new_key_pair()


def opened_by(scalar, sealed, purpose=SealPurpose.CHECKIN):
    return open_sealed(private_key_of(scalar), purpose, sealed)


def test_what_is_sealed_opens_under_its_key():
    assert b"36.5" == opened_by(SCALAR, seal(POINT, SealPurpose.CHECKIN, b"36.5"))


def test_what_is_sealed_is_a_point_longer_and_a_tag():
    assert 65 + 512 + 16 == len(seal(POINT, SealPurpose.CHECKIN, bytes(512)))


def test_what_is_sealed_for_one_purpose_opens_for_no_other():
    with pytest.raises(Unsealable):
        opened_by(SCALAR, seal(POINT, SealPurpose.CHECKIN, b""), SealPurpose.CHECK)


def test_what_is_sealed_opens_under_no_other_key():
    with pytest.raises(Unsealable):
        opened_by(new_key_pair()[0], seal(POINT, SealPurpose.CHECKIN, b""))


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: b"", lambda s: bytes(len(s))])
def test_what_was_altered_does_not_open(change):
    with pytest.raises(Unsealable):
        opened_by(SCALAR, change(seal(POINT, SealPurpose.CHECKIN, b"36.5")))


@pytest.mark.parametrize(
    "point",
    [b"", POINT[:-1], b"\x02" + POINT[1:33], b"\x05" + POINT[1:], b"\x04" + bytes(64)],
    ids=["empty", "short", "compressed", "hybrid", "off the curve"],  # POINT is new in each run
)
def test_what_is_no_uncompressed_point_is_no_key(point):
    with pytest.raises(PointInvalid):
        public_key_of(point)
