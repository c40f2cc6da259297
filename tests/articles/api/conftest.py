"""Stories with quotes, tags and secrets, and a partner who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from articles import suggestions
from articles.models import Article
from articles.publishing import publish
from entities.models import Country, Entity, Kind
from tests.desk import Desk

QUOTED = "return to port by Friday"


@pytest.fixture
def partner() -> Client:
    return Client()


@pytest.fixture
def number_changes(db: None) -> Callable[[], None]:
    """Gives changes their numbers, as the end of the test's transaction would."""

    def number() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return number


@pytest.fixture
def minister(norway: Entity) -> Entity:
    return Entity.objects.create(
        kind=Kind.PERSON, name="Ingrid Sample", slug="ingrid-sample", country=Country.objects.get(alpha2="NO")
    )


@pytest.fixture
def quoted(desk: Desk, minister: Entity, norway: Entity) -> Callable[..., Article]:
    """A live story with a confirmed quote of the minister, about Norway."""

    def make(headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = desk.approved(headline, **content)
        revision = article.revision
        start = revision.text.index(QUOTED)
        suggestions.add_quote(
            article,
            start=start,
            end=start + len(QUOTED),
            by=desk.editor,
            speaker_name="Ingrid Sample",
            speaker_kind="person",
            speaker_entity=minister,
            speaker_country=Country.objects.get(alpha2="NO"),
        )
        suggestions.add_tag(article, norway, by=desk.editor, role="about")
        suggestions.add_tag(article, minister, by=desk.editor)
        publish(article, by=desk.editor)
        return desk.fresh(article)

    return make
