"""One person for each role, made once, with a password that only var/ knows."""

from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from newsroom import sign_ins
from tests.partners import client_of

pytestmark = pytest.mark.django_db


def test_make_missing_makes_one_person_for_each_role(tmp_path: Path) -> None:
    sign_ins.make_missing(tmp_path)

    people = User.objects.order_by("username").values_list("username", "groups__name", "is_staff", "is_superuser")
    assert list(people) == [
        ("chief", "Chief", True, False),
        ("editor", "Editor", True, False),
        ("reporter", "Reporter", True, False),
    ]


def test_make_missing_returns_passwords_that_sign_in(tmp_path: Path) -> None:
    made = sign_ins.make_missing(tmp_path)

    assert {name: authenticate(username=name, password=word).username for name, word in made.items()} == {
        "reporter": "reporter",
        "editor": "editor",
        "chief": "chief",
    }


def test_make_missing_keeps_the_passwords_privately(tmp_path: Path) -> None:
    made = sign_ins.make_missing(tmp_path)

    assert sign_ins.read(tmp_path) == made
    assert (tmp_path / "sign-ins.txt").stat().st_mode & 0o777 == 0o600


def test_make_missing_leaves_existing_people_alone(tmp_path: Path) -> None:
    first = sign_ins.make_missing(tmp_path)
    User.objects.get(username="editor").delete()

    second = sign_ins.make_missing(tmp_path)

    assert list(second) == ["editor"]
    assert sign_ins.read(tmp_path) == first | second


def test_make_missing_forgets_passwords_of_people_who_are_gone(tmp_path: Path) -> None:
    (tmp_path / "sign-ins.txt").write_text("reporter of-an-earlier-database\n")

    made = sign_ins.make_missing(tmp_path)

    assert sign_ins.read(tmp_path) == made


def test_make_missing_keys_makes_keys_that_read_and_keeps_them(tmp_path: Path) -> None:
    people = sign_ins.make_missing(tmp_path)
    made = sign_ins.make_missing_keys(tmp_path)
    again = sign_ins.make_missing_keys(tmp_path)

    assert (list(made), again) == (["nordic-wire", "harbour-post"], {})
    assert sign_ins.read(tmp_path) == people | made
    products = [client_of(key).get("/api/v1/me").json()["products"][0]["name"] for key in made.values()]
    assert products == ["Northern Europe", "At sea"]


def test_make_missing_keeps_the_keys_beside_new_passwords(tmp_path: Path) -> None:
    sign_ins.make_missing(tmp_path)
    keys = sign_ins.make_missing_keys(tmp_path)
    User.objects.get(username="editor").delete()

    sign_ins.make_missing(tmp_path)

    assert keys.items() <= sign_ins.read(tmp_path).items()
