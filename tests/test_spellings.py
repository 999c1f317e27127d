"""Forms of a name that the press writes, made by rule and never stored as names."""

import json

import pytest
from running import ROOT

from geo.folding import name_key
from geo.gazetteer import load_gazetteer
from geo.gazetteer.spellings import MOST_FORMS, spelling_keys
from geo.lookup.index import Index
from geo.lookup.index_build import write_index
from geo.model import Cite, Name

LANGUAGES = ("az", "hy", "ru")
RULES = json.loads((ROOT / "geo" / "tables" / "spellings.json").read_text("utf-8"))["languages"]


def name(text, language, script="Latn", status="official"):
    return Name(text=text, language=language, script=script, status=status, source=Cite(source="s"))


def forms(text, language, script="Latn", **more):
    return {" ".join(key) for key in spelling_keys(name(text, language, script, **more), LANGUAGES)}


@pytest.mark.parametrize(
    ("text", "language", "script", "expected"),
    [
        ("Şuşa", "az", "Latn", {"shusha"}),
        ("Qax", "az", "Latn", {"gakh"}),
        ("Ağdərə", "az", "Latn", {"aghdara", "agdara", "aghdere"}),
        # The first letter is written in its own way: "Elibayli" as well as "Alibeyli".
        ("Əlibəyli", "az", "Latn", {"alibayli", "alibeyli", "elibayli"}),
        ("İçərişəhər", "az", "Latn", {"icharishahar", "icherisheher"}),
        ("Rr-Marr", "hy", "Latn", {"r mar"}),
        ("Սյունիք", "hy", "Armn", set()),  # its folded key is what the press writes
        ("Խնձորեսկ", "hy", "Armn", set()),
        ("Физули", "ru", "Cyrl", set()),
        ("Джебраил", "ru", "Cyrl", {"djebrail", "jebrail"}),
        ("Гянджа", "ru", "Cyrl", {"gyandja", "gyanja"}),
    ],
)
def test_forms_of_the_press(text, language, script, expected):
    assert forms(text, language, script) == expected


def test_a_name_s_own_key_is_not_among_them():
    for text, language, script in (("Bakı", "az", "Latn"), ("Дашкесан", "ru", "Cyrl")):
        assert " ".join(name_key(text)) not in forms(text, language, script)


def test_other_languages_scripts_and_misspellings_have_none():
    assert forms("Çorum", "tr") == set()
    assert forms("Шуша", "az", "Cyrl") == set()
    assert forms("Şuşa", "az", status="misspelling") == set()
    assert spelling_keys(name("Şuşa", "az"), ("ru",)) == ()


def test_a_name_full_of_doubt_has_few_forms():
    text = "Ə" + "ğ".join("əıəə") + " Əığ " + "ə" * 50
    assert 1 < len(forms(text, "az")) <= MOST_FORMS


@pytest.mark.parametrize("code", RULES)
def test_rules_give_plain_small_letters(code):
    for kind in ("groups", "initials", "letters"):
        for source, choices in RULES[code].get(kind, {}).items():
            assert source == source.lower()
            assert len(source) == 1 or kind == "groups"
            assert choices
            assert all(form == "" or (form.isascii() and form.islower()) for form in choices)


@pytest.fixture
def pack(tmp_path, tiny_folder):
    """The made-up pack with names in a language that has rules."""
    folder = tmp_path / "pack"
    folder.mkdir()
    for path in tiny_folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    places = json.loads((folder / "places.geojson").read_text("utf-8"))
    place = next(f for f in places["features"] if f["id"] == "karsk")["properties"]
    for text in ("Şeçə", "Mış"):
        place["names"].append(
            {**place["names"][0], "text": text, "language": "az", "script": "Latn"}
        )
    place["label"] = "Our Heading / Another"
    (folder / "places.geojson").write_text(json.dumps(places), "utf-8")
    facts = json.loads((folder / "pack.json").read_text("utf-8"))
    facts |= {"languages": ["az"], "everyday": ["Mish"]}
    (folder / "pack.json").write_text(json.dumps(facts), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("asked", "how"),
    [
        ("Şeçə", "exact"), ("ŞEÇƏ", "folded"), ("Shecha", "romanised"), ("sheche", "romanised"),
        ("Mysh", "romanised"), ("Mish", None), ("Our heading", "label"), ("another", "label"),
        ("Our Heading Another", None),
    ],
)  # fmt: skip
def test_packs_and_the_index_find_them_alike(pack, tmp_path, asked, how):
    gazetteer = load_gazetteer(pack)
    found = gazetteer.find(asked)
    assert [match.how for match in found if match.place.id == "karsk"] == ([how] if how else [])
    write_index(gazetteer, tmp_path / "index.sqlite")
    index = Index(str(tmp_path / "index.sqlite"))
    answers = index.find(asked)
    assert [answer.id for answer in answers] == [match.place.id for match in found]
    assert [answer.matched for answer in answers] == [match.name.text for match in found]
    index.close()


def test_a_text_is_read_with_them(pack):
    entries = load_gazetteer(pack).name_index["shecha"]
    assert [entry.places for entry in entries] == [("karsk",)]
