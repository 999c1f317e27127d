"""The wheel, installed into an empty environment, does what the checkout does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from running import WRITTEN, contents, save

from geo import __version__

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
SOURCES = ("geo", "gazetteer", "LICENSE", "README.md", "pyproject.toml", "setup.py")
TEXT = """\
The army shelled Stepanakert on 4 October 2020, the defence ministry of Armenia said.

Azerbaijan denied it and said that there was fighting around Fizuli.
"""


def run(*words, cwd):
    """Run a program that knows nothing of the checkout."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env={**variables, "XDG_CACHE_HOME": str(cwd / "cache")},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that nothing is left in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "lookup.sqlite")
            shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
        else:
            save(folder / "source" / name, (ROOT / name).read_bytes())
    run(
        *(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"),
        *("--disable-pip-version-check", "-w", folder / "dist", folder / "source"),
        cwd=folder,
    )
    (built,) = (folder / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Folder of an environment that holds the wheel and lends the dependencies from this one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    run(
        *(sys.executable, "-m", "pip", f"--python={python}", "install", "--no-deps", "--no-index"),
        *("--disable-pip-version-check", wheel),
        cwd=folder.parent,
    )
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder)
    # A .pth puts its folders behind the one that it lies in, and the .pth files in them are not
    # read: what is installed here comes first, and an editable checkout there is not seen.
    lent = dict.fromkeys(sysconfig.get_paths()[kind] for kind in ("purelib", "platlib"))
    save(Path(own.strip()) / "lent.pth", "\n".join(lent))
    return folder


def test_everything_but_code_is_in_the_wheel_too(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        path.relative_to(ROOT).as_posix()
        for package in ("geo", "gazetteer")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(needed) > 100
    assert needed - names == set()
    assert "geo/lookup/lookup.sqlite" in names
    assert {name.split("/")[0] for name in names} == {
        "geo",
        "gazetteer",
        f"clashmap-{__version__}.dist-info",
    }


def test_the_code_that_runs_is_the_installed_one(installed, tmp_path):
    where = run(
        *(installed / "bin" / "python", "-c"),
        "import geo, gazetteer; print(geo.__file__, *gazetteer.__path__, sep='\\n')",
        cwd=tmp_path,
    )
    for line in where.splitlines():
        assert Path(line).is_relative_to(installed)


def test_the_commands_work_from_an_empty_folder(installed, tmp_path):
    command = installed / "bin" / "clashmap"
    assert run(command, "--version", cwd=tmp_path) == f"clashmap {__version__}\n"
    found = run(command, "lookup", "Fizuli", "--json", cwd=tmp_path).splitlines()
    assert json.loads(found[0])["matched"] == "Fizuli"
    # The index came with the wheel: none had to be made.
    assert not list((tmp_path / "cache").rglob("*.sqlite"))
    save(tmp_path / "article.txt", TEXT)
    run(command, "build", "article.txt", "-o", "out", cwd=tmp_path)
    assert sorted(contents(tmp_path / "out")) == list(WRITTEN)
    features = json.loads((tmp_path / "out" / "map.geojson").read_text("utf-8"))["features"]
    assert any(feature["geometry"] for feature in features)
