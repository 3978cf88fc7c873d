import ipaddress

import pytest
from structlog.testing import capture_logs

from app.limits.client_networks import UNKNOWN_NETWORK, ClientNetworks, wider_networks

OWN_PROXIES = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8")]


def packed(address: str) -> bytes:
    return ipaddress.ip_address(address).packed


@pytest.fixture
def networks():
    return ClientNetworks(OWN_PROXIES)


def test_without_trusted_proxies_what_a_client_writes_counts_for_nothing():
    assert packed("203.0.113.9") == ClientNetworks([]).network("203.0.113.9", "198.51.100.1")


def test_a_stranger_cannot_hide_behind_a_header(networks):
    assert packed("203.0.113.9") == networks.network("203.0.113.9", "198.51.100.1")


def test_the_address_before_our_proxy_counts(networks):
    assert packed("198.51.100.1") == networks.network("10.0.0.1", "192.0.2.7, 198.51.100.1")


def test_a_chain_of_own_proxies_is_followed_from_the_right(networks):
    assert packed("198.51.100.1") == networks.network("10.0.0.1", "6.6.6.6,198.51.100.1,10.2.0.1")


@pytest.mark.parametrize("entry", ["198.51.100.1:80", "[::ffff:198.51.100.1]:443"])
def test_the_port_that_a_gateway_writes_behind_an_address_is_passed_over(networks, entry):
    assert packed("198.51.100.1") == networks.network("10.0.0.1", f"{entry},10.2.0.1:99")


@pytest.mark.parametrize("entry", ["[2001:db8:1:2::9]:443", "[2001:db8:1:2::9]", "2001:db8:1:2::9"])
def test_an_ipv6_address_may_stand_in_brackets(networks, entry):
    assert packed("2001:db8:1:2::")[:8] == networks.network("10.0.0.1", f"{entry}, [fd00::1]:8")


def test_garbage_before_a_port_ends_the_trust(networks):
    header = "192.0.2.7, 198.51.100.1:80:80, 10.2.0.1:99"
    assert packed("10.2.0.1") == networks.network("10.0.0.1", header)


@pytest.mark.parametrize(
    "header",
    ["unknown", "", "198.51.100.1:", "198.51.100.1:x", ":80", "[::1", "[]:80", ",", "1" * 500],
)
def test_a_header_that_cannot_be_read_leaves_the_proxy(networks, header):
    assert packed("10.0.0.1") == networks.network("10.0.0.1", header)


def test_all_of_an_ipv6_64_is_one_network(networks):
    first = networks.network("2001:db8:1:2:aaaa::1", None)
    assert first == networks.network("2001:db8:1:2:bbbb::9", None)
    assert first != networks.network("2001:db8:1:3::1", None)


def test_around_an_ipv6_network_stand_its_56_and_its_48():
    own = packed("2001:db8:1:203::")[:8]
    assert (packed("2001:db8:1:200::")[:7], packed("2001:db8:1::")[:6]) == wider_networks(own)


@pytest.mark.parametrize("network", [packed("203.0.113.9"), UNKNOWN_NETWORK])
def test_around_an_ipv4_address_stands_nothing(network):
    assert () == wider_networks(network)


def test_only_a_trusted_proxy_is_trusted(networks):
    peers = ("10.0.0.1", "::ffff:10.0.0.1", "fd00::7", "203.0.113.9", "unix:", None)
    assert [True, True, True, False, False, False] == [networks.trusts(peer) for peer in peers]


def test_an_ipv4_address_in_ipv6_writing_is_the_same_network(networks):
    assert packed("203.0.113.9") == networks.network("::ffff:203.0.113.9", None)


@pytest.mark.parametrize("peer", [None, "", "unix:"])
def test_a_connection_without_address_is_one_network(networks, peer):
    assert UNKNOWN_NETWORK == networks.network(peer, "198.51.100.1")


FORWARDED = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=198.51.100.1"}


@pytest.mark.parametrize("name", FORWARDED)
def test_a_proxy_that_nobody_named_is_warned_of_once_and_without_an_address(
    app_of, published, name
):
    client = app_of(published).test_client()
    with capture_logs() as lines:
        for _ in range(3):
            client.get("/trips?number=G1&date=2020-01-20", headers={name: FORWARDED[name]})
    (line,) = lines
    assert ("proxy_not_trusted", "warning") == (line["event"], line["log_level"])
    assert "GAUGE_TRUSTED_PROXIES" in line["reason"]
    assert "198.51.100.1" not in str(line)


def test_a_check_that_the_loop_answers_warns_too():
    networks = ClientNetworks([])
    with capture_logs() as lines:
        for _ in range(2):
            networks.network("203.0.113.9", "198.51.100.1")
    assert ["proxy_not_trusted"] == [line["event"] for line in lines]


def test_who_names_a_proxy_or_has_none_is_not_warned(networks):
    with capture_logs() as lines:
        networks.network("203.0.113.9", "198.51.100.1")
        networks.network_of({"REMOTE_ADDR": "10.0.0.1", "HTTP_FORWARDED": "for=198.51.100.1"})
        ClientNetworks([]).network_of({"REMOTE_ADDR": "203.0.113.9"})
    assert [] == lines
