"""Names in memory and in the index: one rule, one answer."""

import datetime as dt
from pathlib import Path

import pytest

from geo.gazetteer import available_packs, load_gazetteer
from geo.gazetteer.naming import Question, choices, is_settled, resolve_name
from geo.lookup.index import Index
from geo.lookup.index_build import write_index
from geo.lookup.verdicts import verdict

DATA = Path(__file__).parent / "data"
PACKS = {
    "invented": (DATA / "tiny", DATA / "tinyworld"),
    "theatre alone": (DATA / "tiny",),
    **{pack: (pack,) for pack in available_packs()},
}


@pytest.fixture(scope="module", params=PACKS)
def both(request, tmp_path_factory):
    """A gazetteer and the index of it."""
    gazetteer = load_gazetteer(*PACKS[request.param])
    path = tmp_path_factory.mktemp("index") / "index.sqlite"
    write_index(gazetteer, path)
    return gazetteer, Index(str(path))


def told(made):
    return made.place_id, made.how, made.matched, made.candidates, made.reason


def test_every_name_and_id_comes_to_the_same(both):
    gazetteer, index = both
    names = {name.text for place in gazetteer.places.values() for name in place.names}
    for name in sorted(names | set(gazetteer.places)):
        found = index.ask(name)
        assert [answer.id for answer in found] == [
            c.id for c in choices(gazetteer, name, Question())
        ]
        of_index = verdict(name, found, decided=index.decided(found))
        assert told(of_index) == told(resolve_name(gazetteer, name, Question()))


def test_day_and_point_too(both):
    gazetteer, index = both
    on = dt.date(1995, 6, 1)
    for place in list(gazetteer.places.values())[::25]:
        spot = place.location
        for name in place.names:
            asked = Question(on, (spot.lat + 0.3, spot.lon))
            found = index.ask(name.text, on=on.isoformat(), near=asked.near)
            of_index = verdict(name.text, found, decided=index.decided(found, on=on.isoformat()))
            assert told(of_index) == told(resolve_name(gazetteer, name.text, asked))


# -- the rule itself, on the invented packs --------------------------------------------------------


def test_an_id_goes_before_its_namesakes_and_decides_if_it_is_no_name(tiny_gazetteer):
    made = resolve_name(tiny_gazetteer, "milford-south", Question())
    assert (made.place_id, made.how, made.candidates) == ("milford-south", "id", ("milford-south",))
    # "tarn" is an id, and the name of a place of Farland too.
    made = resolve_name(tiny_gazetteer, "tarn", Question())
    assert (made.place_id, made.how) == ("", "ambiguous")
    assert made.candidates == ("tarn", "farland-tarn", "tarn-district")
    made = resolve_name(tiny_gazetteer, "id:tarn", Question())
    assert (made.place_id, made.how, made.candidates) == ("tarn", "id", ("tarn",))
    assert resolve_name(tiny_gazetteer, "id:Tarn", Question()).how == "unknown"


def test_nothing_is_settled_by_nothing(tiny_gazetteer):
    assert not is_settled(tiny_gazetteer, (), None)
    assert resolve_name(tiny_gazetteer, " ", Question()).how == "empty"


def test_the_reason_names_what_it_went_before(tiny_gazetteer):
    made = resolve_name(tiny_gazetteer, "Milford", Question(near=(50.5, -31)))
    assert made.reason == (
        "exact name, official name, town, 0 km from the point given; goes before "
        "milford-south (Milford, town); farland-milford (Milford, town)"
    )


def test_ids_of_other_gazetteers_are_taken_as_the_index_takes_them(tiny_gazetteer):
    (choice,) = choices(tiny_gazetteer, "geonames:1", Question())
    assert choice.how == "id"
    assert choice.place.concordances["geonames"] == "1"
    assert choices(tiny_gazetteer, "geonames:11", Question()) == ()
    assert choices(tiny_gazetteer, "Q1", Question()) == ()
