"""How much is admitted, from whom."""

from typing import Literal

from pydantic import BaseModel, Field

DAY_SECONDS = 86_400


class LimitSettings(BaseModel):
    """How much is admitted, from whom."""

    @property
    def wider_times(self) -> tuple[int, ...]:
        """How many times a network's limits the wider ones have (``client_networks``)."""
        return self.ipv6_56_times, self.ipv6_48_times

    limits: Literal["on", "off"] = Field(
        "on",
        description="off for benchmarks only: refused unless bound to loopback, and every page "
        "says so.",
    )
    network_checks: int = Field(
        1_200,
        ge=1,
        description="Checks of a network (IPv4 address, IPv6 /64) that are free within a window; "
        "what comes beyond is earned by proof of work or by waiting.",
    )
    network_checks_proven: int = Field(
        12_000,
        ge=1,
        description="Names more of a network and window, each earned by proof of work. Past them "
        "it is refused.",
    )
    network_checks_waited: int = Field(
        600,
        ge=1,
        description="Names more of a network and window, each earned by a wait ticket: the way "
        "without JavaScript.",
    )
    network_checks_seconds: int = Field(
        900, ge=1, le=DAY_SECONDS, description="Length of that window, in seconds."
    )
    ipv6_56_times: int = Field(
        4,
        ge=1,
        le=256,
        description="How many times the limits of one network hold for all of an IPv6 /56 "
        "together.",
    )
    ipv6_48_times: int = Field(
        16,
        ge=1,
        le=65_536,
        description="The same of an IPv6 /48; not below that of a /56.",
    )
    network_pages: int = Field(
        6_000, ge=1, description="Other pages admitted per network and window."
    )
    network_pages_seconds: int = Field(
        900, ge=1, le=DAY_SECONDS, description="Length of that window, in seconds."
    )
    names_per_document: int = Field(
        6,
        ge=1,
        le=1_000,
        description="Different names of one document that are free from one network and window; "
        "repeats are free.",
    )
    names_per_document_proven: int = Field(
        24,
        ge=1,
        le=1_000,
        description="Different names of one document admitted from one network and window at all, "
        "those past the free ones each against a proof of work or a wait ticket.",
    )
    names_per_document_everywhere: int = Field(
        60,
        ge=1,
        le=10_000,
        description="Different names of one document that are free from all networks together; "
        "from this count on, or a lower one down to its half, drawn for each document and day, "
        "each is earned. No count keeps the owner out.",
    )
    names_seconds: int = Field(
        DAY_SECONDS,
        ge=1,
        le=DAY_SECONDS,
        description="Length of the window of both name limits, in seconds; a day at most, since "
        "the key under which they are counted changes each day.",
    )
    network_connections: int = Field(
        1_000,
        ge=1,
        description="Connections of a network that one worker keeps at a time; past them the one "
        "goes that has been idle longest. Own proxies (GAUGE_TRUSTED_PROXIES) may have any number.",
    )
    checks_per_second: int = Field(
        2_000, ge=1, description="Checks admitted per second from everywhere."
    )
    proof_hashes: int = Field(
        200_000,
        ge=1_000,
        le=100_000_000,
        description="SHA-256 hashes of the hardest proof of work for one name; the easiest takes "
        "an eighth. An old phone does some 50,000 a second in its browser.",
    )
    proof_seconds: int = Field(
        600, ge=60, le=3_600, description="How long a proof of work may take, in seconds."
    )
    wait_seconds: int = Field(
        30,
        ge=1,
        le=600,
        description="Shortest wait of a ticket, in seconds; under the highest pressure it is four "
        "times as long.",
    )
