"""The cast of every test, and stories in every state, made by the desk's own verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles import publishing, revisions, workflow
from articles.models import Article, Author, Section
from entities.models import Country, Entity, Kind, Name

STANDFIRST = "Two sentences that say why."
BODY = "<p>The minister said the fleet would “return to port by Friday”.</p><p>Nobody else spoke.</p>"


def make_person(username: str, group: str = "", **columns: Any) -> User:
    person = User.objects.create_user(username, password=username, is_staff=bool(group), **columns)
    if group:
        person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def journalist(db: None) -> User:
    return make_person("journalist", "Reporter")


@pytest.fixture
def colleague(db: None) -> User:
    """A second reporter, with no part in the journalist's stories."""
    return make_person("colleague", "Reporter")


@pytest.fixture
def editor(db: None) -> User:
    return make_person("editor", "Editor")


@pytest.fixture
def chief(db: None) -> User:
    return make_person("chief", "Chief")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody with an account and no role."""
    return make_person("stranger")


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.get_or_create(slug="sea", defaults={"name": "Sea", "ordinal": 1})[0]


@pytest.fixture
def author(db: None) -> Author:
    return Author.objects.get_or_create(slug="ana-sample", defaults={"name": "Ana Sample"})[0]


class Desk:
    """Makes stories and takes them to a state, each step by its verb."""

    def __init__(self, journalist: User, editor: User, chief: User, section: Section, author: Author) -> None:
        self.journalist, self.editor, self.chief = journalist, editor, chief
        self.section, self.author = section, author

    def draft(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        by = content.pop("by", self.journalist)
        whole = {
            "headline": headline,
            "standfirst": STANDFIRST,
            "body": BODY,
            "section": self.section,
            "authors": [self.author],
        }
        return self.fresh(revisions.create_article(by=by, **(whole | content)))

    def in_review(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.draft(headline, **content)
        workflow.submit(article, by=self.journalist)
        return self.fresh(article)

    def approved(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.in_review(headline, **content)
        workflow.approve(article, by=self.editor)
        return self.fresh(article)

    def scheduled(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.approved(headline, **content)
        publishing.schedule(article, by=self.editor, publish_at=timezone.now() + timedelta(hours=1))
        return self.fresh(article)

    def live(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.approved(headline, **content)
        publishing.publish(article, by=self.editor)
        return self.fresh(article)

    def withdrawn(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.live(headline, **content)
        publishing.withdraw(article, by=self.editor, reason="Sent too early.")
        return self.fresh(article)

    def killed(self, headline: str = "Fleet returns to port", **content: Any) -> Article:
        article = self.live(headline, **content)
        self.kill(article)
        return self.fresh(article)

    def kill(self, article: Article) -> None:
        assert article.edition is not None
        publishing.kill(
            article,
            by=self.chief,
            reason="A court order.",
            public_note="This story has been removed for legal reasons.",
            confirmation=article.edition.slug,
        )

    def save(self, article: Article, *, by: User | None = None, **content: Any) -> Article:
        """Save over the newest version of an article, whatever copy was given."""
        newest = self.fresh(article)
        revisions.save_revision(newest, expected_version=newest.lock_version, by=by or self.journalist, **content)
        return self.fresh(article)

    def approve_again(self, article: Article) -> Article:
        workflow.submit(article, by=self.journalist)
        workflow.approve(article, by=self.editor)
        return self.fresh(article)

    @staticmethod
    def fresh(article: Article) -> Article:
        return Article.objects.get(pk=article.pk)


@pytest.fixture
def desk(journalist: User, editor: User, chief: User, section: Section, author: Author) -> Desk:
    return Desk(journalist, editor, chief, section, author)


def make_country(alpha2: str, name: str, alpha3: str, numeric: str, *aliases: tuple[str, str]) -> Entity:
    """A country with aliases given as (text, form)."""
    entity = Entity.objects.create(
        key=f"country-{alpha2.lower()}", kind=Kind.COUNTRY, name=name, slug=name.lower().replace(" ", "-")
    )
    Country.objects.create(entity=entity, alpha2=alpha2, alpha3=alpha3, numeric=numeric)
    for text, form in aliases:
        Name.objects.create(entity=entity, text=text, form=form)
    return entity


@pytest.fixture
def norway(db: None) -> Entity:
    return make_country("NO", "Norway", "NOR", "578", ("Norwegian", "adjective"), ("Oslo", "capital"))


@pytest.fixture
def finland(db: None) -> Entity:
    return make_country("FI", "Finland", "FIN", "246", ("Finnish", "adjective"), ("Helsinki", "capital"))
