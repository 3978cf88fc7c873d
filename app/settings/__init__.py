"""The service's settings, by topic; `Settings` is all of them."""

from app.settings.whole import (
    Settings,
    SettingsInvalid,
    lines_about_unknown,
    read_settings,
    unknown_variables,
    variable,
)

__all__ = [
    "Settings",
    "SettingsInvalid",
    "lines_about_unknown",
    "read_settings",
    "unknown_variables",
    "variable",
]
