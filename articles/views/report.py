"""Report an error: a page of its own that nobody keeps, so that the story's page needs no form.

It sets no cookie. What Django's token guards against, a form sent in the name of somebody signed in, is nothing here:
whoever reports is nobody to us. A signed stamp takes its place, which tells a form that was read from one that a
machine sent, and names the version that was read.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.error_reports import TooManyReports, report_error
from articles.models import ErrorReport, Representation
from articles.states import Refused
from articles.views.gone import gone
from articles.views.navigation import furniture

SALT = "articles.report"
# Nobody reads the form and writes a message in less; a stamp holds for a day.
QUICKEST_SECONDS, OLDEST_SECONDS = 2, 86_400
LARGEST_BYTES = 40_000
RETRY_SECONDS = 3600


class ReportForm(forms.Form):
    """What a reader can tell us. `website` is a trap: people do not see it, machines fill it in."""

    passage = forms.CharField(
        required=False,
        max_length=ErrorReport.PASSAGE_LENGTH,
        label="Which words are wrong?",
        help_text="Copy them from the story, if it is about certain words.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    message = forms.CharField(
        max_length=ErrorReport.MESSAGE_LENGTH,
        label="What is wrong with them, and what is right?",
        help_text="If you know a source that shows it, please name it.",
        error_messages={"required": "Say what is wrong: without that the desk cannot act."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    contact = forms.CharField(
        required=False,
        max_length=ErrorReport.CONTACT_LENGTH,
        label="How can we reach you?",
        help_text="If you would like an answer. Never published; deleted 90 days after the report is dealt with.",
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False,
        label="Leave this field empty",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Please empty this field: it is there to keep machines out.")
        return ""


def never_kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Neither in a cache nor in a search engine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, no_store=True, private=True)
        return response

    return guarded


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_kept
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form, and what was written in it: kept, or shown again with what is to mend."""
    shown = _story(uuid)
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    if request.method != "POST":
        return _page(request, shown, ReportForm(initial={"stamp": _stamp(shown)}))
    if _announced_bytes(request) > LARGEST_BYTES:
        form = ReportForm({"stamp": _stamp(shown)})
        form.add_error(None, "That was too much to send. Please describe the error in a few sentences.")
        return _page(request, shown, form, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _take_in(request, shown)


@require_safe
@never_kept
def report_thanks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    shown = _story(uuid)
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    return render(request, "articles/report_thanks.html", {"furniture": furniture(), "story": shown})


def _announced_bytes(request: HttpRequest) -> int:
    """How long the body says to be; what is no number is left to the parser, which then reads nothing."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else 0


def _take_in(request: HttpRequest, shown: Representation) -> HttpResponse:
    form = ReportForm(request.POST)
    version = _version_read(request.POST.get("stamp", ""), shown)
    if not form.is_valid():
        return _page(request, shown, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if version is None:
        form.add_error(None, "Please look over what you wrote, and send it once more. Nothing of it is lost.")
        return _page(request, shown, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    words = {name: form.cleaned_data[name] for name in ("message", "passage", "contact")}
    try:
        report_error(shown.article, version=version, sender=_sender(request), **words)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        is_flood = isinstance(refusal, TooManyReports)
        status = HTTPStatus.TOO_MANY_REQUESTS if is_flood else HTTPStatus.UNPROCESSABLE_ENTITY
        response = _page(request, shown, form, status=status)
        if is_flood:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponseRedirect(reverse("report-thanks", args=[shown.uuid]), status=HTTPStatus.SEE_OTHER)


def _story(uuid: UUID) -> Representation:
    stories = Representation.objects.select_related("article", "edition").only(
        *("uuid", "status", "path", "headline", "card", "public_note", "article__headline", "edition__version")
    )
    found = stories.filter(uuid=uuid).first()
    if found is None:
        raise Http404("There is no such story.")
    return found


def _page(
    request: HttpRequest, shown: Representation, form: ReportForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    if form.is_bound:
        # With a new stamp, for the old one may be what was wrong.
        form.data = {name: form.data.get(name, "") for name in form.fields} | {"stamp": _stamp(shown)}
    context = {
        "furniture": furniture(),
        "current_section": shown.card["section"]["slug"],
        "story": shown,
        "form": form,
    }
    return render(request, "articles/report.html", context, status=status)


def _stamp(shown: Representation) -> str:
    return signing.dumps([str(shown.uuid), shown.edition.version], salt=SALT)


def _version_read(stamp: str, shown: Representation) -> int | None:
    """The version that was read before the form was sent; None for a stamp of another story, of another day, or of
    this very moment."""
    try:
        uuid, version = signing.loads(stamp, salt=SALT, max_age=OLDEST_SECONDS)
    except signing.BadSignature:
        return None
    return int(version) if uuid == str(shown.uuid) and not _is_new(stamp) else None


def _is_new(stamp: str) -> bool:
    try:
        signing.loads(stamp, salt=SALT, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def _sender(request: HttpRequest) -> str:
    """A digest of where a report comes from, that nobody can turn back. Of IPv6, the network that one house has."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # The last entry is the one that our own proxy wrote.
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return salted_hmac(SALT, "unknown", algorithm="sha256").hexdigest()
    if parsed.version == 6:
        parsed = ipaddress.ip_network((parsed, 64), strict=False).network_address
    return salted_hmac(SALT, str(parsed), algorithm="sha256").hexdigest()
