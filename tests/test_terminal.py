"""No string obeys in the terminal."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.terminal import NEWLINE, bold, colour_wanted, progress, safe

# The strings of the list of forty that aim at terminals and encoders, and some more.
HOSTILE = {
    "\x1b[31mred": "red",
    "\x1b[2Jgone": "gone",
    "\x1b]0;title\x07x": "x",
    "\x1b]8;;http://x\x07text\x1b]8;;\x07": "text",
    "\x1b]52;c;ZWNobw==\x07x": "x",
    "\x1b]0;unended": "",
    "\x1bPdcs\x1b\\x": "x",
    "\x1b_apc\x1b\\x": "x",
    "\x1b^pm\x1b\\x": "x",
    "\x1bXsos\x1b\\x": "x",
    "\x9b31mx": "x",
    "\x9d0;t\x9cx": "x",
    "\rfake line": "\\x0Dfake line",
    "a\b\b\bz": "a\\x08\\x08\\x08z",
    "tab\there": "tab\\x09here",
    "one\ntwo": f"one{NEWLINE}two",
    "one\r\ntwo": f"one{NEWLINE}two",
    "one\u2028two": f"one{NEWLINE}two",
    "\u202egnp.exe": "\\u202Egnp.exe",
    "\u2066open": "\\u2066open",
    "\x00\ufeff\ufffe": "\\x00\\uFEFF\\uFFFE",
    "\ud800": "\\uD800",
    "\x7f\x85": f"\\x7F{NEWLINE}",
    "\x1bc": "\\x1Bc",
    "Füzuli Xankəndi Շուշի": "Füzuli Xankəndi Շուշի",
    "a\u00a0b": "a\u00a0b",
}


@pytest.mark.parametrize(("given_", "shown"), HOSTILE.items())
def test_hostile_strings_are_shown_and_not_obeyed(given_, shown):
    assert safe(given_) == shown


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text):
    shown = safe(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F for c in shown)
    assert not any(c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in shown)
    shown.encode("utf-8")


def test_a_long_hostile_string_takes_linear_time():
    assert safe("\x1b[" * 100_000)
    assert safe("\x1b]" * 100_000) == ""
    assert len(safe("A" * 100_000)) == 100_000


class _Terminal:
    def __init__(self, stream):
        self._stream = stream

    def isatty(self):
        return True

    def __getattr__(self, name):
        return getattr(self._stream, name)


def test_colour_is_for_terminals_whose_user_wants_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not colour_wanted()
    monkeypatch.setattr(sys, "stdout", _Terminal(sys.stdout))
    assert bold("x") == "\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert bold("x") == "x"


@pytest.mark.parametrize("terminal", [False, True])
def test_progress_yields_every_item_once(terminal, monkeypatch):
    if terminal:
        monkeypatch.setattr(sys, "stderr", _Terminal(sys.stderr))
        monkeypatch.setattr("geo.terminal._SECONDS_BEFORE_A_BAR", 0.0)
    assert list(progress(range(5), total=5, label="[reading]")) == [0, 1, 2, 3, 4]


def test_progress_is_silent_in_a_pipe(capsys):
    list(progress(range(5), total=5, label="reading"))
    assert capsys.readouterr().err == ""
