"""The pages that the browser tests look at, in the demonstration association."""

from events.models import Event
from ratings.models import Edition
from travel.models import TravelOffer

PUBLIC = [
    "/ru/",
    "/en/",
    "/ru/news/",
    "/ru/news/tangier-retreat-2020/",
    "/ru/news/bukhara-pools/",
    "/en/news/perm-seventh-2020/",
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
    "/ru/search/?q=казань",
    "/ru/about/",
    "/ru/about/bodies/",
    "/ru/about/bodies/council/",
    "/en/about/organisations/",
    "/en/about/organisations/uclg-eurasia/",
    "/ru/about/meetings/",
    "/ru/about/people/ilsur-metshin/",
    "/accounts/login/",
]
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
]
STAFF_FORMS = [
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
