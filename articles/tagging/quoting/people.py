"""Gathers the namings of each person of a story: full name, surname alone, roles, and the pronoun that fits.

Takes: “Lu Wenhao”, later “Lu”; “the prefect, Eerika Kurvits”, later “the prefect”. Leaves out: pronouns
(pronouns.py), and persons that are part of another thing's name ("Second Thomas Shoal").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ..gazetteer.entries import Entry
from ..naming.organisations import Organisation
from ..persons.persons import Person
from ..reading.document import WORD, Sentence, Token
from ..reading.mentions import COMMON, NAME, Phrase
from ..senses import BODY, Hit, Story
from ..vocabulary.cues import strength
from ..vocabulary.genders import pronoun_of_roles
from ..vocabulary.given_names import pronoun_of
from ..vocabulary.lexicon import DETERMINERS, noun_class, words
from ..vocabulary.surnames import is_surname
from ..vocabulary.verbs import is_verb
from .appositions import without_titles
from .framing import Framing
from .namesakes import Cluster, Namesakes, agrees, bearer, given_of

PERSON = "person"
SPELLED_OUT = {
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "maj": "major",
    "sgt": "sergeant",
    "adm": "admiral",
    "cmdr": "commander",
    "cpl": "corporal",
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "prof": "professor",
    "dr": "doctor",
}
REMEMBERED = 96
LEAST_PARTS = 2
# "Capt" and "Cmdr" take a stop inside a name; longer words end the sentence.
LONGEST_TITLE = 4
STRONG = 2
VAGUE = words("one other others some many several most none another people person campaign principal member")
DESCRIBING = words("who whose a an")


class People:
    """The persons of one body."""

    def __init__(self, framing: Framing, story: Story, hits: list[Hit], organisations: list[Organisation]) -> None:
        self.framing = framing
        self.text = framing.reading.text
        self.clusters: list[Cluster] = []
        self._families = Namesakes()
        self._by_id: dict[str, Cluster] = {}
        self.namings: dict[int, Cluster] = {}
        self._things = Spans([hit for hit in hits if hit.entity and hit.entity.entry.kind != PERSON])
        others = [hit for hit in hits if not hit.entity or hit.entity.entry.kind != PERSON]
        self._others = Spans([*others, *organisations])
        self._phrases = [
            (sentence, phrase)
            for number, sentence in enumerate(framing.reading.sentences)
            for phrase in framing.phrases(number)
        ]
        self._names = [phrase for _, phrase in self._phrases if phrase.kind == NAME]
        self._acting = [
            (sentence, phrase)
            for sentence, phrase in self._phrases
            if phrase.kind == NAME and not phrase.is_possessive and not phrase.noun and self._acts(phrase, sentence)
        ]
        self._add_persons(story, hits)
        self._add_appositions()
        self._add_acting_names(LEAST_PARTS)
        self._lengthen_names()
        self._add_bare_names()
        self._add_acting_names(1)
        self._add_bare_names()
        self._add_titles()
        self.starts = sorted(self.namings)
        for start in self.starts:
            self.namings[start].starts.append(start)

    def named_in(self, phrase: Phrase) -> tuple[Cluster, int] | None:
        """The last person named in the phrase, and where."""
        index = bisect_left(self.starts, phrase.end) - 1
        if index < 0 or self.starts[index] < phrase.start:
            return None
        start = self.starts[index]
        return self.namings[start], start

    def before(self, place: int) -> list[int]:
        """The starts of the last namings before a place; a long text is not searched to its head."""
        end = bisect_left(self.starts, place)
        return self.starts[max(0, end - REMEMBERED) : end]

    def with_role(self, role: str, place: int) -> Cluster | None:
        """The one whose role or title was named last before the place, else the next one behind it."""
        before = [self.namings[start] for start in reversed(self.before(place))]
        behind = [self.namings[start] for start in self.starts[bisect_left(self.starts, place) :][:REMEMBERED]]
        return next((cluster for cluster in (*before, *behind) if role in cluster.titles), None)

    def _add_persons(self, story: Story, hits: list[Hit]) -> None:
        entries = {
            hit.start: hit.entity.entry
            for hit in hits
            if hit.field == BODY and hit.entity and hit.entity.entry.kind == PERSON
        }
        for person in next((part.persons for part in story.fields if part.name == BODY), ()):
            if not self._things.hold(person.start):
                self.namings[person.start] = self._person(person, entries.get(person.start))

    def _person(self, person: Person, entry: Entry | None) -> Cluster:
        name = _to_stop(person.name)
        family = name.split()[-1] if name != person.name else person.family
        titles = _spelled_out(person.title.split())
        is_bare = not person.given or name == family
        pronoun = pronoun_of_roles(titles) if is_bare else person.pronoun
        known = self._by_id.get(entry.id) if entry is not None else None
        if known is not None and agrees(known, pronoun):
            cluster = known
            self._families.note(cluster, [family])
        else:
            cluster = self._cluster(family, name, pronoun, titles, entry)
        cluster.pronoun = cluster.pronoun or pronoun
        cluster.titles.update(titles)
        return cluster

    def _cluster(
        self, family: str, name: str, pronoun: str = "", titles: Iterable[str] = (), entry: Entry | None = None
    ) -> Cluster:
        """The person of a surname and given names, made if new; a surname alone is whoever bears it."""
        given, is_first = given_of(name, family)
        if given:
            cluster = self._families.with_given(family, given, pronoun, is_first=is_first)
        else:
            cluster = bearer(self._families.latest(family), pronoun, titles)
        if cluster is None:
            cluster = Cluster(name, None, pronoun)
            self.clusters.append(cluster)
        self._families.note(cluster, [family])
        self._describe(cluster, family, name, entry)
        return cluster

    def _describe(self, cluster: Cluster, family: str, name: str, entry: Entry | None) -> None:
        """The person takes the fuller name, and the entry's where its given name is no other."""
        given, is_first = given_of(name, family)
        cluster.family = cluster.family or family
        if given and not cluster.given:
            cluster.given, cluster.is_family_first = given, is_first
        if cluster.id is None and len(name) > len(cluster.name):
            cluster.name = name
        if entry is not None and cluster.id is None and (given or not cluster.given):
            cluster.name, cluster.id = entry.name, entry.id
            self._by_id[entry.id] = cluster
            cluster.given = cluster.given or given_of(entry.name, family)[0]

    def _add_appositions(self) -> None:
        for number in range(len(self.framing.reading.sentences)):
            for pair in self.framing.appositions(number):
                cluster = self._of(pair.name)
                if cluster is None:
                    continue
                cluster.titles.update(pair.words)
                cluster.pronoun = cluster.pronoun or pronoun_of_roles(pair.words)

    def _of(self, name: Phrase, least: int = LEAST_PARTS) -> Cluster | None:
        """The cluster of a name beside a role, made if the name is new."""
        known = self._known(name)
        if known is not None:
            return known
        own = self.text[name.start : name.end].partition(" of ")[0].partition(" for ")[0].split()
        parts = without_titles(own)
        if any(noun_class(part.lower()) for part in parts):
            return None
        if self._others.hold(name.start) or len(parts) < least:
            return None
        bare = " ".join(parts)
        given = parts[0] if len(parts) > 1 or not is_surname(parts[0]) else ""
        cluster = self._cluster(parts[-1], bare, pronoun_of(given))
        cluster.pronoun = cluster.pronoun or pronoun_of(given)
        self.namings[name.start + self.text[name.start : name.end].find(bare)] = cluster
        return cluster

    def _add_acting_names(self, least: int) -> None:
        """Names of two words or more that do something: "Fionnuala Derry asked", "Johanna Lim-Castro, who …"."""
        for sentence, phrase in self._acting:
            if self._known(phrase) is None:
                is_inside = phrase.first > sentence.first or self._is_repeated(phrase)
                self._of(phrase, least=least if is_inside else LEAST_PARTS)

    def _add_titles(self) -> None:
        """ "Commodore" and "Lt. Gen." before a name are roles by which its person may be called later."""
        tokens = self.framing.tokens
        for _, phrase in self._phrases:
            for index in range(phrase.first + 1, phrase.last):
                if tokens[index].start in self.namings:
                    words_before = {token.lower for token in tokens[phrase.first : index]}
                    self.namings[tokens[index].start].titles.update(_spelled_out(words_before))
                    break

    def _is_repeated(self, phrase: Phrase) -> bool:
        """A single word at the head of a sentence is a name if it has its capital inside a sentence too."""
        return self.text[phrase.start : phrase.end] in self.framing.reading.capitals

    def _acts(self, phrase: Phrase, sentence: Sentence) -> bool:
        tokens = self.framing.tokens
        before = tokens[phrase.first - 1].lower if phrase.first > sentence.first else ""
        behind = [token.lower for token in tokens[phrase.last : min(phrase.last + 2, sentence.last)]]
        own = [token for token in tokens[phrase.first : phrase.last] if token.kind == WORD]
        if not own[0].is_capitalised or any(token.lower in DETERMINERS or not _is_spelled_out(token) for token in own):
            return False
        is_told = strength(before) >= STRONG or (before == "to" and tokens[phrase.first - 2].lower == "according")
        if is_told or (behind and (is_verb(behind[0]) or behind[0] == "who")):
            return True
        return len(behind) > 1 and behind[0] == "," and (behind[1] in DESCRIBING or behind[1].isdigit())

    def _lengthen_names(self) -> None:
        """ "Teo Wei Ling" for "Teo": a family name that stands first."""
        for phrase in self._names:
            own = self.text[phrase.start : phrase.end].split()
            for cluster in self._families.latest(own[0]) if len(own) > 1 else ():
                if cluster.id is None and cluster.name == own[0]:
                    self._describe(cluster, own[0], " ".join(own), None)
                    break

    def _known(self, phrase: Phrase) -> Cluster | None:
        """The person whose naming is already found inside the phrase."""
        for token in self.framing.tokens[phrase.first : phrase.last]:
            if token.start in self.namings:
                return self.namings[token.start]
        return None

    def _add_bare_names(self) -> None:
        """ "Lu" behind "Lu Wenhao": a name all of whose words are one known person's."""
        called = self._called()
        places = sorted(self.namings)
        passed = 0
        for phrase in self._names:
            while passed < len(places) and places[passed] < phrase.start:
                self._note_again(called, self.namings[places[passed]])
                passed += 1
            if self._known(phrase) is None and not self._things.hold(phrase.start):
                whose = self._bearer(phrase, called)
                if whose is not None:
                    self.namings[phrase.start] = whose
                    self._note_again(called, whose)

    def _called(self) -> tuple[Namesakes, Namesakes]:
        """Everybody by surname and by the other words of the name, the first of the story in front."""
        called = Namesakes(), Namesakes()
        for cluster in reversed(self.clusters):
            self._note_again(called, cluster)
        return called

    def _note_again(self, called: tuple[Namesakes, Namesakes], cluster: Cluster) -> None:
        families, others = called
        families.note(cluster, [cluster.family])
        others.note(cluster, cluster.name.split()[:-1])

    def _bearer(self, phrase: Phrase, called: tuple[Namesakes, Namesakes]) -> Cluster | None:
        whole = self.text[phrase.start : phrase.end].split()
        own = without_titles(whole)
        if not own:
            return None
        titles = _spelled_out(whole[: len(whole) - len(own)])
        families, others = called
        for named in (families, others):
            fitting = [cluster for cluster in named.latest(own[-1]) if _fits(own, cluster)]
            if fitting:
                return bearer(fitting, pronoun_of_roles(titles), titles)
        return None


