"""What the page shows when there is little or nothing to show, or no way to show it."""

import re

import msgspec
import pytest

from geo.leaflet import render
from tests.page_browser import (
    DESKTOP,
    PHONE,
    chromium,
    no_sideways,
    opened,
    page_files,
)
from tests.page_fixture import page, without_events

pytestmark = pytest.mark.browser
replace = msgspec.structs.replace
browser = pytest.fixture(scope="module")(chromium)
files = pytest.fixture(scope="module")(page_files)


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
