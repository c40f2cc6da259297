"""Who speaks for a state or an alliance of states, by a printed role: takes “Captain, Finnish Border Guard”, refuses
“retired admiral”.

Language, not a list of offices: ranks, ministries, forces, agencies and parliaments are official; who has left, who
teaches or studies, speaks for a company, a union or a rebel group, or is somebody's wife is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# The most words of a name that is looked for in a role.
MOST_WORDS = 7


def _any_of(lines: str) -> str:
    return "|".join(line.strip() for line in lines.strip().splitlines())


# Takes “former” and all that it governs: “former defence minister” of “analyst, former defence minister, now at Saab”;
# and the noun: “navy veteran”, “veteran of the war”. Refuses “veteran lawmaker”.
_LEFT = re.compile(
    r"\b(?:former(?:ly)?|retired|one-?time|ex)\b.*?(?=\b(?:now|currently|today)\b|$)"
    r"|[^,;]*\bveteran\b(?=\W*$|[,;]| (?:of|from|who|and|with)\b).*?(?=[,;]|$)",
    re.IGNORECASE,
)
# Takes “Brigadier (ret.), Indian Army”, “Admiral, US Navy, retired” and “commander of the fleet until 2019”.
_LEFT_AT_THE_END = re.compile(
    r"\((?:ret(?:ire)?[’']?d?\.?|emeritus)\)|,\s*ret(?:ired|[’']?d|\.)?\.?\s*$|\buntil (?:\d{4}|last|this)\b",
    re.IGNORECASE,
)
_CIVIL_WORDS = r"""
    professor|lecturer|academic|scholar|historian|researcher|fellow|student|political scientist|think[- ]tank
    journalist|reporter|correspondent|columnist|editor|author|biographer|blogger|newspaper
    (?<!european )(?<!african )(?<!soviet )unions?|unionist|shop steward|works council
    chief (?:executive|financial|operating|technology|commercial)|CEO|managing director|director of sales
    non-?governmental|NGO|charity
"""
# Wherever they work, these speak for themselves or for who pays them: takes “professor of government” and “Professor,
# Naval War College”, refuses “European Union ambassador”.
_CIVIL = re.compile(rf"\b(?:{_any_of(_CIVIL_WORDS)})\b", re.IGNORECASE)
_FIGHTERS = r"""
    rebels?|militias?(?! (?:army|system|law)\b)|militiam[ae]n|insurgents?|guerrillas?|separatists?|jihadists?|warlords?
    mercenar(?:y|ies)|resistance fighters?|private military (?:compan(?:y|ies)|contractors?)
"""
# In their clause these have commanders and spokesmen of their own: takes “rebel commander” and “spokesman for the
# rebels”, refuses “counter-insurgency command”, “militia army”, “envoy for the rebels” and “operations against rebels”.
_ARMED_GROUP = re.compile(rf"(?<!anti-)(?<!counter-)\b(?:{_any_of(_FIGHTERS)})\b", re.IGNORECASE)
_ABOUT_A_GROUP = re.compile(
    rf"(?:(?<=envoy )(?:for|to)|\b(?:against|on)) (?:\w+ ){{0,3}}(?:{_any_of(_FIGHTERS)})\b",
    re.IGNORECASE,
)
# In their clause these speak for nobody: takes “navy analyst”, “wife of a colonel”, “candidate for the Senate”; refuses
# “analysis”.
_OUTSIDER = re.compile(
    r"\b(?:analyst|expert|specialist|commentator|watcher|observer|critic|consultant|consultancy|contractor|supplier|owner|lawyer|reservist"
    r"|lobbyist|campaigner|activist|candidate|hopeful|enthusiast|wife|husband|widow|widower|mother|father|parent|son"
    r"|daughter|brother|sister|spouse|partner|family|relatives?|neighbour|association|foundation|institute|museum)\b",
    re.IGNORECASE,
)
_SOUNDS_LIKE_AN_OFFICE = r"""
    (?:news|press|advertising|travel|ratings?|recruitment|employment|modelling|talent|aid|estate|booking) agency
    international [\w ]*agency|(?:brand|goodwill) ambassador|(?:fire|salvage) brigade|salvation army
    (?:chief |deputy )?director[- ]general|general (?:manager|counsel|secretary|contractor|director|practitioner)
    vice[- ]chancellor|war studies
    (?:government|navy|naval|army|air force|military|defen[cs]e|coast guard) (?:relations|affairs|sales|business)
    (?:government|navy|naval|army|air force|military) (?:customers?|contracts|programmes|programs|products|markets?)
