"""What the tests of the import in the admin do again and again."""

from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from members.models import MemberImport
from members.tests.factories import make_country, make_member
from members.tests.spreadsheets import upload, workbook

HEADINGS = ["Название", "Name", "Страна", "Часовой пояс", "Население", "Телефон"]
OMSK = ["Омск", "Omsk", "RU", "Asia/Omsk", 1_100_000, "+7 3812 1"]
KAZAN = ["Казань", "Kazan", "RU", "Europe/Moscow", 1_318_604, "+7 843 2"]
WRONG = ["Орск", "Orsk", "RU", "Asia/Yekaterinburg", "12 тыс.", None]
ADD = "/admin/members/memberimport/add/"


def make_members():
    make_country()
    make_member("kazan", time_zone="Europe/Moscow", phone="+7 843 1")
    make_member("perm", "Пермь", "Perm", time_zone="Asia/Yekaterinburg")


def choose(desk: Client, data: bytes, name="cities.xlsx", **typed):
    """Post a file as the form would."""
    form = desk.get(ADD).context["adminform"].form
    values = {"form_key": form["form_key"].value(), "population_year": 2024, **typed}
    return desk.post(ADD, {**values, "file": upload(data, name)})


def chosen(desk: Client, *rows) -> MemberImport:
    response = choose(desk, workbook(HEADINGS, *rows))
    found = MemberImport.objects.latest("pk")
    assert response.url == page_of(found)
    return found


def page_of(found: MemberImport) -> str:
    return reverse("admin:members_memberimport_change", args=[found.pk])


def confirm(desk: Client, found: MemberImport, **typed):
    found.refresh_from_db()
    return desk.post(page_of(found), {"confirm": "1", "seen": found.digest, **typed})


def files() -> set[str]:
    """Names of the private files on the disk."""
    storage = storages["private"]
    folders, _none = storage.listdir("") if storage.exists("") else ([], [])
    return {f"{one}/{name}" for one in folders for name in storage.listdir(one)[1]}
