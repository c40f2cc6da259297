"""The API's addresses of what exists in the world, below /api/v1/."""

from django.urls import path

from entities.api.countries import CountryDetail, CountryList
from entities.api.entities import EntityDetail, EntityList

urlpatterns = [
    path("countries", CountryList.as_view(), name="api-countries"),
    path("countries/<str:alpha2>", CountryDetail.as_view(), name="api-country"),
    path("entities", EntityList.as_view(), name="api-entities"),
    path("entities/<uuid:uuid>", EntityDetail.as_view(), name="api-entity"),
]
