"""The doors of a quotation: confirm or change it with its particulars, and mark words as a new one.

The page's modules show the form in the card and ask for JSON; the same address is a page of its own without them.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from articles import suggestions
from articles.admin.proposals import done, refused, require_view, wants_json
from articles.admin.quote_form import QuoteForm
from articles.models import Article, Quote
from articles.quote_anchors import span_of
from articles.states import GuardFailed, Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

LONGEST_QUOTE = 20_000


def edit_quote_view(admin: ModelAdmin[Any], request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """GET shows the form; POST confirms the quotation with what it says."""
    require_view(request)
    quote = get_object_or_404(Quote.objects.select_related("article"), pk=row, article=pk)
    form = QuoteForm(request.POST or None, instance=quote)
    if request.method != "POST":
        return _page(admin, request, quote, form)
    if not form.is_valid():
        return _invalid(form) if wants_json(request) else _page(admin, request, quote, form, HTTPStatus.BAD_REQUEST)
    try:
        suggestions.confirm_quote(Quote.objects.get(pk=row), by=request.user, **form.corrections())
    except Refused as refusal:
        return refused(request, refusal, str(pk))
    return done(request, quote.article)


@require_POST
def add_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark words of the saved text as a quotation: `words` that begin at code point `start` of block `block`."""
    require_view(request)
    article = get_object_or_404(Article.objects.select_related("revision"), pk=pk)
    form = QuoteForm(request.POST, instance=Quote())
    if not form.is_valid():
        return _invalid(form)
    start = request.POST.get("start", "")
    try:
        span = span_of(
            article.newest_revision,
            block_id=request.POST.get("block", ""),
            start=int(start) if start.isdecimal() and len(start) < 10 else 0,
            # Browsers send every line's end as two signs.
            words=request.POST.get("words", "").replace("\r\n", "\n")[:LONGEST_QUOTE],
        )
        if span is None:
            raise GuardFailed("These words are not in the saved text: save first, then mark them again.")
        quote = suggestions.add_quote(article, start=span[0], end=span[1], by=request.user, **form.corrections())
    except Refused as refusal:
        return refused(request, refusal, str(pk))
    return done(request, article, card=f"quote-{quote.pk}")


def _invalid(form: QuoteForm) -> JsonResponse:
    problems = {name: " ".join(errors) for name, errors in form.errors.items()}
    message = "Not saved yet: a field needs another look."
    return JsonResponse(
        {"code": "invalid", "message": message, "fields": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _page(
    admin: ModelAdmin[Any], request: HttpRequest, quote: Quote, form: QuoteForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": "Quotation",
        "quote": quote,
        "article": quote.article,
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/article/quote_page.html", context, status=status)
