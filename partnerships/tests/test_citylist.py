import pytest
from django.core.management import call_command

from partnerships import citylist, sides
from partnerships.models import OutsideCity
from partnerships.tests.factories import make_city

pytestmark = pytest.mark.django_db


def test_the_list_is_loaded_once_and_changes_nothing_afterwards(capsys):
    make_city("zhenjiang-by-hand", latitude=1, longitude=2)

    call_command("load_partner_cities")
    loaded = OutsideCity.objects.count()
    call_command("load_partner_cities")

    assert OutsideCity.objects.count() == loaded > 50
    assert not OutsideCity.objects.filter(slug="zhenjiang").exists()
    assert capsys.readouterr().out.split("\n")[1] == "0 cities added."
    for spelling in ("Giuliano in Campagna", "Pazardjik", "Джульяно-ин-Кампания"):
        assert len(sides.candidates(spelling)) == 1


def test_every_city_of_the_list_has_a_place_and_both_names():
    citylist.load()

    assert not OutsideCity.objects.filter(latitude=None).exists()
    assert not OutsideCity.objects.filter(name_ru="").exists()
    assert not OutsideCity.objects.filter(name_en="").exists()
