"""Where the service listens, with how many workers, and what it tells its operator."""

import ipaddress
import re
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, Field, field_validator
from pydantic_settings import NoDecode

Network = IPv4Network | IPv6Network


class ServingSettings(BaseModel):
    """Where the service listens, with how many workers, and what it tells its operator."""

    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="Networks of own proxies, as comma-separated CIDR. X-Forwarded-For is read "
        "from the right, through these only; X-Forwarded-Proto is believed from these only.",
    )
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        validation_alias=AliasChoices("GAUGE_HOST", "HOST", "host"),
        description="Address to listen on; 0.0.0.0 for a phone in the same network. HOST works "
        "too.",
    )
    port: int = Field(
        8000,
        ge=1,
        le=65_535,
        validation_alias=AliasChoices("GAUGE_PORT", "PORT", "port"),
        description="Port to listen on. PORT works too.",
    )
    base_url: str = Field(
        "",
        description="Public address of the service, for QR codes and same-origin checks behind a "
        "proxy: https://check.example.org. Empty: the address asked for.",
    )
    demo: bool = Field(
        False,
        description="Invented people: every page says so, and a readable `signing` key is borne.",
    )
    workers: int = Field(
        0,
        ge=0,
        le=256,
        description="Worker processes; 0: one for each processor. They limit together, with Redis "
        "or without.",
    )
    threads: int = Field(
        8,
        ge=1,
        le=256,
        description="Threads of each worker process for what its event loop does not answer by "
        "itself: so many for pages and forms, and at most so many again for long bodies on their "
        "way, for lists of organisations, for long bodies of kiosks, for answers of over 1 MiB, "
        "and for evaluations by another process.",
    )
    metrics_port: int = Field(
        0,
        ge=0,
        le=65_535,
        description="Port on which Prometheus finds /metrics; 0: none. Keep it from the public.",
    )
    metrics_host: str = Field(
        "127.0.0.1", min_length=1, description="Address on which /metrics is told."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least weight of a log line."
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(
                ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip()
            )
        except ValueError:  # its message quotes what was given
            message = "must be networks, comma-separated: 127.0.0.1/32 or 10.0.0.0/8"
            raise ValueError(message) from None

    @field_validator("base_url", mode="after")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^/\s?#@]+/?", value):
            message = "must be http(s)://host[:port] and nothing more"
            raise ValueError(message)
        return value.rstrip("/")
