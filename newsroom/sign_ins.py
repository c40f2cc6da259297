"""The sign-ins of the one-command desk: one person for each role, with a random password."""

import secrets
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction

from newsroom.files import write_privately

ROLES = {"reporter": "Reporter", "editor": "Editor", "chief": "Chief"}
FILE = "sign-ins.txt"


@transaction.atomic
def make_missing(var: Path) -> dict[str, str]:
    """Makes the people who do not exist yet; returns their passwords, which are also kept in `var`."""
    present = set(User.objects.filter(username__in=ROLES).values_list("username", flat=True))
    made = {name: secrets.token_urlsafe(9) for name in ROLES if name not in present}
    for name, password in made.items():
        person = User.objects.create_user(name, password=password, is_staff=True, first_name=name.title())
        person.groups.add(Group.objects.get(name=ROLES[name]))
    if made:
        kept = {name: word for name, word in read(var).items() if name in present}
        write_privately(var / FILE, "".join(f"{name} {word}\n" for name, word in (kept | made).items()))
    return made


def read(var: Path) -> dict[str, str]:
    """The sign-ins kept in `var`: name and password."""
    try:
        lines = (var / FILE).read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(" ", 1) for line in lines if " " in line)
