"""The map of the whole site."""

from django.contrib import admin
from django.urls import include, path, re_path

from articles.views.about import about, policies, policy
from articles.views.article import article
from articles.views.author import author, authors
from articles.views.compare import compare
from articles.views.corrections import corrections
from articles.views.countries import countries, pair
from articles.views.diary import diary, diary_calendar
from articles.views.entity import country, entity
from articles.views.entity_index import entities, entities_of
from articles.views.home import home
from articles.views.media import media, rendition
from articles.views.preview import preview, preview_picture
from articles.views.quote_export import quotes_csv, quotes_json
from articles.views.quotes import quote, quotes
from articles.views.report import report, report_thanks
from articles.views.search import search
from articles.views.section import section
from articles.views.share_image import share_image
from articles.views.storylines import storyline, storylines
from articles.views.suggestions import suggest
from articles.views.timeline import country_timeline, entity_timeline
from articles.views.well_known import favicon, robots, security
from articles.views.world_map import world_map

urlpatterns = [
    path("", home, name="home"),
    path("sections/<slug:slug>/", section, name="section"),
    # Year, month and slug stay one value, as stored in PublicAddress: 2026/11/vostok-china.
    re_path(r"^news/(?P<path>[0-9]{4}/[0-9]{2}/[-a-zA-Z0-9_]+)/$", article, name="article"),
    re_path(r"^news/(?P<path>[0-9]{4}/[0-9]{2}/[-a-zA-Z0-9_]+)/versions/", include("articles.views.version_urls")),
    # High up, for each pattern above one that matches is tried first, and this is what is asked most.
    path("api/v1/", include("newsroom.api.urls")),
    path("countries/", countries, name="countries"),
    path("countries/<slug:slug>/", country, name="country"),
    path("countries/<slug:slug>/timeline/", country_timeline, name="country-timeline"),
    path("countries/<slug:slug>/with/<slug:other>/", pair, name="country-pair"),
    path("storylines/", storylines, name="storylines"),
    path("storylines/<slug:slug>/", storyline, name="storyline"),
    path("diary/", diary, name="diary"),
    path("diary/coming-up.ics", diary_calendar, name="diary-calendar"),
    path("map/", world_map, name="map"),
    path("entities/", entities, name="entities"),
    path("entities/<slug:kind>/", entities_of, name="entities-of"),
    path("entities/<slug:kind>/<slug:slug>/", entity, name="entity"),
    path("entities/<slug:kind>/<slug:slug>/timeline/", entity_timeline, name="entity-timeline"),
    path("quotes/", quotes, name="quotes"),
    path("quotes/export.csv", quotes_csv, name="quotes-csv"),
    path("quotes/export.json", quotes_json, name="quotes-json"),
    path("quotes/compare/", compare, name="quotes-compare"),
    path("quotes/<uuid:uuid>/", quote, name="quote"),
    path("search/", search, name="search"),
    path("search/suggest", suggest, name="search-suggest"),
    path("authors/", authors, name="authors"),
    path("authors/<slug:slug>/", author, name="author"),
    path("corrections/", corrections, name="corrections"),
    path("about/", about, name="about"),
    path("policies/", policies, name="policies"),
    path("policies/contact/", policy, {"slug": "contact"}, name="contact"),
    path("policies/<slug:slug>/", policy, name="policy"),
    path("report/<uuid:uuid>/", report, name="report"),
    path("report/<uuid:uuid>/thanks/", report_thanks, name="report-thanks"),
    path("feeds/", include("articles.feeds.urls")),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path(".well-known/security.txt", security, name="security"),
    path("", include("articles.sitemaps")),
    path("previews/<str:token>/", preview, name="preview"),
    path("previews/<str:token>/<slug:sha256>/", preview_picture, name="preview_picture"),
    path("share/<uuid:uuid>-<int:version>.png", share_image, name="share-image"),
    path("media/<int:width>/<path:path>", rendition, name="rendition"),
    path("media/<path:path>", media, name="media"),
    path("admin/sign-in/", include("newsroom.accounts.urls")),
    path("admin/", admin.site.urls),
]

# At the desk they show the desk’s pages, elsewhere those of `newsroom.errors`.
handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.admin.errors.forbidden"
handler404 = "newsroom.admin.errors.not_found"
handler500 = "newsroom.errors.server_error"
