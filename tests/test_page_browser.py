"""The page in a real browser: offline, from a file, by mouse and by keyboard."""

import contextlib
import json
import os
import re
import shutil

import msgspec
import pytest
from playwright.sync_api import sync_playwright

from geo.leaflet import render
from geo.model import Actor, Claim, Figure, Name, Pack, Problem, Rival, Source
from geo.leaflet.words import NAME_MAX, shown
from tests.hostile import HOSTILE
from tests.page_fixture import CITE, day, page, without_events

pytestmark = pytest.mark.browser
replace = msgspec.structs.replace

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ.get('PATH', '')}")
META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        message = "NO CHROMIUM FOUND: THE PAGE WAS NOT TRIED IN A BROWSER (install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Writes a page once and gives its file."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}

    def write(name, text=None):
        if name not in made:
            made[name] = folder / f"{name}.html"
            made[name].write_text(text or render(page()), encoding="utf-8", newline="\n")
        return made[name]

    return write


@contextlib.contextmanager
def opened(browser, path, *, size=DESKTOP, address="", quiet=True, scripts=(), **options):
    """The page, opened offline; at the end nothing was asked for, said or thrown."""
    context = browser.new_context(viewport=size, offline=True, **options)
    for script in scripts:
        context.add_init_script(script)
    tab = context.new_page()
    heard = []
    tab.on("console", lambda message: heard.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: heard.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    url = path.as_uri() + address
    tab.goto(url)
    try:
        yield tab
        if quiet:
            assert heard == []
            assert [u for u in asked if u.split("#")[0] != path.as_uri()] == []
    finally:
        context.close()


def everything_on(tab):
    for label in ("Ceasefire or agreement", "Show what the reports tell of earlier times"):
        tab.locator(".row", has_text=label).locator("input").check()


def no_sideways(tab):
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "size", [DESKTOP, PHONE, {"width": 900, "height": 700}, {"width": 320, "height": 640}]
)
def test_opens_quietly_and_fits_its_window(browser, files, size):
    with opened(browser, files("page"), size=size) as tab:
        assert tab.locator(".card").count() == 25
        assert tab.locator(".token").count() > 10
        assert no_sideways(tab)
        tab.locator(".card").first.click()
        assert no_sideways(tab)
        assert tab.locator("#plain").is_hidden()


def test_every_event_is_once_in_list_and_table_and_on_the_map(browser, files):
    full = page()
    ids = sorted(event.id for reading in full.readings for event in reading.events)
    with opened(browser, files("page")) as tab:
        assert tab.locator("#counts").inner_text() == "25 of 27 events · 2 sources"
        everything_on(tab)
        assert tab.locator("#counts").inner_text() == "27 of 27 events · 2 sources"
        listed = tab.locator(".card").evaluate_all("cards => cards.map(card => card.dataset.event)")
        assert sorted(listed) == ids
        on_map = tab.locator(".token").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        counted = sum(
            int(n[1]) if (n := re.match(r"(\d+) .*: \d+ events", name)) else 1 for name in on_map
        )
        drawn = sum(p.precision not in {"country", "none"} and bool(p.place_id)
                    for r in full.readings for e in r.events for p in e.places)  # fmt: skip
        assert counted == drawn
        tab.click("#to-table")
        rows = tab.locator("#table-body tbody tr td.code").all_inner_texts()
        assert sorted(set(rows)) == ids
        assert len(rows) == sum(max(1, len(e.places)) for r in full.readings for e in r.events)
        assert tab.locator("#table-body th[scope=col]").count() == 10


def test_list_and_table_follow_the_same_filters(browser, files):
    with opened(browser, files("page")) as tab:
        for label in ("Ardova", "Named settlement", "Missile strike", "Harbour Post, 27 July 2031"):
            tab.locator(".row", has_text=label).locator("input").first.uncheck()
            cards = set(tab.locator(".card").evaluate_all("c => c.map(card => card.dataset.event)"))
            tab.click("#to-table")
            assert set(tab.locator("td.code").all_inner_texts()) == cards
            tab.click("#to-map")
            said = tab.locator("#counts").inner_text()
            assert said.startswith(f"{len(cards)} of 27 events")
        tab.locator("#clear").click()
        assert tab.locator(".card").count() == 25
        assert tab.locator("#clear").is_hidden()


