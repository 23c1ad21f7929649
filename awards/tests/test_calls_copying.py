"""A round once more in another year: what is copied, what is not, and that the copy says so."""

import datetime
import uuid
import zoneinfo

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from awards import round_copying
from awards.models import Entry, Round
from awards.tests.factories import (
    make_award,
    make_category,
    make_entrant,
    make_entry,
    make_field,
    make_round,
)
from content.models import AuditEntry
from events.tests.factories import make_event

pytestmark = pytest.mark.django_db
KAZAN = zoneinfo.ZoneInfo("Europe/Moscow")
BISHKEK = zoneinfo.ZoneInfo("Asia/Bishkek")


@pytest.fixture
def round():
    """A contest of 2027 with two categories and three questions, and an entry."""
    made = make_round(
        slug="2027", year=2027, edition=4, theme_ru="Праздник", theme_en="A feast",
        summary_ru="Нарисуйте", rules_ru="<p>Краски</p>", rules_en="<p>Paint</p>",
        opens_at=datetime.datetime(2027, 2, 1, 9, tzinfo=KAZAN),
        closes_at=datetime.datetime(2027, 3, 31, 23, 59, tzinfo=KAZAN),
        results_expected_on=datetime.date(2027, 6, 1), results_of_year=2026,
        limit_per_entrant=3, is_for_children=True, admits_batches=True, dues_required=True,
        region_only=False, nominated_by="either", who_may_enter=["institution"], languages=["ru"],
        event=make_event("ceremony"),
    )  # fmt: skip
    made.title_ru, made.title_en = "Рисунки — 2027", "Drawings 2027"
    made.save()
    make_category(made, "A", limit_per_entrant=1, description_ru="Младшие")
    later = datetime.datetime(2027, 4, 2, 23, 59, tzinfo=KAZAN)
    eldest = make_category(made, "B", order=2, closes_at=later)
    make_field(made, "line", order=1, max_length=80, is_identifying=True, in_both_languages=True)
    price = make_field(made, "choice", order=2, is_required=True, category=eldest)
    price.choices.create(label_ru="мало", label_en="little", order=1)
    price.choices.create(label_ru="много", label_en="much", order=2)
    make_field(made, "file", order=3, max_files=4)
    make_entry(make_entrant(made), eldest)
    return made


def copied(round, by, **given) -> round_copying.Copied:
    values = {"year": 2028, "title_ru": "Рисунки — 2028", "title_en": "Drawings 2028"}
    return round_copying.copy(round, **(values | given), by=by)


def plain(row, *left_out: str) -> dict:
    names = {field.attname for field in row._meta.concrete_fields}
    skipped = {"id", "round_id", "field_id", "category_id", *left_out}
    return {name: getattr(row, name) for name in names - skipped}


def test_copy_has_the_settings_and_moved_dates(round, awards_officer):
    new = copied(round, awards_officer).round
    new.refresh_from_db()
    changed = {
        "slug", "year", "title", "title_ru", "title_en", "theme", "theme_ru", "theme_en",
        "opens_at", "closes_at", "results_expected_on", "results_of_year", "edition", "event_id",
        "status", "published_at", "version", "created_at", "updated_at",
    }  # fmt: skip
    assert plain(new, *changed) == plain(round, *changed)
    assert (new.slug, new.year, new.title_en, new.status) == (
        "2028",
        2028,
        "Drawings 2028",
        "draft",
    )
    assert new.opens_at == datetime.datetime(2028, 2, 1, 9, tzinfo=KAZAN)
    assert new.closes_at == datetime.datetime(2028, 3, 31, 23, 59, tzinfo=KAZAN)
    fresh = (new.theme_ru, new.theme_en, new.event, new.results_expected_on, new.published_at)
    assert fresh == (None, None, None, None, None)


