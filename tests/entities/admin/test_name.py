"""The list of names."""

import re

import pytest
from django.urls import reverse

from entities.models import Entity, Kind, Name


@pytest.mark.django_db
def test_list_says_what_each_name_means_and_which_never_means_any(admin_client) -> None:
    frigate = Entity.objects.create(kind=Kind.EQUIPMENT, name="Gannet class", slug="gannet-class")
    Name.objects.create(text="Gannet", entity=frigate)
    Name.objects.create(text="South Gannet Sea", strength="forbidden")

    page = admin_client.get(reverse("admin:entities_name_changelist"), {"o": "1"}).content.decode()

    assert re.findall(r'<td class="field-means[^>]*>(?:<a[^>]*>)?([^<]*)<', page) == ["Gannet class", "no entity, ever"]
