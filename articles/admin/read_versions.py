"""The version at which a form was loaded: without it, nobody can tell whether it would overwrite another’s words."""

from __future__ import annotations

from django import forms


def require_version(form: forms.ModelForm) -> None:
    """Of a row that stands, `read_version` must come back with the form."""
    if form.instance.pk and "read_version" in form.fields and form.cleaned_data.get("read_version") is None:
        form.add_error(
            None,
            "Not saved: what was sent does not say which version you have read. Open the page in a second tab, and "
            "bring your words into what stands there.",
        )
