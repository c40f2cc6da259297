"""The pages that readers see when something is not there or does not work."""

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponsePermanentRedirect,
    HttpResponseServerError,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from articles.views.navigation import furniture
from articles.views.old_addresses import leads_to
from articles.views.rivers import latest_stories


# A story may appear at this address any moment; a shared cache must not hold the error for long.
@cache_control(public=True, max_age=0, s_maxage=10)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is there; but a reader with an earlier address, or one typed in capitals, is led on."""
    if request.method in ("GET", "HEAD") and (address := leads_to(request.path)):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    return render(request, "404.html", {"furniture": furniture(), "latest": latest_stories()}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What no page can make sense of, such as a host that is not ours; asks nothing, as below."""
    return HttpResponseBadRequest(render_to_string("400.html", {"site_name": settings.SITE_NAME}))


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor anything else that may be what has failed."""
    return HttpResponseServerError(render_to_string("500.html", {"site_name": settings.SITE_NAME}))
