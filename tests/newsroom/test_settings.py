"""What the tests themselves run without (tests/conftest.py), tested as it is shipped."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsroom import settings as shipped


@pytest.mark.django_db
def test_passwords_are_kept_by_argon2_and_sign_in_reads_them(client: Client, settings) -> None:
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS

    person = User.objects.create_user("ana", password="correct horse battery staple")

    assert person.password.startswith("argon2$argon2id$")
    assert client.login(username="ana", password="correct horse battery staple")
    assert not client.login(username="ana", password="correct horse battery")
