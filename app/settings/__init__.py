"""The service's settings, by topic; `Settings` is all of them."""

from app.settings.whole import (
    Settings,
    SettingsInvalid,
    read_settings,
    unknown_variables,
    variable,
)

__all__ = ["Settings", "SettingsInvalid", "read_settings", "unknown_variables", "variable"]
