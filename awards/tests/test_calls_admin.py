"""The awards desk: rounds with their window, categories and entry form; what is refused."""

import datetime
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Award, EntryAnswer, EntryField, Round
from awards.tests.factories import (
    make_award,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from awards.tests.round_form import (
    change_url,
    form_of,
    inline_problems,
    moment_of,
    new_row,
    post,
    problems,
)
from content.models import AuditEntry

pytestmark = pytest.mark.django_db
KAZAN, BISHKEK = zoneinfo.ZoneInfo("Europe/Moscow"), zoneinfo.ZoneInfo("Asia/Bishkek")


@pytest.fixture
def desk(client, awards_officer):
    client.force_login(awards_officer)
    return client


def saved(response) -> bool:
    assert response.status_code == 302, problems(response) or inline_problems(response)
    return True


def answer(field: EntryField, text: str = "words") -> EntryAnswer:
    entry = make_entry(make_entrant(field.round))
    return EntryAnswer.objects.create(entry=entry, field=field, text=text)


@pytest.mark.parametrize("number", [1, 6])
def test_lists_hold_their_query_count(desk, django_assert_max_num_queries, number):
    for place in range(number):
        made = make_round(make_award(f"award-{place}"), "2026")
        make_category(made)
        make_entry(make_entrant(made))
    for name in ("award", "round"):
        url = reverse(f"admin:awards_{name}_changelist")
        desk.get(url)
        with django_assert_max_num_queries(16):
            response = desk.get(url)
        assert response.context["cl"].result_count == number


@pytest.mark.parametrize("number", [1, 6])
def test_form_of_a_round_holds_its_query_count(desk, django_assert_max_num_queries, number):
    made = make_round()
    for place in range(number):
        category = make_category(made, f"C{place}")
        field = make_field(made, "choice", category=category)
        field.choices.create(label_ru="да")
        field.choices.create(label_ru="нет")
    desk.get(change_url(made))
    with django_assert_max_num_queries(24):
        desk.get(change_url(made))


def test_round_is_made_with_categories_and_questions_at_once(desk):
    award = make_award()
    sent = form_of(desk) | {
        "award": award.pk, "title_ru": "Хорошая практика", "year": 2027,
        "time_zone": "Asia/Bishkek",
        "opens_at_0": "2027-02-01", "opens_at_1": "09:00", "closes_at_0": "2027-03-31",
        "closes_at_1": "23:59", "who_may_enter": ["member", "city"], "languages": ["ru", "en"],
        **new_row("categories", 0, 0, code="D", title_ru="Двор", order=1, closes_at_0="2027-04-05",
                  closes_at_1="23:59"),
        **new_row("fields", 0, 0, kind="choice", label_ru="Цена?", label_en="Cost?", order=1,
                  max_files=1, answers_ru="мало\nмного\n", answers_en="little\nmuch"),
    }  # fmt: skip
    response = desk.post(reverse("admin:awards_round_add"), sent)
    assert response.status_code == 302, problems(response) or inline_problems(response)
    made = Round.objects.get()
    assert (made.slug, made.who_may_enter) == ("2027", ["member", "city"])
    assert made.closes_at == datetime.datetime(2027, 3, 31, 23, 59, tzinfo=BISHKEK)
    category = made.categories.get()
    assert category.closes_at == datetime.datetime(2027, 4, 5, 23, 59, tzinfo=BISHKEK)
    field = made.fields.get()
    assert list(field.choices.values_list("order", "label_ru", "label_en")) == [
        (1, "мало", "little"), (2, "много", "much"),
    ]  # fmt: skip


def test_times_are_shown_and_kept_by_the_clock_of_the_round(desk):
    closes_at = datetime.datetime(2100, 3, 31, 23, 59, tzinfo=BISHKEK)
    made = make_round(time_zone="Asia/Bishkek", closes_at=closes_at)
    make_category(made, closes_at=closes_at)
    response = desk.get(change_url(made))
    assert "(UTC+6)" in response.context["adminform"].form.fields["closes_at"].help_text
    assert saved(post(desk, made))
    made.refresh_from_db()
    assert (made.closes_at, made.categories.get().closes_at) == (closes_at, closes_at)
    assert not AuditEntry.objects.filter(verb__startswith="awards.").exists()


def test_moving_a_deadline_is_written_down(desk, awards_officer):
    before = datetime.datetime(2100, 3, 31, 23, 59, tzinfo=KAZAN)
    made = make_round(closes_at=before)
    post(desk, made, closes_at_0="2100-04-02")
    row = AuditEntry.objects.get(verb="awards.round.window")
    assert row.actor == awards_officer
    assert row.changes == {"closes_at": ["2100-03-31T23:59+03:00", "2100-04-02T23:59+03:00"]}


def test_moving_a_deadline_of_a_category_is_written_down(desk):
    made = make_round(closes_at=datetime.datetime(2100, 3, 31, 23, 59, tzinfo=KAZAN))
    make_category(made)
    later = datetime.datetime(2100, 4, 2, 23, 59, tzinfo=KAZAN)
    post(desk, made, **moment_of("categories-0-closes_at", later))
    row = AuditEntry.objects.get(verb="awards.category.deadline")
    assert row.changes == {"closes_at": ["", "2100-04-02T23:59+03:00"]}
    assert made.categories.get().closes_at == later


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"closes_at_0": "2020-01-01"}, {"closes_at": ["Entries close after they open."]}),
        ({"who_may_enter": []}, {"who_may_enter": ["Say who may enter."]}),
        (
            {"languages": []},
            {"languages": ["Say in which languages entries may be written."]},
        ),
        ({"limit_per_entrant": "0"}, {"limit_per_entrant": ["A limit is 1 or more."]}),
        ({"slug": "2025"}, {"slug": ["The award has a round at this address already."]}),
    ],
)
def test_bad_input_is_answered_beside_the_field(desk, changes, about):
    award = make_award()
    make_round(award, "2025")
    made = make_round(award)
    desk.cookies["django_language"] = "en"
    response = post(desk, made, **changes)
    assert problems(response) == about


