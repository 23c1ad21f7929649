import pytest

from content.models import Page
from content.slugs import free_slug


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Съезд в Щёлкове", "sezd-v-shchelkove"),
        ("Қарағанды", "karagandy"),
        ("Gəncə", "gence"),
        ("A plain title", "a-plain-title"),
        ("«…»", "page"),
    ],
)
def test_address_is_made_of_any_title(title, slug):
    assert free_slug(Page(), title) == slug


@pytest.mark.django_db
def test_address_that_is_taken_gets_a_number():
    Page.objects.create(slug="news", title_ru="Новости")

    assert free_slug(Page(), "News") == "news-2"
