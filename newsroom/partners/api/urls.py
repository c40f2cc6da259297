"""The API's addresses of what a partner says and asks about itself, below /api/v1/."""

from django.urls import path

from newsroom.partners.api.acknowledgements import Acknowledgements
from newsroom.partners.api.me import Me

urlpatterns = [
    path("me", Me.as_view(), name="api-me"),
    path("acknowledgements", Acknowledgements.as_view(), name="api-acknowledgements"),
]
