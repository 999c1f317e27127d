"""What every test stands on: no network, a tiny invented gazetteer, and a header with versions."""

import importlib.metadata
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
REPORTED = ("geopandas", "shapely", "pyproj", "folium", "msgspec", "rapidfuzz", "trafilatura")


def pytest_configure(config):
    """Hear Ctrl-C, which a job that was started in the background ignores, and its children too."""
    del config
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header(config):
    """Print the versions that results depend on."""
    del config
    versions = [f"{name} {importlib.metadata.version(name)}" for name in REPORTED]
    return f"clashmap: {', '.join(versions)}, SQLite {sqlite3.sqlite_version}; network closed"


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch):
    """Let no socket leave the machine; a browser under test talks through a local one or a pipe."""
    connect = socket.socket.connect

    def refuse(self, address, *args):
        if self.family != socket.AF_UNIX:
            message = f"a test tried to reach {address!r}"
            raise AssertionError(message)
        return connect(self, address, *args)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture(autouse=True)
def _no_world(monkeypatch):
    """Ask no list of the world but where a test is about it: the extra may be installed or not."""
    monkeypatch.setenv("CLASHMAP_WORLD", "off")


@pytest.fixture(scope="session")
def tiny_folder():
    """Folder of the invented pack."""
    return DATA / "tiny"


@pytest.fixture(scope="session")
def tiny_gazetteer():
    """Both invented packs, the theatre first."""
    from geo.gazetteer import load_gazetteer

    return load_gazetteer(DATA / "tiny", DATA / "tinyworld")
