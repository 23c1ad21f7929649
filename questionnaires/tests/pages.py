"""The cabinet's questionnaire as tests open it and type into it."""

import re

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from members.models import Member
from members.tests.factories import make_representative
from questionnaires.models import Answer
from ratings.models import Indicator


def person(city: Member, name: str, role: str = "contributor") -> User:
    user = User.objects.create_user(f"{name}@example.org", full_name=name.title(), language="en")
    make_representative(user, city, role=role)
    return user


def of(edition, code) -> Indicator:
    return Indicator.objects.get(edition=edition, code=code)


def address(edition, name="section", *args) -> str:
    with translation.override("en"):
        return reverse(f"questionnaires:{name}", args=["kazan", edition.pk, *args])


def tokens(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="(t\d+)" value="([^"]*)"', html))


def opened(client, edition, code="P") -> dict[str, str]:
    """What the page of a section sends along unseen."""
    return tokens(client.get(address(edition, "section", code)).content.decode())


def typed(edition, **values) -> dict[str, str]:
    """P1="12" as the form names it; P1_c a comment, P1_u the tick, P1_l a link, P1_f a file."""
    found = {}
    for name, value in values.items():
        code, _mark, kind = name.partition("_")
        found[f"{kind or 'a'}{of(edition, code).pk}"] = value
    return found


def by_script(client, edition, code, seen, **given):
    pk = of(edition, code).pk
    data = {"question": pk, f"t{pk}": seen, **typed(edition, **given)}
    headers = {"X-Requested-With": "fetch"}
    return client.post(address(edition, "section", "P"), data, headers=headers)


def stored(code) -> tuple:
    """Number, "no such figure" and comment of an answer."""
    return Answer.objects.values_list("number", "is_unknown", "comment").get(indicator__code=code)
