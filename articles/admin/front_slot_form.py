"""What stands in one place of the front page: the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.http import Http404
from django.urls import resolve

from articles.admin.newsroom_times import NewsroomDateTimeField
from articles.front import Place, Spot, check_placing, plain_line
from articles.models import Article, FrontSlot, Representation, Section
from articles.states import GuardFailed
from articles.views.entity import entity_at
from entities.models import Entity, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

STORIES_OFFERED = 150


def spots() -> list[Spot]:
    """Every place that can be filled by hand, in the order of the page; those on pages without saying whose."""
    numbers = FrontSlot.NUMBERS
    home = [Spot(place, number) for place in (Place.LEAD, Place.SECONDARY) for number in range(1, numbers[place] + 1)]
    pinned = [
        Spot(Place.SECTION, number, section)
        for section in Section.objects.order_by("ordinal", "name")
        for number in range(1, numbers[Place.SECTION] + 1)
    ]
    on_pages = [Spot(Place.ENTITY, number) for number in range(1, numbers[Place.ENTITY] + 1)]
    return [Spot(Place.BREAKING), *home, *pinned, *on_pages]


def code_of(spot: Spot) -> str:
    """A spot in an address or a form: "secondary-2", "section-1-sea", "entity-1"."""
    parts = [spot.place.value, str(spot.ordinal), *([spot.section.slug] if spot.section else [])]
    return "-".join(parts)


class StoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        shown = obj.representation
        return f"{shown.headline} ({shown.published_at:%-d %b, %H:%M} UTC)"


class FrontSlotForm(forms.ModelForm):
    where = forms.ChoiceField(help_text="What stands there now leaves it; two stories of one page change places.")
    page = forms.CharField(
        label="On the page",
        required=False,
        help_text="Only for a story pinned on a page: its address on the site, such as /countries/finland/ or "
        "/entities/exercise/steadfast-defender/.",
    )
    story = StoryChoice(
        queryset=Article.objects.none(),
        required=False,
        help_text=f"One of the newest {STORIES_OFFERED} that are live.",
    )
    address = forms.CharField(
        label="or an older story",
        required=False,
        help_text="Its address on the site, such as /news/2026/11/some-story/.",
    )
    until = NewsroomDateTimeField(
        required=False,
        help_text="From then on the place is filled by itself again. The breaking strip must have an end.",
    )

    class Meta:
        model = FrontSlot
        fields = ("text", "until")
        widgets = {"text": forms.TextInput(attrs={"class": "vTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slot = self.instance
        self.spots = {code_of(spot): spot for spot in spots()}
        if slot.pk:
            at = Spot.of(slot)
            self.spots = {code_of(at): at}
            page = slot.entity.canonical.get_absolute_url() if slot.entity else ""
            self.initial.update(where=code_of(at), story=slot.story_id, page=page)
            self.fields["page"].disabled = True
        self.fields["where"].choices = [(code, str(spot)) for code, spot in self.spots.items()]
        self.fields["story"].queryset = _offered(slot.story_id)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        spot, story = self._spot(data), self._older(data["address"]) or data["story"]
        text = plain_line(data["text"])
        try:
            check_placing(spot, story=story, text=text, until=data["until"])
        except GuardFailed as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        return data | {"spot": spot, "story": story, "text": text}

    def _spot(self, data: dict[str, Any]) -> Spot:
        spot = self.spots[data["where"]]
        if spot.entity or not data["page"].strip():
            return spot
        if spot.place != Place.ENTITY:
            raise forms.ValidationError({"page": "This is for a story pinned on a page alone. Leave it empty."})
        return replace(spot, entity=_entity_at(data["page"]))

    def _older(self, address: str) -> Article | None:
        path = urlsplit(address.strip()).path.removeprefix("/news/").strip("/")
        if not path:
            return None
        shown = Representation.objects.filter(path=path, status=Representation.Status.LIVE).select_related("article")
        found = shown.first()
        if found is None:
            raise forms.ValidationError({"address": "No live story has this address."})
        return found.article


def _entity_at(address: str) -> Entity:
    """The entity whose page stands at an address.

    Raises:
        ValidationError: there is no such page.
    """
    try:
        found = resolve(urlsplit(address.strip()).path)
        if found.url_name not in ("country", "entity"):
            raise Http404
        return entity_at(found.kwargs.get("kind", Kind.COUNTRY), found.kwargs["slug"]).canonical
    except (Http404, ValueError) as error:
        told = "There is no page of a country, a person or a thing at this address."
        raise forms.ValidationError({"page": told}) from error


def _offered(chosen: int | None) -> QuerySet[Article]:
    """The newest live stories, and the one that stands there, however old."""
    live = Representation.objects.filter(status=Representation.Status.LIVE).order_by("-published_at", "-article_id")
    ids = [*live.values_list("pk", flat=True)[:STORIES_OFFERED], *([chosen] if chosen else [])]
    stories = Article.objects.filter(pk__in=ids, representation__isnull=False).select_related("representation")
    return stories.order_by("-representation__published_at", "-pk")
