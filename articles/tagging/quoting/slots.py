"""What slot of the reporter's sentence a quoted piece fills: that of a noun, a title, a verb, a judgement.

Takes: the “Vostok” exercises (a name before what it names), it was “unfair” (what something is), would
“unravel” the deal (a verb). Leaves out: the words themselves (wording.py) and who said them (reported.py).
"""

from ..reading.document import WORD, Token
from ..vocabulary import cues
from ..vocabulary.lexicon import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    STOP_WORDS,
    words,
)
from .setting import Setting
from .wording import is_title

NAMING = words("called titled entitled named dubbed nicknamed so-called codenamed code-named known termed labelled")
WORDING = words("term terms phrase word words slogan expression label")
GLOSSES = words("term coinage word expression acronym euphemism nickname")
WORKS = words(
    "film movie book novel song album show series magazine play memoir documentary podcast episode poem"
    " sketch project report hit single musical sitcom program programme anthem column newsletter blog game"
    " tune track"
)
NAMED_THINGS = words(
    "exercise exercises drill drills operation operations manoeuvres maneuvers programme project missile"
    " missiles tank tanks fighter drone drones system systems class initiative conference submarine"
    " submarines frigate rocket film movie book novel song album show series magazine hat hats shirt shirts"
    " t-shirt list award tour"
)
OWNERS = POSSESSIVES | {"'s", "’s"}
OPENERS = OWNERS | DETERMINERS
FUNCTION_WORDS = STOP_WORDS | DETERMINERS
GLOSS_OPENERS = ARTICLES | POSSESSIVES
NO_NOUNS = PREPOSITIONS | AUXILIARIES | CONJUNCTIONS | DETERMINERS
BE = words("is are was were be been being isn't wasn't aren't weren't isn’t wasn’t aren’t weren’t")
BEFORE_VERB = words(
    "will would can could may might must shall should won't wouldn't can't won’t wouldn’t can’t to has have had having"
)
LISTED = words("known listed entered identified")
SAYING_OF = words("of for that about")
MEANING = words("means meaning meant literally translated translates")
BUTTONS = words("click press tap type select labelled labeled marked")
LANGUAGES = words(
    "latin greek hebrew arabic farsi persian pashto dari urdu hindi bengali tamil turkish kurdish armenian georgian"
    " azeri kazakh uzbek mongolian chinese mandarin cantonese japanese korean vietnamese thai khmer malay indonesian"
    " tagalog russian ukrainian belarusian polish czech slovak hungarian romanian bulgarian serbian croatian albanian"
    " finnish estonian latvian lithuanian swedish norwegian danish icelandic german dutch french spanish portuguese"
    " italian catalan basque welsh irish gaelic swahili amharic somali hausa zulu afrikaans"
)


def slot_signals(piece: Setting) -> list[str]:
    """The signals of the piece's slot, as keys of the weights."""
    found = _names(piece) + _before_noun(piece)
    if _is_glossed(piece):
        found.append("glossed as a word")
    if piece.behind().text == "(":
        found.append("a bracket follows")
    if _is_translation(piece):
        found.append("translates a word")
    if piece.is_brief:
        found += _noun_slots(piece)
        if piece.before().text == ":":
            found.append("a colon introduces it")
        if cues.is_noun(piece.before(2).lower) and piece.before().lower in SAYING_OF:
            found.append("what the claim was")
    if piece.is_brief and piece.is_small:
        found += _other_slots(piece)
    return found


def _names(piece: Setting) -> list[str]:
    left, further = piece.before().lower, piece.before(2).lower
    found = ["the words of a button"] if left in BUTTONS and piece.is_brief else []
    if left in NAMING or (left in NAMED_THINGS and is_title(piece.inside)) or (left == "as" and further in LISTED):
        found.append("named as")
    elif left in WORDING:
        found.append("a word as a word")
    elif (left in WORKS or (left, further) == ("to", "according") or _is_listed_work(piece)) and not piece.is_small:
        found.append("the name of a work")
    if left in ("'s", "’s", "on", "of") and is_title(piece.inside):
        found.append("on somebody's show")
    return found


def _is_listed_work(piece: Setting) -> bool:
    return piece.before().text == "," and piece.before(2).lower in WORKS


def _before_noun(piece: Setting) -> list[str]:
    if piece.behind().lower in NAMED_THINGS and not piece.is_small:
        return ["stands before what it names"]
    if not piece.is_short or piece.before().lower not in OPENERS or not _goes_on_as_noun(piece):
        return []
    is_hyphened = len(piece.inside) == 1 and "-" in piece.inside[0]
    return ["stands before its noun", *(["a hyphened word before its noun"] if is_hyphened else [])]


def _goes_on_as_noun(piece: Setting) -> bool:
    """ "the “porcupine” strategy"; and not "the “porcupine,” a plan"."""
    behind = piece.behind()
    if piece.is_closed or behind.lower in NO_NOUNS:
        return False
    return not cues.strength(behind.lower) or behind.lower in cues.HOMOGRAPHS


def _is_glossed(piece: Setting) -> bool:
    """ "“sampah”, their word for rubbish": a noun for words follows the comma."""
    behind = [piece.behind(steps).lower for steps in (1, 2, 3)]
    if behind[0] == ",":
        behind.pop(0)
    elif not piece.inner.endswith(","):
        return False
    return behind[0] in GLOSS_OPENERS and behind[1] in GLOSSES


def _is_translation(piece: Setting) -> bool:
    """ "“sisu”, Finnish for “grit”", "a name that means “hazel tree”"."""
    left, further = piece.before().lower, piece.before(2).lower
    return left in MEANING or (left == "for" and further in LANGUAGES) or (left == "as" and further in MEANING)


def _noun_slots(piece: Setting) -> list[str]:
    """ "his “negatives,”", "the old “bastion”", "the “split picture”, which": things that somebody has or names."""
    found = []
    left = piece.before()
    if left.lower in OWNERS and piece.is_closed:
        found.append("belongs to somebody")
    if _is_plain(left) and piece.before(2).lower in OPENERS:
        found.append("a noun with words of the reporter's")
    if _is_explained(piece):
        found.append("what it is follows")
    return found


def _is_explained(piece: Setting) -> bool:
    """ "the “split picture”, which", "a “mother ship,” a trawler"."""
    has_comma = piece.behind().text == ","
    follows = piece.behind(2).lower if has_comma else piece.behind().lower
    if follows == "which":
        return True
    return piece.is_short and follows in ARTICLES and (has_comma or piece.inner.endswith(","))


def _is_plain(token: Token) -> bool:
    return token.kind == WORD and token.lower not in FUNCTION_WORDS and not cues.strength(token.lower)


def _other_slots(piece: Setting) -> list[str]:
    """ "was “unfair”", "as “a threat”", "a “disgrace,”", "would “unravel”", "“weary” of": woven into the sentence."""
    found = []
    left, further = piece.before().lower, piece.before(2).lower
    head = further if left in ARTICLES else left
    if head in BE:
        found.append("says what something is")
    if head == "as" and LISTED.isdisjoint(piece.before(steps).lower for steps in (2, 3)):
        found.append("what somebody is taken for")
    if left in ("a", "an") and not _goes_on_as_noun(piece):
        found.append("a judgement after “a”")
    if left in BEFORE_VERB:
        found.append("takes the verb's place")
    if piece.inner[-1].isalnum() and piece.behind().lower in PREPOSITIONS:
        found.append("the reporter's sentence goes on")
    return found