def test_category_that_closes_before_the_round_opens_is_refused(desk):
    made = make_round()
    make_category(made)
    desk.cookies["django_language"] = "en"
    early = timezone.now() - datetime.timedelta(days=90)
    response = post(desk, made, **moment_of("categories-0-closes_at", early))
    assert inline_problems(response) == [{"closes_at": ["Entries close after they open."]}]


def test_round_of_the_past_needs_nobody_who_may_enter(desk):
    long_ago = timezone.now() - datetime.timedelta(days=900)
    made = make_round(opens_at=long_ago, closes_at=long_ago + datetime.timedelta(days=9))
    assert saved(post(desk, made, who_may_enter=[], languages=[]))


def test_kind_of_a_question_changes_until_it_is_answered(desk):
    made = make_round()
    field = make_field(made, "line")
    assert saved(post(desk, made, **{"fields-0-kind": "text"}))
    answer(field)
    desk.cookies["django_language"] = "en"
    response = post(desk, made, **{"fields-0-kind": "number"})
    assert inline_problems(response) == [
        {"kind": ["There are answers already: the kind of the question stays. Ask a new question."]}
    ]
    field.refresh_from_db()
    assert field.kind == "text"
    assert saved(post(desk, made, **{"fields-0-label_en": "What is it?"}))


def test_answered_question_is_not_deleted(desk):
    made = make_round()
    field = make_field(made)
    answer(field)
    post(desk, made, **{"fields-0-DELETE": "on"})
    assert EntryField.objects.filter(pk=field.pk).exists()


def test_choices_are_worded_anew_added_and_taken_away(desk):
    made = make_round()
    field = make_field(made, "choices")
    rows = [field.choices.create(label_ru=word, order=place) for place, word in enumerate("абв")]
    post(desk, made, **{"fields-0-answers_ru": "а\nбэ\nв\nг"})
    assert list(field.choices.values_list("pk", "label_ru"))[:3] == [
        (rows[0].pk, "а"), (rows[1].pk, "бэ"), (rows[2].pk, "в"),
    ]  # fmt: skip
    assert saved(post(desk, made, **{"fields-0-answers_ru": "а\nб"}))
    assert list(field.choices.values_list("label_ru", flat=True)) == ["а", "б"]