def test_counts_are_those_under_all_other_filters(browser, files):
    def numbers():
        return {r.split("\n")[0]: int(r.split("\n")[-1]) for r in tab.locator(".row label").all_inner_texts() if r[-1].isdigit()}  # fmt: skip

    with opened(browser, files("page")) as tab:
        before = numbers()
        assert (before["Ardova"], before["Belmar"]) == (11, 11)
        tab.locator(".row", has_text="Only contradicted or two-sided").locator("input").check()
        after = numbers()
        assert tab.locator(".card").count() == 7
        assert after["Third parties"] == 0
        assert tab.locator(".row.zero", has_text="Third parties").locator("input").is_enabled()
        tab.locator(".row", has_text="Third parties").locator(".only").click(force=True)
        assert "No events match these filters." in tab.locator("#panel-body").inner_text()
        assert "cover 24 July 2031 to 30 September 2031" in tab.locator("#panel-body").inner_text()


def test_round_marks_only_for_settlements_and_exact_spots(browser, files):
    labels = {"Tirna / Tyrnavan", "Osk", "Dol", "Sarn", "Stone Bridge at Arl"}
    with opened(browser, files("page")) as tab:
        rounds = tab.locator(".token.round").evaluate_all(
            "all => all.map(one => one.getAttribute('aria-label'))"
        )
        assert len(rounds) == len(labels)
        assert all(
            any(f"{word} {label}" in name for label in labels for word in ("in", "at"))
            for name in rounds
        )
        shown_labels = set(tab.locator(".token.area .label").all_inner_texts())
        assert {"→ Sarn", "→ Hadj / Khadzhi", "N of Marek", "12 km from Dol", "around Velm", "Lomra",
                "Velm and Marek", "Border section, Tavin", "Upper Keld"} <= shown_labels  # fmt: skip


def test_direction_is_a_ring_with_eight_ticks_and_no_side(browser, files):
    with opened(browser, files("page")) as tab:
        for label in ("Named settlement", "“Near” or “around”", "On one side of a place", "Along a line", "Between two places",
                      "At a distance from a place", "Section of a border", "District or province", "Exact spot", "Region only"):  # fmt: skip
            tab.locator(".row", has_text=label).locator("input").uncheck()
        ticks = tab.evaluate(
            """() => [...document.querySelectorAll('.leaflet-areas-pane path')]
                 .map(path => path.getAttribute('d').match(/-?\\d+/g).map(Number))
                 .filter(d => d.length === 4)
                 .map(([x1, y1, x2, y2]) => Math.round(Math.atan2(y1 - y2, x1 - x2) * 4 / Math.PI + 8) % 8)"""
        )
        assert sorted(ticks) == sorted(list(range(8)) * 2)


def test_region_outline_and_selected_area(browser, files):
    with opened(browser, files("page")) as tab:
        paths = tab.locator(".leaflet-areas-pane path")
        before = paths.count()
        tab.locator(".token", has_text="Upper Keld").click()
        assert paths.count() == before + 1
        assert tab.locator(".token.chosen").count() == 1
        assert tab.locator("#panel-heading").inner_text() == "2 events: in Upper Keld"


def test_denial_is_ring_chip_and_word(browser, files):
    with opened(browser, files("page")) as tab:
        card = tab.locator(".card", has_text="Change of control reported in Sarn")
        assert card.locator("svg circle[stroke-dasharray][stroke='#8a5a00']").count() == 1
        assert card.locator(".chip.denies").inner_text() == "Belmar denies"
        token = tab.locator(".token.round[aria-label*='Change of control reported in Sarn']")
        assert token.get_attribute("aria-label").endswith(", 29 Sept 2031, denied")
        assert token.locator("circle[stroke-dasharray][stroke='#8a5a00']").count() == 1
        card.click()
        assert (
            "Contradicted: one party asserts it, another denies it."
            in tab.locator(".event .state").inner_text()
        )


