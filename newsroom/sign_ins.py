"""The sign-ins of the one-command desk: one person for each role, with a random password, and partners' keys."""

import secrets
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

from newsroom.files import write_privately
from newsroom.seeding.partners import make_missing_partners

ROLES = {"reporter": "Reporter", "editor": "Editor", "chief": "Chief"}
FILE = "sign-ins.txt"
OF_A_KEY = "nrk_live_"


@transaction.atomic
def make_missing(var: Path) -> dict[str, str]:
    """Makes the people who do not exist yet; returns their passwords, which are also kept in `var`."""
    present = set(User.objects.filter(username__in=ROLES).values_list("username", flat=True))
    made = {name: secrets.token_urlsafe(9) for name in ROLES if name not in present}
    for name, password in made.items():
        person = User.objects.create_user(name, password=password, is_staff=True, first_name=name.title())
        person.groups.add(Group.objects.get(name=ROLES[name]))
    if made:
        _keep(var, {name: word for name, word in read(var).items() if name in present or _is_key(word)} | made)
    return made


@transaction.atomic
def make_missing_keys(var: Path) -> dict[str, str]:
    """Makes the demonstration's partners that do not exist yet; returns their keys, also kept in `var`."""
    made = make_missing_partners()
    if made:
        _keep(var, read(var) | made)
    return made


def read(var: Path) -> dict[str, str]:
    """The sign-ins kept in `var`: name and password, or partner and key."""
    try:
        lines = (var / FILE).read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line)


def _keep(var: Path, words: dict[str, str]) -> None:
    write_privately(var / FILE, "".join(f"{name} {word}\n" for name, word in words.items()))


def _is_key(word: str) -> bool:
    return word.startswith(OF_A_KEY)
