import base64
import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from geo import leaflet
from geo.errors import InputError
from geo.leaflet import content_security_policy, leaflet_file, render
from geo.leaflet.data import PageInput
from geo.wording import words
from tests.hostile import HOSTILE
from tests.page_fixture import page, without_events

ROOT = Path(__file__).parents[1]
PAGE_FOLDER = ROOT / "geo" / "leaflet" / "page"
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def text():
    return render(page())


def head_of(text):
    return text[: text.index("</head>")]


def inline(text):
    """Kind, attributes and exact content of every script and style element."""
    return re.findall(r"<(script|style)([^>]*)>(.*?)</\1>", text, re.DOTALL)


class Outline(html.parser.HTMLParser):
    """Names of elements and their attributes, as a browser without scripts would see them."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def test_same_input_gives_the_same_bytes_in_another_process(text):
    assert render(page()) == text
    command = "import sys; from tests.page_fixture import page; from geo.leaflet import render; "
    command += "sys.stdout.buffer.write(render(page()).encode())"
    other = subprocess.run(
        [sys.executable, "-c", command],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "77"},
    )
    assert hashlib.sha256(other.stdout).hexdigest() == hashlib.sha256(text.encode()).hexdigest()


def test_head_begins_with_charset_and_policy(text):
    elements = Outline(head_of(text)).elements
    assert elements[0] == ("html", {"lang": "en"})
    assert elements[1][0] == "head"
    assert elements[2] == ("meta", {"charset": "utf-8"})
    assert elements[3][1]["http-equiv"] == "Content-Security-Policy"
    titles = [tag for tag, _ in elements if tag == "title"]
    viewports = [a["content"] for tag, a in elements if a.get("name") == "viewport"]
    assert len(titles) == 1
    assert viewports == ["width=device-width, initial-scale=1"]
    assert "<title>Reported clashes, Ardova and Belmar 2031 · 24 July 2031 to 30" in text


def test_policy_allows_exactly_what_the_page_holds(text):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    for kind in ("script", "style"):
        held = {
            "'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
            for name, attributes, body in inline(text)
            if name == kind and "application/json" not in attributes
        }
        assert set(directives[f"{kind}-src"].split()) == held
        assert held
    assert content_security_policy("<p>none</p>").count("'none'") == 6


def test_nothing_remote_and_no_inline_handlers(text):
    for tag, attributes in Outline(text).elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert "style" not in attributes, (tag, attributes)
        for name in ("src", "href", "action"):
            assert attributes.get(name, "#").startswith(("#", "data:,")), (tag, attributes)
    styles = "".join(body for kind, _, body in inline(text) if kind == "style")
    assert "url(" not in styles
    assert "@import" not in styles
    assert "\r" not in text


def test_one_data_block_and_one_way_in(text):
    blocks = [body for _, attributes, body in inline(text) if "application/json" in attributes]
    assert len(blocks) == 1
    assert not set("<>&\u2028\u2029") & set(blocks[0])
    data = json.loads(blocks[0])
    said = data["texts"][data["events"][1]["evidence"]["text"]]
    scripts = [b for kind, a, b in inline(text) if kind == "script" and "json" not in a]
    assert said.startswith("The Ardova defence ministry")
    assert not [script for script in scripts if said[:40] in script]


def test_leaflet_is_the_pinned_file(monkeypatch):
    script = leaflet_file("leaflet.js")
    assert "sourceMappingURL" not in script
    assert "1.9.4" in script[:200]
    assert "url(" not in leaflet_file("leaflet.css")
    assert "js_lib_leaflet" not in sys.modules
    monkeypatch.setitem(leaflet.LEAFLET_SHA256, "leaflet.js", "0" * 64)
    with pytest.raises(InputError, match="is not the file of django-js-lib-leaflet"):
        leaflet_file("leaflet.js")
    monkeypatch.setattr(leaflet, "LEAFLET_PACKAGE", "no-such-package-anywhere")
    with pytest.raises(InputError, match="install no-such-package-anywhere"):
        leaflet_file("leaflet.js")


def test_no_sink_for_markup_in_our_scripts():
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
        r"|createContextualFragment|srcdoc|bindPopup|bindTooltip|setTimeout\(['\"]|localStorage"
        r"|sessionStorage|document\.cookie|fetch\(|XMLHttpRequest|importScripts"
    )
    ours = sorted((PAGE_FOLDER / "app").glob("*.js"))
    assert [p.stem for p in ours] == sorted(leaflet.APP_MODULES)
    found = {p.name: sinks.findall(p.read_text(encoding="utf-8")) for p in ours}
    assert not {name: hits for name, hits in found.items() if hits}
    shell = (PAGE_FOLDER / "shell.html").read_text(encoding="utf-8")
    assert not re.search(r"\son\w+=|style=|\|\s*safe", shell)
    named = re.findall(
        r"^(?:function|const|let) (\w+)", "\n".join(p.read_text() for p in ours), re.MULTILINE
    )
    assert len(named) == len(set(named))  # the modules share one scope
    assert not [p.name for p in ours if len(p.read_text(encoding="utf-8").splitlines()) > 400]


def test_every_wording_is_used():
    own = [*PAGE_FOLDER.glob("app/*.js"), PAGE_FOLDER / "shell.html"]
    text = "".join(path.read_text(encoding="utf-8") for path in own)
    spare = [k for k in words()["ui"] if not re.search(rf"['.]{re.escape(k)}\b", text)]
    assert not spare


def test_only_one_module_knows_folium():
    importers = {
        str(path.relative_to(ROOT / "geo"))
        for path in (ROOT / "geo").rglob("*.py")
        if re.search(
            r"^\s*(import|from) (folium|branca)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    assert importers == {"leaflet/__init__.py"}


def wide_outlines():
    """About 100 KB of GeoJSON, the size of a theatre's outlines file."""
    base = page().outlines[0]
    features = []
    for n in range(28):
        ring = [
            [round(-154 + 0.012 * k, 3), round(38 + 0.1 * n + 0.001 * (k % 7), 3)]
            for k in range(240)
        ]
        properties = {**base["properties"], "id": f"land-{n:02}"}
        features.append(
            {
                **base,
                "id": f"land-{n:02}",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    return tuple(features)


def test_size_without_events_stays_in_the_budget():
    outlines = wide_outlines()
    assert len(json.dumps(outlines)) > 100_000
    empty = replace(without_events(page()), outlines=outlines)
    assert len(render(empty).encode()) <= 350_000


def test_empty_input_and_one_event_are_pages():
    assert "<table>" in render(PageInput(title=""))
    full = page()
    one = replace(full.readings[0], events=full.readings[0].events[1:2])
    assert render(replace(full, readings=(one,))).count("ev_mainland-daily-20310930_01") == 2


@pytest.mark.parametrize("string", HOSTILE)
def test_title_and_plain_table_are_escaped(string, text):
    full = page()
    reading = full.readings[0]
    article = replace(reading.article, publisher=string)
    events = tuple(
        replace(e, id=string, claims=tuple(replace(c, claimant=string) for c in e.claims))
        for e in reading.events
    )
    hostile = replace(
        full,
        title=string,
        subtitle=string,
        gazetteer_digest=string,
        version=string,
        readings=(replace(reading, article=article, events=events), full.readings[1]),
        places=tuple(replace(p, label=string) for p in full.places),
        sources=tuple(
            replace(s, citation=string, credit=string, licence=string) for s in full.sources
        ),
    )
    out = render(hostile)
    out.encode()
    count = [tag for tag, _ in Outline(out).elements]
    benign = [tag for tag, _ in Outline(text).elements]
    for tag in ("script", "style", "img", "iframe", "svg", "math", "title", "textarea", "noscript"):
        assert count.count(tag) == benign.count(tag), tag
    assert out.lower().count("</script") == text.lower().count("</script")
    # escaped markup still parses as text of the title, so the element is there and whole
    assert re.search(r"<title>[^<]*</title>", out)


def test_page_says_what_it_must(text):
    plain = re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)
    assert "They imply no opinion on the legal status of any territory." in plain
    assert "This file is damaged: the data could not be read." in plain
    assert "events: " not in plain
    for number in range(21):
        assert plain.count(f"ev_mainland-daily-20310930_{number:02d}") == (2 if number == 3 else 1)
    # a digest's sentences are ours: no quotation marks around them
    assert '<td dir="auto">On 25 July Belmar reported two houses hit in Osk.</td>' in plain
    assert "“Drones hit a column north of Marek" in plain


def test_plain_table_is_capped(monkeypatch):
    monkeypatch.setattr(leaflet, "PLAIN_ROWS", 5)
    out = render(page())
    assert "Only the first 5 of 28 places are listed here" in out
    assert out.count("<tr>") == 6
