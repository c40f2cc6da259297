"""What the stored documents look like, for the description of the API.

Nothing is serialised with these at read: a test holds every answer against them.
"""

from __future__ import annotations

from rest_framework import serializers

from articles.models import ArticleType, Change, Correction, Quote, RelatedLink, Rights
from articles.models.tag import Role
from entities.models import Kind


class SpanSerializer(serializers.Serializer):
    """A half-open range of Unicode code points of `body.text`."""

    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)


class BlockSerializer(SpanSerializer):
    id = serializers.CharField()
    type = serializers.CharField(help_text="p, h2 or h3.")


class BodySerializer(serializers.Serializer):
    text = serializers.CharField(help_text="Plain text, NFC, blocks joined by a blank line. Every span indexes it.")
    html = serializers.CharField(help_text="Sanitised: p, h2, h3, lists, blockquote, strong, em, a, figure.")
    word_count = serializers.IntegerField()
    text_sha256 = serializers.CharField(help_text="SHA-256 of the text in UTF-8.")
    blocks = BlockSerializer(many=True)


class AuthorSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class DatelineSerializer(serializers.Serializer):
    text = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2, where the story's tags tell.")


class SectionSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class RenditionSerializer(serializers.Serializer):
    name = serializers.CharField(
        help_text="original; whole-960 (the whole picture, 960 pixels wide), hero-960 (16:9 around what matters in "
        "it), share-1200 (1.91:1). More may come."
    )
    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    # Stories that were stored before it came are given without it until they change.
    type = serializers.CharField(required=False, help_text="The media type, such as image/avif.")


class ImageRightsSerializer(serializers.Serializer):
    expires_on = serializers.DateField(allow_null=True, help_text="The last day on which you may show it.")
    category = serializers.ChoiceField(
        choices=Rights.choices, allow_null=True, required=False, help_text="By what right we show it, where we know."
    )


class ImageSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    role = serializers.CharField(help_text="main, or body where it stands in the text.")
    url = serializers.URLField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    alt = serializers.CharField(allow_blank=True)
    caption = serializers.CharField(allow_blank=True)
    credit = serializers.CharField(allow_blank=True)
    # Stories that were stored before these two came are given without them until they change.
    renditions = RenditionSerializer(many=True, required=False)
    rights = ImageRightsSerializer(required=False)
    syndication = serializers.BooleanField(help_text="Always true: other images are left out.")


class SpeakerSerializer(serializers.Serializer):
    entity_id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=Quote.SpeakerKind.choices, allow_blank=True)
    as_written = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2.")
    role = serializers.CharField(allow_blank=True)


class ProvenanceSerializer(serializers.Serializer):
    method = serializers.CharField(help_text="machine, person or import: who found it.")
    reviewed = serializers.BooleanField(help_text="Always true: a person has confirmed words and speaker.")
    confidence = serializers.FloatField()


class QuoteSerializer(SpanSerializer):
    """A quotation that a person has confirmed. `text` are the words between the marks."""

    id = serializers.UUIDField(help_text="For life: the same in every version.")
    ordinal = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Quote.Kind.choices)
    text = serializers.CharField()
    cue = serializers.CharField(allow_blank=True)
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    block_id = serializers.CharField(allow_blank=True)
    speaker = SpeakerSerializer()
    said_on = serializers.DateField(allow_null=True)
    retraction = serializers.CharField(
        allow_null=True, required=False, help_text="The notice by which it was taken back, else null."
    )
    provenance = ProvenanceSerializer()


class MentionSerializer(SpanSerializer):
    as_written = serializers.CharField()
    form = serializers.CharField(allow_blank=True, help_text="name, acronym, demonym, capital, government …")


class TaggedSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    slug = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    primary = serializers.BooleanField()
    salience = serializers.FloatField(min_value=0, max_value=1)
    mention_count = serializers.IntegerField()
    mentions = MentionSerializer(many=True)
    source = serializers.CharField(help_text="machine, person or import.")  # type: ignore[assignment]
    reviewed = serializers.BooleanField(help_text="A person has confirmed it.")


class TaggedCountrySerializer(TaggedSerializer):
    code = serializers.CharField(help_text="ISO 3166-1 alpha-2. The name is the desk's own.")


class TaggedEntitySerializer(TaggedSerializer):
    kind = serializers.ChoiceField(choices=Kind.choices)
    category = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_null=True)


class RelatedSerializer(serializers.Serializer):
    ordinal = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RelatedLink.Kind.choices)
    id = serializers.UUIDField(allow_null=True)
    headline = serializers.CharField()
    url = serializers.URLField(allow_null=True)
    status = serializers.CharField(allow_null=True)


class CorrectionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Correction.Kind.choices)
    notice = serializers.CharField()
    position = serializers.ChoiceField(choices=Correction.Position.choices)
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    retracts = serializers.ListField(child=serializers.UUIDField(), help_text="Quotations taken back by it.")
    retracts_entities = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Countries and entities it was tagged with by mistake."
    )


class RightsSerializer(serializers.Serializer):
    may_syndicate = serializers.BooleanField()


class ArticleSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    type = serializers.ChoiceField(choices=ArticleType.choices)
    version = serializers.IntegerField(help_text="Rises with every change. Apply what is newer than what you hold.")
    status = serializers.ChoiceField(choices=[("live", "live"), ("superseded", "an earlier version")])
    url = serializers.URLField()
    api_url = serializers.URLField()
    slug = serializers.CharField()
    previous_urls = serializers.ListField(child=serializers.URLField())
    headline = serializers.CharField()
    standfirst = serializers.CharField(allow_blank=True)
    byline = serializers.CharField(allow_blank=True)
    authors = AuthorSerializer(many=True)
    dateline = DatelineSerializer()
    language = serializers.CharField()
    section = SectionSerializer()
    published_at = serializers.DateTimeField(help_text="First publication; never moves.")
    updated_at = serializers.DateTimeField()
    urgency = serializers.IntegerField(allow_null=True, min_value=1, max_value=8)
    images = ImageSerializer(many=True)
    body = BodySerializer()
    quotes = QuoteSerializer(many=True)
    countries = TaggedCountrySerializer(many=True)
    entities = TaggedEntitySerializer(many=True)
    related = RelatedSerializer(many=True)
    corrections = CorrectionSerializer(many=True)
    rights = RightsSerializer()
    attribution = serializers.CharField(allow_blank=True)


class ArticleReferenceSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    headline = serializers.CharField()
    url = serializers.URLField()
    api_url = serializers.URLField()
    published_at = serializers.DateTimeField()


class QuoteOfArticleSerializer(QuoteSerializer):
    article = ArticleReferenceSerializer()


class QuotesOfArticleSerializer(serializers.Serializer):
    items = QuoteSerializer(many=True)


class RelatedOfArticleSerializer(serializers.Serializer):
    items = RelatedSerializer(many=True)


class VersionSerializer(serializers.Serializer):
    version = serializers.IntegerField(help_text="Numbers may be missing: not every change makes a new text.")
    kind = serializers.CharField(help_text="first, minor, update or correction.")
    headline = serializers.CharField()
    published_at = serializers.DateTimeField(help_text="When this version became public.")
    is_current = serializers.BooleanField()
    api_url = serializers.URLField()


class VersionsSerializer(serializers.Serializer):
    items = VersionSerializer(many=True)


class ChangeSerializer(serializers.Serializer):
    sequence = serializers.IntegerField(help_text="Gap-free, in the order in which changes became public.")
    id = serializers.CharField()
    action = serializers.ChoiceField(choices=Change.Action.choices, help_text="What to do. Go by this, not by `kind`.")
    object = serializers.ChoiceField(choices=[("article", "article")])
    object_id = serializers.UUIDField()
    version = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=Change.Kind.choices)
    reason = serializers.ChoiceField(
        choices=[
            ("withdrawn", "withdrawn"),
            ("killed", "killed"),
            ("not_syndicated", "not for partners"),
            ("left_scope", "outside of your products now"),
        ],
        allow_null=True,
        help_text="Why it must be removed.",
    )
    url = serializers.URLField(allow_null=True, help_text="Its page today; null where it is gone by now.")
    api_url = serializers.URLField(help_text="Where to fetch it.")
    changed = serializers.ListField(
        child=serializers.CharField(), help_text="Parts that differ from the version before."
    )
    public_note = serializers.CharField(allow_blank=True)
    must_purge = serializers.BooleanField(help_text="Delete every copy.")
    previous_sequence = serializers.IntegerField(
        required=False,
        allow_null=True,
        help_text="Only for keys with products: the item before this one in your feed, for numbers have gaps there.",
    )


class ChangesSerializer(serializers.Serializer):
    items = ChangeSerializer(many=True)
    next_after = serializers.CharField(
        help_text="Store it together with what you applied; give it as `after` next time."
    )
    has_more = serializers.BooleanField()
    oldest_available = serializers.IntegerField(help_text="The first sequence that can still be read.")
