"""Pages made of several apps: the front page, the search, the simple pages."""

from django.http import HttpRequest, HttpResponse


def choose_language(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def home(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def search(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def page(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
