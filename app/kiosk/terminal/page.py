"""GET /kiosk, its service worker and manifest; GET /visit: pages that are the same for everybody.

Threat: a page that can use camera and thermometers runs a stranger's script, or holds something of
who was here. Limit: our own scripts alone, WebAssembly for the reader of codes and nothing else
unsafe; no cookie, no session; what a tablet keeps of the service is this shell.
"""

import json

from flask import Blueprint, Response, render_template, url_for
from flask_babel import force_locale, gettext

from app.answer_pages.texts import ID_TYPE_WORDS
from app.kiosk.terminal.page_facts import kiosk_facts, visit_facts
from app.kiosk.terminal.shell import Shell, shell_of, worker_script
from app.languages import DEFAULT_LANGUAGE
from app.web.assets import asset_names, asset_url
from app.web.cached_pages import OF_A_FORM, REVALIDATED, CachedPage, cached_page
from app.web.security_headers import WASM_POLICY

bp = Blueprint("kiosk_terminal", __name__)

PERMISSIONS = (
    "camera=(self), serial=(self), screen-wake-lock=(self), "
    "geolocation=(), microphone=(), browsing-topics=()"
)
COLOUR = "#1f3a5f"  # of the icon
ICON_SIDES = {"icon_192.png": "192x192", "icon_512.png": "512x512", "icon_maskable.png": "512x512"}


@bp.get("/kiosk")
@cached_page(CachedPage(REVALIDATED, by_language=False))
def show_kiosk() -> Response:
    """Return the page of every kiosk; it names no organisation, and holds every language."""
    response = Response(_kiosk_page(), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = f"{WASM_POLICY}; manifest-src 'self'"
    response.headers["Permissions-Policy"] = PERMISSIONS
    return response


@bp.get("/kiosk/worker.js")
@cached_page(CachedPage(REVALIDATED, by_language=False))
def service_worker() -> Response:
    """Return the service worker, which changes with the page and the bundle."""
    script = worker_script(_shell(), asset_names())
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = url_for("kiosk_terminal.show_kiosk", lang=None)
    return response


@bp.get("/kiosk/manifest.webmanifest")
@cached_page(CachedPage(REVALIDATED, by_language=False))
def app_manifest() -> Response:
    """Return what a tablet needs to install the page."""
    names, page = asset_names(), url_for("kiosk_terminal.show_kiosk", lang=None)
    icons = [
        {
            "src": asset_url(name, names),
            "sizes": sides,
            "type": "image/png",
            "purpose": "maskable" if "maskable" in name else "any",
        }
        for name, sides in ICON_SIDES.items()
    ]
    icons.append({"src": asset_url("icon.svg", names), "sizes": "any", "type": "image/svg+xml"})
    with force_locale(DEFAULT_LANGUAGE.replace("-", "_")):
        name = gettext("Contact Gauge")
    document = {
        "id": page,
        "start_url": page,
        "scope": page,
        "name": name,
        "short_name": name,
        "lang": DEFAULT_LANGUAGE,
        "display": "fullscreen",
        "orientation": "any",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": icons,
    }
    return Response(_json(document), content_type="application/manifest+json")


@bp.get("/visit")
@cached_page(CachedPage(OF_A_FORM))
def show_visit() -> str:
    """Show the page on which a visitor seals their details; who asks for it is not learned."""
    return render_template(
        "kiosk/visit.html", facts=visit_facts(), id_types=ID_TYPE_WORDS, faults={}
    )


def _kiosk_page() -> str:
    with force_locale(DEFAULT_LANGUAGE.replace("-", "_")):
        return render_template("kiosk/terminal.html", facts=kiosk_facts())


def _shell() -> Shell:
    page = url_for("kiosk_terminal.show_kiosk", lang=None)
    manifest = url_for("kiosk_terminal.app_manifest", lang=None)
    return shell_of(page, _kiosk_page(), manifest, asset_names())


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)
