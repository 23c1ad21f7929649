"""A consent is withdrawn: name, age, work and picture of the child are gone everywhere at once."""

import importlib
import json

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from awards import consents, works
from awards.tests import factories as awards
from content import pictures as content_pictures
from content.models import AuditEntry, Picture, SearchEntry
from judging.models import Result
from judging.tests.at_once import at_once
from judging.tests.factories import make_stage
from laureates import drafting, pictures, releasing, withdrawals
from laureates.drafting import Choice
from laureates.models import Laureate, Results
from members.tests.factories import make_member
from news.models import Photo
from news.tests.factories import make_article
from uclg_portal.demonstration import drawings

pytestmark = pytest.mark.django_db(transaction=True)
# A worker knows its tasks by name.
for module in ("awards.tasks", "content.tasks", "laureates.tasks"):
    importlib.import_module(module)


@pytest.fixture
def kazan(db):
    return make_member("kazan", name_ru="Казань", name_en="Kazan")


@pytest.fixture
def contest(kazan):
    """A judged contest of children: the first may be shown, the second may not."""
    round = awards.make_round(is_for_children=True)
    category = awards.make_category(round)
    stage = make_stage(round, state="closed")
    school = awards.make_entrant(round, home=kazan)
    for place, allowed in ((1, ("entry", "public")), (2, ("entry",))):
        entry = awards.make_entry(school, category, title_ru=f"Работа {place}",
                                  title_en=f"Work {place}")  # fmt: skip
        awards.make_author(entry, consents=allowed)
        works.keep_work(entry, drawings.drawing(place), None)
        Result.objects.create(
            stage=stage, entry=entry, category=category, votes=3, score=9, place=place
        )
    return round


@pytest.fixture
def released(contest, staff):
    results = Results.objects.create(round=contest, published_at=timezone.now())
    rows = drafting.counted(contest)
    drafting.draft(results, [Choice(row.entry, "place", row.place) for row in rows], None)
    releasing.ask(results, staff[0])
    results = releasing.release(results, staff[1])
    for laureate in Laureate.objects.all():
        pictures.show_work(laureate.pk)
    for picture in Picture.objects.all():
        content_pictures.make_renditions(picture)
    return results


def pages(client, results, kazan) -> str:
    """Everything public that could name the child, in both languages."""
    first = Laureate.objects.get(place=1)
    found = []
    for code in ("ru", "en"):
        with translation.override(code):
            addresses = [
                results.get_absolute_url(), first.get_absolute_url(), kazan.get_absolute_url(),
                f"/{code}/laureates/", f"/{code}/search/?q=Kazan", f"/{code}/", "/sitemap.xml",
            ]  # fmt: skip
        found += [client.get(address).content.decode() for address in addresses]
    return "\n".join(found)


def test_public_sees_first_name_age_and_city_with_consent_alone(released):
    titles = Laureate.objects.order_by("place").values_list("title_en", flat=True)
    assert list(titles) == ["Amina, 9 years old, Kazan", "A young author, Kazan"]
    assert [bool(one.picture_id) for one in Laureate.objects.order_by("place")] == [True, False]


def test_surname_school_and_teacher_are_nowhere(released, client, kazan):
    shown = pages(client, released, kazan)
    assert [word for word in ("Сафина", "Safina", "Лукина", "Lukina") if word in shown] == []


def test_withdrawal_hides_the_child_everywhere_at_once(released, client, kazan, staff):
    first = Laureate.objects.get(place=1)
    assert "Amina" in pages(client, released, kazan)
    files = [first.picture.file.name, *first.picture.renditions.values_list("file", flat=True)]
    assert all(default_storage.exists(name) for name in files)
    done = consents.withdraw(first.entry.authors.get(), "public", staff[0])
    assert len(done.hidden) >= 2
    assert [name for name in files if default_storage.exists(name)] == []
    shown = pages(client, released, kazan)
    assert [word for word in ("Amina", "Амина", "Work 1", "Работа 1") if word in shown] == []
    first.refresh_from_db()
    assert (first.title_en, first.picture, first.place) == ("A young author, Kazan", None, 1)
    rows = SearchEntry.objects.filter(content_type__model="laureate", object_id=first.pk)
    assert not any("Amina" in f"{row.title}{row.text}{row.names}" for row in rows)


