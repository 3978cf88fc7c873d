"""What the scripts of a kiosk's page know from the page: words in every language, files to load.

The page is the same for everybody and is kept by the tablet, so it holds all languages at once.
"""

from typing import Any

from flask_babel import force_locale

from app.answer_pages.texts import ID_TYPE_WORDS, browser_fault_words
from app.i18n import native_name, text_direction
from app.kiosk.terminal.minder_texts import MINDER_TEXTS
from app.kiosk.terminal.passage_texts import PASSAGE_TEXTS
from app.languages import whole_languages
from app.web.assets import asset_integrity, asset_names, asset_url

CODE_READER = "zxing_reader.wasm"
SCAN_WORKER = "kiosk_scan.js"


def kiosk_facts() -> dict[str, Any]:
    """Return the facts as JSON takes them: languages with their words, and what reads codes."""
    names = asset_names()
    return {
        "languages": [_language(tag) for tag in whole_languages()],
        "scan": {
            "worker": asset_url(SCAN_WORKER, names),
            "wasm": asset_url(CODE_READER, names),
            "integrity": asset_integrity()[CODE_READER],
        },
    }


def visit_facts() -> dict[str, Any]:
    """Return what the visitor's page tells its script: the words of faults, in one language."""
    return {"words": {"faults": browser_fault_words()}}


def _language(tag: str) -> dict[str, Any]:
    with force_locale(tag.replace("-", "_")):
        texts = {name: str(words) for name, words in {**PASSAGE_TEXTS, **MINDER_TEXTS}.items()}
        types = {f"id_type_{name}": str(words) for name, words in ID_TYPE_WORDS.items()}
        faults = {f"fault {name}".strip(): words for name, words in browser_fault_words().items()}
        return {
            "tag": tag,
            "name": native_name(tag),
            "direction": text_direction(),
            "words": {**texts, **types, **faults},
        }
