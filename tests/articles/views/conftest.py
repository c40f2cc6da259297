"""Live stories with everything that a public page shows."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import publishing, suggestions
from articles.models import Article, Image
from tests.desk import Desk

# The smallest picture there is: one transparent pixel.
PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00"
    b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
WORDS = "The whole fleet will return to port by Friday at the latest."


@pytest.fixture
def picture(db, settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    return Image.objects.create(
        file=SimpleUploadedFile("pixel.gif", PIXEL), alt="A ship", caption="A ship at sea.", credit="A. Sample"
    )


@pytest.fixture
def tell(desk: Desk) -> Callable[..., Article]:
    """Makes a live story in which Ana Sample says WORDS, tagged with the given entities."""

    def tell_story(headline="Fleet returns to port", *, words=WORDS, about=(), speaker="Ana Sample", **details):
        content = {name: details.pop(name) for name in ("image", "type", "related", "section") if name in details}
        article = desk.draft(headline, body=f"<p>“{words}”, said {speaker or 'somebody'}.</p>", **content)
        columns = {"speaker_name": speaker, "speaker_as_written": speaker, "speaker_kind": "person"} | details
        suggestions.add_quote(article, start=1, end=1 + len(words), by=desk.editor, kind="direct", **columns)
        for entity in about:
            suggestions.add_tag(article, entity, by=desk.editor, role="about")
        publishing.publish(desk.approve_again(article), by=desk.editor)
        return desk.fresh(article)

    return tell_story
