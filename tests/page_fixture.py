"""An invented conflict of two invented neighbours in open ocean, built by hand from the records.

`page()` gives a realistic PageInput; `python -m tests.page_fixture OUT` renders it.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
from pathlib import Path

import msgspec

from geo.model import (
    Actor,
    Article,
    Cite,
    Claim,
    Event,
    EventPlace,
    Feature,
    FeatureType,
    Figure,
    Layer,
    Location,
    Mention,
    Name,
    Pack,
    Place,
    Problem,
    Reading,
    Resolution,
    Rival,
    Sentence,
    Shape,
    Source,
)
from geo.leaflet.data import PageInput

CITE = Cite(source="invented")
LAT0, LON0 = 40.0, -150.0


def day(number, month=9):
    return dt.date(2031, month, number)


# -- places ------------------------------------------------------------------------------------

PLACES = {
    "ardova": ("Ardova", "country", 39.7, -151.6, "state", ()),
    "belmar": ("Belmar", "country", 40.1, -148.3, "state", ()),
    "upper-keld": ("Upper Keld", "region", 40.05, -149.75, "region", ()),
    "osk": ("Osk", "settlement", 40.62, -150.42, "town", ()),
    "tirna": (
        "Tirna / Tyrnavan",
        "settlement",
        40.05,
        -149.82,
        "town",
        (("Tirna", "xa", "ardova"), ("Tyrnavan", "xb", "belmar"), ("Тирна", "ru", "")),
    ),
    "velm": (
        "Velm",
        "settlement",
        39.78,
        -149.52,
        "town",
        (("Velm", "xa", ""), ("Velmak", "xb", "")),
    ),
    "sarn": ("Sarn", "settlement", 39.55, -149.36, "village", ()),
    "hadj": (
        "Hadj / Khadzhi",
        "settlement",
        39.42,
        -149.72,
        "town",
        (("Hadj", "xa", "ardova"), ("Khadzhi", "xb", "belmar")),
    ),
    "marek": ("Marek", "settlement", 40.28, -149.3, "town", ()),
    "dol": ("Dol", "settlement", 40.72, -149.9, "village", ()),
    "port-ilen": ("Port Ilen", "settlement", 39.9, -148.2, "city", ()),
    "kessa": ("Kessa", "settlement", 40.2, -151.2, "city", ()),
    "lomra-district": ("Lomra", "district", 40.42, -149.05, "district", ()),
    "tavin-province": ("Tavin", "province", 40.75, -150.75, "province", ()),
    "stone-bridge": ("Stone Bridge at Arl", "facility", 39.95, -150.3, "bridge", ()),
    "eastland": ("Eastland", "country", 42.0, -146.5, "state", ()),
}


def place(key):
    label, kind, lat, lon, word, names = PLACES[key]
    listed = names or ((label, "xa", ""),)
    return Place(
        id=key,
        kind=kind,
        label=label,
        feature=FeatureType(class_="P", code="PPL", word=word),
        location=Location(lat=lat, lon=lon, accuracy_m=500, kind="site", sources=(CITE,)),
        names=tuple(
            Name(
                text=text,
                language=language,
                script="Latn",
                status="official",
                source=CITE,
                user=user,
            )
            for text, language, user in listed
        ),
    )


# -- geometry ----------------------------------------------------------------------------------


def ring(lat, lon, km, start=0.0, end=360.0, steps=48):
    points = []
    for n in range(steps + 1):
        angle = math.radians(start + (end - start) * n / steps)
        points.append(
            [
                round(lon + km * math.sin(angle) / (111.32 * math.cos(math.radians(lat))), 5),
                round(lat + km * math.cos(angle) / 110.57, 5),
            ]
        )
    return points


def disc(lat, lon, km):
    return {"type": "Polygon", "coordinates": [ring(lat, lon, km)]}


def geometry(where, lat, lon):
    """The shape of a precision class, simple but of the right kind."""
    kind = where.precision
    radius = {"settlement": 4, "near": 10, "direction": 16}
    reach = {"district": 22, "region": 58}
    lines = {"border": [border_point(n) for n in range(66, 84)], "line": FRONT}
    rings = None
    if kind in lines:
        return {"type": "LineString", "coordinates": lines[kind]}
    if kind == "exact":
        return {"type": "Point", "coordinates": [lon, lat]}
    if kind in radius:
        rings = [ring(lat, lon, radius[kind])]
    elif kind in reach:
        rings = [wavy(lat, lon, reach[kind])]
    elif kind == "bearing":
        rings = [[[lon, lat], *ring(lat, lon, 18, -22.5, 22.5, 12), [lon, lat]]]
    elif kind == "distance":
        km = where.distance_km
        rings = [ring(lat, lon, km * 1.25), ring(lat, lon, km * 0.75)[::-1]]
    elif kind == "between":
        rings = [strip(PLACES[where.place_id], PLACES[where.other_place_id])]
    return rings and {"type": "Polygon", "coordinates": rings}


def strip(a, b):
    wide = 0.045
    corners = ((a, wide), (b, wide), (b, -wide), (a, -wide), (a, wide))
    return [[end[3], end[2] + side] for end, side in corners]


def wavy(lat, lon, km):
    points = []
    for n in range(61):
        angle = 2 * math.pi * (n % 60) / 60
        reach = km * (1 + 0.13 * math.sin(3 * angle + lat) + 0.06 * math.sin(7 * angle + lon))
        points.append(
            [
                round(lon + reach * math.sin(angle) / 85, 4),
                round(lat + reach * math.cos(angle) / 110.57, 4),
            ]
        )
    return points


def border_point(n):
    lat = 37.6 + 0.05 * n
    lon = -150.55 + 0.28 * math.sin(n / 5) + 0.09 * math.sin(n * 1.3) + 0.03 * math.sin(n * 2.9)
    return [round(lon, 4), round(lat, 4)]


BORDER = [border_point(n) for n in range(100)]
FRONT = [
    [
        round(-149.42 + 0.12 * math.sin(n / 2.1) + (0.02 * n if n > 8 else 0), 4),
        round(39.3 + 0.065 * n, 4),
    ]
    for n in range(18)
]


def outline(layer, name, country, kind, coordinates, **dates):
    return {
        "type": "Feature",
        "id": f"{layer}-{name}".lower(),
        "properties": {
            "layer": layer,
            "name": name,
            "country": country,
            "source": "invented",
            **dates,
        },
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def outlines():
    east, south, north = -145.0, 37.6, 42.55
    coast = [
        [
            round(-152.9 + 0.3 * math.sin(n / 3) + 0.1 * math.sin(n * 1.7), 4),
            round(37.6 + 0.05 * n, 4),
        ]
        for n in range(100)
    ]
    inner = [
        [
            round(-147.2 + 0.25 * math.sin(n / 4) + 0.07 * math.sin(n * 2.1), 4),
            round(37.6 + 0.05 * n, 4),
        ]
        for n in range(100)
    ]
    ardova = [*coast, *BORDER[::-1], coast[0]]
    belmar = [*BORDER, *inner[::-1], BORDER[0]]
    neighbour = [*inner, [east, north], [east, south], inner[0]]
    river = [
        [round(-151.9 + 0.02 * n, 4), round(41.9 - 0.035 * n + 0.05 * math.sin(n / 2), 4)]
        for n in range(70)
    ]
    made = (
        outline("land", "Ardova", "AR", "Polygon", [ardova]),
        outline("land", "Belmar", "BE", "Polygon", [belmar]),
        outline("land", "Eastland", "EA", "Polygon", [neighbour]),
        outline("border", "Ardova-Belmar", "AR", "LineString", BORDER),
        outline("border", "Belmar-Eastland", "BE", "LineString", inner),
        outline(
            "disputed-border", "Separation line", "", "LineString", FRONT, **{"from": "2011-05-02"}
        ),
        outline("province", "Tavin", "AR", "Polygon", [wavy(40.75, -150.75, 30)]),
        outline("district", "Lomra", "BE", "Polygon", [wavy(40.42, -149.05, 22)]),
        outline("water", "Lake Ister", "AR", "Polygon", [wavy(39.35, -151.3, 14)]),
        outline("river", "Ost", "AR", "LineString", river),
    )
    return tuple(sorted(made, key=lambda feature: feature["id"]))


# -- articles and events -----------------------------------------------------------------------


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


ORIGINAL = (
    "{A} and {B} traded heavy fire for a third day on Tuesday, both governments said.",
    "The {A} defence ministry said its positions in Osk came under artillery fire, killing 3 soldiers.",
    "{B} denied those reports but confirmed fighting through the night around Velm.",
    "{B}'s army said {A} troops were pushing in the direction of Sarn, as well as Hadj.",
    "{A} said it had taken the village of Sarn, which {B} called untrue.",
    "Rockets struck Tirna, the {B} ministry said, and the Joint Monitors counted four impacts.",
    "Drones hit a column north of Marek, according to {B} officials.",
    "Shelling was heard 12 km from Dol.",
    "Both ministries accused each other of firing on the northern section of the border.",
    "In the Lomra district two civilians were killed, {A} said.",
    "Fighting was reported all along the line of separation.",
    "A convoy was ambushed between Velm and Marek, the Joint Monitors said.",
    "Upper Keld saw the heaviest clashes in years, {B} said.",
    "The Stone Bridge at Arl was destroyed by a missile, {A} said.",
    "Blasts were heard somewhere in Belmar.",
    "Shots were fired, {A} said, without naming a place.",
    "In 2019 dozens died in four days of battle at Kessa.",
    "The sides agreed a truce for Port Ilen harbour.",
    "Local radio spoke of fire at Zhurnak.",
    "{A} rejected the account of a push but said its guns had answered fire there.",
)
DIGEST = (
    "On 24 July the {A} army reported sporadic shelling in Tavin province.",
    "On 25 July {B} reported two houses hit in Osk.",
    "On 25 July {A} and {B} each reported that the other had opened fire at Osk.",
    "On 26 July the Joint Monitors reported quiet in Dol after one exchange of fire.",
    "On 26 July {A} reported a drone strike on the outskirts of Hadj; {B} denied it.",
    "Between 24 and 26 July {B} lost at least 5 soldiers, its ministry said.",
)

# Sentence, type, day, places (name, id, relation, extra), claims (stance, speaker, @sentence)
FIRST = (
    (0, "battle", 29, (("Upper Keld", "upper-keld", "in", {}),), "+A +B", {}),
    (
        1,
        "shelling/artillery",
        29,
        (("Osk", "osk", "in", {}),),
        "+A -B@2",
        {"figures": (("A", 3, None),)},
    ),
    (2, "battle", 28, (("Velm", "velm", "around", {}),), "+B", {}),
    (
        3,
        "battle",
        29,
        (("Sarn", "sarn", "direction", {}), ("Hadj", "hadj", "direction", {})),
        "+B -A@19",
        {},
    ),
    (4, "capture/territorial change", 29, (("Sarn", "sarn", "in", {}),), "+A -B", {}),
    (5, "missile strike", 28, (("Tirna", "tirna", "in", {}),), "+B +M", {}),
    (5, "missile strike", 29, (("Tirna", "tirna", "in", {}),), "+B", {}),
    (5, "shelling/artillery", 27, (("Tirna", "tirna", "in", {}),), "+A", {}),
    (6, "air/drone strike", 29, (("Marek", "marek", "bearing", {"bearing": "N"}),), "+B", {}),
    (7, "shelling/artillery", 28, (("Dol", "dol", "distance", {"distance_km": 12.0}),), "", {}),
    (
        8,
        "shelling/artillery",
        27,
        (("Tavin", "tavin-province", "section-of-border", {"part": ("N",)}),),
        "+A +B",
        {},
    ),
    (
        9,
        "violence against civilians",
        29,
        (("Lomra", "lomra-district", "in", {}),),
        "+A",
        {"figures": (("A", 2, None),)},
    ),
    (
        10,
        "battle",
        29,
        (("Upper Keld", "upper-keld", "along-line", {"shape_id": "front"}),),
        "",
        {},
    ),
    (
        11,
        "violence against civilians",
        30,
        (("Velm", "velm", "between", {"other_place_id": "marek"}),),
        "+M",
        {},
    ),
    (12, "battle", 30, (("Upper Keld", "upper-keld", "in", {}),), "+B", {}),
    (
        13,
        "missile strike",
        30,
        (("Stone Bridge at Arl", "stone-bridge", "in", {"precision": "exact"}),),
        "+A",
        {},
    ),
    (14, "other", 30, (("Belmar", "belmar", "in", {}),), "", {}),
    (15, "battle", 30, (), "+A", {}),
    (16, "battle", None, (("Kessa", "kessa", "in", {}),), "", {"background": True}),
    (17, "ceasefire/agreement", 30, (("Port Ilen", "port-ilen", "in", {}),), "", {}),
    (18, "shelling/artillery", 30, (("Zhurnak", "", "in", {}),), "", {}),
)
SECOND = (
    (0, "shelling/artillery", 24, (("Tavin", "tavin-province", "in", {}),), "+A", {}),
    (1, "shelling/artillery", 25, (("Osk", "osk", "in", {}),), "+B", {}),
    (2, "shelling/artillery", 25, (("Osk", "osk", "in", {}),), "+A +B", {}),
    (3, "battle", 26, (("Dol", "dol", "in", {}),), "+M", {}),
    (4, "air/drone strike", 26, (("Hadj", "hadj", "outskirts", {}),), "+A -B", {"reviewed": True}),
    (
        5,
        "battle",
        24,
        (("Belmar", "belmar", "in", {}),),
        "+B",
        {"date_end": day(26, 7), "figures": (("B", 5, "at least"),)},
    ),
)

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
