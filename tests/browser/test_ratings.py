"""From the making of an edition to sealed results that anybody can verify."""

import datetime
import hashlib

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from members.models import Member
from questionnaires.models import Response
from questionnaires.tests.factories import make_sent
from ratings.models import Edition
from ratings.tests.factories import make_full_edition, make_rating
from standings.models import Seal
from tests.browser.actions import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime.timedelta(days=1)
OTHERS = {"kazan": (9, 8, 7), "stavropol": (3, 2, 1), "astana": (5, 5, 5)}


@pytest.fixture
def last(demonstration) -> Edition:
    """The edition of two years ago, from which the next is made, and a second superuser."""
    second = User.objects.create_superuser("second@example.org", PASSWORD, full_name="Second")
    EmailAddress.objects.create(user=second, email=second.email, verified=True, primary=True)
    rating = make_rating(slug="small-steps")
    return make_full_edition(rating=rating, slug="2024", year=2024, population_year=2023)


def press(page, selector: str) -> None:
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def do(page, deed: str) -> None:
    """Press the button of a deed on a desk of the admin."""
    press(page, f"#content-main form:has(input[name=deed][value={deed}]) [type=submit]")


def make_edition(page, last: Edition) -> Edition:
    """The next edition is a copy; it opens once the live check finds no errors."""
    page.goto(f"/admin/ratings/edition/{last.pk}/clone/")
    page.locator("[name=year]").fill("2026")
    page.locator("[name=slug]").fill("2026")
    page.locator("[name=title_ru]").fill("Малые шаги")
    page.locator("[name=title_en]").fill("Small Steps")
    press(page, "#content-main .submit-row input[type=submit]")
    edition = Edition.objects.get(rating=last.rating, slug="2026")
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(
        status=Edition.Status.PUBLISHED, published_at=now - DAY, population_year=2025,
        opens_at=now - DAY, closes_at=now + DAY,
    )  # fmt: skip
    page.goto(f"/admin/ratings/edition/{edition.pk}/structure/")
    press(page, "#content-main [name=deed][value=open]")
    edition.refresh_from_db()
    assert edition.opened_at is not None
    return edition


def answer(page, edition: Edition) -> Response:
    """A city answers on a phone: what is typed is kept though nobody pressed, and is sent."""
    codes = {one.code: one.pk for one in edition.indicators.all()}
    page.goto(f"/ru/cabinet/bishkek/ratings/{edition.pk}/")
    press(page, f"main a.button[href$='/ratings/{edition.pk}/sections/P/']")
    first = page.locator(f"[name=a{codes['P1']}]")
    first.fill("1,5 тыс.")
    first.blur()
    page.locator(f"#e{codes['P1']}:not([hidden]), [data-save-state]:not([hidden])").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert first.input_value().replace("\xa0", "").replace(" ", "") == "1500"
    page.locator(f"[name=a{codes['P2']}]").fill("4")
    press(page, "main form[data-questionnaire] button[name=deed][value=save]")
    page.locator(f"[name=a{codes['E1']}]").fill("6")
    press(page, "main form[data-questionnaire] button[name=deed][value=save]")
    press(page, "button[name=deed][value=send]")
    response = Response.objects.get(edition=edition, member__slug="bishkek")
    numbers = response.answers.order_by("indicator__code").values_list("number", flat=True)
    assert (response.state, list(numbers)) == ("submitted", [6, 1500, 4])
    return response


def others_answer(edition: Edition) -> None:
    for slug, (first, second, third) in OTHERS.items():
        make_sent(
            edition, {"P1": first, "P2": second, "E1": third},
            member=Member.objects.get(slug=slug), population=400_000,
        )  # fmt: skip


def check_answers(page, edition: Edition) -> None:
    """All that is usual in one deed, what a hint marks one by one."""
    page.goto(f"/en/checking/{edition.pk}/answers/")
    press(page, "button[name=accept_all]")
    while page.locator("button[name=accept]").count():
        press(page, "button[name=accept]")
    states = set(Response.objects.filter(edition=edition).values_list("state", flat=True))
    assert states == {"checked"}


def seal(first, second, visitor, edition: Edition) -> Seal:
    """One asks, another seals; nothing is public in between."""
    desk = f"/admin/standings/seal/desks/{edition.pk}/"
    first.goto(desk)
    first.locator("[name=publish_at_0]").fill((timezone.now() - DAY).strftime("%d.%m.%Y"))
    first.locator("[name=publish_at_1]").fill("09:00")
    do(first, "ask")
    results = f"{edition.get_absolute_url()}results/"
    assert visitor.request.get(results).status == 404
    second.goto(desk)
    do(second, "seal")
    return Seal.objects.get(edition=edition)


def verify(page, edition: Edition, sealed: Seal) -> None:
    """The page names places and the hash; the file has this hash; the command agrees."""
    results = f"/en/ratings/{edition.rating.slug}/{edition.slug}/results/"
    page.goto(results)
    shown = page.locator("main").inner_text()
    assert "Bishkek" in shown
    assert sealed.sha256 in shown
    assert page.locator("td.rank, th.rank").first.inner_text() == "1"
    file = page.request.get(f"{results}data/sealed.json").body()
    assert hashlib.sha256(file).hexdigest() == sealed.sha256
    call_command("verify_rating", edition.rating.slug, edition.slug)


def test_from_an_edition_to_a_verified_result(open_page, last):
    call_command("catalogue", "compile")
    visitor, city = open_page("en-GB"), open_page(width=360)
    first, second = open_page(), open_page()

    sign_in(first, "admin@example.org")
    edition = make_edition(first, last)
    visitor.goto(f"/en/ratings/{edition.rating.slug}/{edition.slug}/")
    assert visitor.locator("h1").inner_text() == "Small Steps"

    sign_in(city, "bishkek@example.org")
    answer(city, edition)
    others_answer(edition)
    Edition.objects.filter(pk=edition.pk).update(closes_at=timezone.now())
    check_answers(first, edition)

    sign_in(second, "second@example.org")
    sealed = seal(first, second, visitor, edition)
    verify(visitor, edition, sealed)
