"""In whose name a command of the desk works."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from articles.importing import service_account


def person_named(username: str) -> User:
    """The account of that name, or the import desk's where none is named. Raises CommandError where there is none."""
    if not username:
        return service_account()
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"There is no account “{username}”.")
    return person
