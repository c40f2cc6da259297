"""Tells how a reporting frame stands to a quoted piece of its sentence, as signs that can be weighed.

Takes: the frame right behind “…,” Smith said; the frame before in Smith said that it was “…”, and what stands
between. Leaves out: how much each sign counts (weights.py) and pieces without a frame (neighbours.py).
"""

from collections.abc import Iterator
from itertools import pairwise

from ..reading.document import MARK, QUOTED
from ..vocabulary import cues
from ..vocabulary.lexicon import AUXILIARIES, STOP_WORDS, words
from .frames import ACCORDING, INVERTED, LABEL, NOUN, PARTICIPLE, PARTICLES, PASSIVE, SUBJECT, Frame
from .framing import Framing, Place
from .subjects import CLAUSE_OPENERS, SUBORDINATORS

Sign = tuple[str, float]

ORDERS = {
    ACCORDING: "according to",
    INVERTED: "verb before its subject",
    NOUN: "noun for something said",
    LABEL: "label",
    PASSIVE: "passive",
}
LONGEST_LEAD = 5
LONGEST_THAT = 6
LAST_WORDS = 8
MOST_LOST = 3
REACH = 4
NEAR = 6
OPENING = words("begin go continue went goes")
ASIDE_OPENERS = words("as although though when while after before whereas ,")
OPENERS = words("that as a an the his her its their it him them of for to is was be been being was were like")


