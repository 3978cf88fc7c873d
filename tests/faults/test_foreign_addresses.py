"""No request makes an address of another host, and none says by which scheme it came.

Asked of a running service: what gunicorn makes of a path or a header is part of it.
"""

import json
import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.fixtures.patience import PATIENCE_SECONDS

EVIL = b"evil.example"
JSON = "application/json"


@pytest.fixture(scope="module")
def service(published, start_module_service):
    return start_module_service(published, {"GAUGE_NETWORK_CHECKS": "100000"})


@pytest.fixture(scope="module")
def behind_a_proxy(published, start_module_service):
    """A service that this machine, and none other, is the proxy of."""
    settings = {"GAUGE_TRUSTED_PROXIES": "127.0.0.1/32", "GAUGE_COUNTER": "on"}
    return start_module_service(published, settings)


def answer_to(service, target, *headers, method="GET", body=b"", source=("127.0.0.1", 0)):
    site = urlsplit(service.url)
    lines = [f"{method} {target} HTTP/1.1", "Connection: close", *headers]
    if not any(header.startswith("Host:") for header in headers):
        lines.append("Host: localhost")
    if body:
        lines += [f"Content-Length: {len(body)}"]
    with socket.create_connection(
        (site.hostname, site.port), PATIENCE_SECONDS, source_address=source
    ) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        received = b""
        while piece := connection.recv(65_536):
            received += piece
    return received


def status_of(received):
    return int(received.split(b" ", 2)[1])


@pytest.mark.parametrize("target", ["/api//v1/checks", "/api/v1//checks", "//api//v1/checks"])
def test_a_doubled_slash_leads_nowhere(service, people, target):
    body = json.dumps(people.close.as_form()).encode()
    received = answer_to(
        service, target, "Host: evil.example", f"Content-Type: {JSON}", method="POST", body=body
    )
    assert 404 == status_of(received)
    assert b"application/problem+json" in received
    assert EVIL not in received
    assert b"Location" not in received


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/check",
        "//evil.example",
        "//evil.example//check?lang=en",
        "/check//evil.example",
        "/q//evil.example",
        "/api//v1/index",
        "/trips//evil.example",
        "http://evil.example/check",
        "//evil.example/%2e%2e/check",
        "/\\evil.example",
    ],
)
def test_no_path_makes_an_address_of_another_host(service, target):
    received = answer_to(service, target, "Host: evil.example")
    assert status_of(received) in (200, 404)
    assert EVIL not in received
    assert b"Location" not in received


@pytest.mark.parametrize(
    "header",
    [
        "SCRIPT_NAME: //evil.example",
        "SCRIPT-NAME: //evil.example",
        "X-Script-Name: //evil.example",
        "X-Forwarded-Prefix: //evil.example",
        "X-Forwarded-Host: evil.example",
        "PATH_INFO: //evil.example",
        "Forwarded: host=evil.example",
    ],
)
def test_no_header_makes_an_address_of_another_host(service, header):
    plain, named = answer_to(service, "/check"), answer_to(service, "/check", header)
    assert 200 == status_of(named)
    assert addresses_in(plain) == addresses_in(named)
    assert EVIL not in answer_to(service, "//evil.example/check", header)


def addresses_in(received):
    return re.findall(rb'(?:href|src|action|formaction)="([^"]*)"', received)


def test_a_script_name_takes_nothing_off_the_path(service, people):
    body = json.dumps(people.close.as_form()).encode()
    named = ("SCRIPT_NAME: /check", f"Content-Type: {JSON}")
    found = answer_to(service, "/api/v1/checks", *named, method="POST", body=body)
    assert (200, True) == (status_of(found), b'"exposed"' in found)
    elsewhere = answer_to(service, "/check/api/v1/checks", *named, method="POST", body=body)
    assert 404 == status_of(elsewhere)


def session_cookie_of(service, *headers, source="127.0.0.1"):
    """The cookie that a sign-out deletes; by https only where the service thinks it is asked so."""
    received = answer_to(
        service,
        "/counter/sign-out",
        "Content-Type: application/x-www-form-urlencoded",
        *headers,
        method="POST",
        body=b"a=b",
        source=(source, 0),
    )
    assert 303 == status_of(received)
    match = re.search(rb"Set-Cookie: ([^\r]*)", received)
    assert match is not None
    return match[1]


HTTPS = "X-Forwarded-Proto: https"


def test_a_trusted_proxy_says_that_a_request_came_by_https(behind_a_proxy):
    assert b"Secure" in session_cookie_of(behind_a_proxy, HTTPS)
    assert b"Secure" not in session_cookie_of(behind_a_proxy, "X-Forwarded-Proto: http")
    assert b"Secure" not in session_cookie_of(behind_a_proxy)


def test_nobody_else_says_so_from_the_same_machine_either(behind_a_proxy):
    assert b"Secure" not in session_cookie_of(behind_a_proxy, HTTPS, source="127.0.0.2")


@pytest.mark.parametrize("header", ["X-Forwarded-Ssl: on", "X-Forwarded-Protocol: ssl"])
def test_no_other_header_says_so(behind_a_proxy, header):
    assert b"Secure" not in session_cookie_of(behind_a_proxy, header)


def test_without_a_trusted_proxy_a_scheme_counts_for_nothing(start_service, published):
    service = start_service(published, {"GAUGE_COUNTER": "on"})
    assert b"Secure" not in session_cookie_of(service, HTTPS)
    service.stop()
