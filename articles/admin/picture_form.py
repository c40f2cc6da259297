"""The form of a picture: its file, checked and bare, and what must stand beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from articles.models import Image, Rights
from articles.pictures.details import DETAILS, as_read, log_upload
from articles.pictures.facts import LONGEST, PictureFacts, facts_in
from articles.pictures.files import bare_picture, check_picture, sha256_of
from articles.pictures.rendering import render_on_commit

# What the columns are called on the desk.
LABELS = {
    "expires_on": "Use until",
    "may_syndicate": "Syndication allowed",
    "focal_x": "From the left",
    "focal_y": "From the top",
}
RIGHTS_CHOICES = [("", "not said yet"), *Rights.choices]
KEPT_BACK = "Its file says: “{}”. So partners do not get it, until an editor allows it on its page."
NOTHING_SHOWN = PictureFacts()
# More than all that stands beside a picture takes as JSON.
LONGEST_READ = 20_000
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class PictureField(forms.FileField):
    """A file that `check_picture` accepts, without the metadata that it brought: `facts` says what that was."""

    widget = forms.ClearableFileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        check_picture(file)
        facts = facts_in(file.read())
        bare = bare_picture(file)
        bare.facts = facts  # type: ignore[attr-defined]
        return bare


class PictureDetails(forms.ModelForm):
    """What stands beside a picture; nothing is required until a story with it is published. `read` is what stood there
    when the page was opened."""

    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST_READ)

    class Meta:
        model = Image
        fields: tuple[str, ...] = ("alt", "caption", "credit", "rights", "rights_note", "may_syndicate", "expires_on")

    def clean_read(self) -> dict[str, str]:
        return read_in(self.cleaned_data["read"])

    def wanted(self) -> dict[str, Any]:
        """What was sent, as the verb takes it."""
        return sent_of(self, self.Meta.fields)


class PictureUpload(PictureDetails):
    """A new picture; `standing` is the desk's own copy where it has the file already.

    A page may show what the file says of itself, or its beginning, and sends what it showed: where the whole file says
    the same, what was sent is what somebody wants. Otherwise the file speaks where nothing was typed; `kept_back` says
    why partners do not get it.
    """

    # To the letter, or else they are not what the file says.
    shown_caption = forms.CharField(required=False, strip=False)
    shown_credit = forms.CharField(required=False, strip=False)
    shown_notice = forms.CharField(required=False, strip=False)
    kept_back = ""
    file = PictureField(error_messages={"required": "Choose a picture to upload.", "empty": "The file is empty."})
    standing: Image | None = None

    class Meta:
        model = Image
        fields = ("file", "title", *PictureDetails.Meta.fields)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.standing = Image.objects.filter(sha256=sha256_of(file)).first()
        if self.standing is not None:
            raise forms.ValidationError(f"The desk has this picture already: “{self.standing}”.")
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.kept_back = take_facts(data, shown=_shown_in(data))
        return data


def _shown_in(data: dict[str, Any]) -> PictureFacts:
    return PictureFacts(**{name: data.get(f"shown_{name}", "") for name in LONGEST})


def take_facts(data: dict[str, Any], *, shown: PictureFacts = NOTHING_SHOWN) -> str:
    """Let the file speak where nothing was typed, and keep from partners what it claims rights in: why, in words. But
    for what somebody was shown of that."""
    facts: PictureFacts | None = getattr(data.get("file"), "facts", None)
    if facts is None:
        return ""
    offered = {
        "rights_note": facts.notice,
        "caption": "" if shown.caption == facts.caption else facts.caption,
        "credit": "" if shown.credit == facts.credit else facts.credit,
    }
    for name, words in offered.items():
        if name in data and not data[name]:
            data[name] = words
    if not facts.notice or facts.notice == shown.notice or not data.get("may_syndicate"):
        return ""
    data["may_syndicate"] = False
    return KEPT_BACK.format(facts.notice)


def read_in(sent: str) -> dict[str, str]:
    """What a page says in JSON that it read: nothing where it says anything else than names with words."""
    try:
        read = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: str(value) for name, value in read.items() if name in DETAILS} if isinstance(read, dict) else {}


def sent_of(form: forms.ModelForm, names: Iterable[str]) -> dict[str, Any]:
    """The values of a form; what a page does not have and so does not send is nothing that anybody wants."""
    return {
        name: form.cleaned_data[name]
        for name in names
        if not form.fields[name].widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
    }


def brought_up_to_date(data: Any, image: Image) -> Any:
    """What a page sent, with what stands there now in place of what its writer had left as it was."""
    data, standing = data.copy(), as_read(image)
    read = read_in(data.get("read", ""))
    for name, value in standing.items():
        if data.get(name, "") == read.get(name):
            data[name] = value
    data["read"] = json.dumps(standing)
    return data


def taken(data: Any, files: Any, *, by: Any) -> tuple[Image | None, PictureUpload]:
    """The new picture of an upload, or none and the form that says why."""
    form = PictureUpload(data, files)
    try:
        if form.is_valid():
            with transaction.atomic():
                image = form.save()
                log_upload(image, by=by)
                render_on_commit()
            return image, form
    except IntegrityError as error:
        if not is_same_file(error):
            raise
        # Somebody stored it in the same moment: now it is standing, and the form finds it.
        form = PictureUpload(data, files)
        form.full_clean()
    return None, form


def is_same_file(error: IntegrityError) -> bool:
    """Whether the desk had the file already, and not that anything else is wrong with its row."""
    told = getattr(error.__cause__, "diag", None)
    return told is not None and "sha256" in (told.constraint_name or "")
