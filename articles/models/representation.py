"""What readers and partners get of an article, made once and read many times."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Upper

from articles.states import PubState

# Beside its words a story is found by the stretch of so many days in which it was published, as one lexeme more, so
# that the newest of a hundred thousand that hold a word are found without the others.
DAYS_TOGETHER = 5
STRETCH = f"floor(extract(epoch FROM %(expressions)s AT TIME ZONE 'UTC') / {DAYS_TOGETHER * 24 * 60 * 60})::bigint"
IN_STRETCH = f"array_to_tsvector(ARRAY['@' || ({STRETCH})::text])"
# As SQL, for a statement that is to use the index.
_OWN = "articles_representation"
SEARCHED = f"({_OWN}.lexemes || {IN_STRETCH % {'expressions': f'{_OWN}.published_at'}})"


class Representation(models.Model):
    """The stored public form of one article: its JSON, the middle of its page, its search lexemes.

    Derived from the current edition; a withdrawn or killed article keeps a row that says only that.
    `published_at` and `article_id` order every public list.
    """

    class Status(models.TextChoices):
        LIVE = PubState.LIVE.value, "live"
        WITHDRAWN = PubState.WITHDRAWN.value, "withdrawn"
        KILLED = PubState.KILLED.value, "killed"

    article = models.OneToOneField(
        "articles.Article", on_delete=models.PROTECT, primary_key=True, related_name="representation"
    )
    uuid = models.UUIDField(unique=True, help_text="The article's own, so that a read needs one table.")
    edition = models.ForeignKey(
        "articles.Edition",
        on_delete=models.PROTECT,
        null=True,
        related_name="current_for",
        help_text="Empty unless live.",
    )
    status = models.CharField(max_length=10, choices=Status.choices)
    version = models.PositiveIntegerField()
    path = models.CharField(max_length=160, help_text="As in PublicAddress.")
    headline = models.CharField(max_length=250, blank=True)
    standfirst = models.TextField(blank=True)
    type = models.CharField(max_length=12, blank=True)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, related_name="+")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, null=True, related_name="+")
    card = models.JSONField(default=dict, help_text="What a list shows beside the headline: bylines, image, countries.")
    json = models.BinaryField(help_text="The API's article object, UTF-8.")
    facts = models.JSONField(
        null=True,
        help_text="What products look at, as in the change log. Of a story taken down: as it was when it was live.",
    )
    html = models.TextField(blank=True, help_text="The middle of the article's page.")
    head = models.TextField(blank=True, db_default="", default="", help_text="What its page says of it to machines.")
    etag = models.CharField(max_length=64, help_text="SHA-256 of the JSON.")
    lexemes = SearchVectorField(null=True)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    public_note = models.TextField(blank=True, help_text="The public notice of a kill.")
    earlier = ArrayField(
        models.BigIntegerField(),
        null=True,
        help_text="Ids of articles that told the same story before, oldest first; those that are live are shown.",
    )
    voices = models.JSONField(null=True, help_text="Who is quoted, as articles.voices writes them.")
    earlier_quotes = ArrayField(
        models.BigIntegerField(), null=True, help_text="What the voices said before, as ids of quotations."
    )
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-published_at", "-article_id")
        indexes = (
            models.Index(
                fields=["-published_at", "-article"],
                condition=models.Q(status="live"),
                name="representations_river",
            ),
            models.Index(
                fields=["section", "-published_at", "-article"],
                condition=models.Q(status="live"),
                name="representations_section_river",
            ),
            # Lists of partners, by the last change of the text.
            models.Index(
                fields=["-updated_at", "-article"],
                condition=models.Q(status="live"),
                name="representations_by_update",
            ),
            models.Index(fields=["path"], name="representations_by_path"),
            # The story that a title under Related News names.
            models.Index(
                Upper("headline"),
                F("published_at").desc(),
                condition=models.Q(status="live"),
                name="representations_by_headline",
            ),
            # Stories that were published before there was a head: what the sweep makes up for.
            models.Index(
                fields=["article"],
                condition=models.Q(status="live", head=""),
                name="representations_without_head",
            ),
            GinIndex(
                Func(
                    F("lexemes"),
                    Func(F("published_at"), template=IN_STRETCH),
                    template="(%(expressions)s)",
                    arg_joiner=" || ",
                ),
                name="representations_words_by_days",
            ),
            # Lists of a key with products.
            GinIndex(fields=["facts"], name="representations_by_facts", opclasses=["jsonb_path_ops"]),
        )

    def __str__(self) -> str:
        return f"{self.headline or self.article_id} ({self.status})"

    def get_absolute_url(self) -> str:
        return f"/news/{self.path}/"


class Listing(models.Model):
    """One live article under one entity: the narrow table that lists by country and by entity page over."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="listings")
    entity = models.ForeignKey("entities.Entity", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["article", "entity"], name="listing_once"),)
        indexes = (models.Index(fields=["entity", "-published_at", "-article"], name="listings_of_entity"),)

    def __str__(self) -> str:
        return f"{self.article_id} under {self.entity_id}"


class AuthorListing(models.Model):
    """One live article under one name of its byline: the narrow table that an author's page pages over.

    It holds the author's slug as the edition printed it, so that to represent a story asks for no author.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="author_listings")
    author_slug = models.CharField(max_length=80)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["article", "author_slug"], name="author_listing_once"),)
        indexes = (models.Index(fields=["author_slug", "-published_at", "-article"], name="listings_of_author"),)

    def __str__(self) -> str:
        return f"{self.article_id} by {self.author_slug}"
