"""What the blocks of a text are, and where its sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import segments, sentences
from geo.text.sentences import LONGEST

BODY = "The ministry said on Monday that shells had fallen on two villages near the river."
MORE = "Officials on the other side denied it and said that their guns had been silent all day."


def kinds(text, **options):
    return [(s.kind, text[s.start : s.end]) for s in segments(text, **options)]


def kind_of(line, before=(), after=(BODY, MORE, BODY + " " + MORE, MORE + " " + BODY)):
    """Kind of ``line`` in a text with these paragraphs around it."""
    text = "\n\n".join([*before, line, *after])
    return next(kind for kind, part in kinds(text) if part == line)


def split(text):
    return [text[s.start : s.end] for s in sentences(text, segments(text))]


def test_a_news_page_from_top_to_bottom():
    text = (
        "Published: 11:40, May 3, 2021 | Updated: 15:44, June 5, 2023\nPDF View\n"
        "Guns fall silent at the river\nBy Ann Other in Riverton\n\n"
        f"In this photo a bridge is seen after shelling. (PHOTO / AP)\n\n{BODY}\n\n"
        f"READ MORE: Why the river matters\n\nTalks in vain\n\n{MORE}\n\n"
        "Agencies contributed to the story.\n\nann@example.org"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "header", "header", "title", "byline", "caption", "paragraph", "link", "heading",
        "paragraph", "footer", "footer",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ALSO READ: Neighbours reject talks as conflict spreads", "link"),
        ("See also: Fighting in the hills", "link"),
        ("https://example.org/news/1", "link"),
        ("Advertisement", "link"),
        ("(Reporting by A. Other; Editing by B. Else)", "footer"),
        ("(Writing by A. Other in Riverton)", "footer"),
        ("HEAVIEST LOSSES", "heading"),
        ("Talks in vain", "heading"),
        ("1. Riverton, 21 Nov, morning (H)", "heading"),
        ("## Reactions of the neighbours", "heading"),
        ("Smoke rises over the bridge on Monday. (Reuters)", "caption"),
        ("Pictured: smoke over the bridge", "caption"),
        ("A man walks past a burnt-out lorry in the main street of Riverton", "caption"),
        ("How did it begin?", "paragraph"),
        ("- a school near the bridge, hit twice;", "paragraph"),
        ("They listed four places:", "paragraph"),
        ("Related: on Monday the army shelled the town and two people were killed.", "paragraph"),
        ("Reporting by the mission shows that the army shelled the town.", "paragraph"),
        ("By Monday the army had shelled the town.", "paragraph"),
        ("As of 3 May 2021, twelve people had been killed in the town.", "paragraph"),
        ("Published reports on 3 May 2021 said that the town was shelled.", "paragraph"),
        ("(The army maintains that those bombs hit only trees.)", "paragraph"),
        ("Source of the fire was the hill, he said, which the army holds.", "paragraph"),
    ],
)
def test_a_line_inside_the_body(line, kind):
    assert kind_of(line, before=(BODY + " " + BODY,)) == kind


def test_a_sentence_above_or_below_all_others_is_read():
    for line in (
        "As of 3 May 2021, twelve people had been killed in the town.",
        "Updated figures on 3 May 2021 put the dead at twelve people in two villages.",
    ):
        assert kind_of(line) == "paragraph"
        assert kind_of(line, before=(BODY, MORE, BODY + MORE), after=()) == "paragraph"


def test_the_source_line_is_a_footer_only_at_the_end():
    line = "Source: Example World and agencies"
    assert kind_of(line, before=(BODY, MORE), after=()) == "footer"
    assert kind_of(line, before=(), after=(BODY, MORE, BODY, MORE, BODY)) != "footer"


def test_of_two_copies_the_one_with_credit_or_stop_is_kept():
    caption = "Soldiers take up positions at the bridge in Riverton on May 3, 2021."
    text = f"{BODY}\n\n{caption}\n{caption} (AP)\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "repeat", "caption", "paragraph"]
    text = f"{MORE}\n\n{BODY[:-1]}\n\n{MORE} {MORE}\n\n{BODY}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "repeat", "paragraph", "paragraph"]


def test_a_pull_quote_is_a_repeat_even_in_capitals():
    quote = "“SHELLS HAD FALLEN ON TWO VILLAGES,” THE MINISTRY SAID"
    body = "“Shells had fallen on two villages,” the ministry said. Nobody could confirm it."
    assert kind_of(quote, before=(MORE,), after=(body,)) == "repeat"


def test_a_short_sentence_said_twice_is_read_twice():
    line = "No casualties were reported there."
    text = f"{BODY}\n\n{line}\n\n{MORE}\n\n{line}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 4


def test_headlines_alone_are_read_as_paragraphs():
    text = "Shells hit Riverton\nTwo dead in Hilltown\nCapital denies attack"
    assert [kind for kind, _ in kinds(text)] == ["paragraph"] * 3


def test_days_of_a_live_blog_are_headings_and_one_date_line_is_a_header():
    blog = f"LIVE: FIGHTING\n\nTuesday, May 4\n\n21:12 {BODY}\n\nMonday, May 3\n\n10:00 {MORE}"
    assert [k for k, _ in kinds(blog)] == ["title", *["heading", "paragraph"] * 2]
    page = f"PRESS SERVICE OF THE MINISTRY\nRiverton, May 3, 2021, 09:40\n\n{BODY}"
    assert [k for k, _ in kinds(page)] == ["title", "header", "paragraph"]


def test_the_known_title_is_found_and_a_text_may_have_none():
    assert kinds(f"{BODY}\nQuiet Day\n{MORE}", title="Quiet day")[1][0] == "title"
    assert "title" not in {kind for kind, _ in kinds(f"{BODY}\n\n{MORE}")}


def test_lines_wrapped_by_hand_are_put_together():
    text = (
        "The ministry said on Monday that shells had fallen on two\n"
        "villages near the river and that nobody had been hurt. It\n"
        "blamed the other side. Officials there denied the report\n"
        "and said that no gun had been fired on that day, and that\n"
        "the ministry was wrong.\n\n"
        "A monitor heard two explosions. It could not say from where\n"
        "they came.\n"
    )
    assert len(segments(text)) == 2
    assert split(text)[1].replace("\n", " ") == "It blamed the other side."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end_ends_a_block(end):
    text = f"{BODY}{end}{end}{MORE}"
    assert [part for _, part in kinds(text)] == [BODY, MORE]


@pytest.mark.parametrize(
    "text",
    [
        "Maj. Gen. J. R. Smith and Lt. Col. Jones of the U.S. Army met in St. Petersburg.",
        "Fighting began on Sept. 29 at 6 p.m. Monday, e.g. near No. 5 post.",
        "The U.N. Security Council met at 6 p.m. Riverton time.",
        "It fell 3.5 km from the town at 10.30 on the 4.5.2021 map.",
        '"We will win!" he said.',
        "“Turkey will stand with … Azerbaijan,” he said.",
        "He was killed; she was not; they fled.",
        "“Who fired at us?” Mayor Jane Smith asked.",
        "1. Riverton, morning",
        "Soldiers at the bridge on May 3, 2021. (AP)",
        "Write to press@ministry.Gov or see www.Example.org for it.",
    ],
)
def test_one_sentence(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Two died. Four fled.", ["Two died.", "Four fled."]),
        ("He left the U.S. The army stayed.", ["He left the U.S.", "The army stayed."]),
        ("It ended at 6 p.m. Shelling began at 7.", ["It ended at 6 p.m.", "Shelling began at 7."]),
        ('"We won." The army left.', ['"We won."', "The army left."]),
        ("It fell in 2016. In 2020 it rose.", ["It fell in 2016.", "In 2020 it rose."]),
        ("They must leave.The office said so.", ["They must leave.", "The office said so."]),
        ("They waited… Nobody came.", ["They waited…", "Nobody came."]),
        ("Who fired? 12 shells fell.", ["Who fired?", "12 shells fell."]),
        ("It fell.[12] They deny it.[a]", ["It fell.[12]", "They deny it.[a]"]),
        ("It fell. (They deny it.)", ["It fell.", "(They deny it.)"]),
        ("Two died. • Four fled", ["Two died.", "• Four fled"]),
        ("Two died\nFour fled", ["Two died", "Four fled"]),
    ],
)
def test_several_sentences(text, parts):
    assert split(text) == parts


WORDS = st.sampled_from(
    ["Gen.", "shells", "fell", "near", "3.5", "U.S.", "Monday.", "“We", "won.”", "(AP)", "…", "\n",
     "\r\n", "\n\n", "READ MORE:", "•", "Published:", "May 3, 2021", "\u00a0", "x" * 50, "?!"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join)))
def test_segments_and_sentences_hold_every_character_once(text):
    found = segments(text)
    covered = set()
    behind = 0
    for segment in found:
        assert behind <= segment.start < segment.end <= len(text)
        assert text[segment.start : segment.end] == text[segment.start : segment.end].strip()
        behind = segment.end
        covered.update(range(segment.start, segment.end))
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
    behind = 0
    inside = set()
    for number, sentence in enumerate(sentences(text, found)):
        segment = found[sentence.segment]
        assert sentence.index == number
        assert sentence.kind == segment.kind
        assert max(behind, segment.start) <= sentence.start < sentence.end <= segment.end
        assert text[sentence.start : sentence.end].strip()
        behind = sentence.end
        inside.update(range(sentence.start, sentence.end))
    assert all(text[i].isspace() for i in covered - inside)


@pytest.mark.parametrize(
    "piece",
    ["A", ".", "a@", "(", '"', "1", "May ", "3 May 2021\n", "Gen. ", "6 p.m. ", "word now here\n",
     "•  ", "# ", "\u0301", f"{BODY}\n", "a" + " " * 99],
)  # fmt: skip
def test_long_texts_of_one_piece_end(piece):
    """A text a hundred times longer than a report: were any step quadratic, this would not end."""
    text = piece * (300_000 // len(piece))
    found = sentences(text, segments(text))
    assert all(0 <= s.start < s.end <= len(text) for s in found)


@pytest.mark.parametrize(
    "text",
    ["word " * 3_000, "x" * 100_000, "Tarn, " * 10_000, "One. " + "on the night " * 3_000,
     "a" * 1_999 + " b", "a" * 2_001, "ab " * 667 + "cd"],
)  # fmt: skip
def test_no_sentence_is_longer_than_the_longest(text):
    parts = split(text)
    assert max(map(len, parts)) <= LONGEST
    assert all(part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    if max(map(len, text.split())) <= LONGEST:  # no word is cut that fits into a sentence
        assert " ".join(parts).split() == text.split()


@pytest.mark.parametrize("mark", ["\u2066", "\u2069", "\u200f", "\ufeff"])
def test_a_sentence_ends_before_a_mark_that_nobody_sees(mark):
    assert len(split(f"{BODY}{mark} {mark}{MORE}")) == 2
