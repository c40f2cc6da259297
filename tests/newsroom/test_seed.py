"""What of the seeds may come upon a site that people read, and what may not."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article, Author, Image, Section
from entities.models import Country, Entity
from newsroom.partners.models import Partner

INVENTED = (Article, Author, Image, Partner, User)


def counted() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in INVENTED}


@pytest.mark.django_db
def test_seed_without_stories_adds_nothing_invented_in_production(settings) -> None:
    settings.PRODUCTION = True
    before, told = counted(), StringIO()

    call_command("seed", "--without-stories", stdout=told)

    assert counted() == before
    assert (Section.objects.exists(), Country.objects.exists()) == (True, True)
    assert not Entity.objects.filter(summary__icontains="invented").exists()
    assert told.getvalue().endswith(f" {Section.objects.count()} sections.\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("seed", r"invented stories, authors and pictures\. .* manage\.py seed --without-stories"),
        ("prepare_demo", r"three accounts .* Nothing was done\. How a desk for real work is set up"),
        ("demo", r"three accounts .* Nothing was done\. How a desk for real work is set up"),
    ],
)
def test_what_is_invented_is_refused_in_production(settings, tmp_path, command: str, said: str) -> None:
    settings.PRODUCTION, settings.VAR_DIR = True, tmp_path
    before = counted()

    with pytest.raises(CommandError, match=said):
        call_command(command, stdout=StringIO(), stderr=StringIO())

    assert (counted(), list(tmp_path.iterdir())) == (before, [])
