import pytest

from articles import exercise_facts
from entities.models import Entity
from tests.articles.views.conftest import picture, tell

__all__ = ["picture", "tell"]


@pytest.fixture
def drill(db):
    return Entity.objects.create(kind="exercise", name="Northern Drill", slug="northern-drill")


@pytest.fixture
def edition(desk, drill):
    return exercise_facts.save_edition(by=desk.editor, exercise=drill, year=2026)
