"""Tells whether a word behind a noun phrase is likely its verb, without a part-of-speech tagger.

Takes: “has”, “took”, “visited”, “says”; leaves out: nouns of the same form ("the left", "reports"), which the
caller tells by their place.
"""

from . import cues
from .lexicon import AUXILIARIES, words

# Pasts that do not end in -ed, and everyday presents.
IRREGULAR_PASTS = words(
    "arose awoke beat became befell began bent bid bit bled blew bought bound bred broke brought built burnt"
    " burst came cast caught chose clung cost crept cut dealt did drew drank drove dug dreamt ate fed fell felt"
    " fled flew flung forbade foresaw forgave forgot forsook fought found froze gave got grew ground had heard"
    " held hid hit hung hurt kept knelt knew laid lay leapt led left lent let lit lost made meant met mistook"
    " overcame overtook paid put quit ran rang read rid rode rose said sang sank sat saw sent set shook shone"
    " shot showed shrank shut slept slid slung sold sought spent split spoke spread sprang spun stank stole"
    " stood stuck struck stung strode strove swam swept swore swung taught thought threw thrust told took tore"
    " undertook underwent understood upheld went wept withdrew withheld withstood woke won wore wove wrote"
)
PRESENTS = words(
    "goes comes takes makes gives gets keeps holds leads leaves runs seeks sees wants needs plans tries works"
    " looks seems appears remains becomes brings puts sets shows stands turns moves lives plays pays faces"
    " hopes wins loses meets sits speaks uses calls asks says tells knows thinks feels helps means lets starts"
    " begins opens ends serves represents supports opposes includes contains belongs follows joins"
    " want need plan try work look seem appear remain become bring go come take make give get keep hold think"
    " know see seek like love hate believe"
)
NOT_VERBS = words("need hundred sacred naked wicked beloved indeed red bed seed speed weed feed breed united")


def is_verb(word: str) -> bool:
    """Is the lower-case word likely the verb of the noun phrase before it?"""
    if word in AUXILIARIES or word in IRREGULAR_PASTS or word in PRESENTS:
        return True
    if cues.strength(word) >= 1 and not word.endswith("ing"):
        return True
    return word.endswith("ed") and len(word) > 4 and word not in NOT_VERBS
