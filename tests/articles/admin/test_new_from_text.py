"""The page on which a story is pasted or given as a file."""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article

PAGE = reverse("admin:articles_article_from_text")
STORY = """Fleet returns to port

The fleet returned to port on Friday, the navy said.
Nobody was hurt, and nothing was lost.
"""


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_paste_becomes_a_draft_of_the_person(client: Client, journalist, section) -> None:
    client.force_login(journalist)

    response = client.post(PAGE, {"text": STORY, "section": section.pk})

    article = Article.objects.get()
    assert (article.headline, article.section, article.created_by) == ("Fleet returns to port", section, journalist)
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert said(response)[0] == "“Fleet returns to port” is a draft now. The tagger is reading it."


def test_paste_takes_the_headline_that_was_typed(client: Client, journalist) -> None:
    client.force_login(journalist)

    client.post(PAGE, {"text": STORY, "headline": "Home again"})

    assert Article.objects.get().headline == "Home again"


def test_file_becomes_a_draft(client: Client, journalist) -> None:
    client.force_login(journalist)

    client.post(PAGE, {"file": SimpleUploadedFile("story.txt", STORY.encode())})

    assert Article.objects.get().headline == "Fleet returns to port"


def test_same_story_twice_leads_to_the_first(client: Client, journalist, colleague) -> None:
    client.force_login(journalist)
    client.post(PAGE, {"text": STORY})
    client.force_login(colleague)

    response = client.post(PAGE, {"text": STORY})

    article = Article.objects.get()
    assert response.headers["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert "The same story was imported before: “Fleet returns to port”." in said(response)


def test_unreadable_paste_stays_in_the_box(client: Client, journalist) -> None:
    client.force_login(journalist)
    typed = "<script>alert('no story')</script>"

    response = client.post(PAGE, {"text": typed, "headline": "Kept too"})

    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors["text"]
    assert "&lt;script&gt;alert(&#x27;no story&#x27;)&lt;/script&gt;" in page
    assert 'value="Kept too"' in page
    assert Article.objects.count() == 0


def test_binary_file_is_refused_in_words(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(PAGE, {"file": SimpleUploadedFile("story.txt", b"\x00\x01\x02\xff" * 50)})

    assert response.status_code == 422
    assert response.context["form"].errors["file"]


def test_nothing_at_all_is_asked_for(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(PAGE, {"text": "  \n"})

    assert response.context["form"].errors == {"text": ["Paste the story, or choose a file."]}


def test_empty_file_is_refused_in_words(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(PAGE, {"file": SimpleUploadedFile("story.txt", b"")})

    assert response.status_code == 422
    assert Article.objects.count() == 0


def test_text_and_file_together_are_refused_and_the_text_stays(client: Client, journalist) -> None:
    client.force_login(journalist)

    response = client.post(PAGE, {"text": STORY, "file": SimpleUploadedFile("story.txt", STORY.encode())})

    assert response.status_code == 422
    assert "Nobody was hurt" in response.content.decode()
    assert Article.objects.count() == 0
