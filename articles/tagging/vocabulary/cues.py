"""The verbs and nouns by which a reporter hands a statement to its speaker: "said", "according to", "the
claim".

Verbs are kept as lemmas in three classes and inflected by rule. What they leave out is an open class: any
unknown verb that stands between a speaker and a quotation is judged by its place (attribution.py).
"""

from .lexicon import words

STRONG = words(
    "say tell add write tweet state declare announce assert claim argue insist explain note remark comment"
    " reply respond answer ask warn quip joke exclaim recall conclude continue acknowledge concede admit"
    " contend maintain observe opine testify proclaim reiterate retort shout yell scream mutter whisper"
    " query wonder caution predict suggest allege stress emphasise emphasize assure report post complain"
    " lament muse boast vow pledge promise confirm deny reveal recount relate counter counsel confide chant"
    " intone interject interrupt declare surmise theorise theorize tout snap fume rail thunder blog email"
    " e-mail text message inform advise stipulate posit summarise summarize elaborate quote rejoin bemoan"
    " bellow cry deadpan mock grumble groan sigh urge implore plead exhort vent snipe sneer scoff gasp bark growl"
    " roar holler drawl stammer stutter blurt croak grouse bluster bristle ruminate blurt wail sob sniff chirp"
)
MEDIUM = words(
    "call describe think believe denounce condemn accuse criticise criticize praise blast slam decry deride"
    " dub brand label characterise characterize dismiss deem portray refer mention cite express voice offer"
    " point suggest hint imply indicate signal demand order request propose recommend recommend speak talk"
    " discuss lash attack tell defend rebuke ridicule hail welcome applaud congratulate thank apologise"
    " apologize urge encourage fear feel hope expect consider regard know agree disagree doubt read go"
    " declare dispute reject rebut refute challenge compare liken begin lecture preach joke speculate"
    " estimate calculate conclude determine decide rule recite sing sign publish print broadcast headline"
    " pen repeat echo paraphrase address raise swear swear advocate blame charge chide chastise scold"
    " admonish berate taunt tease question spell caption lambaste excoriate lampoon savage pan trash bash"
    " pronounce profess plug admire volunteer venture offer object protest crow gush rave enthuse marvel"
    " find rip credit react boom tease jeer press prod cast paint assail knock skewer fault disparage belittle"
    " laud commend salute invoke reference repudiate disavow renounce caricature liken ponder"
    " rejoice brag swipe jab crack tout trumpet herald outline detail unveil remember reflect reason realise"
    " realize recognise recognize remind reassure promote plead"
)
# Only these take a statement without "that" or a mark and are never mistaken for something else.
IRREGULAR = {
    "say": "said",
    "tell": "told",
    "write": "wrote written",
    "think": "thought",
    "speak": "spoke spoken",
    "feel": "felt",
    "know": "knew known",
    "go": "went gone",
    "find": "found",
    "see": "saw seen",
    "read": "read",
    "begin": "began begun",
    "hold": "held",
    "swear": "swore sworn",
    "sing": "sang sung",
    "make": "made",
    "give": "gave given",
    "lay": "laid",
    "spell": "spelt spelled",
    "broadcast": "broadcast",
    "stand": "stood",
    "seek": "sought",
    "forget": "forgot forgotten",
    "deny": "denied",
    "reply": "replied",
    "cry": "cried",
    "decry": "decried",
    "testify": "testified",
    "cast": "cast",
    "imply": "implied",
}
# A final consonant doubled before -ed and -ing.
DOUBLED = words("rip prod quip admit refer pen tout rebut plan chat jab pan dub slam brag swat nod tweet signal label")
UNDOUBLED = words("tout tweet")
NOUNS = words(
    "statement claim comment remark word assertion argument warning declaration announcement criticism"
    " accusation allegation description promise pledge vow call demand question answer response reply"
    " suggestion view opinion belief admission confession complaint speech address interview tweet post"
    " message letter email note memo report article editorial column essay testimony quote quip joke line"
    " phrase mantra slogan motto refrain chant cry insistence denial rebuke characterisation"
    " characterization assessment prediction apology explanation critique definition term headline caption"
    " assurance contention dictum aside threat boast reminder objection plea appeal verdict reaction"
)
# Read as nouns unless something like a subject stands before them.
HOMOGRAPHS = words(
    "claims claim states state report reports call calls comment comments remark remarks note notes plan"
    " plans question questions answer answers demand demands request requests view views address addresses"
    " order orders charge charges promise promises pledge pledges post posts tweet tweets quote quotes text"
    " texts email emails message messages doubts doubt fears fear hopes hope attack attacks signal signals"
    " label labels cries cry issue issues release releases share shares vow vows challenge challenges use"
    " uses point points offers offer feeling feelings findings writing writings saying thinking beginning"
    " opening ending ruling understanding making blog blogs rule rules sign signs talk talks thought mention"
    " mentions object objects protest protests estimate estimates caption captions title titles headline"
    " headlines print prints brand brands reply replies caution blame praise counsel speaking reading rails"
    " welcome thanks mock crow crack cracks air details detail close closed open end ends start starts"
    " counter counters venture ventures credit credits press cast casts fault faults salute salutes reference"
    " references paint paints knock knocks"
)


def _inflect(lemma: str) -> set[str]:
    forms = {lemma}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    stem = lemma + lemma[-1] if lemma in DOUBLED - UNDOUBLED else lemma
    if stem.endswith("ll") and lemma.endswith("l"):
        forms.update((lemma + "ed", lemma + "ing"))
    stem = stem[:-1] if stem.endswith("e") and not stem.endswith("ee") else stem
    forms.add(stem + "ing")
    if lemma in IRREGULAR:
        forms.update(IRREGULAR[lemma].split())
    elif stem.endswith("ee"):
        forms.add(stem + "d")
    elif stem.endswith("y") and stem[-2] not in "aeiou":
        forms.add(stem[:-1] + "ied")
    else:
        forms.add(stem + "ed")
    return forms


def _table() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for lemmas, weight in ((MEDIUM, 1.0), (STRONG, 2.0)):
        for lemma in sorted(lemmas):
            table.update(dict.fromkeys(_inflect(lemma), (lemma, weight)))
    table.update(dict.fromkeys(("said", "says", "saying", "say"), ("say", 3.0)))
    table.update(dict.fromkeys(("told", "tells", "telling"), ("tell", 2.5)))
    table.update(dict.fromkeys(("added", "adds", "adding"), ("add", 2.5)))
    return table


VERBS = _table()
STRENGTHS = {word: weight for word, (_, weight) in VERBS.items()}


def strength(word: str) -> float:
    """How surely the lower-case word is a reporting verb: 3 "said", 2 strong, 1 possible, 0 none."""
    return STRENGTHS.get(word, 0.0)


def is_told(word: str) -> bool:
    """Is the lower-case word a reporting verb by its form, and no noun: "pressed", "repeated"?"""
    return word in VERBS and word not in HOMOGRAPHS and word.endswith("ed")


def lemma(word: str) -> str:
    """The dictionary form of a reporting verb, or the word itself."""
    entry = VERBS.get(word)
    return entry[0] if entry else word


def is_noun(word: str) -> bool:
    """Is the lower-case word a noun for something said: "statement", "claims"?"""
    return word in NOUNS or (word.endswith("s") and word[:-1] in NOUNS)
