from app.posters.qr_codes import QrCodes, QrOrigin
from exposure_index.crypto.keys import KeyRing


def test_a_genuine_code_leads_to_the_form(client, published):
    codes = QrCodes(KeyRing.from_directory(published.web_keys, {}).bytes("qr"))
    response = client.get(f"/q/{codes.sign(QrOrigin('airport', '甲'))}?lang=en")
    assert (303, "/check?lang=en") == (response.status_code, response.headers["Location"])


def test_a_forged_code_says_so(client):
    page = client.get("/q/AQdhaXJwb3J0?lang=en")
    assert (404, True) == (page.status_code, "not from this service" in page.text)


def test_without_the_key_no_code_is_called_forged(app_of, own_deployment):
    (own_deployment.web_keys / "qr").unlink()
    page = app_of(own_deployment).test_client().get("/q/AQdhaXJwb3J0?lang=en")
    assert (503, True) == (page.status_code, "cannot be verified now" in page.text)
