"""The ratings desk: an edition with its classes and method, what is refused and what stays."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from content.models import AuditEntry
from ratings import opening
from ratings.models import Edition, Method, SizeClass
from ratings.tests.desk import add_url, change_url, form_of, post, problems, saved
from ratings.tests.factories import make_edition, make_full_edition, make_rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ratings_officer):
    client.force_login(ratings_officer)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def edition():
    return make_full_edition(opened_at=None, slug="2026", title_en="Rating 2026",
                             title_ru="Рейтинг — 2026")  # fmt: skip


def seal(edition) -> None:
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(opened_at=now, frozen_at=now, sealed_at=now)


def classes(edition) -> list[tuple]:
    return list(edition.size_classes.order_by("minimum").values_list("code", "minimum", "maximum"))


def places(desk, edition) -> dict[str, str]:
    """The prefix of each class's row in the form of the edition."""
    context = desk.get(change_url(edition)).context
    formset = next(
        one.formset for one in context["inline_admin_formsets"] if one.opts.model is SizeClass
    )
    return {form.instance.code: form.prefix for form in formset.forms}


@pytest.mark.parametrize("number", [1, 6])
def test_lists_hold_their_query_count(desk, django_assert_max_num_queries, number):
    for _place in range(number):
        make_edition()
    for name in ("rating", "edition"):
        url = reverse(f"admin:ratings_{name}_changelist")
        desk.get(url)
        with django_assert_max_num_queries(14):
            response = desk.get(url)
        assert response.context["cl"].result_count == number


def test_new_edition_has_the_usual_method_and_its_year_as_address(desk):
    rating = make_rating()
    sent = form_of(desk, add_url("edition")) | {
        "rating": rating.pk, "title_en": "Rating 2028", "year": "2028",
    }  # fmt: skip
    assert saved(desk.post(add_url("edition"), sent))
    made = Edition.objects.get()
    assert (made.slug, made.status, made.opened_at) == ("2028", "draft", None)
    assert Method.objects.get(edition=made).normalisation == "min_max"


def test_edition_without_a_title_or_closing_early_is_answered_beside_the_field(desk, edition):
    response = post(desk, change_url(edition), title_ru="", title_en="", closes_at_0="2001-01-01",
                    closes_at_1="10:00")  # fmt: skip
    found = problems(response)
    assert found["closes_at"] == ["Answers close after they open."]
    assert "Give it in Russian or in English." in str(found)


@pytest.mark.parametrize(
    ("row", "change", "about", "words"),
    [
        ("medium", {"minimum": "90000"}, "medium-minimum",
         "Another class covers some of these numbers."),
        ("small", {"maximum": ""}, "medium-minimum", "Another class covers some of these numbers."),
        ("small", {"minimum": "100000", "maximum": "5"}, "small-maximum",
         "“Below” has to be more than “from”."),
        ("small", {"code": "Very small"}, "small-code", "Latin small letters and digits."),
        ("medium", {"code": "small"}, "medium-code",
         "Another class of the edition has this code."),
        ("small", {"minimum": "-1"}, "small-minimum",
         "Ensure this value is greater than or equal to 0."),
    ],
)  # fmt: skip
def test_bad_size_class_is_answered_beside_the_field(desk, edition, row, change, about, words):
    prefixes = places(desk, edition)
    changes = {f"{prefixes[row]}-{name}": value for name, value in change.items()}
    code, name = about.split("-")
    found = problems(post(desk, change_url(edition), **changes))
    assert found[f"{prefixes[code]}-{name}"] == [words]
    assert classes(edition)[0] == ("small", 0, 100_000)


def test_bound_between_two_classes_moves_in_one_save(desk, edition):
    prefixes = places(desk, edition)
    for bound in ("150000", "80000"):
        changes = {
            f"{prefixes['small']}-maximum": bound,
            f"{prefixes['medium']}-minimum": bound,
        }
        assert saved(post(desk, change_url(edition), **changes))
        assert classes(edition)[:2] == [
            ("small", 0, int(bound)), ("medium", int(bound), 500_000),
        ]  # fmt: skip


def test_classes_that_trade_places_are_asked_for_two_steps(desk, edition):
    prefixes = places(desk, edition)
    changes = {
        f"{prefixes['small']}-minimum": "100000", f"{prefixes['small']}-maximum": "500000",
        f"{prefixes['medium']}-minimum": "0", f"{prefixes['medium']}-maximum": "100000",
    }  # fmt: skip
    found = problems(post(desk, change_url(edition), **changes))
    assert "Exchange the bounds of two classes in two steps." in str(found)


