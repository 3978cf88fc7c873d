"""The pages that all of the portal shares; importing them puts them on the blueprint."""

from app.portal import audit_page, invitation_page, keys_page, members_page, sign_in_page

VIEWS = (audit_page, invitation_page, keys_page, members_page, sign_in_page)