"""
# Taken out before a clause is read: “head of government relations”. Refuses “Department of Foreign Affairs”.
_NO_OFFICE = re.compile(rf"\b(?:{_any_of(_SOUNDS_LIKE_AN_OFFICE)})\b", re.IGNORECASE)
_RANKS = r"""
    (?:lieutenant|major|brigadier|colonel|captain|(?:one|two|three|four)-star|adjutant|surgeon)[- ]generals?
    (?:attorney|governor|solicitor|inspector|consul|quartermaster)[- ]generals?
    admiral|(?:lieutenant[- ])?colonel|brigadier|commodore|(?:lieutenant[- ]|wing )?commander|commandant|lieutenant
    (?:group|flight|naval|army|police) captain|(?:air|field|provost)[- ](?:chief |vice[- ])?marshal
    sergeant|corporal|warrant officer|petty officer|guardsman|squadron leader|sea lord|joint chiefs|general staff
    chief of (?:naval|air|space|land|defen[cs]e|joint|special) operations
    (?:air|defen[cs]e|spy|intelligence) chief|SACEUR
    chief of (?:the )?(?:\w+ )?staff|chief of (?:the (?:\w+ )?)?(?:defen[cs]e|(?:the )?navy|(?:the )?army)
    captain of (?:the |a )?(?:frigate|destroyer|corvette|submarine|minesweeper|warship|patrol boat)
    (?:army|naval|navy|air force|commanding|liaison|staff|duty|intelligence|police|defence|military) officer
    (?:defence|naval|military|air|army) attach[ée]|naval spokes(?:man|woman|person)
"""
_MINISTRIES = r"""
    minist(?:er|ers)(?! of (?:the )?(?:church|religion))|minist(?:ry|ries|erial)
    secretary of (?:state|(?:national )?defen[cs]e|war|the \w+)|state secretary
    (?:under|assistant|permanent|parliamentary|cabinet|foreign|home|defen[cs]e)[- ]?secretar(?:y|ies)
    departments? of (?:the )?(?:\w+ )?(?:defen[cs]e|war|state|foreign|external|homeland|home|interior|justice|treasury)
    departments? of (?:the )?(?:national|energy|veterans|commerce|transport|trade|finance|health|navy|army|air force)
    (?:defen[cs]e|state|foreign|justice|war|treasury|interior) department|(?:foreign|home|cabinet|war) office
    governments?|governor|treasury|chancell(?:or|ery)|premier|cabinet|white house|pentagon|kremlin|downing street
    presidential|president of the (?:republic|united states)|head of (?:state|government)(?!-)
    national security advis[eo]r|supreme leader|crown princess|crown prince|permanent representative
    ambassador|embassy|envoy|diplomat|consul|consulate|civil servant|prosecutor
"""
_FORCES = r"""
    navy|army|air force|marines|marine corps|space force|armed (?:forces|services)|military|(?:self-)?defen[cs]e forces?
    (?:coast|border|national|home|frontier|republican|revolutionary) guards?
    (?:border|territorial|special|ground|naval|land|air|joint|task) forces?|brigade|regiment|battalion|flotilla
    commands?|(?:joint|naval|military|army|national|force) headquarters|police|gendarmerie|customs|constabulary
"""
_AGENCIES = r"""
    agency|agencies|inspectorate|directorate|inspector[- ]general|civil service|bureau of|federal bureau
    (?:national|defen[cs]e|military|foreign) intelligence
    (?:intelligence|security|secret|border|foreign|prison) service
    (?:maritime|aviation|border|customs|nuclear|transport|safety|procurement) (?:authority|administration)
