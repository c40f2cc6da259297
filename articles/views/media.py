from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.models import Edition
from articles.states import PubState


# A picture's address is made of its content; shared caches let go of it within a minute all the same, so that
# the picture of a killed story goes with it.
@require_safe
@cache_control(public=True, max_age=86_400, s_maxage=60)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture, where no web server in front serves the folder."""
    if is_closed(path):
        raise Http404("This picture belonged to a story, or a version of one, that is closed.")
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def is_closed(path: str) -> bool:
    """Whether a picture was printed in an edition that is sealed, as all of a killed story are, and in none that a
    live story still shows."""
    printed = Edition.objects.filter(image__file=path)
    shown = printed.filter(sealed_at=None, article__pub_state=PubState.LIVE)
    return printed.exclude(sealed_at=None).exists() and not shown.exists()
