"""Guards forms without a cookie: a page of another site must not post them.

Threat: another site lets its visitors' browsers post our forms, to use up their networks' limits
or to show them answers in a frame of its own making. Limit: Sec-Fetch-Site and Origin, which no
page can forge, must name this site. Browsers of before 2020 send neither with a form; they are
let in (docs/decisions tells why), since nothing here is done in a user's name.
"""

from urllib.parse import urlsplit

OWN_SITES = frozenset({"same-origin", "none"})


class ForeignForm(Exception):
    """The form was sent from another site."""


def require_own_form(
    fetch_site: str | None, origin: str | None, host: str, base_url: str = ""
) -> None:
    """Return where the form comes from this site.

    fetch_site, origin: the headers, None where absent; host: the Host header; base_url: the
    public address behind a proxy, or "". Raises ForeignForm.
    """
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
