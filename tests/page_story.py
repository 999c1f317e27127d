"""What two invented articles tell, and which events a reader should find in them."""

from __future__ import annotations

import datetime as dt


def day(number, month=9):
    return dt.date(2031, month, number)


ORIGINAL = (
    "{A} and {B} traded heavy fire for a third day on Tuesday, both governments said.",
    "The {A} defence ministry said its post in Osk came under artillery fire, killing 3 soldiers.",
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
