import pytest

from articles.models import StandingPage

SLUGS = ("corrections", "naming", "tagging", "privacy", "contact", "partners")


@pytest.mark.parametrize("address", ["/about/", *(f"/policies/{slug}/" for slug in SLUGS)])
def test_pages_come_with_the_desk_and_lead_to_each_other(client, db, address):
    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == 200
    assert all(f'href="/policies/{slug}/"' in page for slug in SLUGS)


def test_links_in_the_first_pages_lead_somewhere(client, db):
    import re

    bodies = "".join(StandingPage.objects.values_list("body", flat=True))
    own = {address for address in re.findall(r'href="(/[^"]*)"', bodies) if not address.startswith("/api/")}

    assert own
    assert {address: client.get(address).status_code for address in own} == dict.fromkeys(own, 200)


def test_page_taken_from_the_public_is_not_found_and_not_listed(client, db):
    StandingPage.objects.filter(slug="contact").update(is_public=False)

    assert client.get("/policies/contact/").status_code == 404
    assert (
        '<a href="/policies/contact/">Contact</a></li>'
        not in client.get("/about/").content.decode().split("<main")[1].split("</main")[0]
    )


def test_page_has_one_address(client, db):
    response = client.get("/policies/about/")

    assert (response.status_code, response["Location"]) == (301, "/about/")


def test_pages_cost_two_statements(client, db, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/policies/naming/")
