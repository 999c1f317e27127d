import math

import msgspec
import pytest

from geo.leaflet.parties import HUES, THIRD, THIRD_HUE, VOICE, VOICE_HUE, Parties
from geo.model import Actor, Claim, Pack
from tests.page_fixture import page

replace = msgspec.structs.replace


ACTORS = (
    Actor(id="front", label="Front", kind="armed group", group="rebels"),
    Actor(id="rebels", label="Rebels", kind="de facto authority"),
    Actor(id="b-army", label="B army", kind="armed group", group="b"),
    Actor(id="b", label="B", kind="state"),
    Actor(id="a", label="A", kind="state"),
    Actor(id="c", label="C", kind="state"),
    Actor(id="loop", label="Loop", kind="body", group="loop"),
    Actor(id="watch", label="Watch", kind="observer"),
)


def told(*speakers, acting=()):
    """One event that these speak of and those act in."""
    claims = tuple(
        Claim(stance="asserts", claimant=s, claimant_id=s, start=0, end=1) for s in speakers
    )
    event = page().readings[0].events[0]
    return (replace(event, claims=claims, actors=acting),)


def test_parties_that_a_pack_names():
    packs = (Pack(id="p", title="p", bbox=(0, 0, 1, 1), licence="x", parties=("b", "a", "gone")),)
    parties = Parties(ACTORS, packs, told("b-army", "watch", "c", "front", "loop", acting=("C",)))
    said = {
        key: parties.group(Claim(stance="asserts", claimant="?", claimant_id=key, start=0, end=1))
        for key in ("a", "b", "b-army", "c", "watch", "loop", "front", "", "unheard-of")
    }
    third = dict.fromkeys(("c", "watch", "loop", "", "unheard-of"), THIRD)
    assert said == {"a": "a", "b": "b", "b-army": "b", "front": "rebels"} | third
    rows = {row["id"]: row for row in parties.rows()}
    assert list(rows) == ["a", "b", "rebels", THIRD, VOICE]
    assert rows["b"]["members"] == ["B", "B army"]
    assert rows["rebels"]["label"] == "Rebels"
    assert [rows[key]["hue"] for key in ("a", "b", "rebels")] == list(HUES[:3])
    assert parties.ordered([VOICE, "b", THIRD, "b", "a"]) == ["a", "b", THIRD, VOICE]
    assert parties.both(["a", "b"])
    assert not parties.both(["a", "rebels"])


def test_parties_where_no_pack_names_any():
    parties = Parties(ACTORS, (), told("c", "a", "watch", acting=("C", "B")))
    # c speaks and acts; a only comments; b acts without a word
    assert [row["id"] for row in parties.rows()] == ["c", THIRD, VOICE]


# -- colours -----------------------------------------------------------------------------------


def linear(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(rgb):
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(a, b):
    high, low = sorted((luminance(linear(a)), luminance(linear(b))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix]
    f = [
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


MACHADO = {  # severity 1.0, Machado, Oliveira and Fernandes 2009
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen(colour, kind):
    rgb = linear(colour)
    return lab(
        [min(1, max(0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in MACHADO[kind]]
    )


def test_the_two_party_hues_weigh_the_same_and_stay_apart():
    first, second = HUES[:2]
    assert abs(lab(linear(first))[0] - lab(linear(second))[0]) <= 2
    for kind in MACHADO:
        assert math.dist(seen(first, kind), seen(second, kind)) >= 30, kind


@pytest.mark.parametrize("hue", [*HUES, THIRD_HUE, VOICE_HUE])
def test_hues_are_legible_on_every_ground(hue):
    for ground in ("#ffffff", "#faf8f3", "#efece4", "#dfe8ec"):
        assert contrast(hue, ground) >= 3
    assert contrast(hue, "#ffffff") >= 4.5  # chips write in it
