"""What storylines look like, for the description of the API and for tests that hold it to that."""

from __future__ import annotations

from rest_framework import serializers

from articles.api.serializers import ArticleReferenceSerializer
from articles.models import Storyline
from entities.api.serializers import EntitySerializer


class StorylineSerializer(serializers.Serializer):
    id = serializers.UUIDField(help_text="For life.")
    slug = serializers.CharField(help_text="The last part of its address; it may change.")
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True, help_text="For somebody who has read none of it.")
    state = serializers.ChoiceField(choices=Storyline.State.choices)
    version = serializers.IntegerField(min_value=1, help_text="Rises whenever the editors change it or its order.")
    changed_at = serializers.DateTimeField(help_text="When the editors last did.")
    entities = EntitySerializer(many=True, help_text="What it is about.")
    story_count = serializers.IntegerField(min_value=0, help_text="Articles in it that you may have.")
    last_published_at = serializers.DateTimeField(allow_null=True, help_text="Of the newest of these.")
    url = serializers.URLField()
    api_url = serializers.URLField()


class StorylineStorySerializer(serializers.Serializer):
    ordinal = serializers.IntegerField(min_value=1, help_text="1 stands first.")
    note = serializers.CharField(allow_blank=True, help_text="What the article adds, in a sentence of the editors.")
    article = ArticleReferenceSerializer()


class StorylineWithStoriesSerializer(StorylineSerializer):
    stories = StorylineStorySerializer(many=True, help_text="In the order in which they are to be read.")
