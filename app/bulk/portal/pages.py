"""The pages of lists; importing them puts them on the portal's blueprint."""

from app.bulk.portal import (
    downloads,
    help_page,
    job_page,
    lists_page,
    no_such_list,
    reading_page,
    settings_page,
    upload_page,
)

VIEWS = (
    downloads,
    help_page,
    job_page,
    lists_page,
    no_such_list,
    reading_page,
    settings_page,
    upload_page,
)
