"""Pages that are lists: found by their name and by words for them, without a row in the index."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from content import spelling
from content.searchquery import STOP_WORDS, Asked


@dataclass(frozen=True)
class NamedPage:
    """A page by the name of its address, its title, and words in both languages that mean it."""

    name: str
    title: str
    words: str


PAGES = [
    NamedPage("members:list", _("Members"), "участники города участник город members cities"),
    NamedPage("news:list", _("News"), "новости новость статьи лента news articles"),
    NamedPage("events:list", _("Events"), "мероприятия события календарь events calendar"),
    NamedPage("library:list", _("Library"), "библиотека издания документы library publications"),
    NamedPage("awards:list", _("Awards"), "награды премии конкурсы awards prizes contests"),
    NamedPage(
        "laureates:list", _("Laureates"), "лауреаты победители награждённые laureates winners"
    ),
    NamedPage("ratings:list", _("Ratings"), "рейтинги рейтинг методика ratings rating methodology"),
    NamedPage("practices:list", _("Practices"), "практики опыт городов practices experience"),
    NamedPage(
        "governance:bodies", _("Governing bodies"),
        "руководящие органы совет президиум бюро bodies council executive bureau",
    ),
    NamedPage(
        "partnerships:list", _("Sister cities"),
        "побратимы города-побратимы партнёрства sister cities twinning partnerships",
    ),
    NamedPage("facts:list", _("Facts register"), "реестр фактов цифры показатели facts figures"),
    NamedPage(
        "association:partners", _("Partners and supporters"),
        "партнёры поддержка partners supporters",
    ),
    NamedPage(
        "consultations:list", _("Texts under discussion"),
        "обсуждение проекты текстов замечания доклады consultations drafts comments reports",
    ),
    NamedPage("projects:list", _("Projects"), "проекты проект projects project"),
    NamedPage(
        "opendata:data", _("Open data"), "открытые данные скачать таблицы open data download"
    ),
    NamedPage(
        "association:achievements", _("Achievements"), "достижения награды итоги achievements"
    ),
    NamedPage("members:how_to_join", _("How to join"), "вступить вступление join membership"),
    NamedPage("contacts", _("Contacts"), "контакты адрес телефон почта contacts address phone"),
    NamedPage("about", _("About us"), "об ассоциации о нас about association"),
]  # fmt: skip
MOST = 3


def matching(query: Asked) -> list[dict[str, str]]:
    """The pages whose words hold every word of a query: title and address in the language now."""
    keys = {spelling.key(word) for word in query.wanted if word.lower() not in STOP_WORDS}
    if not keys:
        return []
    found = [page for page in PAGES if keys <= _keys(page)]
    return [shown for page in found if (shown := _shown(page))][:MOST]


def _keys(page: NamedPage) -> set[str]:
    return {spelling.key(word) for word in spelling.tokens(page.words)}


def _shown(page: NamedPage) -> dict[str, str] | None:
    try:
        return {"title": str(page.title), "url": reverse(page.name)}
    except NoReverseMatch:
        return None
