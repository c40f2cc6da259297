"""A feed of an agency that the desk has declared."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from newsroom.outgoing.destinations import LONGEST_URL

# In a row; with the waits between them, a good eight hours.
FAILURES_UNTIL_PAUSE = 12
# From here on the board tells of it.
FAILURES_UNTIL_TOLD = 3


class WireSourceQuerySet(models.QuerySet["WireSource"]):
    def followed(self) -> WireSourceQuerySet:
        """Those that are asked by themselves."""
        return self.filter(is_enabled=True, paused_at=None)

    def due(self, at: datetime) -> WireSourceQuerySet:
        """Those whose time has come and whom nobody is asking."""
        return self.followed().filter(Q(leased_until=None) | Q(leased_until__lte=at), fetch_at__lte=at)

    def ill(self) -> WireSourceQuerySet:
        """Paused, or failing again and again, although the desk wants them."""
        return self.filter(~Q(paused_at=None) | Q(failures__gte=FAILURES_UNTIL_TOLD), is_enabled=True)


class WireSource(models.Model):
    """How a feed is asked, what becomes of its stories, and how it fares."""

    class Format(models.TextChoices):
        RSS = "rss", "RSS"
        ATOM = "atom", "Atom"
        NINJS = "ninjs", "ninjs"

    class SignIn(models.TextChoices):
        NONE = "", "nothing"
        BASIC = "basic", "a name and a password"
        BEARER = "bearer", "a token"
        HEADER = "header", "a key in a header"

    name = models.CharField(max_length=80, unique=True, help_text="What the desk calls it, such as “AFP, Europe”.")
    url = models.CharField(
        "address",
        max_length=LONGEST_URL,
        help_text="The feed's address, beginning with https://. Try it out before you save.",
    )
    format = models.CharField(max_length=5, choices=Format.choices, default=Format.RSS)
    sign_in = models.CharField(
        "signs in with",
        max_length=6,
        choices=SignIn.choices,
        default=SignIn.NONE,
        db_default=SignIn.NONE,
        blank=True,
        help_text="What the agency has given us. A key that belongs into the address is part of the address.",
    )
    sign_in_name = models.CharField(
        "name, or header",
        max_length=120,
        default="",
        db_default="",
        blank=True,
        help_text="Of a name and password, the name; of a key in a header, the header, such as X-Api-Key.",
    )
    sealed_secret = models.TextField(blank=True, default="", db_default="", editable=False)
    credit = models.CharField(
        max_length=120,
        help_text="The agency as it is credited, such as AFP: it goes into the story's “Agency or paper”.",
    )
    author = models.ForeignKey(
        "articles.Author",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The byline of its drafts, such as an author page for the agency. Empty: you name one while editing.",
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where its drafts begin. Empty: you choose while editing.",
    )
    language = models.CharField(max_length=8, default="en", help_text="Where a story does not say its own.")
    is_enabled = models.BooleanField("ask it", default=True, help_text="Off: nothing is fetched; what came stays.")
    makes_drafts = models.BooleanField(
        "draft each story",
        default=True,
        help_text="On: each new story becomes a draft by itself. Off: it waits at the wire desk to be taken.",
    )
    spikes_after_days = models.PositiveSmallIntegerField(
        "spike untouched drafts after … days",
        null=True,
        blank=True,
        default=14,
        db_default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="1 to 365 days in which nobody touched a draft. Empty: they stay. Spiked ones can be brought back.",
    )
    minutes = models.PositiveSmallIntegerField(
        "every … minutes",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text="How often it is asked: 1 to 1440 minutes. Less often while it fails.",
    )

    # What the agency said last, so that it need not send the same again.
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)

    # When it is asked next, and who is at it.
    fetch_at = models.DateTimeField(default=timezone.now, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)

    # How it fares.
    asked_at = models.DateTimeField(null=True, editable=False)
    last_success_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False, help_text="When its list was last read to the end.")
    last_new_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False, help_text="In a row.")
    failing_since = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    last_faults = models.CharField(
        max_length=500, blank=True, editable=False, help_text="Of the last reading: which of its items were left out."
    )
    paused_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WireSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "source"
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["url"], name="wire_source_address_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(url="") & ~Q(credit=""), name="wire_source_named_and_credited"
            ),
            models.CheckConstraint(condition=Q(format__in=("rss", "atom", "ninjs")), name="wire_source_format_known"),
            models.CheckConstraint(
                condition=Q(sign_in="", sign_in_name="", sealed_secret="")
                | Q(sign_in="bearer", sign_in_name="") & ~Q(sealed_secret="")
                | Q(sign_in__in=("basic", "header")) & ~Q(sign_in_name="") & ~Q(sealed_secret=""),
                name="wire_source_sign_in_whole",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="wire_source_minutes_of_a_day"),
            models.CheckConstraint(
                condition=Q(spikes_after_days=None) | Q(spikes_after_days__range=(1, 365)),
                name="wire_source_spikes_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True) | Q(failures__gte=1, failing_since__isnull=False),
                name="wire_source_failing_since_first_failure",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_url(self) -> str:
        """Without the query, in which some agencies want a key."""
        address, mark, _ = self.url.partition("?")
        return f"{address}?…" if mark else address

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None

    @property
    def is_failing(self) -> bool:
        return self.failing_since is not None
