"""The service's settings: one frozen object, read once, every fault reported together."""

import ipaddress
import json
import os
import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal

from babel.dates import get_timezone
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic import model_validator as whole_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "GAUGE_"
CONFIG_VARIABLE = "GAUGE_CONFIG"
KEY_PREFIX = "GAUGE_KEY_"
DAY_SECONDS = 86_400
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")

Network = IPv4Network | IPv6Network


class SettingsInvalid(Exception):
    """One or more settings cannot be used; ``faults`` holds every reason, never a value."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """Everything that an operator can choose; each field stands in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    index_dir: Path = Field(
        Path("var/index"),
        description="Directory of one index, or of several authorities' indexes side by side.",
    )
    keys_dir: Path = Field(
        Path("var/keys"),
        description="Directory of the service's key files and trust.json. The service refuses to "
        "start where it can read `signing` there (the demo excepted).",
    )
    state_dir: Path = Field(
        Path("var/state"),
        description="Directory in which the service remembers the highest index sequence it has "
        "served; deleting it forgets the protection against rollback.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="Records (corrections, watches, audit): postgresql://user@host/name, or "
        "sqlite:////path. Empty: an SQLite file in GAUGE_STATE_DIR, for one machine.",
    )
    redis_url: SecretStr | None = Field(
        None,
        description="Redis for the limits, as redis:// or rediss://. Without it limits are counted "
        "in process and one worker process serves.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="Networks of own proxies, as comma-separated CIDR. X-Forwarded-For is read "
        "from the right, through these only.",
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
    authority_name: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description="Name of the health authority on pages and posters: one text, or a table "
        '{"zh-Hans": "…", "en": "…"}. Empty: the name in the index.',
    )
    hotline: str = Field(
        "",
        max_length=40,
        description="Telephone number to call, shown on answers and posters.",
    )
    stale_after_hours: int = Field(
        0,
        ge=0,
        le=8_760,
        description="Age of the oldest source from which on an index counts as stale: whoever is "
        "not listed is told `incomplete`, with the reason. 0: an index is used until its own "
        "`valid_until`, however old its sources are.",
    )
    timezone: str = Field(
        "Asia/Shanghai",
        description="Time zone of the times shown and of “ask again on”.",
    )
    limits: Literal["on", "off"] = Field(
        "on",
        description="off for benchmarks only: refused unless bound to loopback, and every page "
        "says so.",
    )
    network_checks: int = Field(
        1_200, ge=1, description="Checks admitted per network and window (IPv4 address, IPv6 /64)."
    )
    network_checks_seconds: int = Field(
        900, ge=1, le=DAY_SECONDS, description="Length of that window, in seconds."
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
        description="Different names admitted for one document from one network and window; "
        "repeats are free.",
    )
    names_per_document_everywhere: int = Field(
        60,
        ge=1,
        le=10_000,
        description="Different names admitted for one document from all networks and window.",
    )
    names_seconds: int = Field(
        DAY_SECONDS,
        ge=1,
        le=DAY_SECONDS,
        description="Length of the window of both name limits, in seconds; a day at most, since "
        "the key under which they are counted changes each day.",
    )
    checks_per_second: int = Field(
        2_000, ge=1, description="Checks admitted per second from everywhere."
    )
    index_reload_seconds: float = Field(
        15.0, gt=0, le=3_600, description="How often the service looks for a newer index."
    )
    workers: int = Field(
        0,
        ge=0,
        le=256,
        description="Worker processes; 0: one for each processor with Redis, else one. More than "
        "one needs Redis.",
    )
    threads: int = Field(8, ge=1, le=256, description="Threads of each worker process.")
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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first: arguments, environment, the file GAUGE_CONFIG."""
        config = os.environ.get(CONFIG_VARIABLE)
        if not config:
            return init_settings, env_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, Path(config))

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(
            ipaddress.ip_network(part.strip()) for part in given.split(",") if part.strip()
        )

    @field_validator("authority_name", mode="before")
    @classmethod
    def _names_by_language(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        if given.lstrip().startswith("{"):
            return json.loads(given)
        return {"": given} if given.strip() else {}

    @field_validator("redis_url", mode="after")
    @classmethod
    def _redis_scheme(cls, given: SecretStr | None) -> SecretStr | None:
        if given is not None and not given.get_secret_value():
            return None
        if given is not None and not re.match(r"rediss?://[^/]", given.get_secret_value()):
            message = "must begin with redis:// or rediss://"
            raise ValueError(message)
        return given

    @field_validator("database_url", mode="after")
    @classmethod
    def _database_scheme(cls, given: SecretStr | None) -> SecretStr | None:
        if given is None or not given.get_secret_value():
            return None
        if not re.match(r"postgresql(\+psycopg)?://|sqlite:///.", given.get_secret_value()):
            message = "must begin with postgresql:// or sqlite:///"
            raise ValueError(message)
        return given

    @field_validator("base_url", mode="after")
    @classmethod
    def _origin_only(cls, given: str) -> str:
        if given and not re.fullmatch(r"https?://[^/\s?#@]+/?", given):
            message = "must be http(s)://host[:port] and nothing more"
            raise ValueError(message)
        return given.rstrip("/")

    @field_validator("timezone", mode="after")
    @classmethod
    def _known_timezone(cls, given: str) -> str:
        try:
            get_timezone(given)
        except LookupError:
            message = "is not a known time zone"
            raise ValueError(message) from None
        return given

    @whole_validator(mode="after")
    def _fit_together(self) -> "Settings":
        faults = []
        if self.limits == "off" and self.host not in LOOPBACK_HOSTS:
            faults.append("GAUGE_LIMITS=off is refused unless GAUGE_HOST is 127.0.0.1, ::1")
        if self.workers > 1 and self.redis_url is None:
            faults.append("GAUGE_WORKERS above 1 needs GAUGE_REDIS_URL, or limits would not hold")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def authority_in(self, language: str) -> str:
        """Return the authority's name in a language (BCP 47), else its only or first name."""
        names = self.authority_name
        return names.get(language) or names.get("") or next(iter(names.values()), "")


def read_settings(**given: str | int) -> Settings:
    """Return the settings of environment and file; ``given`` come first.

    Raises SettingsInvalid with every fault at once; a fault names the setting and never its value.
    """
    config = os.environ.get(CONFIG_VARIABLE)
    if config and not Path(config).is_file():
        raise SettingsInvalid([f"{CONFIG_VARIABLE}: there is no such file"])
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic judges them
    except ValidationError as error:
        raise SettingsInvalid([_fault(item) for item in error.errors()]) from None
    except ValueError:  # a TOML file that does not parse; its message may quote a line
        raise SettingsInvalid([f"{CONFIG_VARIABLE}: the file is not valid TOML"]) from None


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the GAUGE_… variables that are no setting, so that a misspelt limit is seen."""
    known = {variable(name) for name in Settings.model_fields} | {CONFIG_VARIABLE}
    return sorted(
        name
        for name in environ
        if name.startswith(PREFIX) and name not in known and not name.startswith(KEY_PREFIX)
    )


def variable(field: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + field.upper()


def _fault(item: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in item["loc"][:1])
    message = str(item["msg"]).removeprefix("Value error, ")
    if not place:
        return message
    name = place if place.isupper() else variable(place)
    if item["type"] == "extra_forbidden":
        return f"{name}: there is no such setting"
    if item["type"] == "value_error" and place in ("trusted_proxies", "authority_name"):
        message = "cannot be read"  # the library's message quotes what was given
    return f"{name}: {message}"
