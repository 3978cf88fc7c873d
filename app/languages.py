"""Languages of the service: those with a folder of translations."""

from functools import lru_cache
from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE = "zh-Hans"
ENGLISH = "en"  # the language of every msgid: what is not translated is read in it
# In the head of a catalogue that leaves the texts of staff in English:
CITIZENS_ONLY = '"X-Scope: citizens\\n"'


@lru_cache  # needed on every page; a new language comes with a restart
def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Return the BCP 47 tags of every language with a messages.po, in the order of pages."""
    files = (folder or TRANSLATIONS).glob("*/LC_MESSAGES/messages.po")
    tags = {file.parts[-3].replace("_", "-") for file in files}
    return tuple(sorted(tags, key=_order))


def _order(tag: str) -> tuple[bool, bool, bool, str]:
    """The default first, then the other Chinese, English, and the others."""
    return tag != DEFAULT_LANGUAGE, not tag.startswith("zh"), tag != ENGLISH, tag


@lru_cache
def whole_languages(folder: Path | None = None) -> tuple[str, ...]:
    """Return the tags of those that staff can work in: their catalogue holds every text."""
    return tuple(tag for tag in languages(folder) if _is_whole(folder or TRANSLATIONS, tag))


def _is_whole(folder: Path, tag: str) -> bool:
    file = folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    head, _, _ = file.read_text("utf-8").partition("\n\n")
    return CITIZENS_ONLY not in head
