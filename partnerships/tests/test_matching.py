import pytest

from content.tests.factories import make_topic
from members.tests.factories import make_member, make_size_categories
from partnerships.matching import matches_for
from partnerships.models import MatchWish
from partnerships.tests.factories import make_partnership, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def culture(db):
    return make_topic()


@pytest.fixture
def looking(rep, culture):
    """A function that makes a city of a size which looks for partners and cares for culture."""
    make_size_categories()

    def make(slug, population=400_000, topics=(culture,), **fields):
        city = make_member(slug, slug.title(), slug.title(), population=population, **fields)
        city.topics.set(topics)
        make_wish(city, rep)
        return city

    return make


def names(member) -> list[str]:
    return [match.member.slug for match in matches_for(member)]


def test_same_size_shared_topic_no_tie_both_looking(looking, culture):
    one = looking("one")
    looking("two")
    looking("larger", population=700_000)
    looking("other-topic", topics=())
    looking("outside", is_member=False)
    make_partnership(one, looking("tied"))
    MatchWish.objects.filter(member=looking("silent")).delete()

    assert names(one) == ["two"]
    assert [match.topics for match in matches_for(one)] == [[culture]]
    assert names(looking("three")) == ["one", "tied", "two"]


def test_most_shared_topics_come_first(looking, culture):
    water = make_topic("water", title_en="Water")
    one = looking("one", topics=(culture, water))
    looking("a-city")
    looking("b-city", topics=(culture, water))

    assert names(one) == ["b-city", "a-city"]


def test_nobody_is_proposed_to_who_does_not_look(looking):
    one = looking("one")
    looking("two")
    MatchWish.objects.filter(member=one).delete()

    assert matches_for(one) == []


@pytest.mark.parametrize("fields", [{"population": None}, {"topics": ()}])
def test_without_size_or_topics_nobody_fits(looking, fields):
    looking("two")

    assert matches_for(looking("one", **fields)) == []


def test_one_and_many_take_the_same_queries(looking, django_assert_max_num_queries):
    one = looking("one")
    looking("two")
    matches_for(one)  # size categories are remembered
    with django_assert_max_num_queries(6):
        assert len(matches_for(one)) == 1
    for number in range(60):
        looking(f"city-{number}")
    matches_for(one)
    with django_assert_max_num_queries(6):
        assert len(matches_for(one)) == 12
