"""The admin of authors."""

from django.urls import reverse

from articles.models import Author


def test_picture_is_found_by_its_words(client, desk, picture):
    author = Author.objects.create(name="Odd Sample", slug="odd-sample", role="Correspondent")
    client.force_login(desk.editor)
    address = reverse("admin:articles_author_change", args=[author.pk])
    assert "admin-autocomplete" in client.get(address).content.decode()

    asked = {"term": picture.title[:8], "app_label": "articles", "model_name": "author", "field_name": "picture"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    client.post(address, {"name": author.name, "role": author.role, "picture": found[0]["id"]})

    author.refresh_from_db()
    assert (author.picture, found[0]["text"]) == (picture, str(picture))
