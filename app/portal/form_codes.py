"""Form codes: what a form of the portal carries to show that this session's own page made it.

Threat: another site, or a page that somebody slipped into ours, posts a form in a member's name.
Limit: besides the same-origin check and the cookie, which no other site's form takes along, each
form carries an HMAC of the session that a page of another session cannot know. One code holds as
long as its session, so that two tabs do not spend each other's; what must happen once is made so by
its own key.
"""

import base64
import hmac

CONTEXT = b"gauge/v1/organisation form\x00"
TAG_BYTES = 16


class FormCodeWrong(Exception):
    """A form carries another session's code, or none."""


def form_code_of(key: bytes, cookie: str) -> str:
    """Return the code of a session's forms; key: the key ``session``; cookie: its value."""
    tag = hmac.digest(key, CONTEXT + cookie.encode(), "sha256")[:TAG_BYTES]
    return base64.urlsafe_b64encode(tag).decode().rstrip("=")


def require_form_code(key: bytes, cookie: str, code: str) -> None:
    """Raise FormCodeWrong unless the code is that of the session."""
    if not hmac.compare_digest(form_code_of(key, cookie).encode(), code.encode()):
        raise FormCodeWrong
