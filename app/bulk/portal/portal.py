"""The pages of organisations, as the application registers them, on one blueprint."""

from app.bulk.portal import (
    audit_page,
    downloads,
    help_page,
    invitation_page,
    job_page,
    keys_page,
    members_page,
    reading_page,
    settings_page,
    sign_in_page,
    upload_page,
)
from app.bulk.portal.blueprint import bp

__all__ = ["VIEWS", "bp"]

VIEWS = (
    audit_page,
    downloads,
    help_page,
    invitation_page,
    job_page,
    keys_page,
    members_page,
    reading_page,
    settings_page,
    sign_in_page,
    upload_page,
)
"""The modules whose views stand on the blueprint; importing them puts them there."""
