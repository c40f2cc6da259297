"""How a quoted piece hangs on a reporting word: beside it, behind "that", or only near it.

Takes: Smith called it “a disgrace”; they chanted “Out! Out!”. Leaves out: who said it (attribution.py).
"""

from ..reading.document import WORD
from ..reading.mentions import COMMON
from ..vocabulary import cues
from ..vocabulary.lexicon import ARTICLES, words
from .framing import Attribution
from .setting import Setting

CALL = words("call name dub term label")
CALLS = words("call calls")
MANY = words("they we you people")
ONE = words("he she who")
CALLING = words(
    "call describe dub label brand denounce dismiss characterize characterise deem portray decry deride blast slam"
    " condemn criticize criticise declare pronounce term accuse mock"
)
CHANTING = words("chant shout yell scream cheer cry read holler roar boo spell chorus")
# They may open a quotation, but mostly stand in the sentence for something else: "offered “redeployment”".
SELDOM = words(
    "go know begin sign find publish print address offer feel think fear hope expect see question discuss order"
    " recite sing perform attack remember encourage determine raise"
)
BESIDE = 7.5
IN_SENTENCE = 5.5
HARDLY = 3.0
CLOSE_BY = 3


def reported_signals(piece: Setting, attribution: Attribution, *, has_title: bool) -> list[str]:
    """The signals of the reporting word, as keys of the weights."""
    found = [_strength(piece, attribution, has_title=has_title)]
    if piece.is_brief:
        found += _habit(piece, attribution)
    if attribution.is_carried:
        return found
    if has_title and _is_chanted(piece, attribution):
        return [*found, "chanted or read out"]
    if piece.is_brief:
        found += _doubts(piece, attribution) + _clause(piece, attribution)
    return found


def _strength(piece: Setting, attribution: Attribution, *, has_title: bool) -> str:
    if attribution.is_carried:
        return "the quotation before goes on" if piece.stands_first else "only the speaker before is known"
    if attribution.cue is None or attribution.source is None:
        return "no reporting word in the sentence"
    if attribution.score >= BESIDE:
        is_titled = has_title and not piece.stands_first
        return "a reporting word beside a title" if is_titled else "a reporting word right beside it"
    if attribution.score >= IN_SENTENCE:
        return "a reporting word in the sentence"
    is_possible = cues.strength(piece.framing.tokens[attribution.cue[0]].lower)
    return "a possible reporting word in the sentence" if is_possible else "no reporting word in the sentence"


def _doubts(piece: Setting, attribution: Attribution) -> list[str]:
    found = []
    if attribution.score < HARDLY:
        found.append("hardly a speaker in sight")
    if _is_nobody(piece, attribution):
        found.append("said by nobody in particular")
    if _cue(piece, attribution) in SELDOM:
        found.append("its verb seldom reports words")
    return found


def _clause(piece: Setting, attribution: Attribution) -> list[str]:
    """The cue stands before the piece, with more than an article between."""
    cue = _cue(piece, attribution)
    if attribution.cue is None or not cue or attribution.cue[0] > piece.index:
        return []
    if not cues.strength(piece.framing.tokens[attribution.cue[0]].lower) and attribution.score < IN_SENTENCE:
        return []
    between = [token.lower for token in piece.between(attribution.cue[0])]
    found = ["reported with “that”"] if "that" in between else []
    if cue in CALLING and any(word not in ARTICLES for word in between):
        found.append("called so to its face")
    return found


def _cue(piece: Setting, attribution: Attribution) -> str:
    """The lemma of a reporting word in the piece's own sentence."""
    if attribution.cue is None or not piece.sentence.first <= attribution.cue[0] < piece.sentence.last:
        return ""
    return cues.lemma(piece.framing.tokens[attribution.cue[0]].lower)


def _is_chanted(piece: Setting, attribution: Attribution) -> bool:
    """ "they chanted “Out Now”", "a hat reading “Ships First”": capitals that are no title."""
    cue = attribution.cue
    if cue is not None and _cue(piece, attribution) in CHANTING and abs(cue[0] - piece.index) <= CLOSE_BY:
        return True
    return cues.lemma(piece.before(2 if piece.before().text in ",:" else 1).lower) in CHANTING


def _is_nobody(piece: Setting, attribution: Attribution) -> bool:
    """ "experts say", "the market wonders": many, or a thing, whose words nobody wrote down."""
    source = attribution.source
    if source is None or source.kind != COMMON:
        return False
    return not source.noun or _is_many(piece.framing.tokens[source.last - 1].lower)


def _is_many(noun: str) -> bool:
    return noun.endswith(("s", "men")) or noun in MANY


def _habit(piece: Setting, attribution: Attribution) -> list[str]:
    """ "what salesmen call a “loyal wingman”", "the notice calls “an action”": a present habit quotes nobody."""
    if piece.is_short and _is_word_of_trade(piece, attribution):
        return ["what they call it in the trade"]
    steps = 2 if piece.before().lower in ARTICLES else 1
    if piece.before(steps).lower not in CALLS:
        return []
    caller = piece.before(steps + 1)
    if caller.text == "," and attribution.source is not None:
        caller = piece.framing.tokens[attribution.source.last - 1]
    if caller.kind != WORD or caller.lower in ONE or caller.is_capitalised:
        return []
    return ["what they call it in the trade" if _is_many(caller.lower) else "what it calls so as a habit"]


def _is_word_of_trade(piece: Setting, attribution: Attribution) -> bool:
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or attribution.is_carried or source.kind != COMMON:
        return False
    return piece.framing.tokens[cue[0]].lower in CALL and _is_many(piece.framing.tokens[source.last - 1].lower)
