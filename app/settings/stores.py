"""Where index, keys, state, records and limits are kept."""

import json
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

_COMMA = re.compile("[,\uff0c]")  # also as it is typed in Chinese


class StoreSettings(BaseModel):
    """Where index, keys, state, records and limits are kept."""

    index_dir: Path = Field(
        Path("var/index"),
        description="Directory of one index, or of several authorities' indexes side by side.",
    )
    keys_dir: Path = Field(
        Path("var/keys"),
        description="Directory of the service's key files and trust.json. The service refuses to "
        "start where it can read `signing` there (the demo excepted).",
    )
    authorities: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Names of the authorities whose indexes must be here, as their manifests spell "
        "them, comma-separated, or a JSON list where a name holds a comma. Whoever is named and "
        "gone makes answers `incomplete`; so does, named or not, whoever has a directory of keys "
        "or was served before. Needed where several indexes are opened with the same keys.",
    )
    state_dir: Path = Field(
        Path("var/state"),
        description="Directory in which the service remembers whom it has served up to which index "
        "sequence, and the latest time it has seen; deleting it forgets the protection against "
        "rollback and against a clock that is set back.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="Records (corrections, watches, audit): postgresql://user@host/name, or "
        "sqlite:////path. Empty: an SQLite file in GAUGE_STATE_DIR, for one machine.",
    )
    redis_url: SecretStr | None = Field(
        None,
        description="Redis for the limits, as redis:// or rediss://, where several machines serve. "
        "Without it each machine counts in memory that its workers share.",
    )
    index_reload_seconds: float = Field(
        15.0, gt=0, le=3_600, description="How often the service looks for a newer index."
    )
    stale_after_hours: int = Field(
        0,
        ge=0,
        le=8_760,
        description="Age of the oldest source from which on an index counts as stale: whoever is "
        "not listed is told `incomplete`, with the reason. 0: an index is used until its own "
        "`valid_until`, however old its sources are.",
    )

    @field_validator("authorities", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = json.loads(value) if value.lstrip().startswith("[") else _COMMA.split(value)
        if not all(isinstance(name, str) for name in names):
            message = "must be names"
            raise ValueError(message)
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @field_validator("database_url", mode="after")
    @classmethod
    def _database_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not re.match(r"postgresql(\+psycopg)?://|sqlite:///.", value.get_secret_value()):
            message = "must begin with postgresql:// or sqlite:///"
            raise ValueError(message)
        return value

    @field_validator("redis_url", mode="after")
    @classmethod
    def _redis_scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value():
            return None
        if value is not None and not re.match(r"rediss?://[^/]", value.get_secret_value()):
            message = "must begin with redis:// or rediss://"
            raise ValueError(message)
        return value
