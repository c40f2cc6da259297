"""What is asked before a key is made, rotated, changed or revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from newsroom.partners.keys import MOST_PRODUCTS
from newsroom.partners.models import ApiKey, Product, Scope

LIVES = {"": "Until it is revoked", "30": "30 days", "90": "90 days", "365": "A year"}
OVERLAPS = {"0": "Not at all: it leaked", "1": "An hour", "24": "A day", "168": "A week", "720": "30 days"}
# The greatest number that the database holds.
MOST_REQUESTS = 2_000_000_000


class KeyForm(forms.Form):
    """What a key may do."""

    name = forms.CharField(
        max_length=80, required=False, label="What for", help_text="Such as “website” or “test system”."
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices, widget=forms.CheckboxSelectMultiple, label="It may", initial=[*Scope]
    )
    products = forms.ModelMultipleChoiceField(
        Product.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A story is had when it is in one of them. Without a tick the key has everything. With other "
        "products than before, the partner reads all of its stories anew.",
    )
    per_minute = forms.IntegerField(
        min_value=1, max_value=MOST_REQUESTS, initial=120, label="Requests a minute", help_text="A busy site asks 20."
    )
    per_day = forms.IntegerField(
        min_value=1, max_value=MOST_REQUESTS, initial=50_000, label="Requests a day", help_text="From 00:00 UTC."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        if not Product.objects.exists():
            del self.fields["products"]

    def clean_products(self) -> Any:
        products = self.cleaned_data["products"]
        if len(products) > MOST_PRODUCTS:
            raise forms.ValidationError(f"At most {MOST_PRODUCTS}: make one product of several.")
        return products

    def arguments(self) -> dict[str, Any]:
        """For the verb."""
        return {"products": [], **self.cleaned_data}


class NewKeyForm(KeyForm):
    life = forms.ChoiceField(choices=[*LIVES.items()], required=False, label="It works")
    # The newest key of the partner when the page was opened: reloading the answer makes no second key.
    newest = forms.IntegerField(widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        days = given.pop("life")
        given.pop("newest")
        return given | {"expires_at": timezone.now() + timedelta(days=int(days)) if days else None}


class RotateForm(forms.Form):
    hours = forms.ChoiceField(
        choices=[*OVERLAPS.items()],
        initial="24",
        label="The old key still works",
        help_text="Long enough for the partner to put the new one in everywhere.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"overlap": timedelta(hours=int(self.cleaned_data["hours"]))}


class RevokeForm(forms.Form):
    reason = forms.CharField(
        max_length=300, label="Why", help_text="The desk only. The partner is told when it was revoked, not why."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


def values_of(key: ApiKey) -> dict[str, Any]:
    """What the form shows of a key that exists."""
    return {
        "name": key.name,
        "scopes": key.scopes,
        "products": list(key.products.all()),
        "per_minute": key.per_minute,
        "per_day": key.per_day,
    }
