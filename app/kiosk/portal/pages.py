"""The pages of kiosks; importing them puts them on the portal's blueprint."""

from app.kiosk.portal import (
    badges_page,
    door_page,
    kiosk_settings_page,
    kiosks_page,
    roster_adding_page,
    roster_page,
    roster_person_page,
)

VIEWS = (
    badges_page,
    door_page,
    kiosk_settings_page,
    kiosks_page,
    roster_adding_page,
    roster_page,
    roster_person_page,
)
