"""All settings: one frozen object, read once, every fault reported together."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic import model_validator as whole_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.settings.bulk import BulkSettings
from app.settings.evaluator import EvaluatorSettings
from app.settings.help import HelpSettings
from app.settings.kiosks import KioskLimitSettings
from app.settings.limits import LimitSettings
from app.settings.pages import PageSettings
from app.settings.phones import PhoneSettings
from app.settings.records import RecordSettings
from app.settings.serving import ServingSettings
from app.settings.stores import StoreSettings
from exposure_index.errors import ExitCode, ForeseenError

PREFIX = "GAUGE_"
CONFIG_VARIABLE = "GAUGE_CONFIG"
KEY_PREFIX = "GAUGE_KEY_"
ALIKE = 0.85  # of names that differ by a slip or two
UNQUOTED = ("authorities", "authority_name", "authority_hotlines", "help_places")
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
ANY_HOSTS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to


class SettingsInvalid(ForeseenError):
    """One or more settings cannot be used; ``faults`` holds every reason, never a value."""

    exit_code = ExitCode.USAGE

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults

    @property
    def explanation(self) -> str:
        """What the operator is told: one fault a line."""
        return "settings cannot be used:\n" + "\n".join(f"  {fault}" for fault in self.faults)


class Settings(
    BulkSettings,
    EvaluatorSettings,
    HelpSettings,
    KioskLimitSettings,
    LimitSettings,
    PageSettings,
    PhoneSettings,
    RecordSettings,
    ServingSettings,
    StoreSettings,
    BaseSettings,
):
    """Everything that an operator can choose; each field stands in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
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

    @whole_validator(mode="after")
    def _fit_together(self) -> "Settings":
        faults = []
        if self.limits == "off" and self.host not in LOOPBACK_HOSTS:
            faults.append("GAUGE_LIMITS=off is refused unless GAUGE_HOST is 127.0.0.1, ::1")
        if self.ipv6_48_times < self.ipv6_56_times:
            faults.append("GAUGE_IPV6_48_TIMES is below GAUGE_IPV6_56_TIMES, which it contains")
        if self.phone_verification == "on" and not self.sms_gateway_url:
            faults.append("GAUGE_PHONE_VERIFICATION=on needs GAUGE_SMS_GATEWAY_URL")
        if self.evaluator_socket is not None and self.evaluator != "process":
            faults.append("GAUGE_EVALUATOR_SOCKET needs GAUGE_EVALUATOR=process")
        hosts = {self.host, self.metrics_host}
        if self.metrics_port == self.port and (len(hosts) == 1 or hosts & ANY_HOSTS):
            faults.append("GAUGE_METRICS_PORT is GAUGE_PORT: Prometheus needs a port of its own")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def processes(self) -> int:
        """How many workers serve on this machine."""
        return self.workers or os.cpu_count() or 1

    @property
    def bulk_directory(self) -> Path:
        """The directory of encrypted lists."""
        return self.bulk_dir or self.state_dir / "bulk"

    @property
    def bulk_keys_directory(self) -> Path:
        """The directory of their keys."""
        return self.bulk_keys_dir or self.state_dir / "bulk-keys"

    @property
    def runs_bulk_worker(self) -> bool:
        """Whether `gauge serve` runs the worker that checks lists."""
        if self.bulk_worker == "auto":
            return self.redis_url is None
        return self.bulk_worker == "on"

    @property
    def bulk_processes(self) -> int:
        """How many processes check lists."""
        return self.bulk_workers or max(2, os.cpu_count() or 1)


def read_settings(**arguments: str | int) -> Settings:
    """Return the settings of environment and file; ``arguments`` come first.

    Raises SettingsInvalid with every fault at once; a fault names the setting and never its value.
    """
    config = os.environ.get(CONFIG_VARIABLE)
    if config and not Path(config).is_file():
        raise SettingsInvalid([f"{CONFIG_VARIABLE}: there is no such file"])
    try:
        return Settings(**arguments)  # type: ignore[arg-type]  # pydantic judges them
    except ValidationError as error:
        raise SettingsInvalid([_fault(item) for item in error.errors()]) from None
    except ValueError:  # a TOML file that does not parse; its message may quote a line
        raise SettingsInvalid([f"{CONFIG_VARIABLE}: the file is not valid TOML"]) from None


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the GAUGE_… variables that are no setting, so that a misspelt limit is seen."""
    variables = _known_variables()
    return sorted(
        name
        for name in environ
        if name.startswith(PREFIX) and name not in variables and not name.startswith(KEY_PREFIX)
    )


def lines_about_unknown(environ: Mapping[str, str]) -> list[str]:
    """Return a line for each of ``unknown_variables``, with the setting that it looks like."""
    lines = []
    for name in unknown_variables(environ):
        alike = get_close_matches(name, _known_variables(), 1, ALIKE)
        hint = f"; did you mean {alike[0]}?" if alike else ""
        lines.append(f"gauge: {name} is set but is no setting{hint}")
    return lines


def _known_variables() -> set[str]:
    return {variable(name) for name in Settings.model_fields} | {CONFIG_VARIABLE}


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
    if item["type"] == "value_error" and place in UNQUOTED:
        message = "cannot be read"  # the library's message quotes what was given
    return f"{name}: {message}"
