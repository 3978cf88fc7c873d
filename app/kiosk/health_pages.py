"""The pages about health, as the application registers them; importing them puts them there."""

from app.kiosk.dashboard import (
    accesses_page,
    dashboard_page,
    export_page,
    people_page,
    shared_page,
)
from app.kiosk.health_log import link_page, log_page
from app.kiosk.health_words import degrees

VIEWS = (
    accesses_page,
    dashboard_page,
    export_page,
    link_page,
    log_page,
    people_page,
    shared_page,
)

link_page.bp.add_app_template_filter(degrees)
