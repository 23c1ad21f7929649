"""Staff accept, return, refuse: letters, steps, the work queue; a laureate becomes a practice."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from awards.models import EntryAnswer
from awards.tests import factories as awards
from laureates.tests.factories import make_laureate
from mailing.models import Message
from members.tests.factories import make_figure, make_member
from practices import from_laureate, moderating
from practices.models import Practice, PracticeStep
from practices.moderating import PracticeRefused
from practices.tests.factories import make_draft, make_practice, make_sent
from practices.workqueue import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(make_representative):
    city = make_member(population=400_000)
    return make_sent(city, sent_by=make_representative(city))


def decide(client, practice, **data):
    return client.post(reverse("admin:practices_practice_decide", args=[practice.pk]), data)


def test_accepted_practice_is_public_and_the_city_is_told(client, client_of, lead, sent):
    assert [queue.count for queue in waiting(lead)] == [1]

    decide(client_of(lead), sent, verdict="accept", comment="Спасибо")

    sent.refresh_from_db()
    assert (sent.stage, sent.status, sent.is_public()) == ("accepted", "published", True)
    assert client.get(sent.get_absolute_url()).status_code == 200
    letter = Message.objects.get()
    assert (letter.email, letter.occasion.partition(":")[0]) == (
        sent.sent_by.email, "practices.decision"
    )  # fmt: skip
    assert "Спасибо" in letter.text_body
    assert [queue.count for queue in waiting(lead)] == [0]


@pytest.mark.parametrize(("verdict", "stage"), [("give_back", "returned"), ("refuse", "refused")])
def test_return_and_refusal_need_a_word_and_stay_closed(
    client, client_of, lead, sent, verdict, stage
):
    silent = decide(client_of(lead), sent, verdict=verdict)
    assert list(silent.context["form"].errors) == ["comment"]

    decide(client_of(lead), sent, verdict=verdict, comment="Нет итогов в цифрах")

    sent.refresh_from_db()
    assert (sent.stage, sent.status) == (stage, "draft")
    assert sent.steps.get().comment == "Нет итогов в цифрах"
    assert client.get(sent.get_absolute_url()).status_code == 404
    with pytest.raises(PracticeRefused):
        moderating.accept(sent, lead)


def test_returned_practice_is_corrected_and_sent_again(lead, sent):
    sent.action_ru, sent.results_ru = "Шаги", "Итог"
    sent.save()
    moderating.give_back(sent, lead, "Цифры?")
    moderating.send(sent, sent.sent_by)
    sent.refresh_from_db()
    assert (sent.stage, [one.verb for one in sent.steps.all()]) == ("sent", ["returned", "sent"])


def test_size_and_country_stay_those_of_the_day(lead, sent):
    sent = moderating.take_back(sent, sent.sent_by)
    sent.action_ru, sent.results_ru = "Шаги", "Итог"
    sent.save()
    moderating.send(sent, sent.sent_by)
    moderating.accept(sent, lead)
    make_figure(sent.member, year=2026, value=2_000_000)
    sent.refresh_from_db()
    sent.save()
    assert sent.population == 400_000


def test_unaccepted_practice_is_never_published_by_the_database():
    with pytest.raises(IntegrityError):
        make_practice(make_member(), stage="sent")


def test_form_of_staff_refuses_to_publish_what_waits(client_of, lead, sent):
    address = reverse("admin:practices_practice_change", args=[sent.pk])
    page = client_of(lead).get(address)
    assert page.status_code == 200
    assert "Принять решение" in page.content.decode() or "Decide on" in page.content.decode()


def test_admin_list_asks_a_constant_number_of_queries(
    client_of, lead, django_assert_max_num_queries
):
    client, city = client_of(lead), make_member()
    address = reverse("admin:practices_practice_changelist")
    make_sent(city)
    client.get(address)
    for _number in range(10):
        make_sent(city)
    with django_assert_max_num_queries(30):
        assert client.get(address).context["cl"].result_count == 11


@pytest.fixture
def laureate():
    round = awards.make_round()
    field = awards.make_field(round)
    entry = awards.make_entry(awards.make_entrant(round))
    EntryAnswer.objects.create(entry=entry, field=field, language="ru", text="Двор стал садом.")
    return make_laureate(
        round.award, entry=entry, member=make_member("omsk", "Омск", "Omsk"),
        work_title_ru="Двор", work_title_en="Yard", citation_ru="За двор",
        jury_words_ru="Просто.", jury_words_en="Simple.", year=2025,
        presented_on=datetime.date(2026, 5, 9),
    )  # fmt: skip


def test_laureate_becomes_a_practice_in_one_click_with_the_words_of_the_jury(
    client_of, lead, laureate
):
    client = client_of(lead)
    address = reverse("admin:practices_practice_from_entry", args=[laureate.entry_id])
    first, second = client.post(address), client.post(address)

    practice = Practice.objects.get()
    assert first["Location"] == second["Location"]
    assert first["Location"] == reverse("admin:practices_practice_change", args=[practice.pk])
    assert (practice.stage, practice.status, practice.title_en, practice.summary_ru) == (
        "accepted", "draft", "Yard", "За двор",
    )  # fmt: skip
    assert "Двор стал садом." in practice.action_ru
    said = practice.recommendations.get()
    assert (said.words_en, said.recommended_on) == ("Simple.", datetime.date(2026, 5, 9))
    assert said.named("en").startswith("the jury of “")


def test_work_of_a_child_and_an_honour_without_a_city_become_no_practice(lead, laureate):
    round = laureate.entry.round
    round.is_for_children = True
    round.save()
    with pytest.raises(PracticeRefused):
        from_laureate.draft(laureate, lead)
    alone = make_laureate(laureate.award, member=None)
    with pytest.raises(PracticeRefused):
        from_laureate.draft(alone, lead)
    assert Practice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_make_one(make_user):
    practice = make_sent(make_member())
    one, two = make_user("one@example.org"), make_user("two@example.org")
    barrier, refused = threading.Barrier(2), []

    def decision(deed, *args) -> None:
        barrier.wait(10)
        try:
            deed(practice, *args)
        except PracticeRefused as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decision, args=(moderating.accept, one)),
        threading.Thread(target=decision, args=(moderating.refuse, two, "Нет")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (len(refused), PracticeStep.objects.count()) == (1, 1)


def test_draft_of_a_city_is_not_in_the_queue(lead):
    make_draft(make_member())
    assert [queue.count for queue in waiting(lead)] == [0]


def test_practice_changed_since_it_was_read_is_not_accepted(client_of, lead, sent):
    seen = sent.version
    moderating.take_back(sent, sent.sent_by)
    sent.refresh_from_db()
    sent.summary_ru, sent.action_ru, sent.results_ru = "Другое", "Шаги", "Итог"
    sent.save()
    moderating.send(sent, sent.sent_by)

    page = decide(client_of(lead), sent, verdict="accept", version=seen)

    sent.refresh_from_db()
    assert (sent.stage, sent.status) == ("sent", "draft")
    [hidden] = page.context["form"].hidden_fields()
    assert (hidden.value(), len(page.context["form"].non_field_errors())) == (sent.version, 1)
    decide(client_of(lead), sent, verdict="accept", version=sent.version)
    sent.refresh_from_db()
    assert sent.is_public()
