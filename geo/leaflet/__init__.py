"""The page as one HTML file: folium's map inside our own shell, offline, under a strict policy.

The only importer of folium. No text of an article goes through a folium argument: it travels in the
JSON block and the page's own script writes it by ``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import files as installed_files
from importlib.resources import files
from typing import TYPE_CHECKING

import folium
from folium.template import Template
from jinja2 import Environment
from markupsafe import Markup

from geo.errors import InputError
from geo.leaflet.data import covered_days, data_json, page_data, place_words
from geo.wording import TITLE_MAX, shown, words

if TYPE_CHECKING:
    from geo.leaflet.data import PageInput
    from geo.leaflet.events import Json

LEAFLET_PACKAGE = "django-js-lib-leaflet"
LEAFLET_SHA256 = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
"""Of the files as the pinned release 1.9.4.1 has them."""

APP_MODULES = (
    "dom",
    "model",
    "symbols",
    "base",
    "areas",
    "tokens",
    "list",
    "event",
    "table",
    "rail",
    "about",
    "hash",
    "sheet",
    "main",
)
"""The page's script in the order in which its parts are joined."""

PLAIN_ROWS = 1000
"""Rows of the table that stands in for the page where scripts are blocked."""

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; "
    "connect-src 'none'; base-uri 'none'; form-action 'none'"
)
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


class OfflineMap(folium.Map):  # type: ignore[misc]
    """A folium map with nothing remote and fixed ids; only its box and its creation are used."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own declaration
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.part('html') }}{% endmacro %}"
        "{% macro script(this, kwargs) %}{{ this.part('script') }}{% endmacro %}"
    )

    def __init__(self) -> None:
        """Make the map without tiles, controls or anything that moves by itself."""
        super().__init__(
            tiles=None,
            zoom_control=False,
            zoom_snap=0.25,
            zoom_delta=0.75,
            zoom_animation=False,
            fade_animation=False,
            attribution_control=False,
            wheel_px_per_zoom_level=90,
            keyboard_pan_delta=80,
        )
        self.options.update(minZoom=2, maxZoom=13)
        self._id = "main"
        self.get_root()._id = "figure"  # noqa: SLF001 - branca's ids are random otherwise

    def part(self, name: str) -> str:
        """Give folium's own markup or script of the map."""
        return str(getattr(folium.Map._template.module, name)(self, {}))  # noqa: SLF001


def render(page: PageInput) -> str:
    """The whole HTML page. The same input gives the same text."""
    offline = OfflineMap()
    offline.render()
    figure = offline.get_root()
    # branca renders what an element gives once more as a template: so text of ours, and above all
    # of articles, stays out of its elements and is put around them here.
    box, created = figure.html.render(), figure.script.render()
    head = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{html.escape(page_title(page))}</title>\n"
        f'<link rel="icon" href="data:,">\n{_head()}'
    )
    starter = f"<script>{created}\n{_app(offline.get_name())}</script>"
    body = f"{_shell(page, Markup(box))}\n{starter}"  # noqa: S704 - folium's empty box
    text = _unix(f"{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n")
    # The policy is written last: its hashes are over the exact text between the tags.
    policy = content_security_policy(text)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{text}'
    )


