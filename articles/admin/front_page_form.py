"""A whole page arranged by hand: one form, with a row for each of its places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from articles.admin.newsroom_times import NewsroomDateTimeField
from articles.admin.place_numbers import new_numbers, wrong_numbers
from articles.admin.story_named import story_named
from articles.front import Place, Spot
from articles.front_arrangement import Page, Standing, mark_of
from articles.models import Article, FrontSlot
from articles.states import GuardFailed

# What goes with a story to another number.
MOVED = ("story", "until", "until-turn")
LONGEST_TEXT = FrontSlot._meta.get_field("text").max_length


def code_of(spot: Spot) -> str:
    """A place in the names of a form's fields: "secondary-2"."""
    return f"{spot.place.value}-{spot.ordinal}"


class PlaceForm(forms.Form):
    """One place. `stood` is the mark of what stood there when the page was read."""

    text = forms.CharField(
        label="Words", required=False, max_length=LONGEST_TEXT, help_text="Empty: the story’s headline."
    )
    story = forms.CharField(label="Story", required=False)
    until = NewsroomDateTimeField(label="Until", required=False)
    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        spot: Spot,
        *,
        number: int,
        slot: FrontSlot | None,
        data: Mapping[str, str] | None,
        known: Mapping[str, Article],
        wrong: str = "",
    ) -> None:
        super().__init__(data, prefix=code_of(spot), initial=_initial(slot))
        self.wrong, self.known = wrong, known
        self.spot, self.number, self.slot = spot, number, slot
        self.code = code_of(spot)
        self.typed_number = (data or {}).get(f"{self.code}-number", str(number))
        self.is_changed_meanwhile = False
        self.fields["story"].widget.attrs |= {
            "placeholder": "Words, #number or address",
            "autocomplete": "off",
            "maxlength": 300,
        }
        if spot.place != Place.BREAKING:
            del self.fields["text"]

    @property
    def place_name(self) -> str:
        """“Lead”, and with its number what there is more than one of."""
        is_one_of_many = FrontSlot.NUMBERS[self.spot.place] > 1
        name = {Place.SECONDARY: "beside the lead"}.get(self.spot.place, "pinned")
        return f"{name}, {self.spot.ordinal}" if is_one_of_many else self.spot.place.label

    def clean_story(self) -> Article | None:
        written = self.cleaned_data["story"].strip()
        # Also of one that was killed or withdrawn since: what was left alone is not asked about again.
        if written in self.known:
            return self.known[written]
        try:
            return story_named(written) if written else None
        except GuardFailed as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        if self.wrong:
            raise forms.ValidationError(self.wrong)
        return self.cleaned_data

    @property
    def standing(self) -> Standing | None:
        """What was asked for; without story and words the place is given back, whatever end was typed."""
        data = self.cleaned_data
        story, text = data.get("story"), data.get("text", "")
        return Standing(story, text, data.get("until")) if story or text else None

    @property
    def hint(self) -> str:
        """A story may be pinned in a section that is not its own; whoever did not mean that is told."""
        chosen = self.slot.story if self.slot else None
        if self.is_bound:
            chosen = self.cleaned_data.get("story") if self.is_valid() else None
        if chosen is None or self.spot.section is None or chosen.section_id == self.spot.section.pk:
            return ""
        own = f"of the section {chosen.section}" if chosen.section else "of no section"
        return f"This story is {own}: pinned here, it stands in {self.spot.section} as well."

    @property
    def is_untouched(self) -> bool:
        return mark_of(self.standing) == self.cleaned_data["stood"]

    @property
    def is_changed(self) -> bool:
        """Whether it came back from a press with something else than what stood there."""
        return self.is_bound and self.is_valid() and not self.is_untouched


