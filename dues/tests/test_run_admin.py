"""The issue of a year's invoices and the letters on paper, at the desk."""

import re
import uuid

import pytest

from content import dated
from dues import ladder, workqueue
from dues.models import Invoice, IssueRun, Payee, Reminder
from dues.tests.factories import (
    days_from_now,
    make_invoice,
    make_overdue,
    make_payee,
    make_rate,
    make_scale,
    pay,
)
from dues.tests.test_issuing import many
from dues.tests.test_statement import text_of as text_of_pdf
from members.tests.factories import make_member

pytestmark = pytest.mark.django_db
YEAR = dated.today().year
RUN = "/admin/dues/issuerun/"


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def scale():
    make_payee()
    scale = make_scale()
    make_rate(scale, "1500.00")
    return scale


def confirmed(response) -> dict:
    """What the confirmation of a preview posts."""
    inputs = re.findall(
        r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', text_of(response)
    )
    return {name: value for name, value in inputs if name != "csrfmiddlewaretoken"}


def test_preview_shows_who_gets_what_and_who_gets_none(desk, scale):
    make_member()
    make_member("union", "Союз", "Union", kind="association")
    make_invoice(make_member("ufa", "Уфа", "Ufa"))

    response = desk.get(f"{RUN}add/?year={YEAR}")

    text = text_of(response)
    assert "This is a preview: nothing is issued yet." in text
    assert "1,500.00 RUB" in text
    assert "no rate fits its kind, size and country" in text
    plan = response.context_data["plan"]
    assert (len(plan.lines), len(plan.problems), plan.already) == (1, 1, 1)
    assert IssueRun.objects.count() == 0


def test_confirmed_preview_is_issued_once(desk, scale):
    make_member()
    post = confirmed(desk.get(f"{RUN}add/?year={YEAR}"))

    first, second = desk.post(f"{RUN}add/", post), desk.post(f"{RUN}add/", post)

    run = IssueRun.objects.get()
    assert first.url == second.url == f"{RUN}{run.pk}/change/"
    assert (run.issued, Invoice.objects.count()) == (1, 1)
    assert "Finished on" in text_of(desk.get(first.url))


def test_preview_that_is_outdated_is_not_issued(desk, scale):
    make_member()
    post = confirmed(desk.get(f"{RUN}add/?year={YEAR}"))
    scale.rates.update(amount=9)

    response = desk.post(f"{RUN}add/", post, follow=True)

    assert "Something has changed meanwhile. Look at it again." in text_of(response)
    assert Invoice.objects.count() == 0


def test_broken_confirmation_leads_back(desk, scale):
    response = desk.post(f"{RUN}add/", {"form_key": str(uuid.uuid4()), "year": "x"}, follow=True)

    assert "The preview cannot be confirmed." in text_of(response)


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("year=2050", "year", "This year has no fee scale. Enter one first."),
        ("year=1900", "year", "Ensure this value is greater than or equal to 2004."),
        (f"year={YEAR}&due_on=2020-01-01", "due_on", "The last day to pay is past."),
    ],
)
def test_wrong_year_or_day_is_refused_beside_the_field(desk, scale, asked, field, sentence):
    response = desk.get(f"{RUN}add/?{asked}")

    assert list(response.context_data["adminform"].form.errors) == [field]
    assert sentence in text_of(response)


def test_scale_whose_day_is_past_asks_for_another_one(desk):
    make_scale(due_on=days_from_now(-1))

    response = desk.get(f"{RUN}add/?year={YEAR}")
    assert "The day that stands in the scale is past." in text_of(response)

    response = desk.get(f"{RUN}add/?year={YEAR}&due_on={days_from_now(9)}")
    assert "This is a preview" in text_of(response)


def test_long_issue_shows_its_progress_and_may_be_done_at_once(desk, scale):
    many(130)
    page = desk.get(f"{RUN}add/?year={YEAR}&page=2")
    assert "Page 2 of 2" in text_of(page)

    response = desk.post(f"{RUN}add/", confirmed(page))
    run = IssueRun.objects.get()
    progress = text_of(desk.get(response.url))
    assert "are being issued in the background" in progress
    assert 'max="130" value="0"' in progress
    assert "Do it now" not in progress
    IssueRun.objects.update(changed_at=run.changed_at.replace(year=2020))
    assert "Do it now" in text_of(desk.get(response.url))

    desk.post(response.url)

    run.refresh_from_db()
    assert (run.status, run.issued) == ("done", 130)


