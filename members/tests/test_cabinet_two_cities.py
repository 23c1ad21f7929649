"""One person, two cities: every page says which, nothing is saved into the other one."""

import pytest

from content.models import AuditEntry
from members.models import Confirmation, ProfileUpdate
from members.tests.factories import make_member, make_representative
from members.tests.profile_form import fields_of, image

pytestmark = pytest.mark.django_db

PAGES = [
    "", "profile/", "corrections/", "photos/", "departments/", "departments/new/",
    "representatives/", "confirmation/",
]  # fmt: skip


@pytest.fixture
def other(rep):
    member = make_member("almaty", "Алматы", "Almaty", phone="+7 727")
    make_representative(rep, member)
    return member


@pytest.mark.parametrize("page", PAGES)
def test_acc_4_header_of_every_page_says_which_city(door, other, member, page):
    for slug, name in (("kazan", "Kazan"), ("almaty", "Almaty")):
        html = door.get(f"/en/cabinet/{slug}/{page}").content.decode()

        assert f"Cabinet: <strong>{name}</strong>" in html
        assert "Choose another city" in html


@pytest.mark.parametrize("page", ["profile/", "photos/", "confirmation/"])
def test_acc_4_form_of_one_city_changes_nothing_in_the_other(door, other, member, page):
    for city in (member, other):
        Confirmation.objects.create(
            member=city, year=2999, opened_on="2999-02-01", deadline="2999-03-01"
        )
    form = door.get(f"/en/cabinet/kazan/{page}").context["form"]
    typed = {"phone": "+7 843 292-09-34", "gallery_1": image(), "gallery_1_alt_en": "A bridge"}

    response = door.post(f"/en/cabinet/almaty/{page}", fields_of(form) | typed)

    assert response.status_code == 200
    assert list(response.context["form"].errors["__all__"])
    assert ProfileUpdate.objects.count() == 0
    assert Confirmation.objects.filter(answered_at__isnull=False).count() == 0


def test_rep_1_old_bookmark_of_another_city_is_not_found_and_written_down(door, rep, member):
    stranger = make_member("bugulma", "Бугульма", "Bugulma")
    stranger.slug = "bugulma-city"
    stranger.save()

    codes = [door.get(f"/en/cabinet/bugulma/{page}").status_code for page in (*PAGES, "handover/")]

    assert codes == [404] * 9
    entry = AuditEntry.objects.get(verb="cabinet.refused")
    assert (entry.actor, entry.target) == (rep, stranger)
