"""Says of a name that could be a place whether it is one here.

Takes: "in Mobile, Ala.", "Hartford police", "MOSUL (Reuters)". Leaves out: "Mobile phones", "Gen. Jackson",
"Paris Hilton", "the Lima class", "Brussels said", and which of several places is meant (place_sense.py).
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from ..gazetteer.entries import STRONG
from ..senses import SHARED_NAMES, Hit, Story
from ..vocabulary.given_names import is_given
from ..vocabulary.person_words import is_no_name
from ..vocabulary.place_kinds import CAPITAL, CITY, COUNTRY, NOWHERE, REGION
from ..vocabulary.place_words import PLAIN_ABBREVIATIONS, RISKY, SPEAKING, TOWNSFOLK
from .geography import GIVEN_NAME, WORD, Place
from .place_sense import NAMES, Senses
from .place_votes import HOME_BONUS
from .toponyms import Toponym

# A name is a place where its score and what stands around it reach this sum; see place_votes.py for the unit.
THRESHOLD = 5.1
POSITION_BONUS = 1.5
DATELINE_BONUS = 3.0
ELSEWHERE_BONUS = 1.5
COUNTY_BONUS = 1.5
OPENING_RISK = -0.4
NAME_BEFORE = -2.5
CAPITAL_BEHIND = -0.7
# "Georgia Meloni", and "Georgia Bulldogs", too.
GIVEN_NAME_RISK = -2.0
TOWNSFOLK_BONUS = 1.2
SURNAME_RISK = -2.0
SPEAKING_RISK = -1.5
# Capitals throughout are an abbreviation or a headline more often than a town.
SHOUTING_RISK = -1.5
# A village far from all that the story names, where no local paper of ours lies.
VILLAGE, VILLAGE_RISK = 50, -1.0
AT_HOME = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
# Nothing else in the story speaks for the country of the place.
RISK_IN_POSITION = 0.5
COMPANY, LONELY_RISK = 0.3, -1.0
# From half a million people on, a city is likelier than its namesakes.
METROPOLIS = 57
COUNTY_WORDS = (" County", " Parish", " Province", " Oblast", " District", " Region", " Township")
# A place alone tells its country for certain only so far above its rivals.
SURE_SCORE, SURE_LEAD = 6.5, 1.0
FAR_LEAD, TOWN = 2.5, 47


class Verdicts:
    """Says of each toponym of a story whether it names a place.

    `doubtful` are the spans of capitals that the gazetteer does not trust alone, and whose context is missing.
    """

    def __init__(
        self,
        story: Story,
        hits: Sequence[Hit],
        toponyms: Sequence[Toponym],
        doubtful: Container[tuple[str, int, int]] = (),
    ) -> None:
        self.doubtful = doubtful
        self.toponyms = toponyms
        self.senses = Senses(story, hits, toponyms)
        self.certain = _certain_countries(hits)
        self.surnames = {toponym.name for toponym in toponyms if self._is_in_person(toponym)}
        self.firm = {toponym.name for toponym in toponyms if self._is_firm(toponym)}

    def named(self) -> list[Toponym]:
        """The toponyms that name a place."""
        return [toponym for toponym in self.toponyms if self._is_place(toponym)]

    def is_sure(self, toponym: Toponym) -> bool:
        """Do name and story leave no doubt, so that the country may go out by itself?"""
        sense = self.senses.of[toponym.name]
        if toponym in self.senses.qualified:
            return True
        if toponym.span in self.doubtful or not (
            self.senses.risks[toponym.name] == 0 or sense.place.size >= METROPOLIS
        ):
            return False
        if sense.place.kind == COUNTRY and toponym.span not in self.certain and sense.company < COMPANY:
            return False
        is_alone = sense.lead >= FAR_LEAD and sense.place.size >= TOWN
        return is_alone or (sense.score >= SURE_SCORE and sense.lead >= SURE_LEAD)

    def _is_place(self, toponym: Toponym) -> bool:
        if toponym in self.senses.qualified:
            return True
        if toponym.around.is_actor and toponym.span in self.doubtful and self._means_capital(toponym):
            # "Brussels said": mostly the European Union or NATO.
            return False
        if self._is_whole_person(toponym) or (toponym.is_abbreviation and toponym.name not in PLAIN_ABBREVIATIONS):
            return False
        if self._is_only_a_word(toponym) or self._is_of_neighbour(toponym):
            return False
        if self._is_certain_country(toponym) and not self._is_something_else(toponym):
            return True
        return self.senses.of[toponym.name].score + self._for_name(toponym) + self._for_position(toponym) >= THRESHOLD

    def _is_certain_country(self, toponym: Toponym) -> bool:
        """Does the name mean a country in the story, or a capital that the gazetteer trusts?"""
        place = self.senses.of[toponym.name].place
        if place.kind not in (COUNTRY, CAPITAL):
            return False
        if self.certain.get(toponym.span) == place.country:
            return True
        return place.kind == COUNTRY and toponym.around.behind in SPEAKING and not toponym.around.before

    def _is_something_else(self, toponym: Toponym) -> bool:
        """Is the name a person's, a ship's or a girl's here, by what stands around it?"""
        around = toponym.around
        if self._is_in_person(toponym) or around.names_something_else:
            return True
        if (toponym.name in self.surnames or toponym.is_person) and not around.is_in_place_position:
            return True
        if around.is_in_place_position:
            return False
        if around.follows_particle and self.senses.of[toponym.name].place.kind != COUNTRY:
            return True
        is_given_name = GIVEN_NAME in toponym.listing.traits and around.has_capital_behind
        return is_given_name and not is_no_name(around.behind, is_last=True)

    def _is_of_neighbour(self, toponym: Toponym) -> bool:
        """A region that shares its name with a country ("Macedonia" beside Greece) is no small town elsewhere."""
        return toponym.name in SHARED_NAMES and self.senses.of[toponym.name].place.kind != COUNTRY

    def _is_only_a_word(self, toponym: Toponym) -> bool:
        """A word of every day that nowhere in the story stands where a place does ("Golf", "Commerce Department")."""
        place = self.senses.of[toponym.name].place
        if place.kind == COUNTRY or not (WORD in toponym.listing.traits or toponym.name in RISKY):
            return False
        is_known = place.kind in (CAPITAL, REGION) and self._share_of_risk(place) < 1
        has_people = toponym.around.behind in TOWNSFOLK and toponym.name not in RISKY
        return not (is_known or has_people or toponym.name in self.firm)

    def _means_capital(self, toponym: Toponym) -> bool:
        return self.senses.of[toponym.name].place.kind == CAPITAL

    def _for_name(self, toponym: Toponym) -> float:
        """What the name itself says for a place, or against it."""
        place = self.senses.of[toponym.name].place
        risk = self.senses.risks[toponym.name]
        weight = risk * self._share_of_risk(place)
        is_lonely = self.senses.of[toponym.name].company < COMPANY and place.kind not in (COUNTRY, NOWHERE)
        if is_lonely and place.size < VILLAGE and place.country not in AT_HOME:
            weight += VILLAGE_RISK
        if risk and is_lonely and toponym.name not in self.firm:
            weight += LONELY_RISK
        if toponym.around.is_in_sure_position or toponym.around.behind in TOWNSFOLK:
            weight *= RISK_IN_POSITION
        if toponym.name.endswith(COUNTY_WORDS):
            weight += COUNTY_BONUS
        if toponym.name in self.firm and not self._is_firm(toponym):
            weight += ELSEWHERE_BONUS
        return weight

    def _share_of_risk(self, place: Place) -> float:
        """Well-known places are seldom meant as a word or a person."""
        if place.kind == COUNTRY or (place.kind == REGION and place.country in HOME_BONUS):
            return 0.4
        return 0.5 if place.kind == CAPITAL or (place.kind == CITY and place.size >= METROPOLIS) else 1.0

    def _for_position(self, toponym: Toponym) -> float:
        """What stands around it says for a place, or against it."""
        around, kind, weight = toponym.around, self.senses.of[toponym.name].place.kind, 0.0
        if around.is_in_place_position:
            weight += POSITION_BONUS
        if around.is_dateline:
            weight += DATELINE_BONUS
        elif toponym.text.isupper() and toponym.name != toponym.text:
            weight += SHOUTING_RISK
        elif around.opens_sentence:
            weight += OPENING_RISK
        if self._is_in_person(toponym) and not toponym.name.endswith(COUNTY_WORDS):
            weight += NAME_BEFORE
        elif (toponym.name in self.surnames or toponym.is_person) and not around.is_in_place_position:
            weight += SURNAME_RISK
        if around.behind in TOWNSFOLK:
            weight += TOWNSFOLK_BONUS
        elif around.has_capital_behind:
            is_given_name = GIVEN_NAME in toponym.listing.traits and not around.is_in_place_position
            weight += GIVEN_NAME_RISK if is_given_name else CAPITAL_BEHIND
        if around.names_something_else or (around.follows_particle and kind != COUNTRY):
            weight += NAME_BEFORE
        if around.behind in SPEAKING and kind not in (CAPITAL, COUNTRY) and not around.is_in_place_position:
            weight += SPEAKING_RISK
        return weight

    def _is_whole_person(self, toponym: Toponym) -> bool:
        """Is it part of a person's full name, or a bare surname where no place could stand?"""
        if not toponym.is_person:
            return False
        around, kind = toponym.around, self.senses.of[toponym.name].place.kind
        is_placed = around.is_in_place_position if kind == COUNTRY else around.is_in_sure_position
        return not (toponym.is_bare_surname and (is_placed or around.is_dateline))

    def _is_firm(self, toponym: Toponym) -> bool:
        """Does this very place in the text leave little doubt? Then the name is a place elsewhere, too."""
        around = toponym.around
        if toponym in self.senses.qualified or around.is_dateline:
            return True
        return around.is_in_place_position and not toponym.is_person and not around.has_capital_behind

    def _is_in_person(self, toponym: Toponym) -> bool:
        """Does the name look like a part of a person's name here? Then it is one by itself, too."""
        if toponym in self.senses.qualified:
            return False
        if toponym.around.has_surname_behind and GIVEN_NAME in toponym.listing.traits:
            return True
        if self.senses.of[toponym.name].place.kind == COUNTRY and toponym.span in self.certain:
            # "Host Bulgaria": what stands before a country is seldom a name.
            return is_given(toponym.around.before)
        return toponym.around.has_name_before


def _certain_countries(hits: Sequence[Hit]) -> dict[tuple[str, int, int], str | None]:
    """The country of each span where the gazetteer has a strong name or capital of one."""
    return {
        (hit.field, hit.start, hit.end): hit.country.entry.country
        for hit in hits
        if hit.country is not None
        and hit.country.alias.strength == STRONG
        and hit.country.alias.form in NAMES | {CAPITAL}
    }
