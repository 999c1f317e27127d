"""Places by their names: what is ranked beforehand is what ranking at every look-up gives."""

import datetime as dt
from collections import defaultdict

import pytest

from geo.folding import name_key
from geo.gazetteer import Gazetteer, Match, available_packs, load_gazetteer, matching
from geo.gazetteer.matching import valid_on
from geo.gazetteer.packs import PackFiles, read_pack
from geo.lookup.ranking import name_rank

DAYS = (None, dt.date(1950, 1, 1), dt.date(1995, 1, 1), dt.date(2021, 1, 1))
CHANGES = (str, str.upper, str.lower, str.swapcase, lambda name: name.replace("-", " "))


def by_key(gazetteer):
    """Every key of every place, in the order of the places."""
    found = defaultdict(list)
    for place in gazetteer.places.values():
        for key, n, how in gazetteer.keys_of(place):
            found[key].append((place, place.names[n], how))
    return found


def ranked_now(gazetteer, forms, name, on=None):
    """Every place of the name, each form judged, with nothing remembered."""
    best = {}
    for place, form, by_key in forms[name_key(name)]:
        how = "exact" if form.text == name else by_key
        valid = on is None or (valid_on(form, on) and valid_on(place, on))
        valid = valid and not place.superseded_by
        rank = name_rank(
            how=how, valid=valid, status=form.status, kind=place.kind, extent_m=place.extent_m
        )
        match = Match(place, form, how, gazetteer.pack_of(place.id))
        if place.id not in best or rank < best[place.id][0]:
            best[place.id] = rank, match
    return tuple(match for _, match in sorted(best.values(), key=lambda entry: entry[0]))


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_found_is_what_ranking_now_gives(tiny_gazetteer, change, on):
    names = [form.text for place in tiny_gazetteer.places.values() for form in place.names]
    labels = [place.label for place in tiny_gazetteer.places.values()]
    forms = by_key(tiny_gazetteer)
    for name in map(change, [*names, *labels, "Nowhere", ""]):
        assert tiny_gazetteer.find(name, on=on) == ranked_now(tiny_gazetteer, forms, name, on)


def test_the_same_for_all_names_of_the_bundled_packs():
    gazetteer = load_gazetteer(*available_packs())
    forms = by_key(gazetteer)
    for name in sorted({form.text for place in gazetteer.places.values() for form in place.names}):
        for typed in (name, name.swapcase()):
            assert gazetteer.find(typed) == ranked_now(gazetteer, forms, typed)


def test_a_look_up_ranks_nothing(tiny_gazetteer, monkeypatch):
    gazetteer = Gazetteer(tiny_gazetteer.files)
    gazetteer.find("Milford")
    gazetteer.find("milford")
    monkeypatch.setattr(matching, "name_rank", lambda **_: pytest.fail("ranked again"))
    assert len(gazetteer.find("Tarn")) == len(gazetteer.find("tarn")) == 3
    with pytest.raises(pytest.fail.Exception):
        gazetteer.find("Tarn", on=dt.date(2000, 1, 1))


def test_packs_read_together_are_keyed_once(tiny_folder, monkeypatch):
    keyed = []
    keys = PackFiles.keys.func
    monkeypatch.setattr(
        PackFiles.keys, "func", lambda files: keyed.append(files.pack.id) or keys(files)
    )
    files = [read_pack(tiny_folder), read_pack(tiny_folder.parent / "tinyworld")]
    one, both = Gazetteer(files[:1]), Gazetteer(files)
    assert (len(one.find("Milford")), len(both.find("Milford"))) == (2, 3)
    assert keyed == ["tiny", "tinyworld"]
