"""The desk of results in the admin: from the counted works to the released page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from laureates.models import Laureate, Results
from laureates.tests.factories import make_laureate

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client_of, awards_officer):
    """A client of the member of staff who keeps the awards."""
    return client_of(awards_officer)


@pytest.fixture
def second(client_of, lead):
    """A client of a second person."""
    return client_of(lead)


def address(results) -> str:
    return reverse("admin:laureates_results_desk", args=[results.pk])


def post(client, results, deed: str, **data):
    return client.post(address(results), {"deed": deed, **data}, follow=True)


def seen(client, results) -> str:
    return client.get(address(results)).context["seen"]


def choose(client, results):
    first, second, third = (
        form.result.entry_id for form in client.get(address(results)).context["forms"]
    )
    return post(
        client, results, "choose",
        **{f"work{first}-honour": "place", f"work{first}-place": "1", f"work{third}-honour": "",
           f"work{second}-honour": "special", f"work{second}-place": "2"},
    )  # fmt: skip


def test_results_begin_with_a_judged_round(desk, judged):
    page = desk.get(reverse("admin:laureates_results_to_release"))
    assert [one.pk for one in page.context["rounds"]] == [judged.pk]
    answer = desk.post(reverse("admin:laureates_results_to_release"), {"round": judged.pk})
    assert answer.url == address(Results.objects.get())


def test_unknown_round_begins_nothing(desk, judged):
    for wrong in ("", "x", "9" * 30, judged.pk + 1):
        page = desk.post(reverse("admin:laureates_results_to_release"), {"round": wrong})
        assert page.status_code == 404
    assert not Results.objects.exists()


def test_two_persons_release_from_the_screen(desk, second, results, client_of):
    choose(desk, results)
    rows = list(Laureate.objects.in_order().values_list("title_en", "honour", "place"))
    assert rows == [("School 1", "place", 1), ("School 2", "special", None)]
    post(desk, results, "ask")
    post(desk, results, "release", seen=seen(desk, results))
    results.refresh_from_db()
    assert results.released_at is None
    post(second, results, "release", seen="something else")
    results.refresh_from_db()
    assert results.released_at is None
    post(second, results, "release", seen=seen(second, results))
    results.refresh_from_db()
    assert results.released_at is not None
    page = client_of().get(results.get_absolute_url()).content.decode()
    assert "Школа 1" in page
    assert "Школа 3" not in page


def test_place_is_asked_for(desk, results):
    first = desk.get(address(results)).context["forms"][0].result.entry_id
    page = post(
        desk, results, "choose", **{f"work{first}-honour": "place", f"work{first}-place": ""}
    )
    assert list(page.context["forms"][0].errors) == ["place"]
    assert not Laureate.objects.exists()


def test_correction_from_the_screen(desk, second, results, client_of):
    choose(desk, results)
    post(desk, results, "ask")
    post(second, results, "release", seen=seen(second, results))
    laureate = Laureate.objects.get(place=1)
    correct = reverse("admin:laureates_results_correct", args=[laureate.pk])
    typed = dict(desk.get(correct).context["adminform"].form.initial)
    data = {name: value for name, value in typed.items() if value is not None}
    refused = desk.post(correct, {**data, "title_ru": "Первая школа"})
    assert set(refused.context["adminform"].form.errors) == {"erratum_ru", "erratum_en"}
    told = {"erratum_ru": "Уточнено название.", "erratum_en": "The name is put right."}
    desk.post(correct, {**data, "title_ru": "Первая школа", **told})
    page = client_of().get(results.get_absolute_url()).content.decode()
    assert ("Первая школа" in page, "Уточнено название." in page) == (True, True)


def test_correction_of_what_is_not_released_is_not_found(desk, results):
    choose(desk, results)
    laureate = Laureate.objects.get(place=1)
    assert (
        desk.get(reverse("admin:laureates_results_correct", args=[laureate.pk])).status_code == 404
    )


def test_release_is_taken_back_from_the_screen(desk, second, results):
    Results.objects.update(published_at=timezone.now() + timezone.timedelta(hours=1))
    choose(desk, results)
    post(desk, results, "ask")
    post(second, results, "release", seen=seen(second, results))
    post(desk, results, "take_back")
    results.refresh_from_db()
    assert results.released_at is None


def test_editor_does_not_reach_the_desk(client_of, editor, results):
    assert client_of(editor).get(address(results)).status_code == 403


def test_desk_asks_a_constant_number_of_queries(desk, results, django_assert_max_num_queries):
    choose(desk, results)
    desk.get(address(results))
    with django_assert_max_num_queries(45):
        desk.get(address(results))


def test_laureates_of_released_rounds_are_closed_in_the_admin(desk, second, results):
    choose(desk, results)
    post(desk, results, "ask")
    post(second, results, "release", seen=seen(second, results))
    laureate = Laureate.objects.get(place=1)
    page = desk.get(reverse("admin:laureates_laureate_change", args=[laureate.pk]))
    fields = page.context["adminform"].form.fields
    assert ("title_ru" in fields, "status" in fields, "recipient_ru" in fields) == (
        False, False, True,
    )  # fmt: skip


def test_laureate_of_a_round_is_not_published_by_hand(desk, judged):
    laureate = make_laureate(judged.award, round=judged, status="draft")
    page = desk.get(reverse("admin:laureates_laureate_change", args=[laureate.pk]))
    fields = page.context["adminform"].form.fields
    assert ("title_ru" in fields, "status" in fields) == (True, False)
