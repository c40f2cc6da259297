from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

from articles.models import Edition, Representation
from articles.states import PubState


# A picture's address is made of its content; shared caches let go of it within a minute all the same, so that
# the picture of a killed story goes with it.
@require_safe
@cache_control(public=True, max_age=86_400, s_maxage=60)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded picture, where no web server in front serves the folder."""
    if is_killed(path):
        raise Http404("This picture belonged to a story that was killed.")
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def is_killed(path: str) -> bool:
    """Whether a picture was printed with a killed story, and with no story that is live."""
    killed = Edition.objects.filter(image__file=path, article__pub_state=PubState.KILLED)
    live = Representation.objects.filter(image__file=path, status=Representation.Status.LIVE)
    return killed.exists() and not live.exists()
