"""Hostile text in every field of the records stays text in the browser."""

import json
import re

import msgspec
import pytest

from geo.leaflet import render
from geo.model import Actor, Claim, Figure, Name, Pack, Problem, Rival, Source
from geo.wording import shown
from tests.hostile import HOSTILE
from tests.page_browser import DESKTOP, PHONE, chromium, everything_on, opened, page_files
from tests.page_fixture import page
from tests.page_story import day
from tests.page_world import CITE

pytestmark = pytest.mark.browser
replace = msgspec.structs.replace
browser = pytest.fixture(scope="module")(chromium)
files = pytest.fixture(scope="module")(page_files)
META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


TRIPWIRE = """
window.passed = [];
const createHTML = text => { window.passed.push(text); return text; };
trustedTypes.createPolicy('default', {createHTML});
"""


def test_no_markup_string_is_ever_made_by_us(browser, files):
    policy = "require-trusted-types-for 'script'; default-src 'none'"
    text = render(page()).replace("default-src 'none'", policy, 1)
    with opened(browser, files("typed", text), scripts=[TRIPWIRE]) as tab:
        everything_on(tab)
        tab.evaluate(WALK)
        passed = set(tab.evaluate("window.passed"))
    allowed = re.compile(r"<svg/>|<span aria-hidden=\"true\">(.|&#x2212;)</span>|\d+ k?m")
    assert not [markup for markup in passed if not allowed.fullmatch(markup)]


def hostile_page():
    """Forty reports: in each, every field of text holds another of the forty hostile strings."""
    base = page()
    reading = base.readings[0]
    spot = next(e for e in reading.events if len(e.claims) == 2 and e.figures)
    every = len(HOSTILE)
    at = lambda n: HOSTILE[n % every]  # noqa: E731
    readings, places, features = [], [], []
    for n in range(every):
        said = at(n)
        article = replace(
            reading.article,
            id=f"a{n}-{at(n + 1)}",
            text=said,
            sha256=at(n + 2),
            title=at(n + 3),
            publisher=at(n + 4),
            author=at(n + 5),
            url=at(n + 6),
            language=at(n + 7)[:20],
            sentences=(),
            text_kind="digest" if n % 2 else "original",
        )
        template = next(p for p in base.places if p.id == "tirna")
        places.append(
            replace(
                template,
                id=f"p{n}-{at(n + 8)}",
                label=at(n + 9),
                feature=replace(template.feature, word=at(n + 10)),
                names=tuple(
                    Name(
                        text=at(n + 11 + k),
                        language=language,
                        script="Latn",
                        status="official",
                        source=CITE,
                        user=at(n + 12),
                    )
                    for k, language in enumerate(("xa", at(n + 13)[:15]))
                ),
            )
        )
        where = tuple(
            replace(
                p,
                place=at(n + 14),
                place_id=places[-1].id,
                start=0,
                end=len(said),
                bearing=at(n + 15),
                part=(at(n + 16),),
                relation=("in", "bearing", "part-of", "section-of-border")[n % 4],
            )
            for p in spot.places
        )
        claims = tuple(
            Claim(
                stance=stance,
                claimant=at(n + 17 + k),
                claimant_id=f"b{n % 3}",
                speaker=at(n + 18),
                verb=at(n + 19),
                hedge=at(n + 20),
                start=0,
                end=len(said),
            )
            for k, stance in enumerate(("asserts", "denies"))
        )
        figures = (
            Figure(
                killed=1,
                side=at(n + 21),
                bound=at(n + 22),
                claimed_by=(at(n + 23),),
                start=0,
                end=1,
            ),
        )
        event = replace(
            spot,
            id=f"e{n}-{at(n + 24)}",
            article_id=article.id,
            places=where,
            claims=claims,
            figures=figures,
            start=0,
            end=len(said),
            date_text=at(n + 25),
            date_rule=at(n + 26),
            reasons=(at(n + 27),),
        )
        old = reading.resolutions[0]
        resolution = replace(
            old,
            mention=replace(old.mention, start=0, end=max(1, len(said)), text=at(n)),
            place_id=places[-1].id,
            label=at(n),
            reasons=(at(n + 28),),
            role_reason=at(n + 29),
            rivals=(Rival(place_id=at(n + 30), score=0.1, reasons=(at(n + 31),)),),
        )
        readings.append(
            replace(reading, article=article, events=(event,), resolutions=(resolution,))
        )
        feature = next(f for f in base.layers[0].features if f.event_id == spot.id)
        features.append(
            replace(
                feature,
                event_id=event.id,
                place=where[0],
                choices=(at(n + 32),),
                lat=39.0 + n / 20,
                lon=-151.0 + (n % 7) / 2,
            )
        )
    outlines = []
    for n, row in enumerate(base.outlines):
        properties = {
            **row["properties"],
            "name": HOSTILE[n],
            "country": HOSTILE[n + 10],
            "from": HOSTILE[n + 20],
        }
        outlines.append({**row, "properties": properties})
    return replace(
        base,
        readings=tuple(readings),
        places=tuple(places),
        layers=(replace(base.layers[0], features=tuple(features)),),
        title=" ".join(HOSTILE[:5]),
        subtitle=HOSTILE[7],
        gazetteer_digest=HOSTILE[2],
        version=HOSTILE[3],
        outlines=tuple(outlines),
        actors=tuple(
            Actor(id=f"b{n}", label=HOSTILE[n + 2], kind="state", group=HOSTILE[n + 4])
            for n in range(3)
        ),
        packs=tuple(
            Pack(id=f"k{n}", title=text, licence=text, bbox=(0, 0, 1, 1), parties=("b0", "b1"))
            for n, text in enumerate(HOSTILE)
        ),
        sources=tuple(
            Source(id=f"s{n}", citation=text, credit=text, licence=text, url=text, retrieved=day(1))
            for n, text in enumerate(HOSTILE)
        ),
        problems=tuple(
            Problem(code="x", message=text, where=text, remedy=text) for text in HOSTILE
        ),
    )


