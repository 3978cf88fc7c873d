"""Fields of a person that stand folded on the form: they are unfolded as a reader does."""

from playwright.sync_api import Page


def choose_kind(page: Page, id_type: str, suffix: str = "") -> None:
    """Choose a kind of document."""
    field = f"input[name=id_type{suffix}][value={id_type}]"
    unfold(page, field)
    page.check(field)


def fill_other_name(page: Page, name: str, suffix: str = "") -> None:
    """Type the name in the other script."""
    unfold(page, f"#name_latin{suffix}")
    page.fill(f"#name_latin{suffix}", name)


def unfold(page: Page, field: str) -> None:
    """Open what a field is folded away in."""
    folded = page.locator(f"details:not([open]):has({field}) > summary")
    if folded.count():
        folded.click()
