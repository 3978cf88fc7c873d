import socket
from ipaddress import ip_address

import pytest

from app.bulk.webhooks.addresses import (
    AddressRefused,
    Endpoint,
    UrlRefused,
    is_public,
    judged_address,
    parse_endpoint,
)

HOOK = Endpoint(True, "hooks.example.org", 443, "/gauge?a=1")


def refusal(url, *, by_authority=False):
    with pytest.raises(UrlRefused) as caught:
        parse_endpoint(url, by_authority=by_authority)
    return caught.value.code


def resolving_to(monkeypatch, *addresses):
    found = [(None, None, None, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: found)


def test_an_address_of_https_is_taken_apart():
    url = "https://hooks.example.org/gauge?a=1"
    assert HOOK == parse_endpoint(url, by_authority=False)


@pytest.mark.parametrize("url", ["http://hooks.example.org/", "ftp://x.example/", "//x.example"])
def test_nothing_but_https_is_taken(url):
    assert "https" == refusal(url)


@pytest.mark.parametrize(
    "url",
    ["https://", "https://a b/", "https://u:p@x.example/", "https://x.example/#f", "https://x:y/"],
)
def test_what_is_no_plain_address_is_refused(url):
    assert "url" == refusal(url)


def test_http_leads_to_this_machine_only_where_the_authority_says_so():
    assert "https" == refusal("http://127.0.0.1:9/")
    assert "https" == refusal("http://10.0.0.1/", by_authority=True)
    assert Endpoint(False, "127.0.0.1", 9, "/") == parse_endpoint(
        "http://127.0.0.1:9/", by_authority=True
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
    ],
)
def test_no_address_within_a_network_is_public(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(ip_address(address))


def test_the_address_connected_to_is_one_that_was_judged(monkeypatch):
    resolving_to(monkeypatch, "10.0.0.1", "93.184.216.34")
    assert ("93.184.216.34", 443) == judged_address(HOOK, by_authority=False)


def test_a_name_that_leads_into_the_network_is_refused_unless_the_authority_set_it(monkeypatch):
    resolving_to(monkeypatch, "169.254.169.254")
    with pytest.raises(AddressRefused):
        judged_address(HOOK, by_authority=False)
    assert ("169.254.169.254", 443) == judged_address(HOOK, by_authority=True)
