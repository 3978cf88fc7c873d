"""Languages of the service: those with a folder of translations."""

from functools import lru_cache
from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "translations"
DEFAULT_LANGUAGE = "zh-Hans"


@lru_cache  # needed on every page; a new language comes with a restart
def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Return the BCP 47 tags of every language with a messages.po, the default first."""
    files = (folder or TRANSLATIONS).glob("*/LC_MESSAGES/messages.po")
    tags = {file.parts[-3].replace("_", "-") for file in files}
    return tuple(sorted(tags, key=lambda tag: (tag != DEFAULT_LANGUAGE, tag == "en", tag)))