"""
_PARLIAMENTS = r"""
    senat(?:e|or)s?|congress(?:man|woman|person|ional)|(?:us|member of(?: the)?) congress|lawmaker|legislator
    (?:defen[cs]e|foreign affairs|armed services|intelligence|budget) committee
    parliament|parliamentarian|parliamentary|MPs?|MEPs?|house of (?:representatives|commons|lords)
    house (?:\w+ )?(?:armed services|committee|intelligence|speaker)|(?:national|federal|legislative) assembly
    bundestag|bundesrat|sejm|riksdag|storting(?:et)?|folketing(?:et)?|eduskunta|alth?ingi|riigikogu|saeima|seimas
    verkhovna rada|rada|(?:state )?duma|knesset|majlis|tweede kamer|lok sabha|rajya sabha|cortes|oireachtas|d[áa]il
    dewan rakyat|legislative yuan|chamber of deputies|federation council|(?:national|japan[’']s|japanese) diet
"""
# Takes “defence minister”, “Captain, Finnish Border Guard”, “Member of the Bundestag”; refuses “administrator”.
_OFFICE = re.compile(
    rf"\b(?:{'|'.join(map(_any_of, (_RANKS, _MINISTRIES, _FORCES, _AGENCIES, _PARLIAMENTS)))})(?!\w)", re.IGNORECASE
)
# An office where nothing else says whose: takes “US official”, “general”; refuses “official of the league”.
_ALONE = re.compile(
    r"^\W*(?:an? |the )?(?:[\w-]+ ){0,3}(?:official|general|major|captain|president)s?\W*$", re.IGNORECASE
)
# Takes “party official”, “ferry captain”, “vice president”.
_OF_OTHERS = re.compile(
    r"\b(?:company|industry|party|club|league|team|bank|football|sports?|church|school|vice|ferry|ship|sea|sealift|airline"
    r"|corporate|factory|plant|yard|shipyard|port|aid|health|fund|election)\b",
    re.IGNORECASE,
)
# Takes “President of the United States”; refuses “president of the board of Norway’s largest yard”.
_HEAD_OF = re.compile(
    r"^\W*(?:the )?(?:\w+ )?(?:(?:vice[- ])?president|king|queen|emperor|emir|sultan|leader) of (?:the )?"
    r"(?P<place>.+)$",
    re.IGNORECASE,
)
# Takes “US Vice President”, where “US” is known as a country; refuses “vice president” alone.
_VICE_PRESIDENT = re.compile(r"^\W*(?:the )?(?P<place>.+?)(?:[’']s)? vice[- ]president\W*$", re.IGNORECASE)
# As agencies write ranks and offices before names: with their full stop, so “Col” and “Gen Z” stay as they are.
_SHORT = {
    "adm": "admiral",
    "amb": "ambassador",
    "brig": "brigadier",
    "capt": "captain",
    "cmdr": "commander",
    "cmdre": "commodore",
    "col": "colonel",
    "cpl": "corporal",
    "gen": "general",
    "gov": "governor",
    "lt": "lieutenant",
    "maj": "major",
    "sen": "senator",
    "sgt": "sergeant",
}
_SHORT_WORD = re.compile(rf"\b({'|'.join(_SHORT)})\.", re.IGNORECASE)
_CLAUSES = re.compile(r"\s*[,;(–]\s*|\s+(?:at|with)\s+(?:the\s+)?", re.IGNORECASE)


def is_office(role: str, known: Mapping[str, bool | None] | None = None) -> bool:
    """`known` says of names that `names_in` found whether they are of a state's organisation, None of a country: that
    goes before the words, unless the role has names of both sorts."""
    clauses, known = _clauses(role), known or {}
    if any(_is_head_of_state(clause, known) for clause in clauses):
        return True
    affiliations = {is_state for clause in clauses for is_state in _affiliations(clause, known)}
    if len(affiliations) == 1:
        return affiliations.pop()
    if any(_OFFICE.search(clause) for clause in clauses):
        return True
    return len(clauses) == 1 and bool(_ALONE.search(clauses[0])) and not _OF_OTHERS.search(clauses[0])


def names_in(role: str) -> Iterator[str]:
    """What may be the name of an organisation: runs of words that begin with a capital, the same one more than once."""
    for clause in _clauses(role):
        yield from _runs(clause)


def _clauses(role: str) -> list[str]:
    """What a role says of the present, without those who speak for nobody."""
    if _LEFT_AT_THE_END.search(role):
        return []
    present = _LEFT.sub(" ", _SHORT_WORD.sub(lambda found: _SHORT[found[1].lower()], role))
    if _CIVIL.search(present):
        return []
    kept = (_NO_OFFICE.sub(" ", clause).strip() for clause in _CLAUSES.split(present) if not _is_outside(clause))
    return [clause for clause in kept if clause]


def _is_outside(clause: str) -> bool:
    return bool(_OUTSIDER.search(clause) or _ARMED_GROUP.search(_ABOUT_A_GROUP.sub(" ", clause)))


def _is_head_of_state(clause: str, known: Mapping[str, bool | None]) -> bool:
    heads = filter(None, (_HEAD_OF.search(clause), _VICE_PRESIDENT.search(clause)))
    return any(known.get(found["place"], False) is None for found in heads)


def _affiliations(clause: str, known: Mapping[str, bool | None]) -> Iterator[bool]:
    """Of the longest names first: the “Swedish Army” of “Swedish Army Band” is none."""
    left = clause
    for name in sorted({*_runs(clause)} & known.keys(), key=lambda name: (-len(name), name)):
        if name in left:
            left = left.replace(name, " ")
            is_state = known[name]
            if is_state is not None:
                yield is_state


def _runs(clause: str) -> Iterator[str]:
    words = clause.split()
    for start, word in enumerate(words):
        if word[:1].isupper() or word[:1].isdigit():
            for end in range(start + 1, min(start + MOST_WORDS, len(words)) + 1):
                yield re.sub(r"[’']s?$", "", " ".join(words[start:end]))
