"""The article: the desk's working copy, and what the public has of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils import timezone

from articles.states import PubState, WorkState

if TYPE_CHECKING:
    from articles.models.revision import Revision


class ArticleType(models.TextChoices):
    NEWS = "news", "news"
    BRIEF = "brief", "brief"
    ANALYSIS = "analysis", "analysis"
    OPINION = "opinion", "opinion"
    INTERVIEW = "interview", "interview"
    EXPLAINER = "explainer", "explainer"


# PostgreSQL refuses a vector above one megabyte; a story of 100,000 words stays below it at this length.
INDEXED_CHARACTERS = 300_000
# What the desk finds a working copy by.
WORDS = SearchVector("headline", "slugline", "standfirst", Left("body", INDEXED_CHARACTERS), config="english")


class Priority(models.IntegerChoices):
    """How soon the desk wants a story; nothing that readers or partners see, unlike its urgency."""

    LOW = 1, "low"
    NORMAL = 2, "normal"
    HIGH = 3, "high"
    BREAKING = 4, "breaking"


# Work that its writer still has in hand.
WITH_WRITER = (WorkState.DRAFT, WorkState.CHANGES_REQUESTED)


class Article(models.Model):
    """The working copy, which no public surface reads, with its two states.

    Written through the verbs alone: `articles.revisions.save_revision` for what is written,
    `articles.workflow` and `articles.publishing` for the states.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    # What is written: goes into every revision's snapshot.
    type = models.CharField(max_length=12, choices=ArticleType.choices, default=ArticleType.NEWS)
    headline = models.CharField(max_length=250, blank=True, help_text="What happened, in fewer than 90 characters.")
    slug = models.SlugField(
        max_length=120,
        blank=True,
        help_text="Its part of the address. Empty: made from the headline at publication.",
    )
    slugline = models.CharField(
        max_length=60, blank=True, help_text="The desk's short name for the story, such as vostok-china."
    )
    standfirst = models.TextField(
        max_length=500, blank=True, help_text="One or two sentences that say why a reader should go on."
    )
    body = models.TextField(blank=True, help_text="The story itself.")
    dateline = models.CharField(max_length=80, blank=True, help_text="Where it was written, such as GDYNIA.")
    language = models.CharField(max_length=8, default="en")
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, blank=True)
    authors = models.ManyToManyField("articles.Author", through="articles.Byline", related_name="articles")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 (most urgent) to 8.")
    may_syndicate = models.BooleanField(default=True, help_text="Partners get it. Off for agency copy.")
    source_name = models.CharField(max_length=120, blank=True, help_text="The agency or paper it came from.")

    # The desk's arrangements: no revision, no lock.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_articles",
    )
    due_at = models.DateTimeField(null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        choices=Priority.choices, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    embargo_until = models.DateTimeField(null=True, blank=True)
    is_embargoed_indefinitely = models.BooleanField(default=False)
    embargo_note = models.CharField(max_length=300, blank=True)
    hold_reason = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Why it must not go out, whoever has approved it. Empty: nothing holds it.",
    )

    # The states.
    work_state = models.CharField(max_length=20, choices=WorkState.choices, default=WorkState.DRAFT, editable=False)
    pub_state = models.CharField(max_length=20, choices=PubState.choices, default=PubState.NEVER, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False, help_text="Of the public edition; 0: none.")
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    edition = models.ForeignKey(
        "articles.Edition", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    publish_at = models.DateTimeField(null=True, blank=True, editable=False)
    unpublish_at = models.DateTimeField(null=True, blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    scheduled_from = models.CharField(max_length=20, blank=True, editable=False)
    # The approved version of a live story may wait for its time, too.
    update_at = models.DateTimeField(null=True, blank=True, editable=False)
    update_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    update_kind = models.CharField(max_length=10, blank=True, db_default="", default="", editable=False)
    update_notice = models.TextField(
        blank=True, db_default="", default="", editable=False, help_text="The public notice of a correction."
    )
    update_notice_kind = models.CharField(max_length=14, blank=True, db_default="", default="", editable=False)
    update_position = models.CharField(max_length=4, blank=True, db_default="", default="", editable=False)
    published_at = models.DateTimeField(null=True, editable=False, help_text="First publication; never moves.")
    updated_at = models.DateTimeField(null=True, editable=False, help_text="Of the text readers see.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="articles"
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    import_fingerprint = models.CharField(  # noqa: DJ001 - many stories have none, and each is unique
        max_length=64,
        unique=True,
        null=True,
        editable=False,
        help_text="SHA-256 of the imported story's words.",
    )
    external_id = models.CharField(  # noqa: DJ001 - most stories have none, and each is unique
        max_length=200,
        unique=True,
        null=True,
        editable=False,
        help_text="Its id in the archive that it was loaded from.",
    )

    class Meta:
        verbose_name, verbose_name_plural = "story", "stories"
        ordering = ("-saved_at", "-id")
        permissions = (
            ("write_article", "Can write stories and edit own or assigned ones"),
            ("edit_any_article", "Can edit every story"),
            ("decide_proposals", "Can confirm and reject what the tagger proposes"),
            ("submit_article", "Can submit own or assigned stories for review"),
            ("review_article", "Can request changes, approve, recall and submit any story"),
            ("approve_own_article", "Can approve a story that nobody else has worked on, with a reason"),
            ("publish_article", "Can publish, schedule, update, correct and withdraw"),
            ("lift_embargo", "Can publish before an embargo has passed, with a reason"),
            ("kill_article", "Can kill a story"),
            ("spike_article", "Can spike own drafts"),
            ("spike_any_article", "Can spike any story that was never published"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(work_state__in=WorkState.values), name="article_work_state_known"),
            models.CheckConstraint(condition=Q(pub_state__in=PubState.values), name="article_pub_state_known"),
            models.CheckConstraint(
                condition=~Q(pub_state=PubState.SCHEDULED) | Q(work_state=WorkState.APPROVED),
                name="article_scheduled_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(pub_state=PubState.SCHEDULED, publish_at__isnull=False, scheduled_by__isnull=False)
                | (~Q(pub_state=PubState.SCHEDULED) & Q(publish_at=None)),
                name="article_publish_at_when_scheduled",
            ),
            models.CheckConstraint(
                condition=Q(
                    update_at__isnull=False,
                    update_by__isnull=False,
                    update_kind__in=("minor", "update", "correction"),
                    pub_state=PubState.LIVE,
                    work_state=WorkState.APPROVED,
                )
                | Q(update_at=None, update_by=None, update_kind="", update_notice=""),
                name="article_update_waits_only_when_live_and_approved",
            ),
            models.CheckConstraint(
                condition=(Q(update_kind="correction") & ~Q(update_notice=""))
                | (~Q(update_kind="correction") & Q(update_notice="", update_notice_kind="", update_position="")),
                name="article_waiting_correction_has_notice",
            ),
            models.CheckConstraint(
                condition=~Q(work_state=WorkState.APPROVED) | Q(approved_revision__isnull=False),
                name="article_approved_names_its_revision",
            ),
            models.CheckConstraint(
                condition=Q(pub_state__in=(PubState.NEVER, PubState.SPIKED), edition=None, version=0)
                | Q(pub_state=PubState.SCHEDULED)
                | Q(
                    pub_state__in=(PubState.LIVE, PubState.WITHDRAWN, PubState.KILLED),
                    edition__isnull=False,
                    version__gte=1,
                    published_at__isnull=False,
                ),
                name="article_public_means_edition",
            ),
            models.CheckConstraint(condition=Q(priority__in=(1, 2, 3, 4)), name="article_priority_known"),
            models.CheckConstraint(
                condition=Q(urgency=None) | Q(urgency__range=(1, 8)), name="article_urgency_one_to_eight"
            ),
        )
        indexes = (
            models.Index(fields=["pub_state", "publish_at"], name="articles_due_to_publish"),
            models.Index(
                fields=["unpublish_at"],
                name="articles_due_to_unpublish",
                condition=Q(unpublish_at__isnull=False),
            ),
            models.Index(fields=["update_at"], name="articles_due_to_update", condition=Q(update_at__isnull=False)),
            models.Index(fields=["-saved_at", "-id"], name="articles_last_saved"),
            models.Index(fields=["work_state", "-saved_at"], name="articles_by_work_state"),
            models.Index(
                fields=["edition", "revision"],
                include=["id"],
                condition=Q(work_state="approved", pub_state="live"),
                name="articles_live_and_approved",
            ),
            # What is due, overdue or soon to be: the clock, the board and the filter ask every time.
            models.Index(fields=["due_at"], name="articles_due", condition=Q(due_at__isnull=False)),
            # Working copies with a picture in their text, of which articles.pictures.usage looks through the words.
            models.Index(fields=["id"], name="articles_with_pictures", condition=Q(body__contains="<img")),
            # The desk's search of working copies; articles.finding asks in exactly these words.
            GinIndex(WORDS, name="articles_words"),
        )

    def __str__(self) -> str:
        return self.headline or "Untitled story"

    @property
    def newest_revision(self) -> Revision:
        """The revision that stands now; every article has one from its first transaction on."""
        assert self.revision is not None
        return self.revision

    @property
    def is_live(self) -> bool:
        return self.pub_state == PubState.LIVE

    @property
    def is_update_due(self) -> bool:
        """Whether the time of a waiting new version has come."""
        return self.update_at is not None and self.update_at <= timezone.now()

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be written into it any more."""
        return self.pub_state in (PubState.KILLED, PubState.SPIKED)

    @property
    def is_overdue(self) -> bool:
        """Whether its due time has passed while its writer still has it; the rule of `desk_lists.overdue`."""
        if self.due_at is None or self.due_at >= timezone.now() or self.work_state not in WITH_WRITER:
            return False
        if self.is_live:
            return self.updated_at is None or self.due_at > self.updated_at
        return not self.is_closed

    @property
    def is_under_embargo(self) -> bool:
        """Whether an embargo forbids publication at this moment."""
        return self.is_embargoed_indefinitely or bool(self.embargo_until and self.embargo_until > timezone.now())
