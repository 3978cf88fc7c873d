"""Where members are led whose role opens no lists."""

from http import HTTPStatus

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.organisations.members import SignedInMember
from app.portal.navigation import portal_links


def to_first_page(member: SignedInMember) -> ResponseReturnValue:
    """Lead to the first page that a member may open; say so where this service has none."""
    links = portal_links(member, None)
    if links:
        return redirect(url_for(links[0].endpoint), HTTPStatus.SEE_OTHER)
    return render_template("portal/no_page.html")
