"""What a tablet keeps of the kiosk's page, and that it starts with nothing else."""

from urllib.parse import urlsplit

import pytest


@pytest.fixture
def kept_page(service, page_of):
    """The kiosk's page, once its service worker serves it."""
    page = page_of(java_script_enabled=True)
    page.goto(f"{service.url}/kiosk")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def test_the_kiosk_starts_without_network(kept_page):
    title = kept_page.title()
    kept_page.context.set_offline(True)
    kept_page.reload()
    kept_page.wait_for_function("() => document.querySelector('main').children.length > 0")
    assert title == kept_page.title()


def test_the_tablet_keeps_the_page_and_its_files_alone(kept_page):
    kept_page.evaluate("() => fetch('/api/v1/index').then(() => null)")
    paths = kept_page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((request) => request.url)))).flat()"
    )
    others = {urlsplit(path).path for path in paths if "/bundle/" not in path}
    assert {"/kiosk", "/kiosk/manifest.webmanifest"} == others
