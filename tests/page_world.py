"""Invented geography in open ocean: two states, their places, lines and display outlines."""

from __future__ import annotations

import math

from geo.model import Cite, FeatureType, Location, Name, Place

CITE = Cite(source="invented")


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
        (
            ("Tirna", "xa", "ardova"),
            ("Tyrnavan", "xb", "belmar"),
            ("Тирна", "ru", ""),
            ("Tirnah", "und", ""),
        ),
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
