"""Badges: who gets one, what stands on it, how fast and how many queries."""

import io
import uuid
import zipfile

import pypdf
import pytest

from attendance import badges
from attendance.tests.factories import crowd, make_event, make_member, make_participant
from content import jobs, tasks
from content.documents import UnfinishedDocument

pytestmark = pytest.mark.django_db
LONG = (
    "Первый заместитель руководителя администрации городского округа по вопросам "
    "жилищно-коммунального хозяйства, благоустройства, транспорта и дорожной деятельности"
)


@pytest.fixture
def event(db):
    return make_event()


def _text(made: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _pages(made: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize("kind", ["badges", "tags", "cards"])
def test_sheet_has_both_names_and_the_city_in_both_languages(event, kind):
    member = make_member(name_ru="Казань", name_en="Kazan")
    person = make_participant(
        event, member=member, name_cyrillic="Каримова Алия", name_latin="Aliya Karimova"
    )
    text = _text(badges.of_delegation(kind, person.delegation))
    for words in ("Каримова Алия", "Aliya Karimova", "Казань", "Kazan"):
        assert words in text


def test_badge_has_title_role_country_and_code(event):
    person = make_participant(event, is_head=True, position_ru="Мэр", position_en="Mayor")
    text = _text(badges.of_delegation("badges", person.delegation))
    for words in (
        "Конгресс местных властей", "Congress of Local Governments", "Глава делегации",
        "Head of the delegation", "Мэр", "Mayor", "Россия", "Russia",
        badges.grouped(person.badge_code),
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    "name",
    ["Қанат Ғалымұлы Әбілов", "Ҷамшед Ӯрмонов", "Өлзийсайхан Энхтүвшин", "Արմեն Մկրտչյան",
     "გიორგი მაისურაძე", "Əli Şıxəliyev", "Gülşen Öztürk"],
)  # fmt: skip
def test_letters_of_the_whole_region_are_printed(event, name):
    person = make_participant(event, name_cyrillic=name, name_latin=name)
    assert "?" not in _text(badges.of_delegation("badges", person.delegation))


def test_long_titles_and_names_stay_on_one_badge(event):
    person = make_participant(
        event,
        name_cyrillic="Константинопольская-Преображенская Александра Константиновна",
        name_latin="Alexandra Konstantinopolskaya-Preobrazhenskaya",
        position_ru=LONG,
        position_en="First Deputy Head of the Administration of the Urban District " * 3,
    )
    made = badges.of_delegation("badges", person.delegation)
    assert _pages(made) == 1
    assert "дорожной деятельности" in _text(made)


def test_two_badges_stand_on_a_sheet(event):
    people = crowd(event, cities=1, people=5)
    assert _pages(badges.of_delegation("badges", people[0].delegation)) == 3
    assert _pages(badges.of_delegation("tags", people[0].delegation)) == 1
    assert _pages(badges.of_delegation("cards", people[0].delegation)) == 5


@pytest.mark.parametrize(
    "status", ["waiting", "offered", "over_quota", "pending", "declined", "cancelled"]
)
def test_evt_1_no_badge_without_a_place(event, status):
    person = make_participant(event, status=status)
    assert badges.of_delegation("badges", person.delegation) is None
    assert list(badges.with_a_badge(event)) == []


def test_colour_is_the_delegations_own(event):
    person = make_participant(event)
    again = make_participant(make_event("other"), member=person.delegation.member, email="")
    assert badges.colour(person.delegation) == badges.colour(again.delegation)


class TestWholeEvent:
    """Made by a worker."""

    def _ask(self, event, by, kind="badges"):
        job = badges.ask(kind, event, by, uuid.uuid4())
        tasks.run_job(job.pk)
        job.refresh_from_db()
        return job

    def _content(self, job) -> bytes:
        with job.result.file.open() as file:
            return file.read()

    def test_event_is_made_by_city(self, event, events_officer):
        for slug, name in (("perm", "Пермь"), ("astana", "Астана")):
            member = make_member(slug=slug, name_ru=name)
            make_participant(event, member=member, name_cyrillic=f"Житель {name}")
        job = self._ask(event, events_officer)
        assert (job.state, job.done, job.total, job.result.name) == (
            "done", 2, 2, "congress-badges.pdf",
        )  # fmt: skip
        text = _text(self._content(job))
        assert text.index("Житель Астана") < text.index("Житель Пермь")

    def test_event_without_people_makes_no_file(self, event, events_officer):
        job = self._ask(event, events_officer)
        assert (job.state, job.total, job.result) == ("done", 0, None)

    def test_more_than_a_hundred_are_an_archive(self, event, events_officer):
        crowd(event, cities=2, people=51)
        job = self._ask(event, events_officer, "tags")
        with zipfile.ZipFile(io.BytesIO(self._content(job))) as archive:
            assert archive.namelist() == ["tags-001.pdf", "tags-002.pdf"]

    def test_pdf_3_what_fails_is_listed_and_made_again_alone(
        self, event, events_officer, monkeypatch
    ):
        people = crowd(event, cities=1, people=3)
        real, spoilt = badges.sheets, {people[1].pk}

        def sheets(kind, event, chosen):
            if spoilt & {one.pk for one in chosen}:
                raise UnfinishedDocument("no glyph")
            return real(kind, event, chosen)

        monkeypatch.setattr(badges, "sheets", sheets)
        job = self._ask(event, events_officer)
        assert [row["key"] for row in job.failed] == [str(people[1].pk)]
        assert people[1].name_cyrillic not in _text(self._content(job))
        spoilt.clear()
        jobs.rerun(job)
        tasks.run_job(job.pk)
        job.refresh_from_db()
        assert (job.failed, job.total) == ([], 1)
        assert people[1].name_cyrillic in _text(self._content(job))

    def test_queries_do_not_grow(self, event, events_officer, django_assert_max_num_queries):
        crowd(event, cities=10, people=6)
        job = badges.ask("tags", event, events_officer, uuid.uuid4())
        with django_assert_max_num_queries(20):
            tasks.run_job(job.pk)
