"""From the call to the diploma that anybody can check: a city, a juror, two of the secretariat."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from awards.models import Award, Entry, Round
from awards.tests.factories import make_category, make_field, make_round
from content.models import IssuedDocument
from judging.models import Stage
from judging.tests.factories import make_juror, make_stage
from laureates.models import Laureate, Results
from tests.browser.actions import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def call(demonstration) -> Round:
    """An open call with one category and one question, and a jury of one that waits for it."""
    now = timezone.now()
    award = Award.objects.get(slug="good-practice")
    held = make_round(award, "small", closes_at=now + 30 * MINUTE, title_en="Small Steps")
    make_category(held, "B", title_ru="Улицы", title_en="Streets")
    make_field(held, is_required=True, label_en="What changed?", label_ru="Что изменилось?")
    stage = make_stage(
        held, method="stars", state="planned", opens_at=now - MINUTE, assigning="everything"
    )
    make_juror(held, User.objects.get(email="juror@example.org"), home_text="Прага")
    assert stage.votes_needed == 1
    second = User.objects.create_superuser("second@example.org", PASSWORD, full_name="Second")
    EmailAddress.objects.create(user=second, email=second.email, verified=True, primary=True)
    return held


def press(page, selector: str) -> None:
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def do(page, deed: str) -> None:
    """Press the button of a deed on a desk of the admin."""
    press(page, f"#content-main form:has(input[name=deed][value={deed}]) [type=submit]")


def read_the_call(page, call: Round) -> None:
    page.goto("/en/awards/")
    press(page, "main a[href='/en/awards/good-practice/small/#enter']")
    assert page.locator("h1").inner_text() == "Small Steps"
    assert "What changed?" in page.locator("main").inner_text()


def enter(page, call: Round) -> Entry:
    """A city enters; its text is there after the page is opened anew, though nobody pressed."""
    page.goto("/ru/cabinet/bishkek/awards/")
    press(page, "form[action$='/start/good-practice/small/'] button[type=submit]")
    question = f"[name=q{call.fields.get().pk}]"
    page.locator("[name=category]").select_option(str(call.categories.get().pk))
    page.locator("[name=title_ru]").fill("Школьная улица")
    page.locator("[name=title_en]").fill("School Street")
    page.locator(question).fill("Машины ездят медленнее.")
    page.locator(question).blur()
    page.locator("[data-save-state]:not([hidden])").wait_for()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.locator(question).input_value() == "Машины ездят медленнее."
    press(page, "button[name=deed][value=send]")
    entry = Entry.objects.get(round=call)
    assert (entry.state, entry.code) == ("submitted", "0001")
    return entry


def open_judging(page, stage: Stage) -> None:
    page.goto(f"/admin/judging/stage/{stage.pk}/desk/")
    do(page, "open")
    stage.refresh_from_db()
    assert stage.state == "open"


def judge(page, stage: Stage) -> None:
    """The juror finds the work by its number, without the name of the city, and gives five."""
    page.goto(f"/ru/jury/{stage.pk}/0001/")
    shown = page.locator("main").inner_text()
    assert ("Школьная улица" in shown, "Бишкек" in shown) == (True, False)
    page.locator("button[name=give][data-points='5']").click()
    page.locator("[data-status][data-state=saved]").wait_for()
    page.reload()
    page.locator("button[name=give][data-points='5'][aria-pressed=true]").wait_for()


def release(first, second, call: Round) -> Laureate:
    """One makes the laureate and asks, another releases; nothing is public in between."""
    results = Results.objects.create(round=call, published_at=timezone.now() - MINUTE)
    desk = f"/admin/laureates/results/{results.pk}/desk/"
    first.goto(desk)
    first.locator("select[name$=-honour]").select_option("place")
    first.locator("input[name$=-place]").fill("1")
    do(first, "choose")
    do(first, "ask")
    assert first.request.get("/en/awards/good-practice/small/results/").status == 404
    second.goto(desk)
    do(second, "release")
    return Laureate.objects.get(round=call)


def issue(first, second, call: Round) -> IssuedDocument:
    """The diploma is made and read by one, approved by another, then issued by the worker."""
    first.goto(f"/admin/laureates/diploma/rounds/{call.pk}/")
    first.locator("form[action$='/make/'] input[value=laureate]").check()
    press(first, "form[action$='/make/'] [type=submit]")
    first.locator("form[action$='/run/'] input[value=laureate]").check()
    press(first, "form[action$='/run/'] [type=submit]")
    press(first, "form[action$='/ask/'] [type=submit]")
    second.goto(first.url)
    press(second, "form[action$='/approve/'] [type=submit]")
    first.reload()
    press(first, "form[action$='/start/'] [type=submit]")
    laureate = Laureate.objects.get(round=call)
    return IssuedDocument.objects.valid().get(object_id=laureate.diplomas.get().pk)


def check(page, document: IssuedDocument) -> None:
    """The page of the QR code in both languages, and a number that nobody has."""
    page.goto(f"/ru/check/{document.code}/")
    for language, city in (("ru", "Бишкек"), ("en", "Bishkek")):
        page.goto(page.url.replace("/ru/", f"/{language}/"))
        shown = page.locator("main").inner_text()
        assert document.number in shown
        assert city in shown
        assert page.locator("main .notice--good").count() == 1
    page.goto(f"/en/check/?q={document.number[:-1]}9")
    assert page.locator("main .notice--good").count() == 0


def test_from_the_call_to_the_checked_diploma(open_page, call):
    call_command("catalogue", "compile")
    visitor, city, juror = open_page("en-GB"), open_page(width=360), open_page(width=360)
    first, second = open_page(), open_page()
    stage = call.stages.get()
    read_the_call(visitor, call)

    sign_in(city, "bishkek@example.org")
    enter(city, call)
    Round.objects.filter(pk=call.pk).update(closes_at=timezone.now() - MINUTE)

    sign_in(first, "admin@example.org")
    open_judging(first, stage)
    sign_in(juror, "juror@example.org")
    judge(juror, stage)
    first.goto(f"/admin/judging/stage/{stage.pk}/desk/")
    do(first, "close")

    sign_in(second, "second@example.org")
    laureate = release(first, second, call)
    visitor.goto("/en/awards/good-practice/small/results/")
    assert "Bishkek" in visitor.locator("main").inner_text()
    visitor.goto(f"/en/laureates/{laureate.pk}/")
    assert visitor.locator("h1").inner_text() == "Bishkek"

    document = issue(first, second, call)
    assert re.fullmatch(rf"{call.year}-B-\d{{3}}", document.number)
    check(visitor, document)
