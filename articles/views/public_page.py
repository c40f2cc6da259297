"""What every public page shares: safe methods only, an ETag, and headers under which a kill holds everywhere."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

# Shared caches may keep a page this long even when a purge fails; browsers ask every time.
SHARED_CACHE_SECONDS = 60

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Make a view a public page: GET and HEAD, 304 by ETag, cached by shared caches for a minute at most."""
    cached = cache_control(public=True, max_age=0, s_maxage=SHARED_CACHE_SECONDS)(view)
    page: View = require_safe(conditional_page(cached))
    return page


def parameter(request: HttpRequest, name: str, *, longest: int = 200) -> str:
    """A parameter of the query string; empty where absent or not text that could stand in the database."""
    value = request.GET.get(name, "")
    return value if len(value) <= longest and "\x00" not in value else ""
