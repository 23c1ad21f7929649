"""From a Russian draft to an English article that is found, subscribed to and unsubscribed from."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Role, User
from content.models import TranslationState
from editorial.models import Review
from news.models import Article
from newsletter.models import Bulletin, Subscription
from tests.browser.actions import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = {"ru": "Сарапул открыл школьную оранжерею", "en": "Sarapul opens a school greenhouse"}
LEAD = {"ru": "Растить рассаду будут ученики.", "en": "The pupils raise the seedlings themselves."}
BODY = {
    "ru": "Первые грядки засадили шалфеем и мятой.",
    "en": "The first beds were planted with sage and mint.",
}
READER = "reader@example.org"


@pytest.fixture
def people(demonstration, settings, mailoutbox):
    """The demonstration with a translator, and mails as they leave, headers and all."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = User.objects.create_user(
        "translator@example.org", PASSWORD, full_name="Вера Словцова", is_staff=True
    )
    user.groups.add(Group.objects.get(name=Role.TRANSLATOR))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return mailoutbox


def press(page, selector: str) -> None:
    """Press a button that leads to a page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def do(page, deed: str) -> None:
    """Press the button of a deed on a desk of the admin."""
    press(page, f"#content-main form[action$='/{deed}/'] [type=submit]")


def write(page, language: str) -> None:
    """Title, lead and text, in the form of the record or on the translation desk."""
    page.locator(f"[name=title_{language}]").fill(TITLE[language])
    page.locator(f"[name=lead_{language}]").fill(LEAD[language])
    editor = page.locator(f"div:has(> * > [name=body_{language}]) .ProseMirror").last
    editor.fill(BODY[language])


def draft(page) -> Article:
    """The editor writes in Russian alone; the address is made of the title."""
    page.goto("/admin/news/article/add/")
    write(page, "ru")
    press(page, "input[name=_save]")
    article = Article.objects.get(title_ru=TITLE["ru"])
    assert (article.status, article.title_en or "") == ("draft", "")
    assert BODY["ru"] in article.body_ru
    return article


def agree(editor, lead, article: Article) -> None:
    """One asks, another approves, the first publishes; nothing is public before."""
    editor.goto(f"/admin/news/article/{article.pk}/change/")
    press(editor, ".desk-state a")
    do(editor, "ask")
    lead.goto(editor.url)
    do(lead, "approve")
    assert Review.objects.about(article).get().state == "approved"
    assert editor.request.get(article.get_absolute_url()).status == 404
    editor.goto(lead.url)
    do(editor, "publish")


def translate(page, article: Article) -> None:
    """The translator finds it on the desk and writes beside the source."""
    page.goto("/admin/translating/deskentry/?into=en&kind=news.article&standing=missing")
    press(page, f"#result_list a:has-text('{TITLE['ru']}')")
    assert BODY["ru"] in page.locator("#content-main").inner_text()
    write(page, "en")
    press(page, "#content-main .submit-row input[type=submit]")
    state = TranslationState.objects.get(
        content_type__model="article", object_id=article.pk, language="en"
    )
    assert state.state == "current"


def search(page, words: str) -> list[str]:
    """The addresses of what is found."""
    page.goto("/en/search/")
    page.locator("main [name=q]").fill(words)
    press(page, "main form[role=search] button")
    links = page.locator("main .result h2 a")
    return [urlsplit(link.get_attribute("href")).path for link in links.all()]


def find(page, address: str) -> None:
    """By its word, by the name in Cyrillic, misspelt, and by a suggestion that is chosen."""
    for words in ("greenhouse", "Сарапул", "grenhouse"):
        assert address in search(page, words), words
    page.goto("/en/search/")
    page.locator("main [name=q]").press_sequentially("Sarapul op")
    page.locator("[role=option]").first.wait_for()
    page.locator("main [name=q]").press("ArrowDown")
    with page.expect_navigation():
        page.locator("main [name=q]").press("Enter")
    assert urlsplit(page.url).path == address
    assert page.locator("h1").inner_text().replace("\u00a0", " ") == TITLE["en"]
    assert BODY["en"] in page.locator("main").inner_text().replace("\u00a0", " ")


def link_in(mail, word: str) -> str:
    """The path of the link of a mail that has a word in it; the host is that of the settings."""
    return urlsplit(re.search(rf"https?://\S+/{word}/\S+", mail.body)[0]).path


def subscribe(page, mails) -> None:
    """The address counts only once the link of the letter was opened and its button pressed."""
    page.goto("/en/newsletter/subscribe/")
    page.locator("main .newsletter-form [name=email]").fill(READER)
    page.locator("main .newsletter-form [name=consent]").check()
    press(page, "main .newsletter-form button[type=submit]")
    subscription = Subscription.objects.of_address(READER).get()
    assert subscription.state == "waiting"
    (mail,) = [one for one in mails if one.to == [READER]]
    page.goto(link_in(mail, "confirm"))
    press(page, "main form.form button[type=submit]")
    assert page.locator("main h1").inner_text() == "You are subscribed"
    subscription.refresh_from_db()
    assert (subscription.state, subscription.language) == ("active", "en")


def send_issue(editor, lead) -> Bulletin:
    """Today's news are put together by one; another reads, approves and sends."""
    editor.goto("/admin/newsletter/bulletin/add/")
    today = timezone.localdate()
    for name in ("starts_on", "ends_on"):
        editor.locator(f"[name={name}]").fill(f"{today:%d.%m.%Y}")
    editor.locator("[name=kinds][value=news]").check()
    press(editor, "#content-main input[type=submit]")
    bulletin = Bulletin.objects.order_by("-pk").first()
    desk = f"/admin/newsletter/bulletin/{bulletin.pk}/desk/"
    editor.goto(desk)
    assert TITLE["en"] in editor.locator("#content-main").inner_text().replace("\u00a0", " ")
    do(editor, "ask")
    lead.goto(desk)
    do(lead, "approve")
    do(lead, "send")
    bulletin.refresh_from_db()
    return bulletin


def leave(page, mail) -> None:
    """One click ends it; the click of a mail program afterwards hears that it is done."""
    headers = mail.message()
    address = headers["List-Unsubscribe"].strip("<>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(urlsplit(address).path)
    press(page, "main form.form button[type=submit]")
    assert page.locator("main h1").inner_text() == "The subscription has ended"
    assert not Subscription.objects.filter(email=READER).exists()
    again = page.request.post(page.url, form={"List-Unsubscribe": "One-Click"})
    assert (again.status, "Already done" in again.text()) == (200, True)


def test_from_a_russian_draft_to_an_english_article_found_subscribed_and_left(open_page, people):
    reader, editor, lead, translator = open_page("en-GB"), open_page(), open_page(), open_page()

    sign_in(editor, "editor@example.org")
    sign_in(lead, "admin@example.org")
    article = draft(editor)
    agree(editor, lead, article)
    address = f"/en/news/{article.slug}/"
    reader.goto(address)
    assert reader.locator("h1[lang=ru], h1 [lang=ru], [lang=ru] h1").count() == 1

    sign_in(translator, "translator@example.org")
    translate(translator, article)
    find(reader, address)
    subscribe(reader, people)
    bulletin = send_issue(editor, lead)
    assert bulletin.letters > 0
    mail = [one for one in people if one.to == [READER]][-1]
    assert TITLE["en"] in mail.body.replace("\u00a0", " ")
    assert address in mail.body
    leave(reader, mail)