def test_issue_that_cannot_go_on_says_why(desk, scale):
    many(60)
    response = desk.post(f"{RUN}add/", confirmed(desk.get(f"{RUN}add/?year={YEAR}")))
    Payee.objects.all().delete()

    page = text_of(desk.post(response.url, follow=True))

    assert "Nobody to pay to is entered for RUB on that day. Enter the payee first." in page
    assert IssueRun.objects.get().status == "running"


def test_list_of_issues_does_not_read_their_lines(desk, scale, django_assert_max_num_queries):
    make_member()
    desk.post(f"{RUN}add/", confirmed(desk.get(f"{RUN}add/?year={YEAR}")))

    with django_assert_max_num_queries(12):
        assert desk.get(RUN).status_code == 200
    run = IssueRun.objects.get()
    listed = desk.get(f"/admin/dues/invoice/?run__id__exact={run.pk}")
    assert listed.context_data["cl"].result_count == 1


def letters_queue(user):
    return next(one for one in workqueue.queues(user) if "dues/reminder" in one.url)


def test_letters_on_paper_wait_until_they_are_posted(desk, finance_officer):
    invoice = make_overdue(days=60)
    make_overdue(make_member("paid"), days=60)
    ladder.climb()
    pay(Invoice.objects.get(member__slug="paid"))
    letter = Reminder.objects.get(invoice=invoice)
    assert letters_queue(finance_officer).count == 1
    waiting = "/admin/dues/reminder/?letters=waiting"
    assert desk.get(waiting).context_data["cl"].result_count == 1

    pdf = desk.get(f"/admin/dues/reminder/{letter.pk}/letter.pdf")
    desk.post(waiting, {"action": "mark_posted", "_selected_action": [letter.pk]})

    assert pdf.content.startswith(b"%PDF-")
    letter.refresh_from_db()
    assert (letter.posted_on, letter.posted_by) == (dated.today(), finance_officer)
    assert letters_queue(finance_officer).count == 0
    assert desk.get("/admin/dues/reminder/?letters=posted").context_data["cl"].result_count == 1
    page = text_of(desk.get(f"/admin/dues/invoice/{invoice.pk}/change/"))
    assert "60 days overdue" in page
    assert "posted on" in page


def test_letter_asks_for_what_is_left_on_the_day_it_is_posted(desk):
    invoice = make_overdue(days=75)
    letter = Reminder.objects.create(
        invoice=invoice, rung=5, reached="letter", taken_on=days_from_now(-15)
    )
    pay(invoice, "400.00")

    pdf = desk.get(f"/admin/dues/reminder/{letter.pk}/letter.pdf").content

    text = text_of_pdf(pdf).replace("\u00a0", " ")
    assert "The due has been overdue for 75 days." in text
    assert "600.00 RUB" in text


def test_mail_of_a_rung_is_no_letter(desk, make_user):
    reminder = Reminder.objects.create(
        invoice=make_invoice(), rung=1, reached="rep", email="a@example.org",
        taken_on=dated.today(),
    )  # fmt: skip

    assert desk.get(f"/admin/dues/reminder/{reminder.pk}/letter.pdf").status_code == 404
    assert desk.get(f"/admin/dues/reminder/{reminder.pk}/change/").status_code == 200


@pytest.mark.parametrize("days", [[1], [1, 45]])
def test_queue_of_overdue_dues_says_since_when(finance_officer, editor, days):
    for count in days:
        make_overdue(days=count)

    queue = next(one for one in workqueue.queues(finance_officer) if "state=overdue" in one.url)

    assert (queue.count, queue.is_hot) == (len(days), True)
    assert list(workqueue.queues(editor)) == []


def test_nobody_late_is_no_pressing_work(finance_officer):
    queue = next(one for one in workqueue.queues(finance_officer) if "state=overdue" in one.url)

    assert (queue.count, queue.is_hot) == (0, False)