def test_choices_that_may_have_been_chosen_stay(desk):
    made = make_round()
    field = make_field(made, "choice")
    for word in "абв":
        field.choices.create(label_ru=word)
    answer(field, "")
    desk.cookies["django_language"] = "en"
    response = post(desk, made, **{"fields-0-answers_ru": "а\nб"})
    assert inline_problems(response) == [
        {"answers_ru": ["There are answers already: word a choice anew or add one, but keep all."]}
    ]
    assert field.choices.count() == 3


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        (
            {"fields-0-answers_ru": "да"},
            {"answers_ru": ["Give at least two answers to choose from."]},
        ),
        (
            {"fields-0-answers_ru": "да\nнет", "fields-0-answers_en": "yes"},
            {"answers_en": ["Give as many answers in both languages."]},
        ),
        (
            {"fields-0-kind": "line", "fields-0-answers_ru": "да\nнет"},
            {"answers_ru": ["Only a choice has answers to choose from."]},
        ),
    ],
)
def test_choices_that_make_no_sense_are_refused(desk, changes, about):
    made = make_round()
    make_field(made, "choice")
    desk.cookies["django_language"] = "en"
    assert inline_problems(post(desk, made, **changes)) == [about]


@pytest.mark.parametrize("name", ["award", "is_for_children"])
def test_what_entries_hang_on_stays(desk, name):
    made = make_round(make_award())
    other = make_award("other")
    make_entry(make_entrant(made))
    desk.cookies["django_language"] = "en"
    response = post(desk, made, **{name: other.pk if name == "award" else "on"})
    assert problems(response) == {name: ["There are entries already: this stays as it is."]}


def test_translator_changes_texts_and_nothing_else(client, translator):
    made = make_round(year=2026)
    make_category(made, "A")
    field = make_field(made, "line")
    client.force_login(translator)
    sent = form_of(client, made) | {
        "title_en": "Costumes of peoples", "year": 1999, "categories-0-title_en": "Younger",
        "categories-0-code": "ZZ", "fields-0-label_en": "What is it?", "fields-0-kind": "number",
    }  # fmt: skip
    response = client.post(change_url(made), sent)
    assert response.status_code == 302, problems(response) or inline_problems(response)
    made.refresh_from_db()
    field.refresh_from_db()
    category = made.categories.get()
    assert (made.title_en, made.year) == ("Costumes of peoples", 2026)
    assert (category.title_en, category.code) == ("Younger", "A")
    assert (field.label_en, field.kind) == ("What is it?", "line")


def test_award_given_by_others_names_them(desk):
    make_award(giver="others", given_by_en="UN-Habitat")
    url = reverse("admin:awards_award_change", args=[Award.objects.get().pk])
    form = desk.get(url).context["adminform"].form
    sent = {field.html_name: field.value() for field in form if field.value() is not None}
    sent["published_at_0"], sent["published_at_1"] = "2026-01-01", "10:00"
    desk.cookies["django_language"] = "en"
    response = desk.post(url, sent | {"given_by_en": ""})
    assert problems(response) == {"given_by_ru": ["Say which organisation gives it."]}


def test_list_is_narrowed_by_where_the_call_stands(desk):
    now, day = timezone.now(), datetime.timedelta(days=1)
    rules = {"rules_ru": "<p>Правила</p>"}
    make_round(slug="open", **rules)
    make_round(slug="later", opens_at=now + 5 * day, closes_at=now + 9 * day)
    make_round(slug="over", closes_at=now - day, **rules)
    longer = make_round(slug="longer", closes_at=now - day, **rules)
    make_category(longer, closes_at=now + day)
    url = reverse("admin:awards_round_changelist")
    found = {
        word: sorted(row.slug for row in desk.get(url, {"call": word}).context["cl"].result_list)
        for word in ("open", "later", "over", "no-rules")
    }
    assert found == {
        "open": ["longer", "open"], "later": ["later"], "over": ["over"], "no-rules": ["later"],
    }  # fmt: skip
