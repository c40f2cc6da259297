"""What programs look for at fixed addresses: robots.txt, security.txt and favicon.ico."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.public_notation import absolute
from articles.sitemaps import recent_stories
from articles.views.public_page import public_page

PLAIN = "text/plain; charset=utf-8"
# The desk, signed previews, and the API, which has a description of its own. Search and filtered lists say "noindex"
# on their pages instead: a robot that may not fetch them would never read it.
KEEP_OUT = ("/admin/", "/previews/", "/api/")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEEP_OUT), ""]
    maps = ["sitemap", "sitemap-news"] if recent_stories().exists() else ["sitemap"]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in maps]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@public_page
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact, or without a day until which it holds, the newsroom has not said anything."""
    if not settings.SECURITY_CONTACT or not settings.SECURITY_EXPIRES:
        raise Http404("This newsroom has named no contact.")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {settings.SECURITY_EXPIRES}",
        "Preferred-Languages: en",
        f"Canonical: {absolute(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """For what shows no page of ours, and so reads no link to the icon."""
    return HttpResponse(_icon(), content_type="image/svg+xml")


@cache
def _icon() -> bytes:
    found = finders.find("site/icons/icon.svg")
    assert isinstance(found, str)
    return Path(found).read_bytes()
