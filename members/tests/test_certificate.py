"""The certificate of membership: once for a membership, by the name of the day."""

import datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse

from content import documents
from content.models import IssuedDocument
from content.tests.papers import printed, text_of
from members import certificate, lifecycle
from members.models import MemberName, StatusChange
from members.tests.factories import make_member, make_period

pytestmark = pytest.mark.django_db

Status = StatusChange.Status
DAY = datetime.timedelta(days=1)


@pytest.fixture
def member():
    return make_member()


def test_mem_2_certificate_can_be_made_once(client_of, lead, member):
    client = client_of(lead)
    address = reverse("admin:members_member_certificate", args=[member.pk])
    assert client.get(address).status_code == 200

    for _click in range(2):
        response = client.post(address)

    issued = IssuedDocument.objects.get()
    shown = reverse("admin:content_issueddocument_change", args=[issued.pk])
    assert (response.status_code, response["Location"]) == (302, shown)
    assert client.get(address)["Location"] == shown


def test_certificate_says_who_since_when_in_both_languages(lead, member):
    issued = certificate.issue(member, lead)

    assert (issued.holder_ru, issued.holder_en) == ("Казань, Россия", "Kazan, Russia")
    assert issued.wording_en == "is a member of the association since 2004."
    text = text_of(printed(issued.pdf))
    for words in (issued.number, "Казань, Россия", "Kazan, Russia", issued.wording_en):
        assert words in text


def test_mem_2_accepted_applicant_has_one_too(lead, member):
    other = make_member("ufa", "Уфа", "Ufa", is_member=False)
    lifecycle.record(other, Status.APPLIED, datetime.date(2026, 1, 1), by=lead)
    lifecycle.record(other, Status.ACCEPTED, datetime.date(2026, 2, 1), by=lead,
                     decided_by_ru="Совет", decided_by_en="Council")  # fmt: skip

    issued = certificate.issue(other, lead)

    assert (
        issued.wording_en == "is accepted as a member by the decision of 1 February 2026: Council."
    )


def test_guest_and_former_member_get_none(client_of, lead):
    guest = make_member("ufa", "Уфа", "Ufa", is_member=False)
    former = make_member("perm", "Пермь", "Perm", is_member=False)
    make_period(former, ends_on=datetime.date(2020, 12, 31))

    for one in (guest, former):
        with pytest.raises(ValidationError) as caught:
            certificate.issue(one, lead)
        assert caught.value.code == "status"
    response = client_of(lead).post(reverse("admin:members_member_certificate", args=[guest.pk]))
    assert response.status_code == 200
    assert IssuedDocument.objects.count() == 0


def test_mem_3_printed_certificate_keeps_the_name_of_its_day(lead):
    city = make_member("astana", "Астана", "Astana")
    MemberName.objects.all().delete()
    MemberName.objects.create(member=city, name_ru="Нур-Султан", name_en="Nur-Sultan",
                              ends_on=datetime.date(2022, 9, 16))  # fmt: skip
    MemberName.objects.create(member=city, name_ru="Астана", name_en="Astana",
                              starts_on=datetime.date(2022, 9, 17))  # fmt: skip
    issued = documents.issue(certificate.CODE, city, lead, day=datetime.date(2020, 5, 1))
    before = printed(issued.pdf)

    assert issued.holder_en == "Nur-Sultan, Russia"
    assert "Nur-Sultan" in text_of(before)
    again = certificate.issue(city, lead)
    assert (again, printed(again.pdf)) == (issued, before)
    assert documents.reissue(issued, lead, "new name").holder_en == "Astana, Russia"


def test_certificate_of_who_left_is_no_longer_in_force(client, lead, member):
    issued = certificate.issue(member, lead)
    address = reverse("check:document", args=[issued.code])
    assert f"Document {issued.number} is valid." in client.get(address).content.decode()

    member.periods.update(ends_on=datetime.date.today() - DAY)  # noqa: DTZ011
    StatusChange.objects.all().delete()
    cache.clear()

    page = client.get(address).content.decode()
    assert f"Document {issued.number} is genuine, but no longer in force." in page


def test_who_comes_back_gets_a_new_certificate(lead, member):
    first = documents.issue(certificate.CODE, member, lead, day=datetime.date(2015, 1, 1))
    member.periods.update(ends_on=datetime.date(2019, 12, 31))
    StatusChange.objects.all().delete()
    make_period(member, starts_on=datetime.date(2024, 1, 1))

    second = certificate.issue(member, lead)

    first.refresh_from_db()
    assert (first.state, second.state) == ("revoked", "valid")
    assert first.pk != second.pk


def test_representative_fetches_what_was_issued(client_of, lead, member, make_representative):
    client = client_of(make_representative(member))
    address = reverse("members:cabinet_certificate", args=[member.slug])
    front = reverse("members:cabinet_member", args=[member.slug])
    assert client.get(address).status_code == 404
    assert address not in client.get(front).content.decode()

    issued = certificate.issue(member, lead)

    assert address in client.get(front).content.decode()
    response = client.get(address)
    assert b"".join(response.streaming_content) == printed(issued.pdf)