def test_event_panel_in_order_and_with_its_own_sentences(browser, files):
    with opened(browser, files("page")) as tab:
        tab.locator(".card", has_text="Shelling reported in Osk").last.click()
        text = tab.locator(".event").inner_text()
        parts = ["Shelling reported in Osk", "29 September 2031", "Contradicted:", "Ardova asserts", "“The Ardova defence ministry",
                 "Belmar denies", "“Belmar denied those reports but confirmed fighting through the night around Velm.”",
                 "Type", "Location", "Date", "“Tuesday”", "Names", "Tolls as claimed", "3 killed", "Machine reading, not reviewed",
                 "Source", "Mainland Daily, 30 September 2031", "(news.example)", "Why is this here?"]  # fmt: skip
        places = [text.index(part) for part in parts]
        assert places == sorted(places)
        span = page().readings[0].article.sentences[1]
        assert f"characters {span.start}–{span.end} of the article" in text
        link = tab.locator(".source a")
        assert link.get_attribute("href") == "https://news.example/2031/09/30/border?id=1&x=2"
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
        tab.locator(".why summary").click()
        why = tab.locator(".why").inner_text()
        assert "Gazetteer entry: osk" in why
        assert "Kessa: other side of the country" in why
        assert "an attack verb has it as its place" in why


def test_digest_is_called_our_summary(browser, files):
    with opened(browser, files("page")) as tab:
        tab.locator(".card", has_text="Shelling reported in Tavin").first.click()
        text = tab.locator(".event").inner_text()
        assert "Our summary of the report" in text
        assert "On 24 July the Ardova army reported sporadic shelling in Tavin province." in text
        assert "“" not in text
        assert "characters" not in text
        assert "No address is known for this source." in text
        assert tab.locator(".source a").count() == 0


def test_keyboard_from_skip_link_to_event_and_back(browser, files):
    with opened(browser, files("page")) as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Skip to event list"
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.className") == "card"
        assert tab.locator("#main .token[tabindex='0']").count() == 1
        token = tab.locator(".token[tabindex='0']")
        token.focus()
        tab.keyboard.press("End")
        tab.keyboard.press("Home")
        tab.keyboard.press("ArrowRight")
        name = tab.evaluate("document.activeElement.getAttribute('aria-label')")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "panel-heading"
        tab.keyboard.press("Escape")
        assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == name
        tab.locator(".token", has_text="Upper Keld").focus()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "panel-heading"
        tab.keyboard.press("Escape")
        assert tab.locator("#panel-heading").inner_text() == "2 events: in Upper Keld"
        tab.keyboard.press("Escape")
        assert "Upper Keld" in tab.evaluate("document.activeElement.textContent")
        assert (
            tab.evaluate(
                'document.querySelectorAll(\'[tabindex]:not([tabindex="0"]):not([tabindex="-1"])\').length'
            )
            == 0
        )
        assert tab.locator("[aria-live]").count() == 1


def test_rail_groups_are_one_tab_stop_each(browser, files):
    with opened(browser, files("page")) as tab:
        groups = tab.locator("#rail .group").count()
        assert tab.locator("#rail input[tabindex='0']").count() == groups
        tab.locator("#rail input").first.focus()
        tab.keyboard.press("ArrowDown")
        tab.keyboard.press("Space")
        assert not tab.locator(".row", has_text="Belmar").locator("input").first.is_checked()
        assert tab.evaluate("document.activeElement.type") == "checkbox"


def test_visible_words_begin_the_names_of_tokens(browser, files):
    with opened(browser, files("page")) as tab:
        pairs = tab.locator(".token").evaluate_all(
            "all => all.map(one => [one.textContent.trim().replace(/\\s+/g, ' '), one.getAttribute('aria-label')])"
        )
        for visible, name in pairs:
            assert name.startswith(visible), (visible, name)
            assert re.search(r"20\d\d|events", name)


def test_address_keeps_the_state_and_drops_what_is_unknown(browser, files):
    with opened(browser, files("page")) as tab:
        tab.locator(".row", has_text="Fighting").locator("input").uncheck()
        tab.locator(".card", has_text="Drone").or_(
            tab.locator(".card", has_text="drone")
        ).first.click()
        address = tab.evaluate("location.hash")
        heading = tab.locator("#panel-heading").inner_text()
    with opened(browser, files("page"), address=address) as tab:
        assert tab.locator("#panel-heading").inner_text() == heading
        assert tab.evaluate("document.activeElement.id") == "panel-heading"
        assert not tab.locator(".row", has_text="Fighting").locator("input").is_checked()
        assert tab.locator("#stale").is_hidden()
        tab.go_back() if tab.evaluate("history.length") > 2 else None
    bad = "#v=1&e=__proto__&ty=constructor,%3Cimg%3E&m=1e999/x&zz=1"
    with opened(browser, files("page"), address=bad) as tab:
        assert (
            tab.locator("#stale").inner_text()
            == "Part of this link no longer applies to this version."
        )
        assert "img" not in tab.locator("#main").inner_text()


