"""An invented conflict of two invented neighbours in open ocean, built by hand from the records.

`page()` gives a realistic PageInput; `python -m tests.page_fixture OUT` renders it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from geo.leaflet.data import PageInput
from geo.model import (
    Actor,
    Article,
    Claim,
    Event,
    EventPlace,
    Feature,
    Figure,
    Layer,
    Mention,
    Pack,
    Problem,
    Reading,
    Resolution,
    Rival,
    Sentence,
    Shape,
    Source,
)
from tests.page_story import DIGEST, FIRST, ORIGINAL, SECOND, day
from tests.page_world import CITE, FRONT, PLACES, geometry, outlines, place


def article(key, sentences, **fields):
    text, spans = "", []
    for number, sentence in enumerate(sentences):
        text += "\n\n" if text else ""
        spans.append(
            Sentence(
                start=len(text),
                end=len(text) + len(sentence),
                index=number,
                segment=number,
                kind="paragraph",
            )
        )
        text += sentence
    return Article(id=key, text=text, sha256="5f" * 32, sentences=tuple(spans), **fields)


CLASS = {
    "near": "near",
    "around": "near",
    "outskirts": "near",
    "direction": "direction",
    "bearing": "bearing",
    "distance": "distance",
    "between": "between",
    "along-line": "line",
    "section-of-border": "border",
}
KIND = {
    "settlement": "settlement",
    "facility": "exact",
    "district": "district",
    "province": "district",
    "region": "region",
    "country": "country",
}


def precision(key, relation):
    return CLASS.get(relation) or (KIND[PLACES[key][1]] if key else "none")


def event_place(text, span, spec):
    name, key, relation, extra = spec
    extra = dict(extra)
    start = text.index(name, span.start) if name in text[span.start : span.end] else span.start
    lat, lon = PLACES[key][2:4] if key else (None, None)
    return EventPlace(
        place=name,
        place_id=key,
        lat=lat,
        lon=lon,
        relation=relation,
        precision=extra.pop("precision", None) or precision(key, relation),
        start=start,
        end=start + len(name),
        **extra,
    )


def build_event(art, number, row, who, month):
    index, type_, date, places, claims, extra = row
    span = art.sentences[index]
    extra = dict(extra)
    made = []
    for token in claims.split():
        label, actor, verb = who[token[1]]
        at = art.sentences[int(token[3:])] if "@" in token else span
        stance = "asserts" if token[0] == "+" else "denies"
        made.append(
            Claim(
                stance=stance,
                claimant=label,
                claimant_id=actor,
                speaker="defence ministry" if actor != "joint-monitors" else "",
                verb=verb if stance == "asserts" else "denied",
                start=at.start,
                end=at.end,
            )
        )
    figures = tuple(
        Figure(
            killed=killed,
            side=who[letter][0],
            kind="military",
            bound=bound or "",
            claimed_by=(who[letter][0],),
            start=span.start,
            end=span.end,
        )
        for letter, killed, bound in extra.pop("figures", ())
    )
    start = day(date, month) if date else None
    return Event(
        id=f"ev_{art.id}_{number:02d}",
        article_id=art.id,
        type=type_,
        places=tuple(event_place(art.text, span, spec) for spec in places),
        start=span.start,
        end=span.end,
        trigger_start=span.start,
        trigger_end=span.start + 5,
        date_start=start,
        date_end=extra.pop("date_end", start),
        date_text="Tuesday" if date == 29 else None,
        date_rule="weekday before the day of publication" if date == 29 else "day of publication",
        claims=tuple(made),
        figures=figures,
        reasons=("a word for an attack stands in the sentence", "the place follows “in”"),
        **extra,
    )


def reading(art, rows, who, month):
    events = tuple(build_event(art, number, row, who, month) for number, row in enumerate(rows))
    resolutions = tuple(
        Resolution(
            mention=Mention(start=p.start, end=p.end, text=p.place, candidates=(p.place_id,)),
            place_id=p.place_id,
            label=PLACES[p.place_id][0],
            status="resolved",
            role="event_site",
            role_reason="an attack verb has it as its place",
            reasons=("only place of that name in the pack",),
            rivals=(Rival(place_id="kessa", score=0.2, reasons=("other side of the country",)),),
        )
        for event in events
        for p in event.places
        if p.place_id
    )
    return Reading(article=art, resolutions=resolutions, events=events)


def layers(readings):
    made = []
    for item in readings:
        for event in item.events:
            for number, where in enumerate(event.places):
                drawn = geometry(where, where.lat, where.lon) if where.lat is not None else None
                lat, lon = where.lat, where.lon
                if drawn and drawn["type"] == "LineString":
                    lon, lat = drawn["coordinates"][len(drawn["coordinates"]) // 2]
                if where.precision == "between":
                    other = PLACES[where.other_place_id]
                    lat, lon = (lat + other[2]) / 2, (lon + other[3]) / 2
                choices = {
                    "near": ("Radius 10 km is our reading of “near”.",),
                    "direction": ("Radius 16 km is our choice.",),
                    "border": (
                        "The outer third of the border is our reading of “northern section”.",
                    ),
                }.get(where.precision, ())
                made.append(
                    Feature(
                        id=f"{event.id}-{number}",
                        event_id=event.id,
                        place=where,
                        geometry=drawn,
                        lat=lat,
                        lon=lon,
                        ucdp_where_prec=1,
                        acled_geo_precision=1,
                        choices=choices,
                    )
                )
    return (Layer(id="events", title="Events", features=tuple(made)),)


def page(*, swapped=False):
    """The whole fixture; ``swapped`` exchanges the two parties everywhere."""
    a, b = ("Belmar", "Ardova") if swapped else ("Ardova", "Belmar")
    who = {
        "A": (a, a.lower(), "said"),
        "B": (b, b.lower(), "reported"),
        "M": ("Joint Monitors", "joint-monitors", "counted"),
    }
    first = article(
        "mainland-daily-20310930",
        [s.format(A=a, B=b) for s in ORIGINAL],
        title="Border fire rages as capitals trade blame",
        publisher="Mainland Daily",
        author="N. Writer",
        url="https://news.example/2031/09/30/border?id=1&x=2",
        published=day(30),
        published_basis="metadata",
    )
    second = article(
        "harbour-post-20310727",
        [s.format(A=a, B=b) for s in DIGEST],
        title="Three days on the frontier",
        publisher="Harbour Post",
        published=day(27, 7),
        published_basis="header",
        text_kind="digest",
    )
    readings = (reading(first, FIRST, who, 9), reading(second, SECOND, who, 7))
    return PageInput(
        title="Reported clashes, Ardova and Belmar 2031",
        subtitle="Who says what happened, who denies it, and how exactly the place is known",
        readings=readings,
        layers=layers(readings),
        places=tuple(place(key) for key in sorted(PLACES)),
        shapes=(
            Shape(
                id="front",
                place="upper-keld",
                kind="line",
                label="the separation line",
                geometry={"type": "LineString", "coordinates": FRONT},
                accuracy_m=3000,
                sources=(CITE,),
            ),
        ),
        actors=(
            Actor(id="ardova", label="Ardova", kind="state"),
            Actor(id="belmar", label="Belmar", kind="state"),
            Actor(id="joint-monitors", label="Joint Monitors", kind="observer"),
        ),
        outlines=outlines(),
        sources=(
            Source(
                id="invented",
                citation="Invented atlas of the open ocean, second edition",
                licence="CC0-1.0",
                retrieved=day(1),
                credit="Outlines drawn for this test",
                url="https://atlas.example/",
            ),
        ),
        packs=(
            Pack(
                id="keld",
                title="Ardova and Belmar",
                bbox=(-154.0, 37.6, -145.0, 42.55),
                licence="CC0-1.0",
                countries=("AR", "BE"),
                parties=("ardova", "belmar"),
            ),
        ),
        gazetteer_digest="9c1f00aa12",
        version="0.1.0",
        problems=(
            Problem(
                code="language",
                message="notes.txt is in a language without rules",
                where="notes.txt",
                remedy="give a translation",
            ),
        ),
    )


def without_events(full):
    empty = tuple(msgspec.structs.replace(r, events=(), resolutions=()) for r in full.readings)
    return msgspec.structs.replace(full, readings=empty, layers=(), places=())


if __name__ == "__main__":
    from geo.leaflet import render

    Path(sys.argv[1]).write_text(render(page()), encoding="utf-8", newline="\n")
