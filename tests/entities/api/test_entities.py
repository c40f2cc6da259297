from __future__ import annotations

import pytest
from django.test import Client

from entities.merging import merge
from entities.models import Country, Entity, Form, Kind, Name, Strength

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Client:
    return Client()


def make_entity(name: str, **columns) -> Entity:
    given = {"kind": Kind.ORGANISATION, "slug": name.lower().replace(" ", "-")}
    return Entity.objects.create(name=name, **(given | columns))


def names(response) -> list[str]:
    return [item["name"] for item in response.json()["items"]]


def test_countries_are_listed_by_the_desks_names(partner, norway, finland, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = partner.get("/api/v1/countries")

    assert names(response) == ["Finland", "Norway"]
    assert names(partner.get("/api/v1/countries?order=code&page_size=1")) == ["Finland"]


def test_country_says_what_it_is(partner, norway):
    assert partner.get("/api/v1/countries/NO").json() == {
        "code": "NO",
        "alpha3": "NOR",
        "numeric": "578",
        "id": str(norway.uuid),
        "name": "Norway",
        "official_name": "",
        "slug": "norway",
        "region": "",
        "capital": "",
        "summary": "",
        "url": "http://127.0.0.1:8000/countries/norway/",
        "api_url": "http://127.0.0.1:8000/api/v1/countries/NO",
    }


@pytest.mark.parametrize("number", [1, 3])
def test_entities_are_one_query_however_many_rows(partner, norway, number, django_assert_num_queries):
    for place in range(number):
        make_entity(f"Force {place}", country=Country.objects.get(alpha2="NO"))

    with django_assert_num_queries(1):
        response = partner.get("/api/v1/entities?kind=organisation")

    assert names(response) == [f"Force {place}" for place in range(number)]


def test_entities_narrow_to_what_is_asked(partner, norway):
    make_entity("Navy", category="force", country=Country.objects.get(alpha2="NO"))
    make_entity("Frigate F 310", kind=Kind.EQUIPMENT, category="ship")
    expected = {
        "kind=equipment": ["Frigate F 310"],
        "kind=country": ["Norway"],
        "category=force": ["Navy"],
        "country=NO": ["Navy"],
        "q=frig": ["Frigate F 310"],
    }

    assert {query: names(partner.get(f"/api/v1/entities?{query}")) for query in expected} == expected


@pytest.mark.parametrize("query", ["kind=animal", "country=ZZ", "colour=red", "order=kind", "kind="])
def test_entities_refuse_what_they_do_not_understand(partner, query):
    assert partner.get(f"/api/v1/entities?{query}").status_code == 400


def test_entity_says_its_other_names(partner, norway):
    navy = make_entity("Royal Norwegian Navy", country=Country.objects.get(alpha2="NO"), naming_note="Not for readers.")
    Name.objects.create(entity=navy, text="RNoN", form=Form.ACRONYM)
    Name.objects.create(entity=navy, text="the Norse", form=Form.DEMONYM)
    Name.objects.create(entity=navy, text="the navy", form=Form.SHORT, strength=Strength.WEAK)

    assert partner.get(f"/api/v1/entities/{navy.uuid}").json() == {
        "id": str(navy.uuid),
        "kind": "organisation",
        "category": "",
        "name": "Royal Norwegian Navy",
        "slug": "royal-norwegian-navy",
        "country": "NO",
        "summary": "",
        "url": "http://127.0.0.1:8000/entities/organisation/royal-norwegian-navy/",
        "api_url": f"http://127.0.0.1:8000/api/v1/entities/{navy.uuid}",
        "names": ["RNoN"],
    }


def test_merged_entity_leads_to_the_other(partner):
    old, new = make_entity("Old Navy"), make_entity("New Navy")
    merge(old, into=new)

    response = partner.get(f"/api/v1/entities/{old.uuid}")

    assert (response.status_code, response["Location"]) == (307, f"/api/v1/entities/{new.uuid}")
    assert names(partner.get("/api/v1/entities")) == ["New Navy"]


def test_hidden_entity_is_nowhere(partner, norway):
    secret = make_entity("Secret Service", is_hidden=True)
    Entity.objects.filter(pk=norway.pk).update(is_hidden=True)
    addresses = ("entities", "countries", f"entities/{secret.uuid}", "countries/NO", f"entities/{secret.uuid}/articles")

    answers = [partner.get(f"/api/v1/{address}") for address in addresses]

    assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 404]
    assert not any(b"Secret" in answer.content or b"Norway" in answer.content for answer in answers)


def test_renamed_entity_makes_the_list_new(partner, norway):
    etag = partner.get("/api/v1/countries")["ETag"]
    unchanged = partner.get("/api/v1/countries", headers={"If-None-Match": etag})
    norway.name = "Kingdom of Norway"
    norway.save()

    changed = partner.get("/api/v1/countries", headers={"If-None-Match": etag})

    assert (unchanged.status_code, changed.status_code) == (304, 200)
