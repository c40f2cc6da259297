"""The site, and an address that fails."""

from django.http import HttpRequest
from django.urls import path

from newsroom.urls import handler404 as handler404
from newsroom.urls import handler500 as handler500
from newsroom.urls import urlpatterns as site


def fail(request: HttpRequest) -> None:
    raise RuntimeError("The site audit asked for a failure, to look at the page that says so.")


urlpatterns = [*site, path("audit/failure/", fail)]
