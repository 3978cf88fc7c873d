"""What axe finds on a page, in both colour schemes of one visit, and ids that stand twice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCHEMES = ("light", "dark")
# axe finds one only where it takes a name from its field
IDS_TWICE = """[...document.querySelectorAll("[id]")].map((each) => each.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""


def violations(page: Page) -> list[str]:
    """Return axe's report of each scheme in which something is wrong, and ids that stand twice."""
    reports = [f"id twice: {each}" for each in page.evaluate(IDS_TWICE)]
    for scheme in SCHEMES:
        # a colour on its way from one scheme to the other is a colour of neither
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page)
        if found.violations_count:
            reports.append(f"{scheme}: {found.generate_report()}")
    return reports
