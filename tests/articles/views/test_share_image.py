import re

from articles import publishing
from articles.pictures import share_images


def address(client, article):
    page = client.get(article.representation.get_absolute_url()).content.decode()
    found = re.search(r'og:image" content="([^"]*)"', page)
    return found and found.group(1).partition("/share/")[2]


def test_story_without_a_picture_is_shared_with_its_headline(client, desk):
    article = desk.live()

    response = client.get(f"/share/{address(client, article)}")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert f"story-{article.representation.path}" in response["Surrogate-Key"].split()
    assert "s-maxage=60" in response["Cache-Control"]
    assert client.get(f"/share/{article.uuid}-1.png", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_story_with_a_picture_is_shared_with_it(client, tell, picture):
    assert address(client, tell(image=picture)) == ""


def test_story_in_letters_that_we_lack_is_shared_without_a_picture(client, desk):
    article = desk.live("台灣 says no", slug="taiwan")

    assert address(client, article) is None
    assert client.get(f"/share/{article.uuid}-1.png").status_code == 404


def test_earlier_version_leads_to_the_picture_of_now(client, desk):
    article = desk.live("First words")
    publishing.publish_update(desk.approve_again(desk.save(article, headline="Other words")), by=desk.editor)

    response = client.get(f"/share/{article.uuid}-1.png")

    assert (response.status_code, response["Location"]) == (302, f"/share/{article.uuid}-2.png")


def test_picture_is_gone_with_its_story_and_drawn_no_more(client, desk, monkeypatch):
    article = desk.live()
    held = client.get(f"/share/{article.uuid}-1.png")["ETag"]
    desk.kill(article)
    monkeypatch.setattr(share_images, "drawn", None)

    response = client.get(f"/share/{article.uuid}-1.png", headers={"If-None-Match": held})

    assert (response.status_code, response.content) == (410, b"")
    assert response["Surrogate-Key"] == "site lists"


def test_picture_of_a_story_that_is_not_public_is_not_found(client, desk):
    assert client.get(f"/share/{desk.draft().uuid}-1.png").status_code == 404
    assert client.get("/share/00000000-0000-0000-0000-000000000000-1.png").status_code == 404


def test_picture_costs_one_statement(client, desk, django_assert_num_queries):
    article = desk.live()
    with django_assert_num_queries(1):
        client.get(f"/share/{article.uuid}-1.png")
