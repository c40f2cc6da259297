from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from articles import surrogate_keys
from articles.models import Representation
from articles.views.beside_story import keys_beside, next_stories, speakers, story_so_far
from articles.views.gone import gone
from articles.views.public_page import kept_page, key_under, public_page
from articles.views.story_statement import story_at


@public_page
@kept_page
def article(request: HttpRequest, path: str) -> HttpResponse:
    """The stored middle of the page, with navigation and all that stands beside it joined in one statement."""
    shown = story_at(path)
    if shown is None:
        return _lead_on(request, path)
    if shown.status != Representation.Status.LIVE:
        return gone(request, shown)
    context = {
        "story": shown,
        "furniture": shown.furniture,
        "speakers": list(speakers(shown)),
        "story_so_far": story_so_far(shown),
        "next_stories": next_stories(shown),
        "current_section": shown.card["section"]["slug"],
    }
    response = render(request, "articles/article.html", context)
    # A story that is named here takes this page with it when it is changed or taken down.
    key_under(response, [surrogate_keys.story(path), *keys_beside(shown)])
    return response


def _lead_on(request: HttpRequest, path: str) -> HttpResponse:
    """From an earlier address to the current one, or to the notice of what became of the story."""
    shown = Representation.objects.filter(article__addresses__path=path).defer("json", "html").first()
    if shown is None:
        raise Http404("There is no story at this address.")
    if shown.status == Representation.Status.LIVE:
        return HttpResponsePermanentRedirect(shown.get_absolute_url())
    return gone(request, shown)
