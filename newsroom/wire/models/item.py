"""A story as an agency sent it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils import timezone

from articles.states import PubState

# What the wire desk finds an item by; PostgreSQL refuses a vector above one megabyte.
WORDS = SearchVector("headline", "standfirst", Left("text", 200_000), config="english")


class WireItemQuerySet(models.QuerySet["WireItem"]):
    def first_copies(self) -> WireItemQuerySet:
        """Without those that another one has told before, and those that a newer one stands for."""
        return self.filter(duplicate_of=None, replaced_by=None)

    def with_offer(self) -> WireItemQuerySet:
        """Whose update waits for somebody to take it or leave it."""
        return self.filter(offered_at__isnull=False)

    def with_open_kill(self) -> WireItemQuerySet:
        """Killed by the agency, while our story stands and nobody has said that it is dealt with; which story a kill in
        words means is a guess, and stands whatever ours is. Where the agency has sent it anew and that waits to be
        taken or left, this deals with the kill, but of what readers have."""
        stands = Q(article=None) | Q(is_guess=True) | ~Q(article__pub_state__in=(PubState.KILLED, PubState.SPIKED))
        is_asked = Q(state=WireItem.State.KILLED) | Q(offered_at=None) | Q(article__pub_state=PubState.LIVE)
        return self.filter(stands, is_asked, killed_at__isnull=False, settled_at=None)


class WireItem(models.Model):
    """One story of a source under the agency's id, in the newest form that came; everything in it is sanitised."""

    class State(models.TextChoices):
        NEW = "new", "new"
        TAKEN = "taken", "taken"
        IGNORED = "ignored", "ignored"
        KILLED = "killed", "killed by the agency"

    source = models.ForeignKey("wire.WireSource", on_delete=models.PROTECT, related_name="items")
    guid = models.CharField("the agency's id", max_length=500)
    version = models.CharField(max_length=60, blank=True, help_text="As the agency counts.")
    state = models.CharField(max_length=7, choices=State.choices, default=State.NEW)

    # What came.
    headline = models.CharField(max_length=250, blank=True)
    standfirst = models.TextField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    text = models.TextField(blank=True)
    byline = models.CharField(max_length=200, blank=True)
    dateline = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, blank=True)
    urgency = models.PositiveSmallIntegerField(null=True)
    link = models.CharField(max_length=1000, blank=True)
    note = models.CharField("the agency's note", max_length=500, blank=True)
    usage_terms = models.CharField("the agency's terms of use", max_length=500, blank=True, default="", db_default="")
    embargo_until = models.DateTimeField(null=True)
    embargo_words = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="An embargo of which no time could be read, as the agency wrote it: it has no end.",
    )
    sent_at = models.DateTimeField(null=True, help_text="When the agency says that it sent this version.")
    received_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, help_text="When this version came.")
    seen_at = models.DateTimeField(default=timezone.now, help_text="When it last stood in the feed, to a day.")

    # By what it is known again.
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of all that came.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of its words alone.")
    sketch = ArrayField(models.BigIntegerField(), default=list, help_text="A sample of its phrases.")
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="duplicates", help_text="The first to tell it."
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="replaces", help_text="Under which id it goes on."
    )

    # What the desk made of it.
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, null=True, related_name="wire_items")
    revision = models.ForeignKey(
        "articles.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="As the wire wrote it. While it is the newest of the story, nobody has touched that.",
    )
    used_headline = models.CharField(max_length=250, blank=True, help_text="The agency's, as our story took it in.")
    used_standfirst = models.TextField(max_length=500, blank=True)
    used_body = models.TextField(blank=True)
    used_embargo = models.CharField(
        max_length=100, blank=True, default="", db_default="", help_text="The agency's, as our story last heard it."
    )
    offered_at = models.DateTimeField(null=True, help_text="Since when an update waits to be taken or left.")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    # The agency's kill.
    killed_at = models.DateTimeField(
        null=True, help_text="Also of what was sent anew since, until our story is rid of what was killed."
    )
    state_before_kill = models.CharField(max_length=7, blank=True, default="", db_default="")
    killed_fingerprint = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="SHA-256 of the words that were killed, also after other words were sent.",
    )
    is_guess = models.BooleanField(
        default=False, db_default=False, help_text="It is a kill in words, and we guessed which story it means."
    )
    kill_note = models.CharField(max_length=500, blank=True)
    kills_seen = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Marks of the kills that came, also of those before it was sent anew.",
    )
    settled_at = models.DateTimeField(null=True, help_text="When somebody said that the kill is dealt with.")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = WireItemQuerySet.as_manager()

    class Meta:
        verbose_name = "wire item"
        ordering = ("-changed_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["source", "guid"], name="wire_item_once_a_source"),
            models.CheckConstraint(condition=~Q(guid=""), name="wire_item_has_an_id"),
            models.CheckConstraint(
                condition=Q(state__in=("new", "taken", "ignored", "killed")), name="wire_item_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(article__isnull=False), name="wire_item_taken_into_a_story"
            ),
            models.CheckConstraint(
                condition=~Q(state="killed") | Q(killed_at__isnull=False),
                name="wire_item_killed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(state="taken", article__isnull=False),
                name="wire_item_offers_to_a_story",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("id")), name="wire_item_no_duplicate_of_itself"
            ),
            models.CheckConstraint(condition=Q(urgency=None) | Q(urgency__range=(1, 8)), name="wire_item_urgency"),
        )
        indexes = (
            # The wire desk, newest first, as a whole and by state.
            models.Index(fields=["-changed_at", "-id"], name="wire_items_newest"),
            models.Index(fields=["state", "-changed_at", "-id"], name="wire_items_by_state"),
            models.Index(fields=["source", "-changed_at", "-id"], name="wire_items_by_source"),
            # Who told it before.
            models.Index(fields=["fingerprint"], name="wire_items_by_words"),
            GinIndex(fields=["sketch"], name="wire_items_by_phrases"),
            # The board's notices.
            models.Index(fields=["offered_at"], name="wire_items_offered", condition=Q(offered_at__isnull=False)),
            models.Index(
                fields=["killed_at"],
                name="wire_items_open_kills",
                condition=Q(killed_at__isnull=False, settled_at=None),
            ),
            # Words that come again under another id.
            models.Index(
                fields=["killed_fingerprint"], name="wire_items_killed_words", condition=~Q(killed_fingerprint="")
            ),
            # What is forgotten: long out of its feed.
            models.Index(fields=["seen_at"], name="wire_items_seen", condition=Q(article=None)),
            # The wire desk's search.
            GinIndex(WORDS, name="wire_items_words"),
        )

    def __str__(self) -> str:
        return self.headline or "A story without a headline"

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW

    @property
    def is_taken(self) -> bool:
        return self.state == self.State.TAKEN

    @property
    def is_killed(self) -> bool:
        return self.state == self.State.KILLED

    @property
    def has_standing_kill(self) -> bool:
        """Whether our story may have what the agency killed, even where that was sent anew since."""
        return self.killed_at is not None and self.settled_at is None

    @property
    def is_kill_open(self) -> bool:
        """Whether an editor has to see to it, as `with_open_kill`. Of what lies on our spike it is open again once that
        is brought back."""
        is_closed = self.article is not None and self.article.is_closed and not self.is_guess
        if not self.has_standing_kill or is_closed:
            return False
        is_live = self.article is not None and self.article.is_live
        return self.is_killed or self.offered_at is None or is_live