def test_back_closes_the_event(browser, files):
    with opened(browser, files("page")) as tab:
        tab.locator(".card").first.click()
        assert tab.locator(".event").count() == 1
        tab.go_back()
        assert tab.locator(".event").count() == 0


def test_names_in_another_language_leave_sentences_alone(browser, files):
    with opened(browser, files("page")) as tab:
        tab.select_option("#language", "ru")
        assert tab.locator(".place-name", has_text="Тирна").count() == 1
        tab.locator(".card", has_text="Тирна").last.click()
        assert "Rockets struck Tirna" in tab.locator(".event .said").first.inner_text()


def test_phone_sheet_tabs_and_filters(browser, files):
    with opened(browser, files("page"), size=PHONE, has_touch=True) as tab:
        assert tab.evaluate("document.body.dataset.sheet") == "half"
        tab.click("#sheet-toggle")
        assert tab.evaluate("document.body.dataset.sheet") == "full"
        tab.click("#tab-table")
        assert tab.locator("#table-body tbody tr").first.is_visible()
        tab.click("#tab-legend")
        assert "Missile strike" in tab.locator("#legend-body").inner_text()
        tab.click("#tab-events")
        tab.click("#sheet-toggle")
        tab.click("#filters-open")
        tab.locator(".row", has_text="Named settlement").locator("input").uncheck()
        label = tab.locator("#show-events").inner_text()
        tab.click("#show-events")
        assert tab.locator(".card").count() == int(re.search(r"\d+", label)[0])
        small = tab.evaluate(
            """() => [...document.querySelectorAll('#header button, [role=tab], #sheet-toggle, .card')]
                 .filter(e => e.offsetParent).map(e => e.getBoundingClientRect()).filter(b => b.height < 44).length"""
        )
        assert small == 0
        assert no_sideways(tab)


def test_chosen_token_lies_above_the_sheet(browser, files):
    with opened(browser, files("page"), size=PHONE) as tab:
        tab.locator(".card", has_text="outskirts of Hadj").click()
        tab.wait_for_timeout(300)
        token = tab.locator(".token.chosen").bounding_box()
        sheet = tab.locator("#panel").bounding_box()
        assert token["y"] + token["height"] <= sheet["y"]


def test_mirror_page(browser, files):
    def words(tab):
        return tab.locator("#panel-body").inner_text(), tab.locator("#rail").inner_text()

    with opened(browser, files("page")) as tab:
        panel, _ = words(tab)
    with opened(browser, files("mirror", render(page(swapped=True)))) as tab:
        other, rail = words(tab)
    swap = {"Ardova": "Belmar", "Belmar": "Ardova"}
    assert re.sub("Ardova|Belmar", lambda m: swap[m[0]], panel).count(
        "Ardova asserts"
    ) == other.count("Ardova asserts")
    places = r"reported in (Ardova|Belmar)"
    assert re.sub(places, "", re.sub("Ardova|Belmar", lambda m: swap[m[0]], panel)) == re.sub(
        places, "", other
    )
    assert rail.index("Ardova") < rail.index("Belmar")


def test_damaged_data_shows_message_and_table(browser, files):
    text = render(page())
    cut = re.sub(r'(id="data">).{0,400}', r"\1", text, count=1)
    with opened(browser, files("damaged", cut)) as tab:
        assert (
            tab.locator("#damaged").inner_text()
            == "This file is damaged: the data could not be read."
        )
        assert tab.locator("#plain tbody tr").first.is_visible()
        assert tab.locator("#app").is_hidden()


def test_without_scripts_the_table_is_there(browser, files):
    with opened(browser, files("page"), java_script_enabled=False) as tab:
        assert tab.locator("#plain tbody tr").count() == 28
        assert tab.locator("#plain").is_visible()
        assert "scripts are blocked" in tab.locator("noscript").inner_text()
        assert tab.locator("#app").is_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_empty_and_one_event_pages(browser, files, size):
    full = page()
    with opened(browser, files("empty", render(without_events(full))), size=size) as tab:
        text = tab.locator("#panel-body").inner_text()
        assert "No events were found in 2 articles." in text
        assert "Three days on the frontier" in text
        assert tab.locator(".leaflet-base-pane path").count() >= 4
    one = replace(full.readings[0], events=full.readings[0].events[4:5])
    with opened(browser, files("one", render(replace(full, readings=(one,)))), size=size) as tab:
        assert tab.locator("#counts").text_content() == "1 of 1 events · 1 source"
        assert tab.locator(".token").count() == 1
        assert tab.locator(".state-name").count() >= 1
        assert no_sideways(tab)


