"""Sections, authors and pictures, and the people in whose names the demo stories are written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile

from articles.models import Author, Image, Section
from newsroom.seeding.tables import FOLDER, read_table
from newsroom.sign_ins import ROLES


@dataclass(frozen=True, slots=True)
class Cast:
    """Who writes, who edits, who decides."""

    reporter: User
    editor: User
    chief: User


def load_sections() -> int:
    known = set(Section.objects.values_list("slug", flat=True))
    rows = [row for row in read_table("sections") if row["slug"] not in known]
    Section.objects.bulk_create(
        Section(
            slug=row["slug"],
            name=row["name"],
            ordinal=int(row["ordinal"] or 0),
            description=row["description"],
        )
        for row in rows
    )
    return len(rows)


def load_authors() -> int:
    known = set(Author.objects.values_list("slug", flat=True))
    rows = [row for row in read_table("authors") if row["slug"] not in known]
    Author.objects.bulk_create(
        Author(
            slug=row["slug"],
            name=row["name"],
            role=row["role"],
            biography=row["biography"],
            email=row["email"],
        )
        for row in rows
    )
    return len(rows)


def load_images() -> int:
    """Store the pictures that are not in the library yet, known by their content."""
    known = set(Image.objects.values_list("sha256", flat=True))
    loaded = 0
    for row in read_table("images"):
        content = (FOLDER / "images" / row["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() in known:
            continue
        Image.objects.create(
            file=ContentFile(content, name=row["file"]),
            title=row["title"],
            alt=row["alt"],
            caption=row["caption"],
            credit=row["credit"],
            focal_x=float(row["focal_x"] or 0.5),
            focal_y=float(row["focal_y"] or 0.5),
        )
        loaded += 1
    return loaded


def cast() -> Cast:
    """The three people of the demo desk; those who do not exist yet cannot sign in until they get a password."""
    return Cast(*(_person(username, group) for username, group in ROLES.items()))


def _person(username: str, group: str) -> User:
    person, is_new = User.objects.get_or_create(
        username=username, defaults={"first_name": username.title(), "is_staff": True}
    )
    if is_new:
        person.set_unusable_password()
        person.save()
        person.groups.add(Group.objects.get(name=group))
    return person
