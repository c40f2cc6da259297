"""What the machine had proposed when a person judged it, kept with the verdict.

The tagger writes its evidence anew with each run, so a verdict cannot be explained by what stands there later
(docs/decisions/0049-what-was-judged.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from articles.models import Mention, Quote, RelatedLink, Tag, TaggingRun

if TYPE_CHECKING:
    from django.db.models import QuerySet

Judgeable = TypeVar("Judgeable", Tag, Quote, RelatedLink)

# Of what the machine proposed and a person judged, each name that stood there.
JUDGED_NAMES = """
SELECT tag.article_id, tag.entity_id, tag.verdict, tag.verdict_at, surface
FROM articles_tag AS tag CROSS JOIN unnest(tag.judged_surfaces) AS surface
WHERE tag.origin = 'machine' AND tag.verdict IN ('confirmed', 'rejected')
"""
_SURFACES = ArrayField(CharField(max_length=300))


def proposal_of(model: type[Tag] | type[Quote] | type[RelatedLink]) -> dict[str, Any]:
    """Columns that a verdict on rows of this model writes. Where nothing is proposed now, what was judged before
    stays."""
    return _of_tag() if model is Tag else _of_other()


def nothing_of(model: type[Tag] | type[Quote] | type[RelatedLink]) -> dict[str, Any]:
    """The same columns, where a verdict is taken back."""
    empty: dict[str, Any] = {"judged_version": None}
    return empty | ({"judged_surfaces": []} if model is Tag else {})


def with_proposal(model: type[Judgeable]) -> QuerySet[Judgeable]:
    """Rows that know what `write_proposal` needs, in the one statement that reads them."""
    columns = proposal_of(model)
    return model._default_manager.annotate(**{f"{name}_now": value for name, value in columns.items()})


def write_proposal(row: Tag | Quote | RelatedLink, *, is_decided: bool) -> None:
    """Set the columns of a row of `with_proposal`. Does not save."""
    for name, nothing in nothing_of(type(row)).items():
        setattr(row, name, getattr(row, f"{name}_now") if is_decided else nothing)


def _of_tag() -> dict[str, Any]:
    """By its evidence, which is of one revision."""
    evidence = Mention.objects.filter(tag=OuterRef("pk"))
    surfaces = ArraySubquery(evidence.order_by("surface").values("surface").distinct())
    run = TaggingRun.objects.filter(revision__mentions__tag=OuterRef("pk")).order_by()
    return {
        "judged_surfaces": Coalesce(NullIf(surfaces, Value([], output_field=_SURFACES)), F("judged_surfaces")),
        "judged_version": Coalesce(Subquery(run.values("gazetteer_version")[:1]), F("judged_version")),
    }


def _of_other() -> dict[str, Any]:
    """By the newest reading of the story. Judged once, a row is no longer proposed by later ones."""
    read = TaggingRun.objects.filter(revision__article=OuterRef("article"), gazetteer_version__gt=0)
    newest = read.order_by("-revision_id").values("gazetteer_version")[:1]
    return {"judged_version": Coalesce(F("judged_version"), Subquery(newest))}