TRIPWIRE = """
window.passed = [];
trustedTypes.createPolicy('default', {createHTML: text => { window.passed.push(text); return text; }});
"""


def test_no_markup_string_is_ever_made_by_us(browser, files):
    policy = "require-trusted-types-for 'script'; default-src 'none'"
    text = render(page()).replace("default-src 'none'", policy, 1)
    with opened(browser, files("typed", text), scripts=[TRIPWIRE]) as tab:
        everything_on(tab)
        tab.evaluate(WALK)
        passed = set(tab.evaluate("window.passed"))
    allowed = re.compile(r"<svg/>|<span aria-hidden=\"true\">(.|&#x2212;)</span>|\d+ k?m")
    assert not [markup for markup in passed if not allowed.fullmatch(markup)]


# -- hostile text ------------------------------------------------------------------------------


def hostile_page():
    """Forty reports: in each, every field of text holds another of the forty hostile strings."""
    base = page()
    reading = base.readings[0]
    spot = next(e for e in reading.events if len(e.claims) == 2 and e.figures)
    every = len(HOSTILE)
    at = lambda n: HOSTILE[n % every]  # noqa: E731
    readings, places, features = [], [], []
    for n in range(every):
        said = at(n)
        article = replace(
            reading.article, id=f"a{n}-{at(n + 1)}", text=said, sha256=at(n + 2), title=at(n + 3), publisher=at(n + 4),
            author=at(n + 5), url=at(n + 6), language=at(n + 7)[:20], sentences=(),
            text_kind="digest" if n % 2 else "original",
        )  # fmt: skip
        template = next(p for p in base.places if p.id == "tirna")
        places.append(replace(
            template, id=f"p{n}-{at(n + 8)}", label=at(n + 9), feature=replace(template.feature, word=at(n + 10)),
            names=tuple(Name(text=at(n + 11 + k), language=language, script="Latn", status="official", source=CITE, user=at(n + 12))
                        for k, language in enumerate(("xa", at(n + 13)[:15]))),
        ))  # fmt: skip
        where = tuple(
            replace(p, place=at(n + 14), place_id=places[-1].id, start=0, end=len(said), bearing=at(n + 15), part=(at(n + 16),),
                    relation=("in", "bearing", "part-of", "section-of-border")[n % 4])
            for p in spot.places
        )  # fmt: skip
        claims = tuple(
            Claim(stance=stance, claimant=at(n + 17 + k), claimant_id=f"b{n % 3}", speaker=at(n + 18), verb=at(n + 19), hedge=at(n + 20),
                  start=0, end=len(said))
            for k, stance in enumerate(("asserts", "denies"))
        )  # fmt: skip
        figures = (
            Figure(
                killed=1,
                side=at(n + 21),
                bound=at(n + 22),
                claimed_by=(at(n + 23),),
                start=0,
                end=1,
            ),
        )
        event = replace(
            spot, id=f"e{n}-{at(n + 24)}", article_id=article.id, places=where, claims=claims, figures=figures, start=0, end=len(said),
            date_text=at(n + 25), date_rule=at(n + 26), reasons=(at(n + 27),),
        )  # fmt: skip
        old = reading.resolutions[0]
        resolution = replace(
            old, mention=replace(old.mention, start=0, end=max(1, len(said)), text=at(n)), place_id=places[-1].id, label=at(n),
            reasons=(at(n + 28),), role_reason=at(n + 29), rivals=(Rival(place_id=at(n + 30), score=0.1, reasons=(at(n + 31),)),),
        )  # fmt: skip
        readings.append(
            replace(reading, article=article, events=(event,), resolutions=(resolution,))
        )
        feature = next(f for f in base.layers[0].features if f.event_id == spot.id)
        features.append(replace(feature, event_id=event.id, place=where[0], choices=(at(n + 32),),
                                lat=39.0 + n / 20, lon=-151.0 + (n % 7) / 2))  # fmt: skip
    outlines = []
    for n, row in enumerate(base.outlines):
        properties = {
            **row["properties"],
            "name": HOSTILE[n],
            "country": HOSTILE[n + 10],
            "from": HOSTILE[n + 20],
        }
        outlines.append({**row, "properties": properties})
    return replace(
        base, readings=tuple(readings), places=tuple(places), layers=(replace(base.layers[0], features=tuple(features)),),
        title=" ".join(HOSTILE[:5]), subtitle=HOSTILE[7], gazetteer_digest=HOSTILE[2], version=HOSTILE[3], outlines=tuple(outlines),
        actors=tuple(Actor(id=f"b{n}", label=HOSTILE[n + 2], kind="state", group=HOSTILE[n + 4]) for n in range(3)),
        packs=tuple(Pack(id=f"k{n}", title=text, licence=text, bbox=(0, 0, 1, 1), parties=("b0", "b1")) for n, text in enumerate(HOSTILE)),
        sources=tuple(Source(id=f"s{n}", citation=text, credit=text, licence=text, url=text, retrieved=day(1)) for n, text in enumerate(HOSTILE)),
        problems=tuple(Problem(code="x", message=text, where=text, remedy=text) for text in HOSTILE),
    )  # fmt: skip


