"""No place and no party of a pack stands in code, and no table is idle or holds a fact of one."""

import ast
import functools
import json
import re
import tokenize
from io import StringIO

import pytest
from running import ROOT

PACKAGE = ROOT / "geo"
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
}
TABLES = {
    path.relative_to(PACKAGE / "tables").as_posix(): json.loads(path.read_text("utf-8"))
    for path in sorted((PACKAGE / "tables").rglob("*.json"))
}
WORLD = "world"
PACKS = tuple(sorted(path.parent.name for path in (ROOT / "gazetteer").glob("*/pack.json")))
THEATRES = tuple(pack for pack in PACKS if pack != WORLD)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
LONGEST_NAME = 4  # words
STEM = 4  # letters: "Nor" could begin anything, "Norl" hardly

# What a language calls itself or its alphabet is the same word as the people's.
LANGUAGE = "a language or its alphabet"
HELP = "an example in the help of a command"
IN_CODE = {
    ("folding.py", "Azerbaijani"): LANGUAGE,
    ("folding.py", "Armenian"): LANGUAGE,
    ("gazetteer/checks/names.py", "Thai"): LANGUAGE,
    ("cli.py", "Kyiv"): HELP,
    ("cli.py", "Paris"): HELP,
    ("cli.py", "Berlin"): HELP,
}
# Known, and to be mended where it stands.
# Lists of common words, some of which are also the name of a place or a party somewhere.
LISTS = {
    "en/organisations.json/adjectives": "adjectives of nations, to tell bodies from places",
    "en/organisations.json/after_names": "words that end a name, agencies among them",
    "en/organisations.json/before_names": "words that stand before a name, adjectives among them",
    "en/organisations.json/first_names": "given names; some are also names of places",
    "en/organisations.json/not_places": "words that are no place: bodies, agencies, months",
    "en/text.json/agencies": "news agencies, whose name stands over any article",
    "en/text.json/credit_words": "news agencies and photographers, under any picture",
    "languages.json/languages": "the commonest words of a language",
    "languages.json/languages/code": LANGUAGE,
    "languages.json/languages/name": LANGUAGE,
    "languages.json/languages/script": LANGUAGE,
}
WORDS = {
    "aa": "a news agency's letters in a credit",
    "anadolu": "a news agency in a credit",
    "afp": "a news agency in a credit",
    "ap": "a news agency in a credit",
    "reuters": "a news agency in a credit",
    "contact line": "a kind of line",
    "gulf": "a kind of water",
    "is": "the verb",
    "us": "the pronoun",
    "line of contact": "a kind of line",
    "north-west": "a bearing",
    "pdf": "a form of file",
    "south-west": "a bearing",
    "spa": "a kind of place",
}


def records(pack, file):
    return json.loads((ROOT / "gazetteer" / pack / file).read_text("utf-8"))


def place_names(pack):
    """Every name of every place of a pack, its label too."""
    properties = [feature["properties"] for feature in records(pack, "places.geojson")["features"]]
    return {place["label"] for place in properties} | {
        name["text"] for place in properties for name in place["names"]
    }


def party_names(pack):
    """Names and adjectives of a pack's actors; for a theatre also of its parties in the world."""
    actors = records(pack, "actors.json")
    if pack != WORLD:
        parties = set(records(pack, "pack.json")["parties"])
        actors += [actor for actor in records(WORLD, "actors.json") if actor["id"] in parties]
    return {
        name for actor in actors for key in ("names", "adjectives") for name in actor.get(key, ())
    }


NAMES = {pack: place_names(pack) | party_names(pack) for pack in PACKS}


def test_the_names_looked_for_are_those_of_the_packs():
    assert "Stepanakert" in NAMES["caucasus"]
    assert {"Armenian", "Azerbaijani", "Azerbaijan"} <= NAMES["caucasus"]
    assert {"Kyiv", "Nairobi"} <= NAMES[WORLD]


# -- code ------------------------------------------------------------------------------------------


def said(source):
    """Every string and comment of a module with its line."""
    for token in tokenize.generate_tokens(StringIO(source).readline):
        # From Python 3.12 the text inside an f-string is a token of its own kind.
        kind = tokenize.tok_name[token.type]
        if kind in {"STRING", "FSTRING_MIDDLE", "COMMENT"}:
            yield token.start[0], token.string


def values(source):
    """Every string of a module that is no docstring."""
    tree = ast.parse(source)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    yield from (
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    )


def named(text, names):
    """Names that stand in a text as whole words with a capital."""
    words = WORD.findall(text)
    for at, word in enumerate(words):
        if word[0].isupper():
            runs = (" ".join(words[at : at + size]) for size in range(1, LONGEST_NAME + 1))
            yield from (run for run in dict.fromkeys(runs) if run in names)


def stems(names):
    """The beginnings of one-word names."""
    return {name[:end] for name in names if name.isalpha() for end in range(STEM, len(name))}


def findings(texts, names):
    return {
        (module, name): f"{module}:{line}: {name}"
        for module, source in SOURCES.items()
        for line, text in texts(source)
        for name in named(text, names)
    }


@pytest.mark.parametrize("theatre", THEATRES)
def test_no_module_names_a_place_or_party_of_a_theatre(theatre):
    names = NAMES[theatre] | stems(party_names(theatre))
    found = findings(said, names)
    wrong = [where for key, where in found.items() if key not in IN_CODE]
    assert wrong == []


def test_no_module_decides_by_a_name_of_the_world():
    """Docstrings and comments may explain by it; a value may not hold it."""
    longer = {name for name in NAMES[WORLD] if not name.isupper()}
    found = findings(values, longer)
    wrong = [where for key, where in found.items() if key not in IN_CODE]
    assert wrong == []


# -- tables ----------------------------------------------------------------------------------------


def entries(value, path):
    """Every word of a table with the list in which it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield path, key
            at = path if key in {"lists", "words"} or path.count("/") > 1 else f"{path}/{key}"
            yield from entries(inner, at)
    elif isinstance(value, list):
        for inner in value:
            yield from entries(inner, path)


@pytest.mark.parametrize("table", TABLES)
def test_no_table_holds_the_name_of_a_place_or_a_party(table):
    names = {name.casefold() for pack in PACKS for name in NAMES[pack]}
    wrong = {
        f"{path}: {word}"
        for path, word in entries(TABLES[table], table)
        if word.casefold() in names and word.casefold() not in WORDS and path not in LISTS
    }
    assert wrong == set()


@functools.cache
def strings():
    """Every string and every name of a field in the code."""
    nodes = [node for source in SOURCES.values() for node in ast.walk(ast.parse(source))]
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


@functools.cache
def called():
    """First arguments of the two readers of word lists."""
    return {
        node.args[0].value
        for source in SOURCES.values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"table", "word_lists"}
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_read(table):
    """Some module names its file, or gives its name to a reader of word lists."""
    file = table.rpartition("/")[2]
    read = {text.rpartition("/")[2] for text in strings()} | {f"{name}.json" for name in called()}
    assert file in read


@pytest.mark.parametrize("table", [name for name in TABLES if name.startswith("en/")])
def test_every_list_of_words_is_used(table):
    lists = TABLES[table].get("lists", TABLES[table])
    # Some names are put together: f"acting_{preposition}".
    openings = tuple(text for text in strings() if len(text) > STEM and text.endswith("_"))
    idle = {name for name in lists if name not in strings() and not name.startswith(openings)}
    assert idle - {"about", "description"} == set()
