"""What our ninjs items look like, for the description of the API: of IPTC's ninjs 3.1 the part that we fill.

The names are the standard's. A member that would be empty is left out.
"""

from __future__ import annotations

from rest_framework import serializers


class NinjsStandardSerializer(serializers.Serializer):
    name = serializers.CharField()
    version = serializers.CharField()
    schema = serializers.CharField()


class NinjsTextSerializer(serializers.Serializer):
    role = serializers.CharField()
    contentType = serializers.CharField()
    value = serializers.CharField(allow_blank=True)


class NinjsBodySerializer(NinjsTextSerializer):
    charCount = serializers.IntegerField(help_text="Of the plain text.")
    wordCount = serializers.IntegerField()


class NinjsConceptSerializer(serializers.Serializer):
    name = serializers.CharField()
    rel = serializers.CharField(help_text="about or mention; of a subject also section.")
    uri = serializers.URLField(required=False, help_text="Our address of the entity.")
    literal = serializers.CharField(required=False, help_text="Of a country its ISO code, of a section its slug.")


class NinjsSubjectSerializer(NinjsConceptSerializer):
    creator = serializers.CharField(required=False, help_text="machine, person or import.")
    relevance = serializers.IntegerField(required=False, min_value=0, max_value=100)


class NinjsSourceSerializer(serializers.Serializer):
    name = serializers.CharField()
    role = serializers.CharField(help_text="author or source.")
    literal = serializers.CharField(required=False)


class NinjsGenreSerializer(serializers.Serializer):
    name = serializers.CharField()
    uri = serializers.CharField()
    literal = serializers.CharField()


class NinjsIdSerializer(serializers.Serializer):
    role = serializers.CharField(help_text="id or slug.")
    value = serializers.CharField()


class NinjsRenditionSerializer(serializers.Serializer):
    name = serializers.CharField()
    href = serializers.URLField()
    contentType = serializers.CharField()
    width = serializers.IntegerField(required=False)
    height = serializers.IntegerField(required=False)


class NinjsAssociationSerializer(serializers.Serializer):
    name = serializers.CharField()
    uri = serializers.CharField()
    rel = serializers.CharField(help_text="Of a picture main or body, of a story related.")
    type = serializers.ChoiceField(choices=[("picture", "picture"), ("text", "text")])
    representationType = serializers.CharField(required=False)
    pubStatus = serializers.CharField(required=False)
    by = serializers.CharField(required=False, help_text="The picture's credit, to be printed.")
    descriptions = NinjsTextSerializer(many=True, required=False)
    renditions = NinjsRenditionSerializer(many=True)


class NinjsItemSerializer(serializers.Serializer):
    """IPTC ninjs 3.1."""

    standard = NinjsStandardSerializer()
    uri = serializers.CharField(help_text="urn:uuid: with the article's id, as in the feeds.")
    type = serializers.ChoiceField(choices=[("text", "text")])
    representationType = serializers.ChoiceField(choices=[("full", "full"), ("partial", "of a tombstone")])
    profile = serializers.CharField(required=False)
    version = serializers.CharField()
    firstCreated = serializers.DateTimeField(required=False)
    versionCreated = serializers.DateTimeField(required=False, help_text="Of the words of this version.")
    contentCreated = serializers.DateTimeField(required=False)
    pubStatus = serializers.ChoiceField(
        choices=[("usable", "live"), ("withheld", "withdrawn"), ("canceled", "killed")],
        help_text="In a problem document withheld (withdrawn) or canceled (killed).",
    )
    urgency = serializers.IntegerField(required=False, min_value=1, max_value=8)
    copyrightHolder = serializers.CharField(required=False)
    usageTerms = serializers.CharField(required=False)
    edNote = serializers.CharField(required=False)
    language = serializers.CharField(required=False)
    headlines = NinjsTextSerializer(many=True, required=False)
    descriptions = NinjsTextSerializer(
        many=True, required=False, help_text="The summary, and each notice under its kind; of a tombstone public-note."
    )
    bodies = NinjsBodySerializer(many=True, required=False)
    by = serializers.CharField(required=False)
    located = serializers.CharField(required=False)
    people = NinjsConceptSerializer(many=True, required=False)
    organisations = NinjsConceptSerializer(many=True, required=False)
    places = NinjsConceptSerializer(many=True, required=False)
    events = NinjsConceptSerializer(many=True, required=False)
    objects = NinjsConceptSerializer(many=True, required=False)
    subjects = NinjsSubjectSerializer(many=True, required=False)
    genres = NinjsGenreSerializer(many=True, required=False)
    infoSources = NinjsSourceSerializer(many=True, required=False)
    altIds = NinjsIdSerializer(many=True, required=False)
    associations = NinjsAssociationSerializer(many=True, required=False)
    renditions = NinjsRenditionSerializer(many=True, required=False)
