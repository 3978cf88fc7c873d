"""The links that stand on every page of the portal; each audience enters its own pages."""

from dataclasses import dataclass

from flask_babel import LazyString

from app.organisations.members import SignedInMember
from app.organisations.roles import Permission


@dataclass(frozen=True, slots=True)
class PortalPage:
    """A page that every other one leads to, the permission that it needs, its place among them."""

    endpoint: str
    words: LazyString
    permission: Permission
    place: int


@dataclass(frozen=True, slots=True)
class PortalLink:
    """A link as one page shows it; is_here: it leads to the page itself."""

    endpoint: str
    words: LazyString
    is_here: bool


_PAGES: dict[str, PortalPage] = {}


def add_portal_page(endpoint: str, words: LazyString, permission: Permission, place: int) -> None:
    """Enter a page that every other one leads to; modules of views call it when imported.

    endpoint: "organisation.show_members"; place: a smaller one comes first.
    """
    _PAGES[endpoint] = PortalPage(endpoint, words, permission, place)


def portal_links(member: SignedInMember, here: str | None) -> list[PortalLink]:
    """Return the links to what a member may open, in order; here: the endpoint of the page."""
    return [
        PortalLink(page.endpoint, page.words, page.endpoint == here)
        for page in sorted(_PAGES.values(), key=lambda page: page.place)
        if member.may(page.permission)
    ]
