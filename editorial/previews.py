"""How a record is shown to somebody with a preview link: every app registers the page of its own.

    previews.register(Article, article_preview)

`article_preview(request, article)` answers with the page as readers will see it, in the language of
the request, whether the article is public or not.
"""

from collections.abc import Callable

from django.db import models
from django.http import HttpRequest, HttpResponse

Render = Callable[[HttpRequest, models.Model], HttpResponse]

_pages: dict[type[models.Model], Render] = {}


def register(model: type[models.Model], render: Render) -> Render:
    """Say how records of a model are shown before they are public."""
    _pages[model] = render
    return render


def page_of(model: type[models.Model]) -> Render | None:
    """How records of a model are shown; None when their app has not said."""
    return _pages.get(model)
