"""The weekly check of links (OPS-5): what moved is asked, what was answered is not asked again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from content import workqueue
from content.models import AuditEntry
from members import linkcheck, tasks
from members.attention import attention_for
from members.models import LinkCheck, Member
from members.tests.factories import make_member
from members.web_addresses import Answer, Refused, Unreachable, Visitor

pytestmark = pytest.mark.django_db

OLD, NEW = "http://stavropol.ru", "https://stavropol.gosuslugi.ru"


class Web(Visitor):
    """Answers from a dictionary: address -> what `fetch` gives or raises."""

    def __init__(self, answers):
        object.__setattr__(self, "answers", answers)

    def fetch(self, url):
        answer = self.answers[url]
        if isinstance(answer, Exception):
            raise answer
        return answer


MOVED = Web({OLD: Answer(301, NEW), NEW: Answer(200)})


@pytest.fixture
def city():
    return make_member("stavropol", "Ставрополь", "Stavropol", website=OLD)


@pytest.fixture
def moved(city) -> LinkCheck:
    return linkcheck.check(city, "website", MOVED)


@pytest.fixture
def rep(city, make_representative):
    return make_representative(city)


def answer(client, check, button, target=NEW):
    address = reverse("members:cabinet_links", args=[check.member.slug])
    return client.post(address, {"check": check.pk, "target": target, button: "1"}, follow=True)


def test_ops_5_moved_site_is_listed_and_the_representative_asked(client_of, editor, city, rep):
    assert linkcheck.check_due(MOVED) == 1

    page = client_of(editor).get(reverse("admin:members_linkcheck_changelist") + "?todo=open")
    assert OLD in page.content.decode()
    assert NEW in page.content.decode()
    [asked] = [one for one in attention_for(city, rep) if "gosuslugi" in one.title]
    assert asked.url == reverse("members:cabinet_links", args=[city.slug])
    front = client_of(rep).get(reverse("members:cabinet_member", args=[city.slug]))
    assert "stavropol.gosuslugi.ru" in front.content.decode()


def test_ops_5_representative_confirms_with_one_click(client_of, city, rep, moved):
    client = client_of(rep)
    page = client.get(reverse("members:cabinet_links", args=[city.slug])).content.decode()
    assert OLD in page
    assert NEW in page

    answer(client, moved, "yes")

    city.refresh_from_db()
    moved.refresh_from_db()
    assert city.website == NEW
    assert (moved.url, moved.result, moved.target, moved.answered_by) == (NEW, "ok", "", rep)
    entry = AuditEntry.objects.get(verb="member.link_confirmed")
    assert (entry.actor, entry.changes) == (rep, {"website": [OLD, NEW]})
    assert [one for one in attention_for(city, rep) if "gosuslugi" in one.title] == []
    assert linkcheck.check_due(MOVED) == 0  # the new address is known to open


def test_ops_5_no_is_remembered(client_of, city, rep, moved):
    answer(client_of(rep), moved, "no")
    linkcheck.check(city, "website", MOVED)

    city.refresh_from_db()
    assert city.website == OLD
    assert list(linkcheck.open_questions(city)) == []
    assert list(linkcheck.to_do()) == []


def test_another_new_host_is_asked_about_again(city, rep, moved):
    linkcheck.decline(moved, NEW, rep)
    other = "https://stavropol.example/"

    linkcheck.check(city, "website", Web({OLD: Answer(302, other), other: Answer(200)}))

    assert [one.target for one in linkcheck.open_questions(city)] == [other]


@pytest.mark.parametrize("change", ["target", "website", "answered"])
def test_outdated_answer_changes_nothing(client_of, city, rep, moved, change):
    if change == "website":
        Member.objects.filter(pk=city.pk).update(website="https://third.example")
    if change == "answered":
        linkcheck.decline(moved, NEW, rep)
    before = Member.objects.values_list("website", flat=True).get(pk=city.pk)

    target = "https://evil.example/" if change == "target" else NEW
    page = answer(client_of(rep), moved, "yes", target)

    assert page.status_code == 200
    assert Member.objects.values_list("website", flat=True).get(pk=city.pk) == before


def test_representative_of_another_city_answers_nothing(client_of, moved, make_representative):
    other = make_representative(make_member("ufa", "Уфа", "Ufa"), "ufa@example.org")
    own = reverse("members:cabinet_links", args=["ufa"])
    client = client_of(other)

    assert answer(client, moved, "yes").status_code == 404
    client.post(own, {"check": moved.pk, "target": NEW, "yes": "1"})

    assert Member.objects.get(slug="stavropol").website == OLD


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({OLD: Answer(200)}, ("ok", "", "HTTP 200")),
        ({OLD: Answer(301, "https://www.stavropol.ru/"), "https://www.stavropol.ru/": Answer(200)},
         ("ok", "", "HTTP 200")),
        ({OLD: Answer(403)}, ("ok", "", "HTTP 403")),
        ({OLD: Answer(200, is_trusted=False)}, ("ok", "", "the certificate is not trusted")),
        ({OLD: Answer(301, NEW), NEW: Answer(200, is_trusted=False)},
         ("moved", NEW, "the certificate is not trusted")),
        ({OLD: Answer(301, NEW + "/" + "a" * 300), NEW + "/" + "a" * 300: Answer(200)},
         ("moved", NEW + "/", "")),
        ({OLD: Refused("not on the public internet")},
         ("refused", "", "not on the public internet")),
        ({OLD: Answer(302, "javascript:alert(1)"), "javascript:alert(1)": Refused("not http")},
         ("refused", "", "not http")),
    ],
)  # fmt: skip
def test_result_of_a_visit(city, answers, expected):
    row = linkcheck.check(city, "website", Web(answers))

    assert (row.result, row.target, row.detail) == expected


@pytest.mark.parametrize("failure", [Unreachable("OSError"), Answer(404), Answer(500)])
def test_address_is_broken_after_two_failures(city, failure):
    web = Web({OLD: failure})

    results = [linkcheck.check(city, "website", web) for _week in range(2)]

    assert [(row.result, row.failures) for row in results] == [("ok", 1), ("broken", 2)]
    assert (linkcheck.check(city, "website", Web({OLD: Answer(200)})).result) == "ok"
    assert LinkCheck.objects.get().failures == 0


def test_another_address_starts_afresh(city, moved):
    city.website = "https://third.example"
    city.save()

    row = linkcheck.check(city, "website", Web({"https://third.example": Answer(404)}))

    assert (row.result, row.target, row.failures, row.asked_at) == ("ok", "", 1, None)


def test_each_address_is_visited_once_a_week(city):
    city.tourism_url = "https://visit.example"
    city.save()
    make_member("quiet", "Тихий", "Quiet")
    web = Web({OLD: Answer(200), "https://visit.example": Answer(200)})

    assert [linkcheck.check_due(web) for _hour in range(2)] == [2, 0]
    LinkCheck.objects.update(checked_at=timezone.now() - datetime.timedelta(days=8))
    assert linkcheck.check_due(web, limit=1) == 1


def test_who_left_is_not_visited(city):
    city.periods.update(ends_on=timezone.localdate() - datetime.timedelta(days=2))

    assert linkcheck.check_due(Web({})) == 0


def test_task_visits_nobody_where_nobody_has_a_site():
    make_member()

    assert tasks.check_links() == 0


def test_staff_take_a_new_address_over(client_of, lead, city, moved):
    client_of(lead).post(
        reverse("admin:members_linkcheck_changelist"),
        {"action": "take_over", "_selected_action": [moved.pk]},
    )

    city.refresh_from_db()
    assert city.website == NEW


def test_queue_counts_what_staff_look_at(lead, translator, city, rep, moved):
    def counts(user):
        return [
            one.count for one in workqueue.queues_for(user) if "linkcheck" in one.url
        ]  # fmt: skip

    assert (counts(lead), counts(translator)) == ([1], [])
    linkcheck.decline(moved, NEW, rep)
    assert counts(lead) == [0]


def test_list_costs_the_same_for_many(client_of, lead, city, moved, django_assert_max_num_queries):
    client = client_of(lead)
    address = reverse("admin:members_linkcheck_changelist")
    client.get(address)
    for place in range(5):
        linkcheck.check(make_member(f"c{place}", website=OLD), "website", MOVED)

    with django_assert_max_num_queries(14):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://kazan.example"])
def test_profile_refuses_another_scheme_beside_the_field(client_of, rep, city, typed):
    client = client_of(rep)
    address = reverse("members:cabinet_profile", args=[city.slug])
    form = client.get(address).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if name != "website"}

    page = client.post(address, {**posted, "website": typed})

    assert page.status_code == 200
    assert len(page.context["form"].errors["website"]) == 1
    assert typed in page.content.decode()
