"""Two workers over one SQLite file know one another's accounts: what counts once counts once."""

import base64
import http.client
import json
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments
from app.kiosk.moments import now_ms
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.organisations.members import Members, NewMember
from app.organisations.roles import Role
from app.records.database import Records, open_records
from app.settings import read_settings
from tests.fixtures.patience import PATIENCE_SECONDS

PASSWORD = "four words of a clerk"  # pragma: allowlist secret
AT_ONCE = 12
FORM = "application/x-www-form-urlencoded"


@dataclass
class Office:
    """A service of two workers, its records, and the number of an organisation."""

    url: str
    records: Records
    organisation: int

    def member(self, name: str) -> str:
        """Add a member and return the secret of the authenticator app."""
        members = Members(self.records, self.organisation, "authority")
        return members.add(NewMember(name, PASSWORD, Role.ADMIN), read_settings().today())

    def ask(self, path: str, network: str, content: str | None = None, **headers: str):
        """Ask over a connection of its own, which any worker may take; return status and head."""
        connection = http.client.HTTPConnection(
            self.url.removeprefix("http://"), timeout=PATIENCE_SECONDS
        )
        connection.request(
            "GET" if content is None else "POST",
            path,
            content,
            {"X-Forwarded-For": network, **headers},
        )
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers

    def sign_in(self, name: str, network: str, code: str, password: str = PASSWORD):
        form = {"account": f"{name}@works", "password": password, "code": code}
        content = urllib.parse.urlencode(form)
        return self.ask("/org/sign-in", network, content, **{"Content-Type": FORM})


@pytest.fixture(scope="module")
def office(start_module_service, published, tmp_path_factory):
    state = tmp_path_factory.mktemp("state")
    chosen = {
        "GAUGE_STATE_DIR": str(state),
        "GAUGE_WORKERS": "2",
        "GAUGE_TRUSTED_PROXIES": "127.0.0.0/8",
        "GAUGE_BULK_WORKER": "off",
    }
    service = start_module_service(published, chosen)
    records = open_records(read_settings(state_dir=str(state), keys_dir=str(published.web_keys)))
    organisation = OrganisationDirectory(records).create(
        NewOrganisation("works", "某某工厂", 1_000), read_settings().today()
    )
    yield Office(service.url, records, organisation.id)
    records.close()


def at_once(ask, number: int = AT_ONCE) -> Counter:
    """Ask so often at once; ask: gets a number and returns a status. Count the statuses."""
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda own=own: statuses.append(ask(own))) for own in range(number)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def test_a_code_of_the_app_signs_in_once_whichever_worker_sees_it(office):
    code = pyotp.TOTP(office.member("chen.li")).at(time.time())
    statuses = at_once(lambda own: office.sign_in("chen.li", f"203.0.113.{own}", code)[0])
    assert 1 == statuses[303]
    assert {303, 422} >= set(statuses)


def test_a_session_is_known_to_any_worker(office):
    code = pyotp.TOTP(office.member("wang.fang")).at(time.time())
    status, headers = office.sign_in("wang.fang", "203.0.113.30", code)
    assert 303 == status
    cookies = SimpleCookie()
    for line in headers.get_all("Set-Cookie"):
        cookies.load(line)
    cookie = f"organisation={cookies['organisation'].value}"
    assert {200: AT_ONCE} == at_once(
        lambda _: office.ask("/org/members", "203.0.113.30", Cookie=cookie)[0]
    )


def test_passwords_are_tried_together_as_often_as_at_one_worker(office):
    office.member("zhao.min")
    statuses = at_once(
        lambda _: office.sign_in("zhao.min", "203.0.113.40", "000000", "another one entirely")[0]
    )
    assert {422: 5, 429: AT_ONCE - 5} == statuses


def test_a_code_enrols_one_kiosk_whichever_worker_sees_it(office):
    code, _ = KioskEnrolments(office.records).create(
        office.organisation, "east door", "authority", now_ms()
    )

    def point() -> str:
        key = ec.generate_private_key(ec.SECP256R1()).public_key()
        raw = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def enrol(own: int) -> int:
        request = {
            "code": code,
            "signing_key": point(),
            "sealing_key": point(),
            "software": "a test",
        }
        return office.ask(
            "/api/v1/kiosk/enrolments",
            f"203.0.113.{50 + own}",
            json.dumps(request),
            **{"Content-Type": "application/json"},
        )[0]

    assert {201: 1, 409: AT_ONCE - 1} == at_once(enrol)
