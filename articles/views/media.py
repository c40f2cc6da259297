from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve


# A picture's address is made of its content; shared caches let go of it within a minute all the same, so that
# the picture of a killed story goes with it.
@require_safe
@cache_control(public=True, max_age=86_400, s_maxage=60)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture, where no web server in front serves the folder."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)
