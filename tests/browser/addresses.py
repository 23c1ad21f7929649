"""The pages that the browser tests look at, in the demonstration association."""

import datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.models import Call
from content import revisions
from content.models import TranslationState
from events.models import Event
from news.models import Article
from newsletter.models import Bulletin
from practices.models import Practice
from ratings.models import Edition
from translating import links
from travel.models import TravelOffer

PUBLIC = [
    "/ru/",
    "/en/",
    "/ru/news/",
    "/ru/news/tangier-retreat-2020/",
    "/ru/news/bukhara-pools/",
    "/en/news/perm-seventh-2020/",
    "/ru/news/archive/",
    "/ru/newsletter/",
    "/ru/newsletter/1/",
    "/en/newsletter/subscribe/",
    "/ru/events/",
    "/ru/events/council-kazan/",
    "/ru/events/congress-and-assembly/",
    "/ru/events/congress-and-assembly/guest/",
    "/en/events/congress-and-assembly/programme/",
    "/ru/events/future-2045-online/",
    "/ru/events/plan/2026/",
    "/ru/events/month/2026/11/",
    "/ru/events/series/",
    "/ru/host-calls/",
    "/ru/awards/",
    "/ru/awards/good-practice/",
    "/ru/awards/good-practice/2026/",
    "/ru/awards/good-practice/2026/enter/",
    "/en/awards/children-drawings/2026/",
    "/ru/awards/scroll-of-honour/",
    "/ru/laureates/",
    "/en/laureates/?award=scroll-of-honour",
    "/ru/awards/international-activity/2019/results/",
    "/en/awards/children-drawings/2020/results/",
    "/ru/ratings/",
    "/ru/ratings/international-activity/2024/",
    "/ru/ratings/international-activity/2019/results/",
    "/ru/ratings/international-activity/2024/results/?class=small",
    "/en/ratings/international-activity/2024/results/kazan/",
    "/ru/ratings/international-activity/2024/results/compare/?city=kazan&city=bishkek",
    "/ru/library/",
    "/ru/members/",
    "/ru/members/kazan/",
    "/ru/members/map/",
    "/ru/members/join/",
    "/en/members/astana/",
    "/ru/partnerships/",
    "/ru/partnerships/cities/pazardzhik/",
    "/ru/practices/",
    "/ru/practices/youth-public-diplomacy-stavropol/",
    "/ru/projects/",
    "/ru/projects/city-to-city-learning/",
    "/ru/strategies/",
    "/ru/strategies/waves-of-action/",
    "/ru/recommendations/council-of-heads-of-regions-xxiii/",
    "/ru/consultations/",
    "/ru/consultations/cities-after-2030/",
    "/ru/consultations/calls/vision-2045-cities/",
    "/ru/facts/",
    "/ru/data/",
    "/ru/search/?q=казань",
    "/en/search/?q=kazan&kind=news.article",
    "/ru/contacts/",
    "/ru/about/",
    "/ru/about/structure/",
    "/ru/about/achievements/",
    "/ru/about/partners/",
    "/ru/about/bodies/",
    "/ru/about/bodies/council/",
    "/en/about/organisations/",
    "/en/about/organisations/uclg-eurasia/",
    "/ru/about/meetings/",
    "/ru/about/people/ilsur-metshin/",
    "/accounts/login/",
]
# So long a page that axe needs half a minute for it.
REFERENCE = "/en/data/api/"
MISSING = ["/ru/nothing-here/"]
CABINET = [
    "/ru/cabinet/bishkek/",
    "/ru/cabinet/bishkek/profile/",
    "/ru/cabinet/bishkek/awards/",
    "/ru/cabinet/bishkek/ratings/",
    "/ru/cabinet/bishkek/events/",
    "/ru/cabinet/bishkek/events/council-kazan/",
    "/ru/cabinet/bishkek/events/congress-and-assembly/",
    "/ru/cabinet/bishkek/events/rating-clinic/",
    "/ru/cabinet/bishkek/calendar/",
    "/ru/cabinet/bishkek/seats/",
    "/ru/cabinet/bishkek/dues/",
    "/ru/cabinet/bishkek/confirmation/",
    "/ru/cabinet/bishkek/departments/",
    "/ru/cabinet/bishkek/meetings/",
    "/ru/cabinet/bishkek/partnerships/",
    "/ru/cabinet/bishkek/stories/",
    "/ru/cabinet/bishkek/stories/send/",
    "/ru/cabinet/bishkek/practices/",
    "/ru/cabinet/bishkek/practices/new/",
    "/ru/cabinet/bishkek/texts/",
    "/ru/cabinet/bishkek/texts/drafts/cities-after-2030/",
    "/ru/cabinet/bishkek/texts/reports/vision-2045-cities/",
    "/ru/cabinet/bishkek/digest/",
    "/ru/cabinet/bishkek/representatives/",
    "/accounts/profile/",
]
STAFF = [
    "/admin/",
    "/admin/news/article/",
    "/admin/members/profileupdate/",
    "/admin/mailing/message/",
    "/admin/governance/body/",
    "/admin/governance/body/vacancies/",
    "/admin/dues/invoice/",
    "/admin/awards/entry/",
    "/admin/ratings/edition/",
    "/admin/dues/invoice/totals/",
    "/admin/translating/deskentry/",
    "/admin/translating/deskentry/coverage/",
    "/admin/search/emptysearch/",
    "/admin/opendata/datafile/",
]
STAFF_FORMS = [
    "/admin/newsletter/bulletin/add/",
    "/admin/news/article/add/",
    "/admin/events/event/add/",
    "/admin/awards/extension/add/",
    "/admin/awards/draftreminder/add/",
    "/admin/dues/feescale/add/",
    "/admin/dues/invoice/add/",
    "/admin/dues/issuerun/add/",
    "/admin/members/member/add/",
    "/admin/content/page/add/",
    "/admin/awards/award/add/",
    "/admin/awards/round/add/",
    "/admin/content/picture/add/",
    "/admin/accounts/user/",
    "/admin/governance/office/add/",
    "/admin/governance/organisation/add/",
    "/admin/governance/person/add/",
    "/admin/members/memberimport/add/",
    "/admin/mailing/inboxmail/",
    "/admin/mailing/switch/",
]


