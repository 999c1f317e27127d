"""The two original articles, where they lie beside the checkout: sites drawn, none false."""

import importlib.util
import json
from pathlib import Path

import pytest

from geo.articles import article_from_document
from geo.layers import BACKGROUND
from geo.parsed import document
from geo.pipeline import build, gazetteer_of, packs_for, read

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
NAMES = ("seed-chinadaily-2020-09-30", "seed-trt-2020-07-14")
pytestmark = pytest.mark.skipif(
    not (SHARED / "dev" / "gold").is_dir(),
    reason="the annotated articles are not beside this folder",
)


def article_of(name):
    folder = SHARED / "dev" / "articles"
    facts = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    given = {key: facts[key] for key in ("title", "publisher", "published") if facts[key]}
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    return article_from_document({"doc_id": name, "text": text, **given})


def gold_of(name):
    return json.loads((SHARED / "dev" / "gold" / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("score", SHARED / "dev" / "score_articles.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=NAMES)
def pair(request):
    """The gold and what is read, as ``parse --jsonl`` prints it."""
    article = article_of(request.param)
    return gold_of(request.param), document(read(article, gazetteer_of(*packs_for(article))))


def test_every_site_is_found_and_no_other(pair, scorer):
    gold, read_ = pair
    ours = [event for event in read_["events"] if not event["background"]]
    wanted = [event for event in gold["events"] if not event.get("background")]
    gold_sites, our_sites = scorer.sites_of(gold, wanted), scorer.sites_of(read_, ours)
    matched = scorer.pair_sites(gold_sites, our_sites)
    assert {a for a, _ in matched} == set(gold_sites)
    assert {b for _, b in matched} == set(our_sites)


def test_history_is_told_as_such(pair, scorer):
    gold, read_ = pair
    wanted = [event for event in gold["events"] if event.get("background")]
    ours = [event for event in read_["events"] if event["background"]]
    sites = scorer.sites_of(gold, wanted), scorer.sites_of(read_, ours)
    if ours:
        assert scorer.pair_sites(*sites)


def test_nothing_rests_on_a_party_or_a_dateline(pair):
    gold, read_ = pair
    parts = {(t["start"], t["end"]): t["role"] for t in gold["toponyms"]}
    told = [(p["start"], p["end"]) for e in read_["events"] for p in e["places"]]
    assert {parts.get(span) for span in told}.isdisjoint({"metonym", "dateline"})


def test_all_four_roles_are_given(scorer):
    roles, right, count = set(), 0, 0
    for name in NAMES:
        article = article_of(name)
        ours = document(read(article, gazetteer_of(*packs_for(article))))["toponyms"]
        gold = gold_of(name)["toponyms"]
        roles |= {t["role"] for t in ours}
        for i, j in scorer.pair_spans(gold, ours):
            count += 1
            right += gold[i]["role"] == ours[j]["role"]
    assert roles == {"event_site", "other_literal", "metonym", "dateline"}
    # It stood at 112 of 118 when this was written.
    assert right / count >= 0.93


def test_the_denial_covers_what_was_reported_and_keeps_its_second_half():
    article = article_of(NAMES[0])
    events = read(article, gazetteer_of(*packs_for(article))).events
    denied = [e for e in events if e.denied_by]
    assert {p.place_id for e in denied for p in e.places} >= {
        "fuzuli",
        "jabrayil",
        "martakert",
        "tartar",
        "dashkasan-district",
    }
    for event in denied:
        assert event.claimed_by == ("Azerbaijan",)
        assert event.denied_by == ("Armenia",)
        [denial] = [c for c in event.claims if c.stance == "denies"]
        assert "but confirmed fighting" in article.text[denial.start : denial.end]


def test_history_is_a_layer_that_starts_off():
    result = build([article_of(name) for name in NAMES])
    layers = {layer.id: layer.visible for layer in result.layers}
    assert layers.pop(BACKGROUND) is False
    assert set(layers.values()) == {True}


def test_the_wording_of_places_gives_their_shapes():
    result = build([article_of(name) for name in NAMES])
    drawn = {
        (f.place.place_id, f.place.precision, f.place.part): f.geometry
        for layer in result.layers
        for f in layer.features
    }
    for town in ("fuzuli", "jabrayil", "martakert", "tartar"):
        assert drawn[town, "direction", ()]["type"] == "Polygon"
    assert drawn["dashkasan-district", "district", ()]["type"] in ("Polygon", "MultiPolygon")
    assert drawn["tavush-province", "border", ("N",)]["type"] in ("LineString", "MultiLineString")
    assert drawn["nagorno-karabakh", "region", ("N", "S")]["type"] == "MultiPolygon"
    assert ("stepanakert", "settlement", ()) in drawn