def test_copy_has_categories_and_the_whole_form(round, awards_officer):
    new = copied(round, awards_officer).round
    for name in ("categories", "fields"):
        olds, news = getattr(round, name).all(), getattr(new, name).all()
        assert [plain(one, "closes_at") for one in news] == [
            plain(one, "closes_at") for one in olds
        ]
    deadlines = [one.closes_at for one in new.categories.all()]
    assert deadlines == [None, datetime.datetime(2028, 4, 2, 23, 59, tzinfo=KAZAN)]
    price = new.fields.get(kind="choice")
    assert price.category == new.categories.get(code="B")
    assert list(price.choices.values_list("label_ru", "label_en", "order")) == [
        ("мало", "little", 1), ("много", "much", 2),
    ]  # fmt: skip


def test_copy_has_nothing_of_the_entries(round, awards_officer):
    new = copied(round, awards_officer).round
    assert (new.entries.count(), new.entrants.count(), Entry.objects.count()) == (0, 0, 1)


def test_copy_says_what_was_copied(round, awards_officer):
    lines = copied(round, awards_officer).lines
    assert len(lines) == 4
    row = AuditEntry.objects.get(verb="awards.round.copied")
    assert (row.actor, row.changes) == (awards_officer, {"copied": lines})


def test_copy_takes_what_upper_apps_bring(round, awards_officer, monkeypatch):
    monkeypatch.setattr(round_copying, "_copiers", [])
    seen = []

    @round_copying.register
    def stages(old, new, categories):
        seen.append((old, new.year, {one.code: two.round for one, two in categories.items()}))
        return ["two stages"]

    result = copied(round, awards_officer)
    assert result.lines[-1] == "two stages"
    assert seen == [(round, 2028, {"A": result.round, "B": result.round})]


def test_leap_day_becomes_the_day_before(awards_officer):
    made = make_round(
        year=2028, opens_at=datetime.datetime(2028, 1, 10, 9, tzinfo=BISHKEK),
        closes_at=datetime.datetime(2028, 2, 29, 23, 59, tzinfo=BISHKEK), time_zone="Asia/Bishkek",
    )  # fmt: skip
    new = copied(made, awards_officer, year=2029).round
    assert new.closes_at == datetime.datetime(2029, 2, 28, 23, 59, tzinfo=BISHKEK)


def test_copying_from_the_desk_leads_to_the_draft_and_lists_what_came_along(
    client, awards_officer, round
):
    client.force_login(awards_officer)
    client.cookies["django_language"] = "en"
    url = reverse("admin:awards_round_copy", args=[round.pk])
    form = client.get(url).context["form"]
    assert form.initial == {
        "year": 2028, "title_ru": "Рисунки — 2028", "title_en": "Drawings 2028", "edition": 5,
    }  # fmt: skip
    sent = form.initial | {"form_key": str(uuid.uuid4())}
    response = client.post(url, sent)
    new = Round.objects.get(year=2028)
    assert response.url == reverse("admin:awards_round_change", args=[new.pk])
    assert [str(one) for one in get_messages(response.wsgi_request)] == [
        "Copied: summary, rules, who may enter, languages, limits, region, dues, batches; "
        "the window: from 1 February 2028, 09:00 Kazan time (UTC+3) until 31 March 2028, 23:59 "
        "Kazan time (UTC+3); 2 categories with their ages, limits and deadlines; "
        "3 questions of the entry form."
    ]
    assert client.post(url, sent).url == response.url
    assert Round.objects.filter(award=round.award).count() == 2


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"year": "2027"}, {"year": ["The award has a round of this year already."]}),
        (
            {"title_ru": "", "title_en": ""},
            {"title_ru": ["Give it in Russian or in English."]},
        ),
        (
            {"year": "1800"},
            {"year": ["Ensure this value is greater than or equal to 1950."]},
        ),
    ],
)
def test_copying_badly_is_answered_beside_the_field(client, awards_officer, round, changes, about):
    client.force_login(awards_officer)
    client.cookies["django_language"] = "en"
    url = reverse("admin:awards_round_copy", args=[round.pk])
    sent = client.get(url).context["form"].initial | {"form_key": str(uuid.uuid4())} | changes
    assert client.post(url, sent).context["form"].errors == about
    assert Round.objects.count() == 1


def test_copying_is_not_for_translators(client, translator):
    client.force_login(translator)
    url = reverse("admin:awards_round_copy", args=[make_round(make_award()).pk])
    assert client.get(url).status_code == 403
