import pytest
from django.utils.translation import override

from members.templatetags.member_maps import map_of_members
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db


def test_map_of_members_draws_todays_members_alone(django_assert_num_queries):
    make_member(longitude=49.11, latitude=55.79)
    make_member("bishkek", "Бишкек", "", longitude=74.59, latitude=42.87)
    make_member("izmir", "Измир", "Izmir", longitude=27.14, latitude=38.42, is_member=False)
    make_member("nowhere", "Нигде", "Nowhere")

    with override("en"), django_assert_num_queries(1):
        drawn = map_of_members()

    assert drawn.count("<circle") == 2
    assert ">Kazan</text>" in drawn
    assert ">Бишкек</text>" in drawn
    assert "Izmir" not in drawn


def test_map_of_members_is_empty_without_coordinates():
    make_member()

    assert map_of_members() == ""
