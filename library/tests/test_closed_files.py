"""Files for members alone: nobody else opens them, finds them or keeps them."""

import pytest

from content.models import SearchEntry
from library import reading
from library.tests import pdfs
from library.tests.factories import make_file, make_publication
from members.tests.factories import make_member, make_representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed():
    row = make_file(make_publication(), data=pdfs.written("Протокол расчётов"), audience="members")
    reading.read_file(row.pk)
    return row


def test_pub_5_members_file_is_refused_without_sign_in_also_from_cache(
    client, client_of, make_user, closed
):
    representative = make_user("rep@example.org")
    make_representative(representative, make_member())
    address = closed.get_absolute_url()

    assert client.get(address).status_code == 404
    fetched = client_of(representative).get(address)
    assert (fetched.status_code, fetched["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")
    for path in (address, address.replace("/ru/", "/en/")):
        assert client.get(path).status_code == 404


def test_pub_5_strangers_with_an_account_and_former_representatives_are_refused(
    client_of, make_user, closed
):
    stranger, former = make_user("stranger@example.org"), make_user("former@example.org")
    make_representative(former, make_member(is_member=False), ends_on="2020-01-01")
    for person in (stranger, former):
        assert client_of(person).get(closed.get_absolute_url()).status_code == 404


def test_pub_5_page_names_the_file_without_a_link_and_search_knows_nothing_of_it(client, closed):
    text = client.get(closed.publication.get_absolute_url()).content.decode()

    assert closed.get_absolute_url() not in text
    assert not SearchEntry.objects.filter(text__contains="Протокол расчётов").exists()
    found = client.get("/ru/search/?q=Протокол расчётов").content.decode()
    assert closed.publication.get_absolute_url() not in found


def test_staff_files_are_for_staff_alone(client, client_of, make_user, lead):
    row = make_file(make_publication(), audience="staff")
    representative = make_user("rep@example.org")
    make_representative(representative, make_member())

    assert client_of(representative).get(row.get_absolute_url()).status_code == 404
    fetched = client_of(lead).get(row.get_absolute_url())
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")
    assert client.get(row.publication.get_absolute_url()).context["files"] == []


def test_shelf_of_members_lists_them(client_of, make_user, closed):
    representative = make_user("rep@example.org")
    member = make_member()
    make_representative(representative, member)
    make_file(make_publication("draft", status="draft", published_at=None), audience="members")

    page = client_of(representative).get(f"/ru/cabinet/{member.slug}/library/")

    assert [one.pk for one in page.context["object_list"]] == [closed.pk]


def test_file_for_everybody_is_found_by_what_it_says(client):
    row = make_file(make_publication(), data=pdfs.written("Хартия подземных рек"))
    reading.read_file(row.pk)

    found = client.get("/ru/search/?q=подземных")

    assert row.publication.get_absolute_url() in found.content.decode()
