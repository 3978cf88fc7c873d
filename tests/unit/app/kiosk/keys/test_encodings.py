import pytest

from app.kiosk.keys.encodings import NotBase64Url, from_base64url, to_base64url


@pytest.mark.parametrize("content", [b"", b"\xff", b"\xfb\xff", bytes(range(65))])
def test_bytes_come_back(content):
    assert content == from_base64url(to_base64url(content))


@pytest.mark.parametrize("text", ["_w==", "+/8", "a", "_x", "_w ", "_w\n", "é"])
def test_another_form_is_refused(text):
    with pytest.raises(NotBase64Url):
        from_base64url(text)
