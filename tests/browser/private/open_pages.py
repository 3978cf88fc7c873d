"""Pages that a reader left open, and what came along with them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route

CARRIED = re.compile(r"(data-private-index>)(.*?)(</script>)", re.DOTALL)


def leave_open(page: Page, minutes: int) -> None:
    """Let a page believe that so many minutes have passed since it was loaded."""
    page.evaluate(
        "(away) => { const now = Date.now.bind(Date); Date.now = () => now() + away; }",
        minutes * 60_000,
    )


def alter_carried_index(page: Page, change: Callable[[bytes], bytes]) -> None:
    """Change the index that comes along with pages from now on; the real service answers."""

    def handle(route: Route) -> None:
        response = route.fetch()

        def changed(match: re.Match[str]) -> str:
            text = change(match[2].encode()).decode()
            return match[1] + text.replace("<", "\\u003c") + match[3]

        route.fulfill(response=response, body=CARRIED.sub(changed, response.text()))

    page.route("**/check/private*", handle)
