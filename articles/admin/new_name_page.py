"""The page of one new name: the sentences that name it, and what can be made of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles import naming
from articles.admin.clean_queries import is_key, without_zero_signs
from articles.admin.new_name_forms import AliasForm, MakeForm, TrustForm
from articles.admin.sentences import sentences_of
from articles.admin.trial_page import EDIT, TRY, show_trial
from articles.gazetteer_trials import GazetteerChange
from articles.models import NewName
from articles.states import GuardFailed, NotAllowed, Refused

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from entities.models import Entity

SENTENCES_SHOWN = 12
STATUS = {NotAllowed: HTTPStatus.FORBIDDEN, GuardFailed: HTTPStatus.UNPROCESSABLE_ENTITY}
MAKE, ALIAS, DISMISS, RECONSIDER = "make", "alias", "dismiss", "reconsider"


def new_name_view(admin: ModelAdmin[NewName], request: HttpRequest, object_id: str) -> HttpResponse:
    """GET shows the page; POST tries or uses one of the verbs."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if not is_key(object_id):
        raise Http404("There is no such name.")
    new_name = get_object_or_404(NewName.objects.select_related("entity", "verdict_by"), pk=object_id)
    page = NewNamePage(admin, request, new_name)
    return page.act() if request.method == "POST" else page.show()


class NewNamePage:
    """One request for the page."""

    def __init__(self, admin: ModelAdmin[NewName], request: HttpRequest, new_name: NewName) -> None:
        self.admin, self.request, self.new_name = admin, request, new_name
        self.verb = request.POST.get("verb", "")
        query = without_zero_signs(request.GET.get("q", "")).strip()[:200]
        sent = {self.verb: request.POST} if request.method == "POST" else {}
        self.make_form = MakeForm(sent.get(MAKE), prefix=MAKE, new_name=new_name)
        self.alias_form = AliasForm(sent.get(ALIAS), prefix=ALIAS, new_name=new_name, query=query)
        self.query = query

    def act(self) -> HttpResponse:
        if not naming.may_decide(self.request.user):
            raise PermissionDenied
        if self.verb in (MAKE, ALIAS):
            return self._act_by_form(self.make_form if self.verb == MAKE else self.alias_form)
        if self.verb not in (DISMISS, RECONSIDER):
            raise Http404("There is no such verb.")
        try:
            if self.verb == DISMISS:
                naming.dismiss(self.new_name, by=self.request.user)
                self._say(f"“{self.new_name}” will not be proposed again. That can be taken back on its page.")
            else:
                naming.reconsider(self.new_name, by=self.request.user)
                self._say(f"“{self.new_name}” is in the queue again.")
        except Refused as refusal:
            return self._refused(refusal)
        return redirect("admin:articles_newname_changelist")

    def show(self, *, refusal: Refused | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
        sightings = self.new_name.sightings.to_show().select_related("article", "revision")
        context: dict[str, Any] = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": str(self.new_name),
            "new_name": self.new_name,
            "sentences": sentences_of(sightings[:SENTENCES_SHOWN]),
            "hidden_count": max(0, self.new_name.story_count - SENTENCES_SHOWN),
            "may_decide": naming.may_decide(self.request.user),
            "make_form": self.make_form,
            "alias_form": self.alias_form,
            "query": self.query,
            "refusal": refusal,
            "try_name": TRY,
        }
        return TemplateResponse(self.request, "admin/articles/newname/page.html", context, status=status)

    def _act_by_form(self, form: TrustForm) -> HttpResponse:
        if EDIT in self.request.POST:
            return self.show()
        if not form.is_valid():
            return self.show(status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if TRY in self.request.POST:
            return self._try(form)
        try:
            entity = self._use(form)
        except Refused as refusal:
            return self._refused(refusal)
        is_alias = isinstance(form, AliasForm)
        told = f"“{self.new_name}” is another name of “{entity}” now." if is_alias else f"“{entity}” is an entity now."
        if form.cleaned_data["read_again"]:
            naming.read_again(self.new_name)
            told += " The stories that name it are being read again."
        self._say(told)
        return redirect("admin:articles_newname_changelist")

    def _use(self, form: TrustForm) -> Entity:
        if isinstance(form, MakeForm):
            told = {name: form.cleaned_data[name] for name in ("name", "kind", "category", "country")}
            entity = naming.make_entity(self.new_name, by=self.request.user, **told, **form.trust())
            self.admin.log_addition(self.request, entity, "Made of a new name.")
            return entity
        entity = naming.add_alias(self.new_name, to=form.cleaned_data["to"], by=self.request.user, **form.trust())
        self.admin.log_change(self.request, entity, f"“{self.new_name}” added as another name.")
        return entity

    def _try(self, form: TrustForm) -> HttpResponse:
        is_new = isinstance(form, MakeForm)
        entity = form.entity() if isinstance(form, MakeForm) else form.cleaned_data["to"]
        change = GazetteerChange(entity=entity if is_new else None, written=[form.alias(entity)])
        here = reverse("admin:articles_newname_change", args=[self.new_name.pk])
        return show_trial(
            self.admin,
            self.request,
            change,
            title="Try it first",
            crumbs=[("New names", reverse("admin:articles_newname_changelist")), (str(self.new_name), here)],
            save=("_save", "Make the entity" if is_new else "Take it as another name"),
        )

    def _refused(self, refusal: Refused) -> HttpResponse:
        """The verb's own words; what somebody else has decided meanwhile is shown as it is now."""
        self.new_name = NewName.objects.select_related("entity", "verdict_by").get(pk=self.new_name.pk)
        return self.show(refusal=refusal, status=STATUS.get(type(refusal), HTTPStatus.CONFLICT))

    def _say(self, message: str) -> None:
        messages.success(self.request, message)
