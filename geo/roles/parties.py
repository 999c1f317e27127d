"""Rules that say whether a name stands for a state, an army or a people, or for the place itself.

Each rule gives (True, reason) for a party, (False, reason) for the place, None where it has no say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.roles.context import Setting

    Verdict = tuple[bool, str] | None

_LONGEST_UNKNOWN = 4
_HYPHENS = frozenset(("-", "\u2010", "\u2011"))
_BE = frozenset(("is", "are", "was", "were"))
_STOPS = frozenset(("of", "to", "for", "from", "on", "and", "by"))
_ADVERBS = frozenset(
    ("also", "again", "both", "now", "then", "later", "earlier", "yesterday", "today", "still",
     "always", "never", "already", "meanwhile", "reportedly", "repeatedly", "immediately",
     "itself", "however", "once", "long", "since", "itself")
)  # fmt: skip


def _direction(at: int, setting: Setting) -> Verdict:
    """Read "northern X": a part of the country, so the country is meant."""
    word = setting.word(setting.first[at] - 1, at)
    if word in setting.words["exact_parts"] and not setting.around.capital[setting.first[at] - 1]:
        return False, f"'{word}' part of it"
    return None


def _joined(at: int, setting: Setting) -> Verdict:
    """Read "X-backed", "pro-X", "X-based"."""
    if setting.gap_after(at).strip('”"’') in _HYPHENS:
        suffix = setting.own_after(at)
        if suffix in setting.words["acting_suffixes"]:
            return True, f"joined to '-{suffix}'"
        if suffix in setting.words["located_suffixes"]:
            return False, f"joined to '-{suffix}'"
    if setting.around.gap(setting.first[at]) in _HYPHENS:
        prefix = setting.word(setting.first[at] - 1, at)
        if prefix in setting.words["acting_prefixes"]:
            return True, f"joined to '{prefix}-'"
    return None


def _possessive(at: int, setting: Setting) -> Verdict:
    """Read "X's army" acts, "X's north" and "X's capital Y" do not."""
    if not setting.owns(at):
        return None
    if setting.government(at).word in {"near", "outside", "inside", "around"}:
        return False, "beside what it owns"
    owned = setting.owned(at)
    for step, word in enumerate(owned):
        if setting.last[at] + 1 + step in setting.at_word:
            break
        if word in _STOPS or word in setting.words["locative"]:
            break
        if word in setting.words["qualities"]:
            continue
        if word in setting.words["terrain"]:
            return False, f"'{word}' of it: a part of the place"
        if word in setting.words["institutions"]:
            large = setting.acts(at) or setting.names[at].kind in {"region", "province"}
            return large, f"'{word}' of it"
    if setting.acts(at) and not setting.is_capital(at):
        named = setting.last[at] + 1 in setting.at_word
        return (False, "it holds the place after it") if named else (True, "it owns what follows")
    return False, "a place owns what follows"


def _office(at: int, setting: Setting) -> Verdict:
    """Read "president of X", "the army of X"."""
    word, before, _, where = setting.government(at)
    if word != "of":
        return None
    large = setting.acts(at) or setting.names[at].kind in {"region", "province", "district"}
    if before in setting.words["acting_of"] and large:
        return True, f"the '{before}' of it"
    titles = [setting.word(where - step, at) for step in range(2, 5)]
    if large and before not in setting.words["container_of"] and setting.around.capital[where - 1]:
        for title in titles:
            if title in setting.words["acting_of"]:  # "President Given Surname of X"
                return True, f"the '{title}' of it"
    return False, f"'{before} of' it"


def _modifier(at: int, setting: Setting) -> Verdict:
    """Read "X forces", "X officials": the name stands before what it sends."""
    if setting.gap_after(at) not in {" ", "” ", '" '} or setting.around.opens_line(
        setting.last[at]
    ):
        return None
    word, step = setting.own_after(at), 0
    if word in {"and", "or"}:  # "US and Zlandian troops"
        word, step = setting.own_after(at, 2), 2
        adjective = setting.last[at] + 1
        named = not word or adjective in setting.at_word or not setting.around.capital[adjective]
        if named or word not in setting.words["institutions"]:
            return None
    short = setting.names[at].mention.text.replace(".", "").isupper()
    if not step and short and setting.names[at].kind == "country" and _is_noun(word, at, setting):
        return True, f"'{word}' of it"
    titled = setting.around.capital[setting.last[at]] and word in setting.words["ranks"]
    sends = word in setting.words["institutions"] and word not in setting.words["acting_verbs"]
    if not (sends or (titled and setting.names[at].kind == "country")):
        return None
    large = setting.names[at].kind in {"country", "region", "province"}
    if large or setting.names[at].place_id in setting.actors:
        return True, f"'{word}' of it"
    return None


def _is_noun(word: str, at: int, setting: Setting) -> bool:
    """Say whether a word after "US" is what it has: in lower case, no verb and no small word."""
    words = setting.words
    lower = word.isalpha() and not setting.around.capital[setting.last[at]]
    if not lower or word in _ADVERBS or word in _PARTICLES or _looks_finite(word):
        return False
    lists = ("acting_verbs", "speech", "locative", "stative")
    return not any(word in words[verbs] for verbs in lists)


_PARTICLES = frozenset(
    ("of", "to", "for", "from", "with", "by", "on", "and", "or", "but", "as", "that", "which",
     "who", "when", "while", "if", "than", "not", "s", "it", "they", "after", "before", "until",
     "since", "during", "because", "so", "nor", "yet", "whose", "last", "next", "this", "a", "an",
     "the")
)  # fmt: skip


def _border(at: int, setting: Setting) -> Verdict:
    """Read "the X-Y border", "the X border", "borders X"."""
    if setting.word(setting.first[setting.head[at]] - 1, at) in {
        "borders",
        "border",
        "bordering",
        "bordered",
    }:
        return False, "it lies beside another place"
    after = setting.after(at)
    tail = setting.tail[at]
    if setting.gap_after(tail) in _HYPHENS | {"–"} and setting.last[tail] in setting.at_word:
        other = setting.at_word[setting.last[tail]]
        after = setting.own_after(other)
    if after in setting.words["line_nouns"]:
        return False, "a line or way named by its ends"
    return None


def _with(at: int, setting: Setting) -> Verdict:
    """Read prepositions that lead to parties or lie beside places: "between", "with", "by"."""
    word, before, earlier, _ = setting.government(at)
    words = setting.words
    if word in {"between", "among"}:
        beyond = {setting.after(at, step) for step in range(1, 5)} & words["line_nouns"]
        bounded = setting.after(at) == "and" and setting.after(at, 1) == "the" and beyond
        if before in words["line_nouns"] or bounded or not setting.all_act(at):
            return False, "a line or way between places"
        return True, "between parties"
    if word in {"with", "against", "by", "versus", "alongside", "without"}:
        if before in words["line_nouns"] or "border" in earlier or before in _LINKING:
            return False, "beside another place"
        return (True, f"'{word}' it") if setting.acts(at) else (False, f"'{word}' a place")
    return None


_LINKING = frozenset(("linking", "connecting", "links", "connects", "bordering"))


def _toward(at: int, setting: Setting) -> Verdict:
    """Read "to", "from", "on", "for": the word before says whether to a party or a place."""
    word, before, earlier, _ = setting.government(at)
    words = setting.words
    if word not in {"to", "from", "on", "for"}:
        return None
    if word == "for" and before in words["violence"] and setting.names[at].kind != "country":
        return False, "what is fought for"
    heads = words[f"acting_{word}"]
    acting = before in heads or (earlier in heads and before not in words["travel"])
    if setting.acts(at) and acting:
        return True, f"'{before} {word}' it"
    if setting.acts(at) and word == "for" and before not in words["motion_for"]:
        return True, "'for' it"
    return False, f"'{word}' a place"


def _placed(at: int, setting: Setting) -> Verdict:
    """Read "in X", "near X": the place, but for "draw in X"."""
    word, before, *_ = setting.government(at)
    if word == "in" and before in setting.words["drawn_in"] and setting.acts(at):
        return True, f"'{before} in' it"
    return (False, f"'{word}' a place") if word in setting.words["locative"] else None


def _ally(at: int, setting: Setting) -> Verdict:
    """Read "its ally X", "regional powers X and Y"."""
    head = setting.first[setting.head[at]]
    if setting.acts(at) and setting.word(head - 1, at) in setting.words["allies"]:
        return True, "named as an ally, rival or power"
    return None


def _object(at: int, setting: Setting) -> Verdict:
    """Read "accused X", "urged X": what is done to states; "shelled X" is done to a place."""
    word, *_ = setting.government(at)
    if word in setting.words["strikes"] and setting.names[at].kind != "country":
        return False, f"what is '{word}'"  # a capital that is shelled is no government
    if word not in setting.words["objects"]:
        return None
    if setting.acts(at):
        return True, f"the object of '{word}'"
    return None


def _subject(at: int, setting: Setting) -> Verdict:
    """Read "X said", "X and Y have", "X, which is backing Y,"."""
    if not setting.acts(at):
        return None
    tail = setting.last[setting.tail[at]]
    gap, word = setting.gap_after(setting.tail[at]), setting.word(tail, at)
    if gap.startswith(",") and word in {"which", "who"}:
        tail += 1
    elif gap.startswith(",") and word == "whose":
        return True, "told what it has"
    elif gap not in {" ", "\u00a0"}:
        return None
    if setting.word(tail, at) in {"both", "its", "each"}:
        return True, "told what it does"
    if setting.word(tail, at) == "and" and (beside := _past_unknown(tail + 1, at, setting)):
        told = _verb(at, beside, setting)
        return told if told and told[0] else None
    while setting.word(tail, at) in _ADVERBS:
        tail += 1
    return _verb(at, tail, setting)


def _past_unknown(word: int, at: int, setting: Setting) -> int:
    """Give the word after "and Y" where no gazetteer has Y, 0 where that is none."""
    for step in range(_LONGEST_UNKNOWN):
        if word + step in setting.at_word or setting.clause_ends(word + step):
            return 0
        if not setting.word(word + step, at) or not setting.around.capital[word + step]:
            return word + step if step else 0
    return 0


def _verb(at: int, place: int, setting: Setting) -> Verdict:
    """Tell from the verb, word ``place``, whether its subject acts or is described."""
    verb, words = setting.word(place, at), setting.words
    if setting.is_month(place):
        return None
    if verb in _BE:
        return _being(at, place + 1, setting)
    if verb in words["stative"]:
        return False, f"'{verb}' says where or what it is"
    known = verb in words["speech"] or verb in words["acting_verbs"] or _looks_finite(verb)
    opens = setting.government(at).word in _OPENINGS
    state = setting.names[at].kind == "country" and _may_be_verb(verb, place, setting)
    if known or (opens and (state or _present(verb, at, setting))):
        return True, f"the subject of '{verb}'"
    return None


def _may_be_verb(verb: str, place: int, setting: Setting) -> bool:
    """Say whether a word after a state that opens a clause can be its verb."""
    small = verb in _PARTICLES or verb in setting.words["locative"]
    return verb.isalpha() and not small and not setting.around.capital[place]


_OPENINGS = frozenset(
    ("", "that", "and", "but", "when", "while", "as", "whatever", "if", "should", "had", "because",
     "although", "though", "whether", "which", "what", "before", "after", "until", "since", "where")
)  # fmt: skip
_FALLING = frozenset(
    ("fall", "falls", "fallen", "be", "been", "come", "comes", "becomes", "looks", "lies", "goes")
)


def _present(verb: str, at: int, setting: Setting) -> bool:
    """Read "X swears", "Should X mistake": any verb will do where only a subject can stand."""
    if verb in _FALLING or not verb.isalpha():
        return False
    asked = setting.government(at).word in {"should", "had"}
    return asked or (len(verb) > 3 and verb.endswith("s") and not verb.endswith("ss"))


def _being(at: int, after: int, setting: Setting) -> Verdict:
    while setting.word(after, at) in _ADVERBS | {"not"}:
        after += 1
    following = setting.word(after, at)
    if following in setting.words["stative_after"]:
        return False, "told what or where it is"
    if setting.is_capital(at):
        doing = (following.endswith("ing") and following != "being") or following in setting.words[
            "moods"
        ]
        return doing, "told what it does" if doing else "told what happened to it"
    return True, "told how it acts or feels"


def _looks_finite(verb: str) -> bool:
    """Tell where a past tense in "-ed": no list holds every verb."""
    return len(verb) > 4 and verb.endswith("ed")


def _headline(at: int, setting: Setting) -> Verdict:
    """Read "X: no drone of ours took off": a capital before a colon speaks."""
    speaks = setting.is_capital(at) and setting.gap_after(at).startswith(":")
    first = setting.first[at]
    shouted = setting.around.raw(first).isupper()
    if speaks and setting.around.opens_line(first) and not shouted:
        return True, "it speaks in a headline"
    return None


def _spoken(at: int, setting: Setting) -> Verdict:
    """Read "said X", "says X", after what was said."""
    word, *_ = setting.government(at)
    if setting.acts(at) and word in setting.words["speech"] and not setting.after(at):
        return True, f"'{word}' before it"
    return None


def _bare_state(at: int, setting: Setting) -> Verdict:
    """Tell where a state that no preposition leads to is a party more often than not."""
    if setting.names[at].kind != "country":
        return None
    if setting.segment(at) in {"heading", "title", "header"} and setting.gap_after(at).startswith(
        ":"
    ):
        return None
    word, *_ = setting.government(at)
    if word in setting.words["travel"] or word in word_lists("frames")["taking"]:
        return False, f"'{word}' a place"
    if word and word not in {"and", "or"}:
        return True, f"after '{word}', no preposition of place"
    return None


PARTY_RULES: tuple[Callable[[int, Setting], Verdict], ...] = (
    _joined, _possessive, _direction, _border, _ally, _modifier, _office, _with, _toward,
    _placed, _spoken, _object, _subject, _headline, _bare_state,
)  # fmt: skip
