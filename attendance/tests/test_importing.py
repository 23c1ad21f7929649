"""Reports of online platforms: every encoding, two alphabets, the same file once."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook

from attendance import importing, importing_file
from attendance.matching_names import likeness, name_parts, place_key
from attendance.models import AttendanceReport, Attendee
from attendance.tests.factories import make_event, make_member, make_participant, make_user
from content.models import PrivateFile
from members.models import MemberName
from members.tests.factories import make_country

pytestmark = pytest.mark.django_db
CITIES = [
    ("kazan", "Казань", "Kazan", "RU"), ("bishkek", "Бишкек", "Bishkek", "KG"),
    ("almaty", "Алматы", "Almaty", "KZ"), ("dushanbe", "Душанбе", "Dushanbe", "TJ"),
    ("yerevan", "Ереван", "Yerevan", "AM"),
]  # fmt: skip
FIRST = [
    ("Алия", "Aliya"), ("Сергей", "Sergei"), ("Юлия", "Julia"), ("Дмитрий", "Dmitry"),
    ("Жанна", "Zhanna"), ("Тимур", "Timur"), ("Наталья", "Natalia"), ("Фёдор", "Fedor"),
    ("Айгуль", "Aigul"), ("Мария", "Maria"), ("Евгений", "Yevgeny"), ("Ольга", "Olga"),
]  # fmt: skip
LAST = [
    ("Хасанов", "Khasanov"), ("Соловьёв", "Solovyov"), ("Щукин", "Shchukin"), ("Цой", "Tsoi"),
    ("Ахметов", "Akhmetov"), ("Юсупов", "Yusupov"), ("Чернов", "Chernov"), ("Жуков", "Zhukov"),
    ("Гайсин", "Gaisin"), ("Рахимов", "Rakhimov"), ("Мкртчян", "Mkrtchyan"),
    ("Бектуров", "Bekturov"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def event(db):
    return make_event(mode="online", time_zone="Europe/Moscow")


@pytest.fixture
def officer(db):
    return make_user("officer@example.org")


def _csv(rows, separator=",", encoding="utf-8", heading=("Name", "User Email", "Duration")):
    lines = [separator.join(heading), *(separator.join(row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def _upload(data: bytes, name="report.csv"):
    return SimpleUploadedFile(name, data)


def _take(event, officer, rows, **fields):
    return importing.take(event, _upload(_csv(rows)), officer, **fields)[0]


def _crowd(event, count):
    """So many people, each with a name of two parts, over five cities in five countries."""
    members = [
        make_member(
            slug=slug, name_ru=ru, name_en=en, country=make_country(code, code, code)
        )
        for slug, ru, en, code in CITIES
    ]  # fmt: skip
    return [
        make_participant(
            event,
            member=members[number % 5],
            by=event.uploader,
            name_cyrillic=f"{LAST[number // 12][0]} {FIRST[number % 12][0]}",
            name_latin=f"{FIRST[number % 12][1]} {LAST[number // 12][1]}",
            email=f"person{number}@example.org",
        )
        for number in range(count)
    ]


def _onl_5_rows(people):
    """152 rows: 40 by address, 40 Latin, 30 Cyrillic with a patronymic, 15 of the city alone;
    21 that leave a doubt; 6 that are tests and the host."""
    rows = [("someone", one.email, "60") for one in people[:40]]
    rows += [(f"{one.name_latin} (Guest)", "", "55") for one in people[40:80]]
    rows += [(f"{one.name_cyrillic} Рашидович", "", "58") for one in people[80:110]]
    rows += [(f"Гость {letter * 3} ({CITIES[0][1]})", "", "9") for letter in "абвгдежзиклмноп"]
    rows += [
        (f"{last} {first[:2]}.", "", "30")
        for last, first in (one.name_cyrillic.split() for one in people[110:130])
    ]
    rows += [(people[0].name_latin.split()[1], "", "31")]
    rows += [("test", "", "1"), ("Тест 2", "", "1"), ("проверка связи", "", "1")]
    rows += [("Zoom user", "", "1"), ("UCLG", "host@example.org", "99"), ("Test mic", "", "1")]
    return rows


def test_onl_5_attendance_file(event, officer):
    event.uploader = officer
    people = _crowd(event, 130)
    data = _csv(_onl_5_rows(people), separator=";", encoding="cp1251")

    report, is_new = importing.take(event, _upload(data), officer, hosts="host@example.org")

    assert (is_new, report.lines) == (True, 152)
    counts = importing.outcome_counts(report)
    assert {outcome: rows for outcome, (rows, _people) in counts.items()} == {
        "matched": 125, "offered": 21, "unknown": 0, "ignored": 6,
    }  # fmt: skip
    assert all(row.guesses for row in report.attendees.filter(outcome="offered"))
    event.refresh_from_db()
    assert (event.final_attendance, event.final_countries) == (146, 5)

    before = list(Attendee.objects.order_by("pk").values())
    again, is_new = importing.take(event, _upload(data, "copy.csv"), officer)
    assert (again, is_new) == (report, False)
    assert list(Attendee.objects.order_by("pk").values()) == before
    assert (AttendanceReport.objects.count(), PrivateFile.objects.count()) == (1, 1)
    event.refresh_from_db()
    assert (event.final_attendance, event.final_countries) == (146, 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Каримова Алия Рашидовна", "Aliya Karimova"),
        ("Соловьёв Сергей", "Sergey Soloviev"),
        ("Юлия Хасанова", "Khasanova Julia"),
        ("Дмитрий Цой", "Dmitrii Tsoi"),
        ("Евгений Щукин", "Yevgeny Shchukin"),
        ("Жанна Ахметова", "Zhanna Akhmetova"),
        ("Бат-Эрдэнэ Болд", "Bat-Erdene Bold"),
        ("Қанат Әбілов", "Kanat Abilov"),
        ("Əli Məmmədov", "Ali Mammadov"),
        ("АЛЕКСАНДР ПЁТР", "Petr Alexander"),
    ],
)
def test_names_are_one_in_two_alphabets(one, other):
    assert likeness(name_parts(one), name_parts(other)) == 100


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("Каримова А.", "Aliya Karimova", 80),
        ("Айгуль", "Айгуль Сатпаева", 60),
        ("Петрова Анна", "Петров Антон", 0),
        ("Иванов Иван", "Сидоров Пётр", 0),
        ("", "Сидоров Пётр", 0),
        ("Абрамович Роман", "Абрамович Роман Аркадьевич", 100),
    ],
)
def test_names_that_leave_a_doubt(one, other, points):
    assert likeness(name_parts(one), name_parts(other)) == points


def test_slip_of_a_letter_is_offered(event, officer):
    person = make_participant(event, name_cyrillic="Сатпаева Айгуль", name_latin="")
    report = _take(event, officer, [("Сатпаиева Айгулъ", "", "3")])
    row = report.attendees.get()
    assert (row.outcome, row.participant) in {("offered", None), ("matched", person)}
    assert person.pk in [guess["participant"] for guess in row.guesses] + [row.participant_id]


@pytest.mark.parametrize("name", ["Улан-Удэ", "ulan ude", "Ulan-Ude"])
def test_places_are_one_in_two_alphabets(name):
    assert place_key(name) == "ulanude"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_is_read(event, encoding, separator):
    heading = ("Имя участника", "Электронная почта", "Длительность")
    data = _csv([("Алия Каримова", "a@example.org", "65")] * 3, separator, encoding, heading)
    lines = importing_file.read(data, event.zone)
    assert [(one.name, one.email, one.minutes) for one in lines] == [
        ("Алия Каримова", "a@example.org", 65)
    ] * 3


def test_summary_above_the_headings_is_left_out(event):
    data = (
        b"Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        b"123,Session,04/28/2020 10:55:00 AM,04/28/2020 12:30:00 PM,host@example.org,95,2\n\n"
        b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        b"Aliya,a@example.org,04/28/2020 11:00:00 AM,04/28/2020 12:00:00 PM,60,Yes\n"
    )
    (line,) = importing_file.read(data, event.zone)
    assert (line.name, line.minutes) == ("Aliya", 60)
    assert line.joined_at.isoformat() == "2020-04-28T11:00:00+03:00"


def test_workbook_is_read(event, officer):
    book = Workbook()
    for row in [["Фамилия", "Имя", "Город"], ["Каримова", "Алия", "Казань"]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    (line,) = importing_file.read(out.getvalue(), event.zone)
    assert (line.name, line.city) == ("Алия Каримова", "Казань")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("75", 75), ("75,4", 75), ("1:15:00", 75), ("15:40", 16), ("1 ч 15 мин", 75), ("1h 15m", 75),
     ("75 min", 75), ("40 с", 1), ("", None), ("long", None), ("-3", None)],
)  # fmt: skip
def test_durations_in_words_and_clocks(text, minutes):
    assert importing_file._minutes(text) == minutes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"a,b\n1,2\n", "No column with names was found."),
        (b"Name\n", "The file names nobody."),
        (b"Name\n\x00\x01\x02", "This is no text and no workbook."),
        (b"PK\x03\x04broken", ""),
        (b"%PDF-1.7", ""),
        (b"Name\n" + b"a\n" * 20_001, "The file has more than 20,000 rows."),
    ],
)
def test_what_is_no_report_is_refused(event, officer, data, words):
    with pytest.raises(ValidationError) as refused:
        importing.take(event, _upload(data), officer)
    assert refused.value.messages[0].startswith(words)
    assert not AttendanceReport.objects.exists()
    assert not PrivateFile.objects.exists()


def test_rows_of_one_person_are_merged(event, officer):
    make_participant(event, name_cyrillic="Каримова Алия", name_latin="Aliya Karimova")
    rows = [("Aliya Karimova", "", "20"), ("Каримова Алия", "", "30"), ("Karimova Aliya", "", "5")]
    rows += [("Somebody Else", "x@example.org", "1"), ("Else", "x@example.org", "2")]
    report = _take(event, officer, rows)
    assert [(row.lines, row.minutes) for row in report.attendees.all()] == [
        ([1, 2, 3], 55), ([4, 5], 3),
    ]  # fmt: skip
    event.refresh_from_db()
    assert event.final_attendance == 2


def test_namesakes_are_told_apart_by_the_city_or_offered(event, officer):
    kazan, perm = make_member(), make_member(slug="perm", name_ru="Пермь", name_en="Perm")
    people = [
        make_participant(event, member=city, name_cyrillic="Иванов Пётр") for city in (kazan, perm)
    ]
    report = _take(event, officer, [("Пётр Иванов [Perm]", "", "1"), ("Ivanov Petr", "", "1")])
    told, offered = report.attendees.all()
    assert (told.outcome, told.how, told.participant) == ("matched", "city_name", people[1])
    assert offered.outcome == "offered"
    assert [guess["participant"] for guess in offered.guesses] == [one.pk for one in people]


def test_name_of_another_city_is_offered_not_matched(event, officer):
    make_participant(event, member=make_member(), name_cyrillic="Иванов Пётр")
    make_member(slug="perm", name_ru="Пермь", name_en="Perm")
    row = _take(event, officer, [("Пермь - Иванов Пётр", "", "1")]).attendees.get()
    assert row.outcome == "offered"
    assert [guess["points"] for guess in row.guesses] == [99, 40]


@pytest.mark.parametrize(
    "name",
    ["Нур-Султан", "Astana (Мария)", "Акимат, Нур-Султан", "г. Астана", "Celinograd | Maria"],
)
def test_city_is_known_by_every_name_it_has_or_had(event, officer, name):
    astana = make_member(slug="astana", name_ru="Астана", name_en="Astana")
    for ru, en in [("Нур-Султан", "Nur-Sultan"), ("Целиноград", "Celinograd")]:
        MemberName.objects.create(member=astana, kind="alias", name_ru=ru, name_en=en)
    row = _take(event, officer, [(name.replace(",", " -"), "", "1")]).attendees.get()
    assert (row.outcome, row.how, row.member) == ("matched", "city", astana)


def test_nobody_known_is_kept_and_counted(event, officer):
    report = _take(event, officer, [("Zz Yy", "", "4")])
    assert report.attendees.get().outcome == "unknown"
    event.refresh_from_db()
    assert (event.final_attendance, event.final_countries) == (1, 0)


def test_matching_takes_the_same_queries_for_many(event, officer, django_assert_max_num_queries):
    event.uploader = officer
    people = _crowd(event, 100)
    with django_assert_max_num_queries(45):
        _take(event, officer, [(one.name_latin, "", "1") for one in people])


class TestDeciding:
    """What staff choose."""

    @pytest.fixture
    def people(self, event):
        kazan = make_member()
        return [
            make_participant(event, member=kazan, name_cyrillic=f"Иванов {name}")
            for name in ("Пётр", "Павел")
        ]

    @pytest.fixture
    def report(self, event, officer, people):
        return _take(event, officer, [("Иванов", "", "1"), ("Иванов П.", "", "2")])

    def test_choice_is_written_and_counted(self, event, officer, people, report):
        first, second = report.attendees.all()
        choices = {first.pk: f"p{people[0].pk}", second.pk: f"p{people[0].pk}"}
        assert importing.decide(report, choices, officer) == 2
        assert importing.decide(report, choices, officer) == 0
        first.refresh_from_db()
        assert (first.outcome, first.how, first.participant, first.decided_by) == (
            "matched", "staff", people[0], officer,
        )  # fmt: skip
        event.refresh_from_db()
        assert (event.final_attendance, event.final_countries) == (1, 1)

    def test_unknown_stays_counted_ignored_does_not(self, event, officer, report):
        first, second = report.attendees.all()
        importing.decide(report, {first.pk: "unknown", second.pk: "ignored"}, officer)
        event.refresh_from_db()
        assert event.final_attendance == 1

    @pytest.mark.parametrize("choice", ["p999999", "m999999", "px", "x", "m", "p" + "9" * 40])
    def test_choice_that_means_nothing_is_refused(self, officer, report, choice):
        first, second = report.attendees.all()
        with pytest.raises(ValidationError):
            importing.decide(report, {first.pk: "unknown", second.pk: choice}, officer)
        assert set(report.attendees.values_list("outcome", flat=True)) == {"offered"}