def content_security_policy(text: str) -> str:
    """The policy that allows exactly the inline scripts and styles of the text, by hash."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for kind, inline in _INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        found[kind].append(f"'sha256-{digest}'")
    return _POLICY.format(
        scripts=" ".join(dict.fromkeys(found["script"])) or "'none'",
        styles=" ".join(dict.fromkeys(found["style"])) or "'none'",
    )


def page_title(page: PageInput) -> str:
    """The title with the days covered, as plain text."""
    covers = covered_days(page)
    title = shown(page.title, TITLE_MAX) or str(words()["ui"]["events_heading"])
    return f"{title} · {covers}" if covers else title


def leaflet_file(name: str) -> str:
    """Text of a file of the pinned Leaflet package, its checksum verified, with LF line ends."""
    try:
        listed = installed_files(LEAFLET_PACKAGE) or []
    except PackageNotFoundError:
        listed = []
    path = next((entry.locate() for entry in listed if entry.name == name), None)
    if path is None:
        raise InputError(f"{name} was not found: install {LEAFLET_PACKAGE}==1.9.4.1")
    raw = path.read_bytes()  # type: ignore[attr-defined]
    if hashlib.sha256(raw).hexdigest() != LEAFLET_SHA256[name]:
        raise InputError(
            f"{path} is not the file of {LEAFLET_PACKAGE} 1.9.4.1: install that release"
        )
    text = _unix(raw.decode("utf-8"))
    if name.endswith(".css"):
        return re.sub(r"url\([^)]*\)", "none", text)  # its pictures belong to marks we never use
    return re.sub(r"\n//# sourceMappingURL=\S+", "", text)


def _app(name: str) -> str:
    """The page's script, taking over the map that folium made."""
    joined = "\n".join(_own("app", f"{module}.js") for module in APP_MODULES)
    return f"(() => {{\n'use strict';\n{joined}\nstart({name});\n}})();\n"


def _head() -> str:
    styles = f"<style>{leaflet_file('leaflet.css')}</style>\n<style>{_own('style.css')}</style>"
    marker = "document.documentElement.classList.add('js');"
    switches = "L_NO_TOUCH = false;\nL_DISABLE_3D = false;"
    return f"{styles}\n<script>{marker}\n{switches}\n{leaflet_file('leaflet.js')}</script>"


def _shell(page: PageInput, box: Markup) -> str:
    """The page's own markup; every value in it is escaped by the template engine."""
    data = page_data(page)
    w = words()
    rows = plain_rows(data)
    template = Environment(autoescape=True, keep_trailing_newline=False).from_string(
        _own("shell.html")
    )
    return template.render(
        title=data["title"],
        ui=w["ui"],
        disclaimer=w["disclaimer"],
        damaged=w["damaged"],
        noscript=w["noscript"],
        columns=w["table_columns"],
        rows=rows[:PLAIN_ROWS],
        map=box,
        more=str(w["noscript_more"]).format(PLAIN_ROWS, len(rows))
        if len(rows) > PLAIN_ROWS
        else "",
        credits=[
            f"{s['citation']} ({s['licence']}) {s['credit']}".strip() for s in data["sources"]
        ],
        data=Markup(data_json(data)),  # noqa: S704 - escaped by data_json
    )


def plain_rows(data: Json) -> list[list[str]]:
    """Rows of the plain table, one for each place of an event, in the order of the list."""
    precisions = dict(data["precisions"])
    types = dict(data["types"])
    rows = []
    for event in sorted(data["events"], key=lambda e: e["day"] or "9999"):
        article = data["articles"][event["a"]]
        said = data["texts"][event["evidence"]["text"]]
        for place in event["places"] or [None]:
            where = (
                place_words({"where": [[place["words"], place["p"]]]}, data["places"])
                if place
                else words()["ui"]["no_place"]
            )
            rows.append(
                [
                    event["short"],
                    event["dateExact"],
                    types[event["type"]],
                    where,
                    precisions[place["class"] if place else "none"],
                    _speakers(event, "asserts") or words()["voice"],
                    _speakers(event, "denies"),
                    said if article["digest"] else f"“{said}”",
                    article["short"],
                    event["id"],
                ]
            )
    return rows


def _speakers(event: Json, stance: str) -> str:
    return ", ".join(dict.fromkeys(c["who"] for c in event["claims"] if c["stance"] == stance))


def _own(*parts: str) -> str:
    """Text of a file of the page's own folder."""
    return _unix((files("geo") / "leaflet" / "page").joinpath(*parts).read_text(encoding="utf-8"))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