class Bearings:
    """The signs of the frames of one story's sentences."""

    def __init__(self, framing: Framing) -> None:
        self.framing = framing
        self.tokens = framing.tokens

    def signs(self, frame: Frame, place: Place) -> list[Sign]:
        """All that speaks for and against the frame as the one that reports the piece."""
        found = [("strength of the reporting word", frame.strength), ("grip on the source", frame.grip)]
        if frame.order in ORDERS:
            found.append((ORDERS[frame.order], 1.0))
        found.extend(self._behind(frame, place) if frame.first > place.token else self._before(frame, place))
        return found

    def _behind(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """ "…,” Smith said": the frame follows the piece."""
        if frame.order == PARTICIPLE:
            yield "participle behind", 1.0
        elif frame.left <= place.token:
            return
        elif frame.source is not None and self.tokens[frame.source.first].lower in ("who", "which"):
            yield "who or which behind", 1.0
        elif (frame.strength < 2 or self._is_far_from_source(frame)) and self._runs_on(place):
            yield "weak verb behind a fragment that goes on", 1.0
        else:
            yield from self._distance_behind(frame, place)
            if not self._is_led(place):
                yield from self._other_duties(frame, place)

    def _is_far_from_source(self, frame: Frame) -> bool:
        """ "“of course” Reed is able -- but said": the subject has another verb first."""
        return frame.order == SUBJECT and frame.grip < 0.8

    def _distance_behind(self, frame: Frame, place: Place) -> Iterator[Sign]:
        if self._is_beside(place.token + 1, frame.left):
            is_sure = frame.strength >= 1.5 or frame.order in (INVERTED, LABEL)
            yield ("right behind" if is_sure else "right behind, by a weak verb"), 1.0
            return
        between = self.tokens[place.token + 1 : frame.left]
        yield "piece between", sum(token.kind == QUOTED for token in between)
        yield "token between, behind", len(between)
        lead = self.tokens[frame.left - 1]
        if any(token.text == ":" for token in between):
            yield "somewhere behind", 1.0
        elif lead.text in (",", "—", "–"):
            closes = frame.right >= self.framing.sentence(place).last - LAST_WORDS or frame.order == INVERTED
            yield ("behind a comma, at the end of the sentence" if closes else "behind a comma"), 1.0
        else:
            yield ("behind the next piece" if lead.kind == QUOTED else "somewhere behind"), 1.0

    def _other_duties(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """Where a frame before could report the piece, one behind may have other words to report."""
        if self._leads_on(frame, place):
            yield "leads to a piece of its own", 1.0
        if self._is_in_subordinate(place) or self._is_in_participle(frame, place):
            yield "main clause behind a clause that holds the piece", 1.0

    def _leads_on(self, frame: Frame, place: Place) -> bool:
        """ "asked, “Why?” Smith replied, “Because”": the frame stands right before another piece."""
        last = self.framing.sentence(place).last
        first = frame.right + (frame.right < last and self.tokens[frame.right].lower in PARTICLES)
        near = self.tokens[first : min(first + 2, last)]
        return bool(near) and (
            near[0].kind == QUOTED or (len(near) > 1 and near[1].kind == QUOTED and near[0].kind == MARK)
        )

    def _is_in_participle(self, frame: Frame, place: Place) -> bool:
        """ "Citing “fog,” Smith told …": the piece closes a participle of the same source."""
        opener = self.framing.near_frames(place)[0]
        first = self.framing.sentence(place).first
        is_opener = opener.order == PARTICIPLE and opener.first == first < place.token
        return is_opener and opener.source is frame.source

    def _is_in_subordinate(self, place: Place) -> bool:
        """ "When Smith called it “vital,” Reed left": the piece closes the clause that opens the sentence."""
        sentence = self.framing.sentence(place)
        head = [token.lower for token in self.tokens[sentence.first : sentence.first + 3]]
        while head and head[0] in ("and", "but", "even", "so"):
            head.pop(0)
        if not head or head[0] not in SUBORDINATORS | {"as"}:
            return False
        return all(token.text != "," for token in self.tokens[sentence.first : place.token - 1])

    def _runs_on(self, place: Place) -> bool:
        """Is the piece part of the reporter's sentence on both sides: "called it “vital” funding"?"""
        text = self.tokens[place.token].text.rstrip("'’‘\"”)")
        is_closed = text.endswith(("?", "!")) or (text.endswith(",") and self._is_led(place))
        return not self.framing.stands_first(place) and not is_closed

    def _is_led(self, place: Place) -> bool:
        """Is there no frame before the piece that could have reported it?"""
        return all(frame.left > place.token for frame in self.framing.near_frames(place))

    def _is_beside(self, first: int, last: int) -> bool:
        """Nothing but marks, or words of the source: "“…,” Italy's party leader Reed wrote"."""
        first += first < last and self.tokens[first].lower == "as"
        own = [index for index in range(first, last) if self.tokens[index].kind != MARK]
        if len(own) > LONGEST_LEAD or any(self.tokens[index].kind == QUOTED for index in own):
            return False
        if any(self._is_adverb(index) for index in own):
            return False
        if own and own[-1] != last - 1:
            return False
        return not any(self._is_foreign(index) for index in own)

    def _is_adverb(self, index: int) -> bool:
        """ "“donors” -- essentially the establishment he rails against"."""
        lower = self.tokens[index].lower
        return lower.endswith("ly") and len(lower) > 4 and not self.tokens[index].is_capitalised

    def _is_foreign(self, index: int) -> bool:
        """Is the word no part of a name: a function word, or another verb of saying?"""
        token = self.tokens[index]
        if token.is_capitalised and (self.tokens[index - 1].is_capitalised or token.lower not in STOP_WORDS):
            return False
        return token.lower in STOP_WORDS or cues.strength(token.lower) > 0

    def _before(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """ "Smith said that it was “…”": the frame precedes the piece."""
        yield from self._shadows(frame, place)
        if frame.order == NOUN:
            yield from self._named_noun(frame, place)
        between = self.tokens[min(frame.right, place.token) : place.token]
        if frame.source is not None and frame.source.first > place.token:
            between = self.tokens[frame.last : place.token]
        if not between:
            yield "right before", 1.0
            return
        yield "before", 1.0
        yield "token between, before", len(between)
        if between[-1].lower == "that" and len(between) <= LONGEST_THAT:
            yield "that", 1.0
        if between[-1].text in (":", ","):
            yield "comma or colon", 1.0
        elif len(between) == 1 and between[0].lower in OPENERS:
            yield "one small word between", 1.0
        yield "semicolon between", sum(token.text == ";" for token in between)
        yield "piece between", sum(token.kind == QUOTED for token in between)

    def _named_noun(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """ "Reed's claim that it was “…”" holds the statement; "called Reed's claim “…”" only speaks of it."""
        behind = self.tokens[frame.right]
        acting = [other for other in self.framing.near_frames(place) if other.order == SUBJECT]
        if behind.lower == "that":
            yield "noun with its statement", float(all(other.last != frame.left for other in acting))
        elif behind.kind == QUOTED or (behind.lower == "as" and self.tokens[frame.right + 1].kind == QUOTED):
            is_object = any(0 <= frame.left - other.last <= REACH for other in acting)
            yield "noun that another word describes", float(is_object)

    def _shadows(self, frame: Frame, place: Place) -> Iterator[Sign]:
        """What a frame loses to others before the piece: to a nearer sure one, or one it hangs on."""
        losses = 0
        for other in self.framing.near_frames(place):
            if other.first >= place.token or other is frame or losses >= MOST_LOST:
                continue
            sign = self._shadow(frame, other, place)
            if sign:
                losses += 1
                yield sign, 1.0

    def _shadow(self, frame: Frame, other: Frame, place: Place) -> str:
        if self._goes_round(other, frame):
            return "aside of another frame's source"
        if other.source is frame.source and self._takes_over(frame, other, place):
            return "the same source has a nearer word"
        if other.first > frame.first and other.grip == 1 and self._is_shut(frame) and self._is_joined(frame, other):
            return "closed off before another frame"
        if other.strength < 2:
            if other.first > frame.first and other.grip == 1 and self._is_joined(frame, other):
                return "another frame is nearer"
            is_described = (
                other.right <= frame.left and self._tells_which(frame) and not self._is_new_clause(other, frame)
            )
            return "tells which person is meant" if is_described else ""
        if self._is_reporters_own(frame, place):
            return ""
        if other.first > frame.first:
            return "" if other.order == PASSIVE or self._embeds(frame, other) else "another frame is nearer"
        if self._embeds(other, frame):
            return "" if self._leads_by_mark(frame, place) else "inside the words that another frame reports"
        if frame.strength < 1.5 and other.right <= frame.left and not self._is_new_clause(other, frame):
            return "hangs on a surer frame"
        return ""

    def _takes_over(self, frame: Frame, other: Frame, place: Place) -> bool:
        """ "Smith said little, calling it “…”": the second word of one source, in a clause of its own."""
        if other.first <= frame.first or other.strength < 1:
            return False
        before = self.tokens[other.first - 1]
        if other.order == PARTICIPLE:
            return self._goes_on_to(frame, other) or before.kind == QUOTED or before.text == ","
        between = [token.lower for token in self.tokens[frame.last : other.first]]
        is_joined = any(word in ("and", "but") for word in between[-REACH:])
        near = self.tokens[other.last : min(other.last + NEAR + 1, place.token + 1)]
        return other.order == SUBJECT and is_joined and any(token.kind == QUOTED for token in near)

    def _is_shut(self, frame: Frame) -> bool:
        """ "The fund is small, two envoys said, and …": commas on both sides."""
        around = (self.tokens[max(frame.left - 1, 0)].text, self.tokens[frame.right].text)
        return frame.order in (SUBJECT, INVERTED) and around == (",", ",")

    def _goes_on_to(self, frame: Frame, other: Frame) -> bool:
        """ "began to call it “…”": the first word only opens what the second does."""
        is_next = other.first - frame.last == 1 and self.tokens[frame.last].lower == "to"
        return is_next and cues.lemma(self.tokens[frame.first].lower) in OPENING

    def _is_reporters_own(self, frame: Frame, place: Place) -> bool:
        """ "said he would veto the bill, which he called “…”": a ", which" is no part of what was reported."""
        if frame.order != SUBJECT or frame.source is None or place.token - frame.last > REACH:
            return False
        if self.tokens[frame.last].lower in AUXILIARIES:
            return False
        before = self.tokens[max(0, frame.source.first - 2) : frame.source.first]
        return len(before) == 2 and before[0].text == "," and before[1].lower in ("which", "whom", "who")

    def _goes_round(self, outer: Frame, inner: Frame) -> bool:
        """ "An official, who asked for silence, called it “…”": the inner frame is a "who" inside the outer one."""
        if inner.source is None or outer.source is None or outer.order != SUBJECT:
            return False
        is_relative = self.tokens[inner.source.first].lower in ("who", "which")
        return is_relative and outer.source.first < inner.source.first and inner.last <= outer.first

    def _tells_which(self, frame: Frame) -> bool:
        """ "blamed those who called it “…”": a weak verb that only tells who is meant."""
        return frame.source is not None and self.tokens[frame.source.first].lower == "who" and frame.strength < 2

    def _embeds(self, outer: Frame, inner: Frame) -> bool:
        """ "Smith said he had told Reed": do the words reported by one frame hold the other?"""
        if outer.order not in (SUBJECT, PARTICIPLE) or outer.strength < 2 or outer.right > inner.left:
            return False
        between = self.tokens[outer.right : inner.left]
        if any(token.kind == QUOTED or token.text == ";" for token in between):
            return False
        lead = [token.lower for token in between]
        if lead and lead[-1] in ASIDE_OPENERS:
            return False
        return "," not in lead or "that" in lead[:LONGEST_LEAD]

    def _leads_by_mark(self, frame: Frame, place: Place) -> bool:
        """Nothing but a comma or colon between the frame and the piece: "replied: “…”"."""
        between = self.tokens[frame.right : place.token]
        return len(between) == 1 and between[0].text in (",", ":")

    def _is_new_clause(self, one: Frame, other: Frame) -> bool:
        """Does a piece, a semicolon or ", and" stand between the two frames?"""
        between = self.tokens[one.right : other.left]
        return any(token.kind == QUOTED or token.text == ";" for token in between) or self._is_joined(one, other)

    def _is_joined(self, one: Frame, other: Frame) -> bool:
        """ "Smith left, and Reed …": a comma and a word that opens a clause stand between the two."""
        between = self.tokens[one.right : other.left]
        return any(a.text == "," and b.lower in CLAUSE_OPENERS for a, b in pairwise(between))