class PageForm:
    """The rows of a page, bound to what was posted, each already at the number that was typed for it."""

    def __init__(self, page: Page, slots: Mapping[Spot, FrontSlot], posted: Mapping[str, str] | None = None) -> None:
        self.page, self.slots = page, slots
        self.is_unsaved = posted is not None
        self.wrong_numbers: dict[int, str] = {}
        self.data = None if posted is None else self._in_order(posted)
        self.places = self._places()

    def is_valid(self) -> bool:
        """Each row is asked, so that all that is wrong is told at once."""
        return {place.is_valid() for place in self.places} == {True}

    @property
    def wanted(self) -> dict[Spot, Standing]:
        return {place.spot: place.standing for place in self.places if place.standing}

    @property
    def read(self) -> dict[Spot, str]:
        return {place.spot: place.cleaned_data["stood"] for place in self.places}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """All that was typed, for a page that hands it on."""
        return sorted((self.data or {}).items())

    def tell(self, told: Mapping[Spot, str]) -> None:
        for place in self.places:
            if place.spot in told:
                place.add_error(None, told[place.spot])

    def take_theirs(self) -> None:
        """After somebody else arranged the page: rows that were left alone show what stands there now; the others keep
        what was typed. Each of them says so, and the next press is about the page as it is now."""
        assert self.data is not None
        theirs = {place.code: mark_of(self._standing(place)) for place in self.places}
        changed = {place.code for place in self.places if place.cleaned_data["stood"] != theirs[place.code]}
        for place in self.places:
            if place.code in changed and place.is_untouched:
                self.data |= _as_typed(place.code, place.slot)
            self.data[f"{place.code}-stood"] = theirs[place.code]
        self.places = self._places()
        for place in self.places:
            place.is_changed_meanwhile = place.code in changed

    def _places(self) -> list[PlaceForm]:
        known = {_line(slot).strip(): slot.story for slot in self.slots.values() if slot.story}
        return [
            PlaceForm(
                spot,
                number=number,
                slot=self.slots.get(spot),
                data=self.data,
                known=known,
                wrong=self.wrong_numbers.get(number, ""),
            )
            for number, spot in numbered(self.page).items()
        ]

    def _standing(self, place: PlaceForm) -> Standing | None:
        return Standing.of(place.slot) if place.slot else None

    def _in_order(self, posted: Mapping[str, str]) -> dict[str, str]:
        codes = {number: code_of(spot) for number, spot in numbered(self.page).items()}
        names = ("number", "text", "stood", *MOVED)
        data = {f"{code}-{name}": posted.get(f"{code}-{name}", "") for code in codes.values() for name in names}
        ordered = {number: code for number, code in codes.items() if number}
        typed = {number: data[f"{code}-number"].strip() or str(number) for number, code in ordered.items()}
        self.wrong_numbers = wrong_numbers(typed)
        if self.wrong_numbers:
            return data
        moved = {
            f"{codes[to]}-{name}": data[f"{codes[number]}-{name}"]
            for number, to in new_numbers(typed).items()
            for name in MOVED
        }
        return data | moved | {f"{code}-number": str(number) for number, code in ordered.items()}


def numbered(page: Page) -> dict[int, Spot]:
    """The places of a page by the number in which they stand; the strip, which stands in no order, has 0."""
    spots = page.spots()
    return dict(enumerate(spots, start=0 if page.is_home else 1))


def _initial(slot: FrontSlot | None) -> dict[str, Any]:
    if slot is None:
        return {}
    return {
        "story": _line(slot),
        "text": slot.text,
        "until": slot.until,
        "stood": mark_of(Standing.of(slot)),
    }


def _as_typed(code: str, slot: FrontSlot | None) -> dict[str, str]:
    """What stands there now as if somebody had typed it."""
    until = NewsroomDateTimeField().prepare_value(slot.until) if slot and slot.until else None
    return {
        f"{code}-story": _line(slot) if slot else "",
        f"{code}-text": slot.text if slot else "",
        f"{code}-until": until.text if until else "",
        f"{code}-until-turn": until.turn if until else "",
    }


def _line(slot: FrontSlot) -> str:
    return f"#{slot.story_id} {slot.story}" if slot.story else ""
