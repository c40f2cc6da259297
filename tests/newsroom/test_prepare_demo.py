"""What the one-command desk does before its services start."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from articles.sweeping import is_clock_running
from newsroom.management.commands import prepare_demo


@pytest.fixture
def without_seeds(monkeypatch, settings, tmp_path):
    """The command as it is, but for the steps that take a minute."""
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(prepare_demo, "call_command", lambda *arguments, **options: None)


def test_prepare_demo_leaves_a_clock_that_has_gone_its_round(db, without_seeds) -> None:
    call_command("prepare_demo", stdout=StringIO(), stderr=StringIO())

    assert is_clock_running()


def test_prepare_demo_publishes_what_fell_due_while_the_desk_was_shut(desk, without_seeds) -> None:
    story = desk.scheduled()
    Article.objects.filter(pk=story.pk).update(publish_at=timezone.now() - timedelta(hours=8))

    call_command("prepare_demo", stdout=StringIO(), stderr=StringIO())

    assert desk.fresh(story).is_live
