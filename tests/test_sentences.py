# ruff: noqa: E501 - one line a case
"""Sentences with the place that each name means and the part it plays. Ids, never names.

One line a case: sentence | name = id (or "unknown") role, ... | why it is hard. "none" stands for a
sentence without a place. Roles: site (an event may rest on it), place (it may not), party, dateline.
"""

import pytest

from geo.articles import article_from_text
from geo.gazetteer import load_gazetteer
from geo.mentions import find_mentions
from geo.places import resolve_places
from geo.roles import assign_roles

CASES = """
Fighting was reported near Hadrut. | Hadrut = hadrut site | the plain case
The shelling of Ganja killed nine people. | Ganja = ganja site | a noun of violence leads to the site
GANJA FELL SILENT. | GANJA = ganja site | a headline in capitals
Troops entered Xankəndi. | Xankəndi = stepanakert site | a name with letters outside ASCII
Armenia's army shelled Terter. | Armenia = armenia party, Terter = tartar site | the owner acts, the object is the site
Armenia-backed forces held the town of Lachin. | Armenia = armenia party, Lachin = lachin site | a hyphen makes it a party
A London-based analyst disagreed. | London = london place | a hyphen that leaves it a place
The Armenia-Azerbaijan border was quiet. | Armenia = armenia place, Azerbaijan = azerbaijan place | two names of one line, no party
Clashes between Armenia and Azerbaijan went on. | Armenia = armenia party, Azerbaijan = azerbaijan party | belligerents
The road between Goris and Lachin was cut. | Goris = goris site, Lachin = lachin site | "between" of a road
Troops shelled Tokmak in Ukraine on Monday. | Tokmak = unknown site, Ukraine = ukraine place | a namesake in a country that nobody named
South Sudan's army fought rebels in Juba. | South Sudan = south-sudan party, Juba = juba site | the longest name wins
Moscow urged both sides to stop. | Moscow = moscow party | a capital as subject
Three people were hurt in Moscow. | Moscow = moscow site | the same capital as a place
Moscow, which brokered the truce, said nothing. | Moscow = moscow party | a relative clause before the verb
Russia and Turkey both denied it. | Russia = russia party, Turkey = turkey party | one verb for a list
Azerbaijan is a country in the South Caucasus. | Azerbaijan = azerbaijan place, South Caucasus = south-caucasus place | a definition, not an act
Turkey borders Armenia. | Turkey = turkey place, Armenia = armenia place | a verb that says where
The president of Azerbaijan spoke. | Azerbaijan = azerbaijan party | an office of the state
President Jane Doe of Azerbaijan spoke. | Azerbaijan = azerbaijan party | the office stands before the person
Baku, the capital of Azerbaijan, was calm. | Baku = baku site, Azerbaijan = azerbaijan place | "capital of" leads to a container
Tovuz in Azerbaijan came under fire. | Tovuz = tovuz site, Azerbaijan = azerbaijan place | the container after the site
Shells fell in Azerbaijan's Tovuz district. | Azerbaijan = azerbaijan place, Tovuz = tovuz-district site | owner of a district
Shells fell in the Tovuz district. | Tovuz = tovuz-district site | the word after it decides the kind
Shells fell on the city of Fizuli. | Fizuli = fuzuli site | the word before it decides the kind
They shelled Seysulan and Talish in Tartar. | Seysulan = seysulan site, Talish = talish site, Tartar = tartar-district place | a district after its villages
Shells fell in Tavush region. | Tavush = tavush-province site | a province, not the village of that name
A blast shook Paris. | Paris = paris site | a capital before its namesakes
Officials in Yerevan said the town of Jermuk was hit. | Yerevan = yerevan place, Jermuk = jermuk site | where speakers sit
A spokesman in Stepanakert said so. | Stepanakert = stepanakert place | nothing happened there
By Jane Doe in Tbilisi | Tbilisi = tbilisi dateline | a byline
BEIRUT Government forces retook Palmyra. | BEIRUT = beirut dateline, Palmyra = palmyra site | a dateline without a stop
KYIV, March 3 - Shelling hit Kharkiv. | KYIV = kyiv dateline, Kharkiv = kharkiv site | a dateline with a date
The Minsk Group met. | none | a name inside a body's name
The Minsk agreements failed. | none | a name inside an agreement's name
He fought in the Battle of Shusha. | none | a name inside a battle's name
The Karabakh conflict is old. | none | a name inside a conflict's name
The Washington Post reported it. | none | a newspaper
Jordan denied that Jordan was hit. | Jordan = jordan party, Jordan = jordan party | a country that is a given name too
Jordan Smith said he was safe. | none | a country as a given name
The writer Jack London was named. | none | a capital as a surname
An envoy for the South Caucasus arrived. | none | the remit of an office
Armenian and Azerbaijani troops clashed. | none | adjectives
We could march for hours. Let us turkey hunt. | none | lower case is no name
Talks were held in New York. | New York = new-york site | the longer name wins
Gunmen raided the village of Zorvabad. | Zorvabad = unknown site | named as a village
Gunmen raided Zorvabad, 12 km east of Ganja. | Zorvabad = unknown site, Ganja = ganja place | a distance follows the new name
They took Zorvabad, Mirvan and Talish. | Zorvabad = unknown site, Mirvan = unknown site, Talish = talish site | a list with a known place
Shelling hit Melkan district. | Melkan = unknown site | a district that no list holds
Smoke rose over the Orvan plant. | Orvan plant = unknown site | the word for the kind belongs to the name
Fighting was reported in January. | none | a month after a preposition of place
The clash occurred 300 kilometres from Nagorno-Karabakh. | Nagorno-Karabakh = nagorno-karabakh site | a distance is all that places it
If Jermuk falls, the road is lost. | Jermuk = jermuk place | a condition
There was no firing at Jermuk. | Jermuk = jermuk place | a denied event
Jermuk was not hit. | Jermuk = jermuk place | a denied event after the name
Madagiz was renamed to Sugovushan. | Madagiz = madagiz site, Sugovushan = madagiz place | spoken of as a name
Residents fled to Goris. | Goris = goris place | an aim of flight
Drones from Ganja crossed the line. | Ganja = ganja place | an origin
They fired from Jermuk to Goris. | Jermuk = jermuk site, Goris = goris site | both ends of a range
Footage from Hadrut was published. | Hadrut = hadrut place | a picture, not an event
READ MORE: Fighting in Hadrut goes on | Hadrut = hadrut place | a link to another story
Armenia withdrew from the Middle East talks. | Armenia = armenia party, Middle East = middle-east place | a macro-region is no site
"""


def cases():
    for line in CASES.strip().splitlines():
        sentence, expected, why = line.rsplit(" | ", 2)
        yield pytest.param(sentence, expected, id=why)


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer("caucasus", "world")


def read(sentence, gazetteer):
    article = article_from_text(sentence)
    mentions = find_mentions(article, gazetteer)
    return assign_roles(article, resolve_places(article, mentions, gazetteer), gazetteer)


def told(resolution):
    part = {"metonym": "party", "dateline": "dateline"}.get(resolution.role)
    part = part or ("site" if resolution.may_be_site else "place")
    return f"{resolution.mention.text} = {resolution.place_id or 'unknown'} {part}"


@pytest.mark.parametrize(("sentence", "expected"), list(cases()))
def test_sentence(sentence, expected, gazetteer):
    found = ", ".join(told(resolution) for resolution in read(sentence, gazetteer))
    assert (found or "none") == expected


def test_every_resolution_has_a_reason(gazetteer):
    for case in cases():
        for resolution in read(case.values[0], gazetteer):
            assert resolution.role_reason
            assert resolution.reasons
