"""The page in a real browser: offline, from a file, by mouse and by keyboard."""

import re

import msgspec
import pytest

from geo.leaflet import render
from tests.page_browser import (
    DESKTOP,
    PHONE,
    chromium,
    everything_on,
    no_sideways,
    opened,
    page_files,
)
from tests.page_fixture import page

pytestmark = pytest.mark.browser
replace = msgspec.structs.replace
browser = pytest.fixture(scope="module")(chromium)
files = pytest.fixture(scope="module")(page_files)
TABLET = {"width": 900, "height": 700}
NARROWEST = {"width": 320, "height": 640}


@pytest.mark.parametrize("size", [DESKTOP, PHONE, TABLET, NARROWEST])
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
        drawn = sum(
            p.precision not in {"country", "none"} and bool(p.place_id)
            for r in full.readings
            for e in r.events
            for p in e.places
        )
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
        return {
            r.split("\n")[0]: int(r.split("\n")[-1])
            for r in tab.locator(".row label").all_inner_texts()
            if r[-1].isdigit()
        }

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
        assert {
            "→ Sarn",
            "→ Hadj / Khadzhi",
            "N of Marek",
            "12 km from Dol",
            "around Velm",
            "Lomra",
            "Velm and Marek",
            "Border section, Tavin",
            "Upper Keld",
        } <= shown_labels


def test_direction_is_a_ring_with_eight_ticks_and_no_side(browser, files):
    with opened(browser, files("page")) as tab:
        for label in (
            "Named settlement",
            "“Near” or “around”",
            "On one side of a place",
            "Along a line",
            "Between two places",
            "At a distance from a place",
            "Section of a border",
            "District or province",
            "Exact spot",
            "Region only",
        ):
            tab.locator(".row", has_text=label).locator("input").uncheck()
        ticks = tab.evaluate(
            """() => [...document.querySelectorAll('.leaflet-areas-pane path')]
                 .map(path => path.getAttribute('d').match(/-?\\d+/g).map(Number))
                 .filter(d => d.length === 4)
                 .map(([x1, y1, x2, y2]) => Math.atan2(y1 - y2, x1 - x2) * 4 / Math.PI)
                 .map(eighth => Math.round(eighth + 8) % 8)"""
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
        parts = [
            "Shelling reported in Osk",
            "29 September 2031",
            "Contradicted:",
            "Ardova asserts",
            "“The Ardova defence ministry",
            "Belmar denies",
            "“Belmar denied those reports but confirmed fighting through the night around Velm.”",
            "Type",
            "Location",
            "Date",
            "“Tuesday”",
            "Names",
            "Tolls as claimed",
            "3 killed",
            "Machine reading, not reviewed",
            "Source",
            "Mainland Daily, 30 September 2031",
            "(news.example)",
            "Why is this here?",
        ]
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
            "all => all.map(one => [one.textContent, one.getAttribute('aria-label')])"
        )
        for text, name in pairs:
            visible = " ".join(text.split())
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
        codes = tab.eval_on_selector_all("#language option", "all => all.map(one => one.value)")
        assert "ru" in codes
        assert "und" not in codes
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
            """() => [...document.querySelectorAll('#header button, [role=tab], .card')]
                 .filter(element => element.offsetParent)
                 .filter(element => element.getBoundingClientRect().height < 44).length"""
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
