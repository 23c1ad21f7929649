"""A city writes a practice and sends it: limits, files, what is kept after a refusal."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.models import PrivateFile
from members.tests.factories import make_member
from practices import moderating
from practices.models import Practice, PracticeStep
from practices.moderating import Offer
from practices.tests.factories import make_draft, make_practice, make_practice_file, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_member(population=400_000)


@pytest.fixture
def client(client_of, make_representative, city):
    return client_of(make_representative(city))


def docx_bytes() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return made.getvalue()


def typed(client, address: str, **changed) -> dict:
    """What the form holds, with what is typed."""
    form = client.get(address).context["form"]
    return {
        "form_key": str(form["form_key"].value()), "version": form["version"].value(),
        "language": "ru", "title": "Вода во дворе", "summary": "Учёт воды двором.",
        "problem": "Вода терялась.", "action": "Поставили счётчики.", "results": "Потери вдвое.",
        "starts_year": "2022", **changed,
    }  # fmt: skip


def test_pub_1_text_of_6000_signs_is_refused_and_all_of_it_is_kept(client, city):
    address = reverse("practices:new", args=[city.slug])
    shown = client.get(address).content.decode()
    assert shown.count('data-counter="id_problem"') == 1
    assert "maxlength" not in shown.partition('name="problem"')[2].partition(">")[0]

    long = "Двор. " * 1000
    answer = client.post(address, typed(client, address, problem=long, partners="Школа № 5"))

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (200, ["problem"])
    assert (form["problem"].value(), form["partners"].value()) == (long, "Школа № 5")
    assert long.strip() in answer.content.decode()
    assert Practice.objects.count() == 0


def test_pub_1_program_is_refused_and_docx_is_taken(client, city):
    address = reverse("practices:new", args=[city.slug])
    program = SimpleUploadedFile("plan.exe", b"MZ\x90\x00")
    refused = client.post(address, typed(client, address, uploads=[program]))
    assert list(refused.context["form"].errors) == ["uploads"]
    assert refused.context["form"]["problem"].value() == "Вода терялась."

    paper = SimpleUploadedFile("plan.docx", docx_bytes())
    client.post(address, typed(client, address, uploads=[paper]))

    practice = Practice.objects.get()
    assert [str(one) for one in practice.files.all()] == ["plan.docx"]
    assert (practice.title_ru, practice.title_en, practice.stage) == (
        "Вода во дворе", None, "writing"
    )  # fmt: skip
    assert (practice.country, practice.population) == (city.country, 400_000)


def test_practice_is_sent_once_and_not_changed_meanwhile(client, city):
    address = reverse("practices:new", args=[city.slug])
    data = typed(client, address, send="")
    first, second = client.post(address, data), client.post(address, data)

    practice = Practice.objects.get()
    own = reverse("practices:cabinet_practice", args=[city.slug, practice.pk])
    assert first["Location"] == second["Location"] == own
    assert (practice.stage, practice.status) == ("sent", "draft")
    assert list(practice.steps.values_list("verb", flat=True)) == ["sent"]
    change = reverse("practices:change", args=[city.slug, practice.pk])
    assert client.get(change)["Location"] == own
    client.post(reverse("practices:take_back", args=[city.slug, practice.pk]))
    assert client.get(change).status_code == 200


def test_incomplete_practice_stays_a_draft(client, city):
    draft = make_draft(city, summary_ru="", action_ru="Шаги", results_ru="Итог")
    client.post(reverse("practices:send", args=[city.slug, draft.pk]))
    draft.refresh_from_db()
    assert (draft.stage, PracticeStep.objects.count()) == ("writing", 0)


def test_two_people_of_one_city_do_not_overwrite_each_other(client, city):
    draft = make_draft(city)
    address = reverse("practices:change", args=[city.slug, draft.pk])
    data = typed(client, address)
    draft.title_ru = "Сохранено коллегой"
    draft.save()

    answer = client.post(address, data)

    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.title_ru == "Сохранено коллегой"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_year": "2022", "ends_year": "2020"}, "ends_year"),
        ({"cost_amount": "100"}, "cost_currency"),
        ({"contact_email": "not an address"}, "contact_email"),
        ({"starts_year": "вчера"}, "starts_year"),
        ({"topics": ["999"]}, "topics"),
    ],
)
def test_bad_input_is_told_beside_its_field(client, city, changed, field):
    address = reverse("practices:new", args=[city.slug])
    form = client.post(address, typed(client, address, **changed)).context["form"]
    assert (list(form.errors), form["title"].value()) == ([field], "Вода во дворе")


def test_practices_of_others_are_not_there(client, city):
    foreign = make_sent(make_member("bishkek", "Бишкек", "Bishkek"))
    assert client.get(f"/ru/cabinet/{city.slug}/practices/{foreign.pk}/").status_code == 404
    public = make_practice(city)
    assert client.get(f"/ru/cabinet/{city.slug}/practices/adopt/{public.slug}/").status_code == 404


def test_file_that_is_taken_out_is_erased(lead):
    practice = make_draft(make_member())
    row = make_practice_file(practice)
    offer = Offer(texts={}, facts={}, dropped=[row.pk])

    moderating.keep(practice, practice.member, offer, lead, seen=practice.version)

    assert not PrivateFile.objects.filter(pk=row.file_id).exists()
