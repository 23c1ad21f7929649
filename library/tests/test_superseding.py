"""Which text holds: superseded ones stay at their address, marked; no circles."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from library import superseding
from library.models import Publication, roman
from library.tests.factories import make_publication, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def charters():
    """The charter of 2019, superseded by that of 2022."""
    new = make_publication(
        "charter-2022", kind="statute", title_ru="Устав 2022 года", title_en="Charter of 2022",
        dated_on=datetime.date(2022, 5, 20), body_ru="<p>Члены платят взносы.</p>",
    )  # fmt: skip
    old = make_publication(
        "charter-2019", kind="statute", title_ru="Устав 2019 года", title_en="Charter of 2019",
        dated_on=datetime.date(2019, 5, 20), superseded_by=new,
        body_ru="<p>Прежний порядок: взносы раз в год.</p>",
    )  # fmt: skip
    return old, new


def test_pub_3_old_address_shows_the_old_text_with_a_mark_and_a_link(client, charters):
    old, new = charters
    page = client.get("/ru/library/charter-2019/")
    text = page.content.decode()

    assert page.status_code == 200
    assert "Прежний порядок" in text
    assert '<div class="notice notice--warn" role="note">' in text
    assert f'<a href="{new.get_absolute_url()}" rel="latest-version">' in text
    assert page.context["near"].valid == new
    listed = client.get("/ru/library/").content.decode()
    assert listed.count("status--warn") == 1
    valid = client.get("/ru/library/charter-2022/")
    assert (valid.context["near"].valid, valid.context["near"].replaced) == (None, [old])


def test_pub_3_search_puts_the_valid_one_first(client, charters):
    old, new = charters
    text = client.get("/ru/search/?q=взносы").content.decode()
    assert 0 < text.index(new.get_absolute_url()) < text.index(old.get_absolute_url())


def test_chain_leads_to_the_last_public_text(charters):
    old, new = charters
    draft = make_publication("charter-2026", status="draft", published_at=None)
    new.superseded_by = draft
    new.save()
    old.refresh_from_db()

    assert superseding.valid_text(old) == new


def test_circle_is_refused(charters):
    old, new = charters
    new.superseded_by = old
    with pytest.raises(ValidationError) as refused:
        new.full_clean()
    assert list(refused.value.message_dict) == ["superseded_by"]
    with pytest.raises(ValidationError):
        new.save()
    new.refresh_from_db()
    assert new.superseded_by is None


def test_edition_of_an_edition_is_refused():
    first = make_publication("first")
    second = make_publication("second", edition_of=first)
    with pytest.raises(ValidationError):
        make_publication("third", edition_of=second)
    first.edition_of = make_publication("other")
    with pytest.raises(ValidationError):
        first.save()


def test_volume_belongs_to_a_series_once():
    gold = make_series()
    make_publication("gold-4", series=gold, volume=4)
    twin = Publication(title_ru="GOLD", slug="twin", dated_on="2016-01-01", series=gold, volume=4)
    alone = Publication(title_ru="GOLD", slug="alone", dated_on="2016-01-01", volume=4)
    for wrong in (twin, alone):
        with pytest.raises(ValidationError):
            wrong.full_clean()


def test_numbers_as_the_romans_wrote_them():
    assert [roman(number) for number in (1, 4, 6, 9, 14, 2026)] == [
        "I", "IV", "VI", "IX", "XIV", "MMXXVI"
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_no_circle():
    one, two = make_publication("one"), make_publication("two")
    barrier, refused = threading.Barrier(2), []

    def supersede(old: int, new: int) -> None:
        row = Publication.objects.get(pk=old)
        row.superseded_by_id = new
        barrier.wait(10)
        try:
            row.save()
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=supersede, args=pair)
        for pair in ((one.pk, two.pk), (two.pk, one.pk))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(refused) == 1
    assert Publication.objects.valid().count() == 1