class Spans:
    """Stretches of the body, asked whether one holds a place."""

    def __init__(self, found: Iterable[Hit | Organisation]) -> None:
        spans = sorted((one.start, one.end) for one in found if one.field == BODY)
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def hold(self, place: int) -> bool:
        """Does a stretch hold the place?"""
        index = bisect_right(self.starts, place) - 1
        return index >= 0 and self.ends[index] > place


def _to_stop(name: str) -> str:
    """ "Mark Rathbun" of "Mark Rathbun. Montalvo": a name ends where a sentence does."""
    first, mark, _ = name.partition(". ")
    return first if mark and len(first.split()[-1]) > LONGEST_TITLE else name


def _spelled_out(titles: Iterable[str]) -> set[str]:
    """ "sergeant" for "Sgt."."""
    lower = (title.lower().rstrip(".") for title in titles)
    return {SPELLED_OUT.get(title, title) for title in lower}


def _is_spelled_out(token: Token) -> bool:
    """ "Lim-Castro", but not "USS" or "F-16"."""
    return token.text[0].isalpha() and not (token.text.isupper() and len(token.text) > 1)


def _fits(own: list[str], cluster: Cluster) -> bool:
    full = {part.lower() for part in cluster.name.split()}
    return len(own) <= len(full) and all(part.lower() in full for part in own)


def is_someone(phrase: Phrase, text: str) -> bool:
    """ "a fisherman": a person without a name, whom a pronoun behind may mean; "others" are too vague."""
    is_person = phrase.kind == COMMON and phrase.noun == PERSON and not phrase.is_possessive
    return is_person and not VAGUE & set(text.split())
