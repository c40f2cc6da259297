from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.views.navigation import furniture
from articles.views.public_page import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"furniture": furniture()})
