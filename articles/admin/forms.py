"""The form of the editing page: what is written.

It translates between fields and the arguments of the verbs, and saves nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db.models import Q, QuerySet
from django_prose_editor.widgets import importmap
from js_asset import Media, Script

from articles.admin.clean_queries import is_key
from articles.models import Article, Author, Image, PublicAddress, RelatedLink, Section
from articles.models.verdict import Origin
from articles.revisions import RelatedEntry

FORM_ID = "article-form"
STYLE_SHEETS = (
    *(
        "page",
        "dialogs",
        "writing",
        "toolbar",
        "linking",
        "story",
        "tabs",
        "facts",
        "panel",
        "evidence",
        "review",
        "quote",
        "pictures",
        "placed_pictures",
    ),
    *("composing", "comments", "plan", "preview", "related_news"),
)
NEWEST_IMAGES = 200
HEADLINE_GOAL = 90
STANDFIRST_GOAL = 200
URGENCIES = (
    ("", "Not set"),
    (1, "1, most urgent"),
    *((number, str(number)) for number in range(2, 8)),
    (8, "8, least urgent"),
)


class BodyEditor(forms.Textarea):
    """A plain textarea of HTML that the page's own module turns into the rich-text editor."""

    @property
    def media(self) -> Media:
        return Media(
            importmap=importmap,
            css={"all": ["site/reading.css", *(f"articles/editing/{name}.css" for name in STYLE_SHEETS)]},
            js=[Script("articles/editing/page.js", type="module")],
        )


class RelatedLines(forms.CharField):
    """Related News as lines: `#12 Headline` (a story of ours), `Title | https://address`, or a title alone.

    The address of a published story of ours stands for that story.
    """

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[RelatedEntry]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [self._entry(line) for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(initial) != _lines(data)

    def _entry(self, line: str) -> RelatedEntry:
        title, _, address = (part.strip() for part in line.rpartition("|"))
        if not title and not _is_address(address):
            return self._numbered(line) if line.startswith("#") else {"title": line}
        target = _story_at(address)
        if target is not None:
            return {"target": target}
        if not _is_address(address):
            return {"title": line}
        URLValidator(schemes=["http", "https"])(address)
        return {"title": title or address, "url": address}

    def _numbered(self, line: str) -> RelatedEntry:
        number = line[1:].partition(" ")[0]
        target = Article.objects.filter(pk=number).first() if number.isdecimal() else None
        if target is None:
            raise forms.ValidationError(f"There is no story {line.partition(' ')[0]} to link to.")
        return {"target": target}


def related_lines(links: Iterable[RelatedLink]) -> str:
    """The editor's links in the form that RelatedLines reads."""
    return "\n".join(_line(link) for link in links)


def with_origins(entries: list[RelatedEntry], links: Iterable[RelatedLink]) -> list[RelatedEntry]:
    """The entries, each knowing where it came from when it was there before."""
    origins = {_line(link): link.origin for link in links}
    for entry in entries:
        target = entry.get("target")
        line = _line(RelatedLink(target=target, title=entry.get("title", ""), url=entry.get("url", "")))
        entry["origin"] = origins.get(line, Origin.PERSON)
    return entries


def _line(link: RelatedLink) -> str:
    if link.target is not None:
        return f"#{link.target.pk} {link.target}"
    return f"{link.title} | {link.url}" if link.url else link.title


def _lines(value: Any) -> list[str]:
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "/news/"))


def _story_at(address: str) -> Article | None:
    path = urlsplit(address).path.strip("/")
    own = urlsplit(settings.SITE_URL).netloc
    if not path.startswith("news/") or urlsplit(address).netloc not in ("", own):
        return None
    found = PublicAddress.objects.select_related("article").filter(path=path.removeprefix("news/")).first()
    return found.article if found else None


class ArticleForm(forms.ModelForm):
    """Everything that is written, with the version it was loaded at. Nothing is required: drafts always save."""

    # The tab whose unsaved words the form shows again.
    restored_tab = ""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    headline = forms.CharField(
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Headline", "data-goal": HEADLINE_GOAL}),
    )
    standfirst = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(
            attrs={"rows": 1, "placeholder": "Why a reader should go on", "data-goal": STANDFIRST_GOAL}
        ),
    )
    authors = forms.ModelMultipleChoiceField(
        Author.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label="Authors"
    )
    section = forms.ModelChoiceField(Section.objects.all(), required=False, empty_label="Choose a section")
    image = forms.ModelChoiceField(Image.objects.none(), required=False, empty_label="No picture", label="Picture")
    urgency = forms.TypedChoiceField(choices=URGENCIES, required=False, coerce=int, empty_value=None)
    related = RelatedLines(
        required=False,
        label="Related news",
        help_text="One a line: the address of a story of ours, or a title, or “title | https://address”.",
    )

    class Meta:
        model = Article
        fields = (
            *("headline", "slugline", "standfirst", "body", "type", "section", "dateline", "image", "urgency"),
            *("slug", "may_syndicate", "source_name"),
        )
        widgets = {
            "body": BodyEditor(attrs={"rows": 24}),
            "slugline": forms.TextInput(attrs={"placeholder": "slugline"}),
        }
        labels = {
            "may_syndicate": "Partners get it",
            "source_name": "Agency or paper",
            "slug": "Address",
        }
        help_texts = {
            "may_syndicate": "Off for agency copy.",
            "slug": "Empty: made from the headline at publication.",
            "source_name": "Where it came from, if it is not ours.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        article: Article = kwargs["instance"]
        bylines = [byline.author_id for byline in article.bylines.all()]
        self.links = [link for link in article.related_links.all() if link.origin != Origin.MACHINE]
        kwargs["initial"] = {
            "lock_version": article.lock_version,
            "authors": bylines,
            "related": related_lines(self.links),
        } | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.bylines = bylines
        # Part of the form wherever they stand on the page: in the text's column or in the panel.
        for field in self.fields.values():
            field.widget.attrs["form"] = FORM_ID
        self.fields["image"].queryset = self._pictures(article)  # type: ignore[attr-defined]

    def _pictures(self, article: Article) -> QuerySet[Image]:
        """The newest ones, the one that stands, and whichever was chosen from the dialog."""
        newest = Image.objects.order_by("-id").values("pk")[:NEWEST_IMAGES]
        chosen = str(self.data.get("image", ""))
        kept = [article.image_id, int(chosen) if is_key(chosen) else None]
        return Image.objects.filter(Q(pk__in=newest) | Q(pk__in=kept))

    def _post_clean(self) -> None:
        """Nothing: the instance belongs to the verbs, which look at lengths and meaning themselves."""

    def written(self, *, all_of_it: bool = False) -> dict[str, Any]:
        """The arguments of `save_revision`: what differs from the loaded copy, or all of it."""
        names = CONTENT if all_of_it else [name for name in CONTENT if name in self.changed_data]
        content = {name: self.cleaned_data[name] for name in names}
        if "authors" in content:
            content["authors"] = self._in_order(content["authors"])
        if "related" in content:
            content["related"] = with_origins(content["related"], self.links)
        return content

    def _in_order(self, authors: Iterable[Author]) -> list[Author]:
        """Bylines keep their order; who joins comes last."""
        standing = {pk: place for place, pk in enumerate(self.bylines)}
        return sorted(authors, key=lambda author: standing.get(author.pk, len(standing)))


CONTENT = (
    *("headline", "slugline", "standfirst", "body", "type", "section", "dateline", "image", "urgency"),
    *("slug", "may_syndicate", "source_name", "authors", "related"),
)