@pytest.mark.parametrize(
    ("change", "about", "words"),
    [
        ({"scale_high": "0"}, "scale_high", "The scale ends above its beginning."),
        ({"within_groups": "copeland"}, "across_groups", "Outranking is of all levels or of none."),
        ({"least_answered": "1.5"}, "least_answered",
         "Ensure this value is less than or equal to 1."),
        ({"outliers": "winsorise", "outliers_most": "0"}, "outliers_most",
         "At least 1, or leave outliers as they are."),
        ({"outliers_most": "26"}, "outliers_most",
         "Ensure this value is less than or equal to 25."),
    ],
)  # fmt: skip
def test_bad_method_is_answered_beside_the_field(desk, edition, change, about, words):
    changes = {f"method-0-{name}": value for name, value in change.items()}
    found = problems(post(desk, change_url(edition), **changes))
    assert found[f"method-0-{about}"] == [words]


def test_method_form_explains_every_step(desk, edition):
    text = desk.get(change_url(edition)).text
    assert "Left out is the honest choice: nothing is assumed about a city." in text
    assert "Dollars, people and per cent cannot be added." in text


def test_changes_after_the_opening_are_written_down(desk, edition, ratings_officer):
    assert saved(post(desk, change_url(edition), **{"method-0-scale_high": "10"}))
    assert not AuditEntry.objects.filter(verb="ratings.method.changed").exists()
    opening.open_questionnaire(edition, ratings_officer)
    opening.freeze(edition)
    assert saved(post(desk, change_url(edition), **{"method-0-scale_high": "50"}))
    row = AuditEntry.objects.get(verb="ratings.method.changed")
    assert (row.actor, row.changes) == (ratings_officer, {"scale_high": ["10.000", "50.000"]})


def test_sealed_edition_keeps_what_places_follow_from(desk, edition):
    seal(edition)
    response = desk.get(change_url(edition))
    assert "The results are sealed. Only wording may be mended" in response.text
    prefixes = places(desk, edition)
    changes = {
        "title_en": "Mended", "year": "1999", "closes_at_0": "2090-01-01", "closes_at_1": "10:00",
        "population_year": "1999", "method-0-scale_high": "7",
        f"{prefixes['small']}-maximum": "50", f"{prefixes['small']}-title_en": "Towns",
    }  # fmt: skip
    assert saved(post(desk, change_url(edition), **changes))
    now = Edition.objects.get(pk=edition.pk)
    assert (now.title_en, now.year, now.population_year, now.closes_at) == (
        "Mended", 2026, 2025, edition.closes_at,
    )  # fmt: skip
    assert now.method.scale_high == 100
    assert classes(edition)[0] == ("small", 0, 100_000)
    assert edition.size_classes.get(code="small").title_en == "Towns"


def test_opened_edition_keeps_its_window(desk, edition, ratings_officer):
    opening.open_questionnaire(edition, ratings_officer)
    changes = {"opens_at_0": "", "opens_at_1": "", "kind": "known"}
    found = problems(post(desk, change_url(edition), **changes))
    assert found["opens_at"] == ["Say from when and until when answers come."]
    assert found["kind"] == ["Its questionnaire was opened: it is held here."]


def test_translator_changes_words_alone(client, translator, edition):
    client.force_login(translator)
    changes = {"title_en": "In English", "year": "1999"}
    assert saved(post(client, change_url(edition), **changes))
    now = Edition.objects.get()
    assert (now.title_en, now.year) == ("In English", 2026)
    assert Method.objects.get().scale_high == 100


def clone_url(edition) -> str:
    return reverse("admin:ratings_edition_clone", args=[edition.pk])


def test_next_edition_is_made_once_and_says_what_was_copied(desk, edition):
    initial = desk.get(clone_url(edition)).context["form"].initial
    assert initial == {
        "title_ru": "Рейтинг — 2028", "title_en": "Rating 2028", "year": 2028, "slug": "2028",
    }  # fmt: skip
    sent = initial | {"form_key": str(uuid.uuid4())}
    response = desk.post(clone_url(edition), sent)
    new = Edition.objects.get(slug="2028")
    assert response.url == reverse("admin:ratings_edition_structure", args=[new.pk])
    said = [str(one) for one in get_messages(response.wsgi_request)]
    assert said[0].startswith("Copied: texts, zones, size classes, method; the window: from ")
    assert said[0].endswith("2 groups; 3 indicators.")
    assert desk.post(clone_url(edition), sent).url == response.url
    assert Edition.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({"slug": "2026"}, {"slug": ["The rating has an edition at this address already."]}),
        ({"title_ru": "", "title_en": ""}, {"title_ru": ["Give it in Russian or in English."]}),
        ({"year": "1800"}, {"year": ["Ensure this value is greater than or equal to 1990."]}),
    ],
)
def test_next_edition_badly_described_is_answered_beside_the_field(desk, edition, changes, about):
    sent = desk.get(clone_url(edition)).context["form"].initial | {"form_key": str(uuid.uuid4())}
    assert desk.post(clone_url(edition), sent | changes).context["form"].errors == about
    assert Edition.objects.count() == 1
