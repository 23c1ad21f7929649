"""A news draft from sealed results, in both languages: staff read it, change it, publish it."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import audit
from content.languages import LANGUAGE_CODES, in_language
from content.slugs import free_slug
from members.models import Member
from news.models import Article
from ratings.models import Edition
from standings import honours
from standings.honours import HonoursRefused
from standings.models import Honours, Seal, Standing
from standings.wording import score_text, shared_places


@transaction.atomic
def write(edition: Edition, by) -> Article:
    """The news draft of an edition; the first call writes it, later ones give the same.

    Raises HonoursRefused without sealed results.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    seal = honours.current(edition)
    if seal is None:
        raise HonoursRefused(_("The results are not sealed yet."))
    kept, _is_new = Honours.objects.get_or_create(edition=edition, defaults={"made_by": by})
    if kept.article is None:
        kept.article = _article(seal, by)
        kept.save()
        audit.record("standings.news_draft", kept.article, by, str(edition))
    return kept.article


def _article(seal: Seal, by) -> Article:
    places = list(honours.honoured(seal))
    lists: dict[str, list[Standing]] = {}
    for one in places:
        lists.setdefault(one.class_code, []).append(one.standing)
    article = Article(
        status=Article.Status.DRAFT, cover=seal.edition.rating.picture, author=by,
        **_texts(seal, lists),
    )  # fmt: skip
    article.slug = free_slug(article, article.title_en or article.title_ru)
    article.save(by=by)
    named = {one.standing.member_id for one in places if one.standing.member_id}
    article.members.set(Member.objects.filter(pk__in=named))
    article.save(by=by)  # the index names the members
    return article


def _texts(seal: Seal, lists: dict[str, list[Standing]]) -> dict[str, str]:
    """Title, lead and body in every language in which the edition has a title."""
    found = {}
    for code in LANGUAGE_CODES:
        if not getattr(seal.edition, f"title_{code}"):
            continue
        with translation.override(code):
            title = _("%(edition)s: the results") % {"edition": _title(seal.edition)}
            found[f"title_{code}"] = title[:200]
            found[f"lead_{code}"] = _lead(seal, lists, code)[:500]
            found[f"body_{code}"] = _body(seal, lists, code)
    return found


def _title(edition: Edition) -> str:
    return in_language(edition, "title")[0]


def _lead(seal: Seal, lists: dict[str, list[Standing]], code: str) -> str:
    number = seal.standings.filter(rank__isnull=False).count()
    taking_part = ngettext(
        "%(count)d city has a place.", "%(count)d cities have a place.", number
    ) % {"count": number}  # fmt: skip
    first = [one.name_in(code) for one in lists.get(honours.COMMON, []) if one.rank == 1]
    leaders = ngettext("First: %(names)s.", "First, with equal scores: %(names)s.", len(first))
    return f"{taking_part} {leaders % {'names': ', '.join(first)}}" if first else taking_part


def _body(seal: Seal, lists: dict[str, list[Standing]], code: str) -> SafeString:
    parts = []
    for class_code, rows in lists.items():
        heading = getattr(rows[0], f"class_title_{code}") or rows[0].class_title_en
        is_common = class_code == honours.COMMON
        parts.append(format_html("<h2>{}</h2>", _("Common rating") if is_common else heading))
        parts.append(_list(rows, "rank" if is_common else "rank_in_class", code))
    edition = seal.edition
    address = reverse("standings:results", args=[edition.rating.slug, edition.slug])
    link = format_html('<a href="{}">{}</a>', address, _title(edition))
    parts.append(format_html("<p>{} {}</p>", _("All places and the method:"), link))
    return SafeString("".join(parts))  # nosec # every part is escaped


def _list(rows: Iterable[Standing], column: str, code: str) -> SafeString:
    ordered = sorted(rows, key=lambda one: getattr(one, column))
    places = [getattr(one, column) for one in ordered]
    items = [
        (_("%(place)s: %(city)s, score %(score)s") % {
            "place": shared_places(place, places.count(place)),
            "city": one.name_in(code), "score": score_text(one.score),
        },)
        for one, place in zip(ordered, places, strict=True)
    ]  # fmt: skip
    return format_html("<ul>{}</ul>", format_html_join("", "<li><p>{}</p></li>", items))