def of_an_event(slug: str) -> list[str]:
    """What staff do about one event: its number differs from one database to another."""
    event = Event.objects.get(slug=slug)
    offer = TravelOffer.objects.get(event=event)
    return [
        f"/admin/events/event/{event.pk}/clone/",
        f"/admin/events/event/{event.pk}/write/",
        f"/admin/attendance/checkin/event/{event.pk}/",
        f"/admin/attendance/newsdraft/event/{event.pk}/",
        f"/admin/programme/session/desk/{event.pk}/",
        f"/admin/travel/traveloffer/{offer.pk}/desk/",
        f"/ru/door/{slug}/",
    ]


def forms_of_an_event(slug: str) -> list[str]:
    """With the admin's own choosers and rows, which have no names for axe."""
    event = Event.objects.get(slug=slug)
    return [
        f"/admin/events/event/{event.pk}/change/",
        f"/admin/events/event/{event.pk}/office-hours/",
    ]


def of_a_jury(stage) -> list[str]:
    """What a juror opens of a stage: all stages, its works, one of them, the order of a ranking."""
    own = f"/ru/jury/{stage.pk}/"
    order = [f"{own}order/"] if stage.method == "ranking" else []
    return ["/ru/jury/", own, f"{own}0001/", *order]


def of_an_entry(entry) -> list[str]:
    """The form of a draft, in both languages; the representative of its member is signed in."""
    own = f"cabinet/{entry.entrant.member.slug}/awards/entries/{entry.pk}/"
    return [f"/ru/{own}", f"/en/{own}"]


def of_a_questionnaire(member: str) -> list[str]:
    """A city's questionnaire of the open edition and its points of the sealed one."""
    own = f"/ru/cabinet/{member}/ratings/"
    going_on, sealed = (Edition.objects.get(slug=slug).pk for slug in ("2026", "2024"))
    return [f"{own}{going_on}/", f"{own}{going_on}/sections/B/", f"{own}{sealed}/points/"]


def of_an_edition() -> list[str]:
    """What staff open of a rating: what is asked, who takes part, draft results, the check."""
    going_on, sealed = (Edition.objects.get(slug=slug).pk for slug in ("2026", "2024"))
    return [
        f"/admin/ratings/edition/{going_on}/structure/",
        f"/admin/questionnaires/response/edition/{going_on}/",
        f"/admin/standings/run/edition/{sealed}/",
        f"/admin/standings/seal/desks/{sealed}/",
        f"/ru/checking/{going_on}/answers/",
    ]


def of_publishing() -> list[str]:
    """What staff open of texts: the desk of one in review, its check, the last change of another,
    its translation, its pictures, a practice, the next issue, the chapters of a report."""
    text = Article.objects.get(slug="next-rating-questionnaire")
    changed = Article.objects.get(slug="bukhara-pools")
    newer, older = revisions.of(changed)[:2]
    compare = reverse("admin:editorial_compare", args=["news.article", changed.pk])
    waiting = Practice.objects.get(slug="warm-stops-yakutsk")
    report = Call.objects.get(slug="vision-2045-cities")
    return [
        reverse("admin:editorial_desk", args=["news.article", text.pk]),
        reverse("admin:news_article_textcheck", args=[text.pk]),
        f"{compare}?older={older.number}&newer={newer.number}",
        reverse("admin:translating_deskentry_change", args=[_into_english(changed).pk]),
        reverse("admin:news_article_gallery", args=[changed.pk]),
        reverse("admin:practices_practice_decide", args=[waiting.pk]),
        reverse("admin:newsletter_bulletin_desk", args=[Bulletin.objects.draft().first().pk]),
        reverse("admin:consultations_call_assemble", args=[report.pk]),
    ]


def of_an_outside_translator() -> str:
    """The page behind a link that is made for it."""
    entry = _into_english(Article.objects.get(slug="bukhara-pools"))
    until = timezone.now() + datetime.timedelta(days=1)
    by = User.objects.get(email="admin@example.org")
    _link, address = links.make(entry, "Outside", until=until, by=by)
    return urlsplit(address).path


def _into_english(article: Article) -> TranslationState:
    return TranslationState.objects.get(
        content_type__model="article", object_id=article.pk, language="en"
    )