NODES = """() => Object.fromEntries(
  'script style img iframe object embed math form base link'.split(' ')
    .map(tag => [tag, document.querySelectorAll(tag).length]))"""
WALK = """async () => {
  const seen = [];
  const bad = new Set();
  const look = () => {
    for (const a of document.querySelectorAll('a[href]:not(#skips a, .leaflet-control a)')) {
      if (!/^https?:$/.test(a.protocol)) bad.add(a.href);
    }
    for (const element of document.querySelectorAll('*')) {
      for (const {name} of element.attributes) if (/^on/i.test(name)) bad.add(name);
    }
    if (document.documentElement.scrollWidth > innerWidth) bad.add('sideways');
  };
  document.querySelector('.card').click();
  for (;;) {
    for (const details of document.querySelectorAll('details')) details.open = true;
    seen.push([...document.querySelectorAll('.event .said')].map(said => said.textContent));
    look();
    const next = document.querySelectorAll('.step')[1];
    if (next.disabled) break;
    next.click();
  }
  for (const token of [...document.querySelectorAll('.token')]) {
    token.click();
    look();
  }
  document.querySelector('#to-table').click(); look();
  const languages = document.querySelector('#language');
  for (const option of languages.options) {
    languages.value = option.value;
    languages.dispatchEvent(new Event('change'));
  }
  look();
  document.querySelector('#about-open').click();
  for (const d of document.querySelectorAll('details')) d.open = true;
  look();
  return {seen, bad: [...bad], ran: window.ran || 0};
}"""


@pytest.mark.parametrize(("policy", "size"), [("policy on", PHONE), ("policy removed", DESKTOP)])
def test_hostile_text_stays_text(browser, files, policy, size):
    text = render(hostile_page())
    if policy == "policy removed":
        text, removed = META_POLICY.subn("", text)
        assert removed == 1
    counter = "window.X = () => { window.ran = (window.ran || 0) + 1; };"
    with opened(browser, files("page"), size=size) as tab:
        benign = tab.evaluate(NODES)
    with opened(browser, files(f"hostile {policy}", text), size=size, scripts=[counter]) as tab:
        walked = tab.evaluate(WALK)
        assert walked["ran"] == 0
        assert walked["bad"] == []
        assert len(walked["seen"]) == len(HOSTILE)
        texts = {said for all_said in walked["seen"] for said in all_said}
        assert texts == {shown(string) for string in HOSTILE}
        assert tab.evaluate(NODES) == benign


def test_block_holds_what_the_records_hold():
    block = re.search(r'id="data">(.*?)</script>', render(hostile_page()), re.DOTALL)[1]
    texts = json.loads(block)["texts"]
    assert [t for t in texts if t] == [shown(string) for string in HOSTILE if shown(string)]
