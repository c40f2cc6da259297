"""What the verbs of arrangement ask: who, by when, how soon. Field names are the verbs' arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from articles.admin.newsroom_times import NewsroomDateTimeField
from articles.models import Priority

PRIORITIES = [(value, label.capitalize()) for value, label in reversed(Priority.choices)]


class Writers(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.get_full_name() or person.username


def writers() -> QuerySet[User]:
    """Who may be given a story, as `assign` asks: by a group, by themselves, or as superuser."""
    own, ofgroup = ("user_permissions__codename", "groups__permissions__codename")
    writes = Q(**{own: "write_article"}) | Q(**{ofgroup: "write_article"}) | Q(is_superuser=True)
    people = User.objects.filter(writes, is_active=True, is_staff=True).distinct()
    return people.order_by("first_name", "username")


class AssigneeForm(forms.Form):
    to = Writers(
        User.objects.none(), required=False, empty_label="Nobody", label="Who", help_text="They are told at once."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = writers()  # type: ignore[attr-defined]


class DueForm(forms.Form):
    at = NewsroomDateTimeField(
        required=False,
        label="Due at",
        help_text=f"On the clock of {settings.NEWSROOM_TIME_ZONE}. Empty: at no time.",
    )


class PriorityForm(forms.Form):
    priority = forms.TypedChoiceField(
        choices=PRIORITIES,
        coerce=int,
        initial=Priority.NORMAL,
        widget=forms.RadioSelect,
        label="Priority",
        help_text="For the desk alone: it moves a story up on the board.",
    )
