"""Stories of one headline, published at the same moment, each get an address of their own."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from articles import publishing
from articles.models import Article, PublicAddress
from tests.desk import Desk

pytestmark = [pytest.mark.promise, pytest.mark.django_db(transaction=True)]


def test_publish_never_takes_an_address_from_another_story(desk: Desk) -> None:
    stories = [desk.approved("Fleet returns to port") for _ in range(6)]
    together = threading.Barrier(len(stories))

    def publish(article: Article) -> None:
        try:
            together.wait()
            publishing.publish(article, by=desk.editor)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[article]) for article in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    addresses = PublicAddress.objects.filter(is_current=True)
    slugs = {path.rpartition("/")[2] for path in addresses.values_list("path", flat=True)}
    assert slugs == {"fleet-returns-to-port", *(f"fleet-returns-to-port-{number}" for number in range(2, 7))}
    assert set(addresses.values_list("article_id", flat=True)) == {article.pk for article in stories}
