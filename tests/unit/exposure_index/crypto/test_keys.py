import sys

import pytest

from exposure_index.crypto.keys import KeyFault, KeyInTwoPlaces, KeyInvalid, KeyMissing, KeyRing

LIMITS = bytes(range(32))
HEX = LIMITS.hex()


def ring(tmp_path=None, **environ) -> KeyRing:
    return KeyRing.from_directory(tmp_path, environ)


def test_a_key_is_read_from_its_file(tmp_path):
    (tmp_path / "limits").write_text(HEX + "\n")
    assert LIMITS == ring(tmp_path).bytes("limits")


def test_a_key_is_read_from_the_environment():
    assert LIMITS == ring(GAUGE_KEY_LIMITS=HEX).bytes("limits")


def test_a_key_is_read_from_a_command_without_a_shell():
    command = f"{sys.executable} -c \"print('{HEX}')\""
    assert LIMITS == ring(GAUGE_KEY_LIMITS_COMMAND=command).bytes("limits")


def test_the_public_half_of_sealed_has_a_variable():
    assert LIMITS == ring(GAUGE_KEY_SEALED_PUB=HEX).bytes("sealed.pub")


def test_private_keys_are_numbered_from_one():
    assert LIMITS == ring(GAUGE_KEY_PRIVATE_12=HEX).bytes("private_12")
    with pytest.raises(KeyMissing):
        ring(GAUGE_KEY_PRIVATE_0=HEX).bytes("private_0")


def test_an_empty_variable_is_no_source(tmp_path):
    (tmp_path / "limits").write_text(HEX)
    assert LIMITS == ring(tmp_path, GAUGE_KEY_LIMITS="").bytes("limits")


def test_two_sources_are_an_error_even_when_they_agree(tmp_path):
    (tmp_path / "limits").write_text(HEX)
    with pytest.raises(KeyInTwoPlaces, match="limits"):
        ring(tmp_path, GAUGE_KEY_LIMITS=HEX).bytes("limits")
    with pytest.raises(KeyInTwoPlaces):
        ring(GAUGE_KEY_LIMITS=HEX, GAUGE_KEY_LIMITS_COMMAND="true").bytes("limits")


def test_a_missing_key_is_named():
    with pytest.raises(KeyMissing, match="limits"):
        ring().bytes("limits")


@pytest.mark.parametrize("name", ["unknown", "../limits", "private_x", ""])
def test_a_name_that_is_no_key_reads_no_file(tmp_path, name):
    with pytest.raises(KeyMissing):
        ring(tmp_path).bytes(name)


@pytest.mark.parametrize(
    "text", [HEX.upper(), HEX[:-2], HEX + "00", "", "zz" * 32, HEX[:-1], "é" * 64]
)
def test_another_content_is_refused_without_being_quoted(tmp_path, text):
    (tmp_path / "limits").write_text(text, "utf-8")
    with pytest.raises(KeyInvalid) as raised:
        ring(tmp_path).bytes("limits")
    assert not text or text not in str(raised.value)


@pytest.mark.parametrize("command", ["false", "/no/such/program", "'unclosed"])
def test_a_failing_command_is_told_without_its_text_or_cause(command):
    with pytest.raises(KeyInvalid) as raised:
        ring(GAUGE_KEY_LIMITS_COMMAND=command).bytes("limits")
    assert command not in str(raised.value)
    assert None is raised.value.__cause__


def test_every_fault_is_a_key_fault():
    assert issubclass(KeyMissing, KeyFault)
    assert issubclass(KeyInvalid, KeyFault)
    assert issubclass(KeyInTwoPlaces, KeyFault)


def test_who_can_read_the_signing_key_can_sign(tmp_path):
    assert not ring(tmp_path).can_sign
    assert ring(tmp_path, GAUGE_KEY_SIGNING=HEX).can_sign
    (tmp_path / "signing").write_text(HEX)
    assert ring(tmp_path).can_sign


def test_the_ring_shows_no_key():
    assert HEX not in repr(ring(GAUGE_KEY_LIMITS=HEX))


def test_a_secret_that_another_gave_out_is_text_of_any_length():
    assert "sk-gateway/token==" == ring(GAUGE_KEY_SMS_TOKEN=" sk-gateway/token== ").text(
        "sms_token"
    )


@pytest.mark.parametrize("text", ["short", "with a blank", "密钥密钥密钥密钥", "x" * 4_097])
def test_a_secret_text_that_no_header_can_carry_is_refused_without_being_told(text):
    with pytest.raises(KeyInvalid, match="sms_token") as raised:
        ring(GAUGE_KEY_SMS_TOKEN=text).text("sms_token")
    assert text not in str(raised.value)


def test_a_key_of_bytes_is_no_text():
    with pytest.raises(KeyMissing):
        ring(GAUGE_KEY_LIMITS=HEX).text("limits")
