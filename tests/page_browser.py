"""Chromium, the files of pages, and a tab that heard, asked for and threw nothing."""

from __future__ import annotations

import contextlib
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from geo.leaflet import render
from tests.page_fixture import page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ.get('PATH', '')}")


def chromium():
    """A running browser, for a fixture. Its absence is a failure where CI says so."""
    if CHROMIUM is None:
        message = "NO CHROMIUM FOUND: THE PAGE WAS NOT TRIED IN A BROWSER (install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM)
        yield started
        started.close()


def page_files(tmp_path_factory):
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
def opened(browser, path, *, size=DESKTOP, address="", scripts=(), **options):
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
        assert heard == []
        assert [u for u in asked if u.split("#")[0] != path.as_uri()] == []
    finally:
        context.close()


def everything_on(tab):
    for label in ("Ceasefire or agreement", "Show what the reports tell of earlier times"):
        tab.locator(".row", has_text=label).locator("input").check()


def no_sideways(tab):
    return tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
