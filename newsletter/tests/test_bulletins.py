"""Issues: composed, worded, tried, approved by a second person, sent once to everybody."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from content import jobs
from content.models import AuditEntry, Job
from events.tests.factories import make_event
from mailing import freezing
from mailing.models import Message
from news.tests.factories import make_article
from newsletter import composing, letters, sending, subscribing
from newsletter.models import Bulletin, Subscription
from newsletter.sending import SendingRefused
from newsletter.tests.factories import (
    make_approved,
    make_bulletin,
    make_subscription,
    make_theme,
)

pytestmark = pytest.mark.django_db
DESK = "/admin/newsletter/bulletin/"


@pytest.fixture
def second(make_user):
    return make_user("second@example.org", roles=["editor"])


@pytest.fixture
def climate():
    return make_theme("climate")


@pytest.fixture
def articles(climate):
    """One on climate, one on no topic, one in Russian only on another topic."""
    first = make_article("climate-plan", title_ru="План", title_en="A climate plan")
    first.topics.add(climate)
    second = make_article("anniversary", title_ru="Юбилей", title_en="An anniversary")
    third = make_article(
        "transport", title_ru="Только транспорт", title_en="", lead_en="", body_en=""
    )
    third.topics.add(make_theme("transport"))
    return first, second, third


def titles(bulletin) -> list[str]:
    return [piece.words.title for piece in composing.content_of(bulletin)]


def done(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_issue_is_composed_of_what_was_published_in_its_days(articles, editor):
    make_article("old", published_at=timezone.now() - datetime.timedelta(days=40))
    make_article("draft", status="draft", published_at=None)
    make_event("forum", title_ru="Форум", title_en="Forum")

    bulletin = make_bulletin(editor)

    kinds = [item.kind for item in bulletin.items.all()]
    assert (kinds, bulletin.created_by) == (["news", "news", "news", "events"], editor)
    assert set(titles(bulletin)) == {"План", "Юбилей", "Только транспорт", "Форум"}
    assert composing.add_found(bulletin) == 0
    make_article("fresh", title_ru="Свежее")
    assert (composing.add_found(bulletin), titles(bulletin)[-1]) == (1, "Свежее")


def test_issue_on_one_topic_and_kind(articles, climate):
    today = timezone.localdate()
    week = today - datetime.timedelta(days=7)

    bulletin = composing.compose(week, today, None, kinds=["news"], topics=[climate])

    assert titles(bulletin) == ["План"]


def test_what_is_withdrawn_stands_in_no_letter_and_no_archive(articles, editor):
    bulletin = make_bulletin(editor)
    articles[0].status = "withdrawn"
    articles[0].save()

    assert "План" not in titles(bulletin)


def test_content_takes_the_same_queries_for_one_item_and_for_many(
    articles, editor, django_assert_num_queries
):
    bulletin = make_bulletin(editor)
    for number in range(6):
        make_article(f"more-{number}")
    composing.add_found(bulletin)
    with django_assert_num_queries(3):
        assert len(composing.content_of(bulletin)) == 9


def test_each_reader_gets_the_letter_of_their_language_and_topics(
    articles, editor, second, climate
):
    everything = make_subscription("all@example.com")
    russian = make_subscription("ru@example.com", language="ru", topics=[climate])
    make_subscription("events@example.com", kinds=["events"])
    make_subscription("paused@example.com", state="paused", paused_at=timezone.now())
    make_subscription("waiting@example.com", state="waiting", confirmed_at=None)
    bulletin = make_approved(editor, second)

    job = done(sending.start(bulletin, editor))

    bulletin.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert (bulletin.number, bulletin.letters, bulletin.without_items) == (1, 2, 1)
    mails = {mail.email: mail for mail in Message.objects.filter(kind=subscribing.LETTER)}
    assert set(mails) == {everything.email, russian.email}
    english, other = mails[everything.email], mails[russian.email]
    assert (english.subject, other.subject) == ("News of the week", "Новости недели")
    assert ("A climate plan" in english.text_body, "A climate plan" in other.text_body) == (
        True,
    ) * 2
    assert "Только транспорт (in Russian)" in english.text_body
    assert ("An anniversary" in other.text_body, "Только транспорт" in other.text_body) == (
        True,
        False,
    )
    assert (english.is_bulk, english.about) == (True, bulletin)
    assert english.unsubscribe_url == letters.leave_address(everything)
    assert english.unsubscribe_url.startswith("http://testserver/en/newsletter/leave/")
    assert english.unsubscribe_url in english.html_body
    assert "<img" not in english.html_body


def test_letters_of_a_killed_sending_are_written_once(articles, editor, second, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    for _number in range(5):
        make_subscription()
    bulletin = make_approved(editor, second)
    real, calls = sending._write, []

    def dies_in_the_second_chunk(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(sending, "_write", dies_in_the_second_chunk)
    job = sending.start(bulletin, editor)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert Message.objects.filter(kind=subscribing.LETTER).count() == 2
    Job.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=10))
    monkeypatch.setattr(sending, "_write", real)

    assert done(job).state == "done"
    emails = Message.objects.filter(kind=subscribing.LETTER).values_list("email", flat=True)
    assert len(emails) == len(set(emails)) == 5
    bulletin.refresh_from_db()
    assert (bulletin.letters, sending.plan(bulletin)["written"]) == (5, 0)
    assert sending.start(bulletin, editor) == job


def test_who_leaves_while_letters_are_written_gets_none(articles, editor, second, monkeypatch):
    stays, leaves = make_subscription(), make_subscription()
    bulletin = make_approved(editor, second)
    real = sending._readers

    def then_one_leaves():
        readers = real()
        subscribing.leave(leaves)
        return readers

    monkeypatch.setattr(sending, "_readers", then_one_leaves)
    done(sending.start(bulletin, editor))

    written = Message.objects.filter(kind=subscribing.LETTER)
    assert list(written.values_list("email", flat=True)) == [stays.email]


def test_switch_of_bulk_mail_holds_an_issue_back(articles, editor, second, superuser):
    make_subscription()
    bulletin = make_approved(editor, second)
    freezing.freeze(superuser, "Wait")
    done(sending.start(bulletin, editor))

    letters_ = Message.objects.filter(kind=subscribing.LETTER)
    assert (letters_.count(), letters_.due().count()) == (1, 0)
    freezing.release()
    assert letters_.due().count() == 1


def test_mail_to_all_needs_a_second_person_who_read_these_very_words(articles, editor, second):
    bulletin = make_bulletin(editor)
    with pytest.raises(SendingRefused, match=r"второ|second"):
        sending.start(bulletin, editor)
    sending.ask(bulletin, editor)
    seen = composing.digest(bulletin)
    with pytest.raises(SendingRefused):
        sending.approve(bulletin, seen, editor)
    articles[0].title_en = "Another plan"
    articles[0].save()
    with pytest.raises(SendingRefused):
        sending.approve(bulletin, seen, second)
    sending.ask(bulletin, editor)
    sending.approve(bulletin, composing.digest(bulletin), second)
    assert sending.is_approved(bulletin)
    bulletin.intro_ru = "И ещё слово"
    bulletin.save()
    with pytest.raises(SendingRefused):
        sending.start(bulletin, editor)
    assert not Job.objects.exists()


def test_issue_without_items_or_with_one_title_is_not_asked_for(editor):
    bulletin = make_bulletin(editor, title_en="")

    assert len(sending.problems(bulletin, [])) == 2
    with pytest.raises(SendingRefused):
        sending.ask(bulletin, editor)


def test_dry_run_counts_and_writes_to_nobody(articles, climate):
    bulletin = make_bulletin()
    make_subscription("a@example.com", topics=[climate])
    make_subscription("b@example.com", language="ru")
    make_subscription(kinds=["events"])
    make_subscription(state="paused", paused_at=timezone.now())

    found = sending.dry_run(bulletin)

    assert (found.letters, found.nothing_fits, found.paused) == (2, 1, 1)
    assert found.by_language == {"en": 1, "ru": 1}
    assert [number for _name, number in found.by_topic] == [1, 1]
    assert sorted(found.sample) == [("a@example.com", "en", 2), ("b@example.com", "ru", 3)]
    assert not Message.objects.exists()


def test_desk_leads_from_a_period_to_the_archive(articles, editor, second, client_of, client):
    make_subscription("reader@example.com")
    desk, other = client_of(editor), client_of(second)
    form = desk.get(DESK + "add/").context["form"]
    today = timezone.localdate()
    wrong = {"form_key": form["form_key"].value(), "starts_on": today,
             "ends_on": today - datetime.timedelta(days=1)}  # fmt: skip
    assert list(desk.post(DESK + "add/", wrong).context["form"].errors) == ["ends_on"]
    right = wrong | {"starts_on": today - datetime.timedelta(days=7), "ends_on": today}
    for _twice in range(2):
        assert desk.post(DESK + "add/", right).status_code == 302
    bulletin = Bulletin.objects.get()
    page, run = f"{DESK}{bulletin.pk}/desk/", f"{DESK}{bulletin.pk}/dry-run/"
    assert desk.get(f"{DESK}{bulletin.pk}/change/").status_code == 200
    assert "A climate plan" in desk.get(page).content.decode()
    assert "reader@example.com" in desk.get(run).content.decode()

    def deed(who, name, **data):
        return who.post(f"{DESK}{bulletin.pk}/deed/{name}/", data)

    deed(desk, "try")
    test = Message.objects.get(kind="newsletter.test")
    assert (test.email, test.unsubscribe_url) == (editor.email, "")
    deed(desk, "send")
    assert Message.objects.filter(kind=subscribing.LETTER).count() == 0
    deed(desk, "ask")
    waiting = other.get(DESK + "?state=waiting")
    assert list(waiting.context["cl"].queryset) == [bulletin]
    deed(other, "approve", state=other.get(page).context["state"])
    assert deed(desk, "send").status_code == 302
    done(Job.objects.get())
    assert Message.objects.filter(kind=subscribing.LETTER).count() == 1

    bulletin.refresh_from_db()
    listed = client.get("/en/newsletter/").content.decode()
    shown = client.get(bulletin.get_absolute_url()).content.decode()
    assert bulletin.title_en in listed.replace("\xa0", " ")
    assert "A climate plan" in shown
    assert client.get("/en/newsletter/99/").status_code == 404
    assert desk.post(f"{DESK}{bulletin.pk}/change/", {"title_ru": "x"}).status_code == 403


def test_archive_says_when_it_is_empty_and_bears_odd_pages(client, editor):
    make_bulletin(editor)
    for query in ("", "?page=-1", "?page=x", "?page=" + "9" * 30):
        page = client.get("/en/newsletter/" + query)
        assert (page.status_code, "No issue was sent yet" in page.content.decode()) == (200, True)


def test_addresses_are_exported_by_the_lead_alone_and_the_log_says_so(lead, editor, client_of):
    make_subscription("reader@example.com")
    address = reverse("admin:newsletter_subscription_export")

    assert client_of(editor).post(address).status_code == 403
    answer = client_of(lead).post(address)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    entry = AuditEntry.objects.get(verb="newsletter.exported")
    assert (entry.actor, entry.summary) == (lead, "1 addresses")


def test_staff_end_and_resume_subscriptions_from_the_list(editor, client_of):
    row = make_subscription(state="paused", paused_at=timezone.now())
    address = reverse("admin:newsletter_subscription_changelist")

    def act(name):
        client_of(editor).post(address, {"action": name, "_selected_action": [row.pk]})
        row.refresh_from_db()
        return row.state

    assert (act("resume"), act("end")) == ("active", "left")
    assert Subscription.objects.get().email is None
    assert AuditEntry.objects.filter(verb="newsletter.left", actor=editor).count() == 1


def test_issue_changed_before_the_worker_began_is_a_draft_again(articles, editor, second):
    make_subscription("reader@example.com")
    bulletin = make_approved(editor, second)
    job = sending.start(bulletin, editor)
    type(articles[0]).objects.filter(pk=articles[0].pk).update(title_ru="Другое")

    assert done(job).state == "failed"

    bulletin.refresh_from_db()
    assert (bulletin.is_draft, bulletin.number, Message.objects.count()) == (True, None, 0)
    sending.ask(bulletin, editor)
