"""By what stories are compared: derived from what the public has of them, and made anew with it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ArticleTerm(models.Model):
    """One of the heaviest terms of a live story: the narrow table in which candidates for Related News are found."""

    pk = models.CompositePrimaryKey("article_id", "term")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.CharField(max_length=60, db_collation="C", help_text="As articles.tagging.relating.terms writes it.")
    weight = models.SmallIntegerField(help_text="In hundredths.")
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(weight__gte=1), name="article_term_has_weight"),)
        indexes = (
            # The newest stories that have a term, without a look at the table itself.
            models.Index(
                F("term"), F("published_at").desc(), F("article"), include=["weight"], name="stories_of_a_term"
            ),
        )

    def __str__(self) -> str:
        return f"{self.term} of {self.article_id}"


class TermVector(models.Model):
    """All terms of a live story, to be read whole when it is ranked."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="term_vector"
    )
    form = models.PositiveSmallIntegerField(help_text="The version of the engine's terms.")
    terms = models.BinaryField(help_text="As articles.tagging.relating.vectors packs them.")

    def __str__(self) -> str:
        return f"Terms of {self.article_id}"


class TermFrequency(models.Model):
    """In how many live stories a term stands, counted once a night."""

    # No term has this number; it stands for all stories.
    ALL = -1

    number = models.BigIntegerField(primary_key=True, help_text="The term's, by articles.tagging.relating.vectors.")
    stories = models.PositiveIntegerField()

    class Meta:
        # The commonest terms, which every worker keeps in its memory.
        indexes = (models.Index(fields=["-stories", "number"], name="commonest_terms"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.stories}"
