"""Same-origin check: a page of another site must not post our forms; it needs no cookie.

Threat: another site lets its visitors' browsers post our forms, to use up their networks' limits
or to show them answers in a frame of its own making. Limit: Sec-Fetch-Site and Origin, which no
page can forge, must name this site. Browsers of before 2020 send neither with a form; they are
let in (docs/decisions tells why), since nothing here is done in a user's name.
"""

from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

OWN_SITES = frozenset({"same-origin", "none"})


class ForeignForm(Exception):
    """A form was posted from another site."""


def require_same_origin(headers: Headers, host: str, base_url: str = "") -> None:
    """Reject a form posted from another site. Raises ForeignForm.

    headers: of the request; host: the Host header; base_url: the public address behind a proxy,
    or "".
    """
    fetch_site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if fetch_site is not None:
        if fetch_site not in OWN_SITES:
            raise ForeignForm
        return
    if origin is None or (base_url and origin == base_url):
        return
    try:
        site = urlsplit(origin).netloc
    except ValueError:
        raise ForeignForm from None
    if site != host or not host:
        raise ForeignForm
