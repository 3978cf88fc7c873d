"""The code that visitors scan, on the page of the door and on its poster."""

import io
import re
from base64 import urlsafe_b64decode

import pytest
import zxingcpp
from PIL import Image

from app.kiosk.keys.organisation_keypairs import door_key, renew_door_key
from app.organisations.roles import Role

ADDRESS = re.compile(r"http://localhost/visit#([0-9A-Z]{8})\.([0-9a-f]{8})\.([\w-]+)")


def address_of(browser):
    return ADDRESS.search(browser.page("/door").text).groups()


def test_the_code_holds_the_organisation_and_its_door_key(office, keeper):
    _, key_id, public_key = address_of(keeper)
    key = door_key(office.services.records, office.organisation.id, 1)
    assert (key.id, key.public_key) == (key_id, urlsafe_b64decode(public_key + "=="))


def test_the_code_stays_until_the_key_is_renewed(office, keeper):
    before = address_of(keeper)
    assert before == address_of(keeper)
    records = office.services.records
    with records.writing() as connection:
        renew_door_key(connection, records.cipher, office.organisation.id, 2)
    code, *key = address_of(keeper)
    assert before[0] == code
    assert list(before[1:]) != key


def test_another_organisation_has_another_code(office, keeper):
    stranger = office.member(Role.OFFICER, "stranger", office.another())
    assert not set(address_of(keeper)) & set(address_of(stranger))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_poster_leads_to_the_visitors_page(keeper, language):
    answer = keeper.client.get("/org/door/poster.pdf", query_string={"lang": language})
    assert (200, "application/pdf") == (answer.status_code, answer.content_type)
    picture = answer.data[answer.data.index(b"\xff\xd8\xff") :]
    with Image.open(io.BytesIO(picture)) as page:
        (code,) = zxingcpp.read_barcodes(page.convert("L").resize((1240, 1754)))
    assert address_of(keeper) == ADDRESS.fullmatch(code.text).groups()
