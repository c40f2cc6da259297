"""Storylines in the admin: what each is, and its stories, some at a time, put in order by number, by a press or by
dragging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles import storylines
from articles.admin.clean_queries import is_key
from articles.admin.pickers import PICKER_NAMES
from articles.admin.read_versions import require_version
from articles.admin.story_named import story_named
from articles.models import Article, Storyline, StorylineStory
from articles.states import GuardFailed, Refused

CHANGE = "admin:articles_storyline_change"
STORIES_ON_PAGE = 50
# What the heavy columns of a representation are, which no list shows.
HEAVY = [f"article__representation__{name}" for name in ("json", "html", "lexemes")]


class StorylineForm(forms.ModelForm):
    """With the version it was loaded at, so that nobody saves over somebody else's words."""

    slug = forms.SlugField(
        label="Address",
        required=False,
        max_length=100,
        help_text="The last part of its address; empty, it is made of the title. Changed, the earlier one leads on.",
    )
    read_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Storyline
        fields = ("title", "slug", "intro", "entities", "is_public")
        widgets = {"title": forms.TextInput(attrs={"class": "vTextField"}), "intro": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "read_version" in self.fields:
            self.fields["read_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        require_version(self)
        return data

    def facts(self) -> dict[str, Any]:
        """As the verbs take them."""
        names = ("title", "slug", "intro", "entities", "is_public")
        given = {name: self.cleaned_data[name] for name in names}
        return given | ({"slug": self.instance.slug} if self.instance.pk and not given["slug"] else {})


@admin.register(Storyline)
class StorylineAdmin(admin.ModelAdmin):
    form = StorylineForm
    fields = ("title", "slug", "intro", "entities", "is_public", "read_version")
    autocomplete_fields = ("entities",)
    list_display = ("title", "how_many", "state", "is_public", "changed_at", "changed_by")
    list_filter = ("state", "is_public")
    list_select_related = ("changed_by",)
    search_fields = ("title", "slug")
    search_help_text = "Words of the title"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/articles/storyline/change_form.html"
    csv_columns = {
        "id": "pk",
        "title": "title",
        "slug": "slug",
        "state": "state",
        "public": "is_public",
        "changed (UTC)": "changed_at",
        "changed by": "changed_by",
    }

    class Media:
        js = (PICKER_NAMES,)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        own = path("<int:pk>/stories/", guard(require_POST(self.stories_view)), name="articles_storyline_stories")
        return [own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Storyline]:
        return super().get_queryset(request).annotate(held=Count("stories"))

    @admin.display(description="stories", ordering="held")
    def how_many(self, storyline: Storyline) -> int:
        return storyline.held

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: its address is out in the world. One that readers shall not see is made not public."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the verb refuses stands above the form, in which every word still is."""
        own = page_of(int(object_id), request.GET.get("page", "")) if object_id and is_key(object_id) else {}
        try:
            return super().changeform_view(request, object_id, form_url, own | (extra_context or {}))
        except Refused as refusal:
            request.refusal = refusal.message
            return super().changeform_view(request, object_id, form_url, own | (extra_context or {}))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows what the verb has refused, if it has."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", "")

        class Asked(form):  # type: ignore[misc, valid-type]
            def clean(self) -> dict[str, Any]:
                data: dict[str, Any] = super().clean() or self.cleaned_data
                if refusal:
                    raise forms.ValidationError(refusal)
                return data

        if "entities" in Asked.base_fields:
            Asked.base_fields["entities"].widget.can_add_related = False
        return Asked

    def save_model(self, request: HttpRequest, obj: Storyline, form: StorylineForm, change: bool) -> None:
        if change:
            version = form.cleaned_data["read_version"]
            saved = storylines.describe(obj, by=request.user, expected_version=version, **form.facts())
        else:
            saved = storylines.make_storyline(by=request.user, **form.facts())
        # The form's own object stands for the row that the verb wrote: for the log, and for the page that follows.
        obj.__dict__.update(saved.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The verb has written them."""

    def response_add(self, request: HttpRequest, obj: Storyline, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, f"“{obj}” is made. Now put stories into it.")
        return redirect(CHANGE, obj.pk)

    def stories_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One press: a story added, moved, taken out or noted, or the storyline closed or opened again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        storyline = get_object_or_404(Storyline, pk=pk)
        page = request.GET.get("page", "")
        try:
            done = press(storyline, request.POST, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            self.log_change(request, storyline, done.said)
            messages.success(request, done.said)
            page = str(done.page) if done.page else page
        query = f"?page={page}" if is_key(page) else ""
        return redirect(f"{reverse(CHANGE, args=[pk])}{query}#stories")


@dataclass(frozen=True, slots=True)
class Done:
    """What a press did, in words, and the page that shows it, where that may be another than the one it was made on."""

    said: str
    page: int | None = None


def page_of(pk: int, written: str) -> dict[str, Any]:
    """The stories of one page, the nearest to the one that is asked for, with the numbers on each; two statements."""
    listed = list(StorylineStory.objects.filter(storyline=pk).order_by("ordinal").values_list("article_id", flat=True))
    last = page_with(len(listed) or 1)
    page = min(max(int(written), 1), last) if is_key(written) else 1
    around = ("article__representation", "article__section", "added_by")
    rows = StorylineStory.objects.filter(storyline=pk).select_related(*around).defer(*HEAVY).order_by("ordinal")
    firsts = [(number, (number - 1) * STORIES_ON_PAGE + 1) for number in range(1, last + 1)]
    return {
        "rows": rows[(page - 1) * STORIES_ON_PAGE : page * STORIES_ON_PAGE],
        "listed": listed,
        "page": page,
        "pages": [(number, first, min(first + STORIES_ON_PAGE - 1, len(listed))) for number, first in firsts],
    }


def page_with(number: int) -> int:
    return (number - 1) // STORIES_ON_PAGE + 1


def press(storyline: Storyline, given: Any, *, by: Any) -> Done:
    """Do what was pressed.

    Raises:
        Refused: as the verb says.
        Http404: there is no such press.
    """
    if "state" in given:
        done = storylines.reopen if given["state"] == Storyline.State.OPEN else storylines.close
        return Done(f"The storyline is {done(storyline, by=by).get_state_display()}.")
    if "add" in given:
        at = _number(given.get("at", "")) if given.get("at") else None
        added = storylines.add_story(storyline, story_named(given["add"]), by=by, at=at, note=given.get("note", ""))
        return Done(f"“{added.article}” is number {added.ordinal}.", page_with(added.ordinal))
    for name, verb in PRESSES.items():
        if name in given:
            key, _, more = given[name].partition(":")
            story = get_object_or_404(Article, pk=key) if is_key(key) else None
            if story is None:
                raise Http404("There is no such story.")
            return verb(storyline, story, more, given, by)
    raise Http404("There is no such press.")


def _move(storyline: Storyline, story: Article, to: str, given: Any, by: Any) -> Done:
    """To the number in the button, and the page goes with it; or to the one that was typed, and the page stays, for the
    next that is to be moved."""
    row = storylines.move_story(storyline, story, to=_number(to or given.get(f"number-{story.pk}", "")), by=by)
    return Done(f"“{story}” is number {row.ordinal}.", page_with(row.ordinal) if to else None)


def _remove(storyline: Storyline, story: Article, more: str, given: Any, by: Any) -> Done:
    storylines.remove_story(storyline, story, by=by)
    return Done(f"“{story}” is taken out.")


def _note(storyline: Storyline, story: Article, more: str, given: Any, by: Any) -> Done:
    storylines.note_story(storyline, story, note=given.get(f"note-{story.pk}", ""), by=by)
    return Done(f"The note on “{story}” is saved.")


PRESSES = {"move": _move, "remove": _remove, "note": _note}


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        raise GuardFailed("Write the number as figures, such as 3.")
    return int(written)