def test_nothing_kept_for_the_record_names_the_child(released, staff):
    first = Laureate.objects.get(place=1)
    consents.withdraw(first.entry.authors.get(), "entry", staff[0])
    kept = json.dumps(Results.objects.get().snapshot, ensure_ascii=False)
    kept += " ".join(str(row.summary) for row in AuditEntry.objects.all())
    assert [word for word in ("Амина", "Amina", "Работа 1", "Work 1") if word in kept] == []
    assert [row["place"] for row in Results.objects.get().snapshot] == [1, 2]


def test_copy_is_not_made_after_a_withdrawal(released, staff):
    first = Laureate.objects.get(place=1)
    consents.withdraw(first.entry.authors.get(), "public", staff[0])
    assert (pictures.show_work(first.pk), Picture.objects.count()) == (False, 0)


def test_copy_is_made_once(released):
    first = Laureate.objects.get(place=1)
    assert (pictures.show_work(first.pk), Picture.objects.count()) == (False, 1)


def test_draft_of_a_child_loses_its_name_too(contest, staff):
    results = Results.objects.create(round=contest, published_at=timezone.now())
    (row, _second) = drafting.counted(contest)
    drafting.draft(results, [Choice(row.entry, "place", 1)], None)
    consents.withdraw(row.entry.authors.get(), "public", staff[0])
    assert Laureate.objects.get().title_en == "A young author, Kazan"


def test_words_of_the_log_name_no_child(released):
    first = Laureate.objects.get(place=1)
    assert "Амина" not in str(first)


def test_names_of_children_go_after_five_years(released):
    in_time = timezone.now() + withdrawals.KEPT - timezone.timedelta(days=1)
    assert withdrawals.purge(in_time) == 0
    late = timezone.now() + withdrawals.KEPT + timezone.timedelta(days=1)
    assert (withdrawals.purge(late), withdrawals.purge(late)) == (1, 0)
    titles = Laureate.objects.values_list("title_en", "picture")
    assert set(titles) == {("A young author, Kazan", None)}


def test_prv_4_picture_leaves_articles_too_when_the_consent_is_withdrawn(released):
    laureate = Laureate.objects.get(place=1)
    article = make_article()
    Photo.objects.create(article=article, picture=laureate.picture)
    author = laureate.entry.authors.get()

    done = consents.withdraw(author, "public", None)

    assert [one.purpose for one in done.ended] == ["public"]
    assert (Picture.objects.count(), Photo.objects.count()) == (0, 0)


def test_a_name_that_was_typed_by_hand_is_not_released_without_consent(contest, staff):
    results = Results.objects.create(round=contest, published_at=timezone.now())
    rows = drafting.counted(contest)
    drafting.draft(results, [Choice(row.entry, "place", row.place) for row in rows], None)
    hidden = Laureate.objects.get(place=2)
    hidden.title_en = "Amina, Kazan"
    hidden.save()
    with translation.override("en"), pytest.raises(releasing.ReleaseRefused) as refused:
        releasing.ask(results, staff[0])
    assert refused.value.reasons == ["Work 0002 may not be shown: take the name of the child out."]


def test_draft_and_withdrawal_at_once_leave_no_name(contest):
    """Whoever comes first: what the draft copied is taken away, or is not there to be copied."""
    results = Results.objects.create(round=contest, published_at=timezone.now())
    rows = drafting.counted(contest)
    choices = [Choice(row.entry, "place", row.place) for row in rows]
    author = rows[0].entry.authors.get()
    outcomes = at_once(
        lambda: drafting.draft(results, choices, None),
        lambda: consents.withdraw(author, "public", None),
    )
    assert outcomes == ["done", "done"]
    assert "Amina" not in " ".join(Laureate.objects.values_list("title_en", flat=True))