NODES = "() => Object.fromEntries(['script','style','img','iframe','object','embed','math','form','base','link'].map(t => [t, document.querySelectorAll(t).length]))"
WALK = """async () => {
  const seen = [];
  const bad = new Set();
  const look = () => {
    for (const a of document.querySelectorAll('a[href]')) if (!/^https?:$/.test(a.protocol) && !a.getAttribute('href').startsWith('#')) bad.add(a.href);
    for (const e of document.querySelectorAll('*')) for (const a of e.attributes) if (/^on/i.test(a.name)) bad.add(e.tagName + ' ' + a.name);
    if (document.documentElement.scrollWidth > innerWidth) bad.add('sideways');
  };
  const ids = [...document.querySelectorAll('.card')].map(card => card.dataset.event);
  for (const id of ids) {
    [...document.querySelectorAll('.card')].find(card => card.dataset.event === id).click();
    for (const d of document.querySelectorAll('details')) d.open = true;
    seen.push([id, [...document.querySelectorAll('.event .said')].map(e => e.textContent)]);
    look();
    document.querySelector('.panel-bar button').click();
  }
  for (const token of [...document.querySelectorAll('.token')]) { token.click(); look(); document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'})); }
  document.querySelector('#to-table').click(); look();
  const languages = document.querySelector('#language');
  for (const option of languages.options) { languages.value = option.value; languages.dispatchEvent(new Event('change')); }
  look();
  document.querySelector('#about-open').click();
  for (const d of document.querySelectorAll('details')) d.open = true;
  look();
  return {seen, bad: [...bad], ran: window.ran || 0};
}"""


@pytest.mark.parametrize(("policy", "size"), [("policy on", PHONE), ("policy removed", DESKTOP)])
def test_hostile_text_stays_text(browser, files, policy, size):
    text = render(hostile_page())
    if policy == "policy removed":
        text, removed = META_POLICY.subn("", text)
        assert removed == 1
    counter = "window.X = () => { window.ran = (window.ran || 0) + 1; };"
    with opened(browser, files("page"), size=size) as tab:
        benign = tab.evaluate(NODES)
    with opened(browser, files(f"hostile {policy}", text), size=size, scripts=[counter]) as tab:
        walked = tab.evaluate(WALK)
        assert walked["ran"] == 0
        assert walked["bad"] == []
        assert len(walked["seen"]) == len(HOSTILE)
        texts = {said for _, all_said in walked["seen"] for said in all_said}
        assert texts == {shown(string) for string in HOSTILE}
        assert tab.evaluate(NODES) == benign
        assert len({event for event, _ in walked["seen"]}) == len(HOSTILE)
    assert all(len(event) <= NAME_MAX for event, _ in walked["seen"])


def test_block_holds_what_the_records_hold():
    block = re.search(r'id="data">(.*?)</script>', render(hostile_page()), re.DOTALL)[1]
    texts = json.loads(block)["texts"]
    assert [t for t in texts if t] == [shown(string) for string in HOSTILE if shown(string)]
