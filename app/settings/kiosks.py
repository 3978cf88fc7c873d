"""Kiosks: how much one may ask, and how often a network may try without a good signature."""

from pydantic import BaseModel, Field


class KioskLimitSettings(BaseModel):
    """Kiosks: how much one may ask, and how often a network may try without a good signature."""

    kiosk_requests_per_minute: int = Field(
        300,
        ge=1,
        description="Signed requests of one kiosk admitted per minute; they do not count as pages "
        "of its network, which many kiosks may share.",
    )
    kiosk_checks_per_minute: int = Field(
        30, ge=1, description="Visitors whom one kiosk may have checked per minute."
    )
    kiosk_network_enrolments: int = Field(
        300, ge=1, description="Attempts to enrol a kiosk per network and hour."
    )
    kiosk_network_failed_signatures: int = Field(
        300,
        ge=1,
        description="Requests to the API of kiosks without a good signature per network and hour; "
        "beyond, they are asked to wait. Good signatures pass from there all the same.",
    )
