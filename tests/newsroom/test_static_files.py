"""Files that pages ask for: one that is missing costs a release the whole page, and here only what it does."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

# Takes {% static "site/tokens.css" %}; leaves {% static name %} out, which only the page itself can show.
STATIC = re.compile(r"""\{% static ["']([^"']+)["']""")
TEMPLATES = sorted(settings.BASE_DIR.glob("*/templates/**/*.html"))


def names_in(template) -> list[str]:
    return STATIC.findall(template.read_text())


@pytest.mark.parametrize("template", list(filter(names_in, TEMPLATES)), ids=lambda path: path.name)
def test_every_file_that_a_template_names_is_there(template) -> None:
    assert [name for name in names_in(template) if finders.find(name) is None] == []
