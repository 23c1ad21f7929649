"""The seats of a member in its cabinet: naming a delegate, and the desk that confirms."""

import datetime

import pytest
from django.urls import reverse

from content.dated import today
from governance import offices, proposals
from governance.composition import composition
from governance.models import DelegateProposal, EndReason, Person, SeatFilling
from governance.tests.factories import make_person
from governance.tests.pages import words
from members.attention import attention_for
from members.tests.factories import make_representative

ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def ended(city):
    offices.end_term(city.term, today() - ONE_DAY, EndReason.RESIGNED)
    return city


def post(door, term, **typed):
    """Fill in the form of a seat as a person would."""
    address = f"/en/cabinet/kazan/seats/{term.pk}/"
    key = door.get(address).context["form"]["form_key"].value()
    values = {
        "form_key": key, "role": "delegate", "full_name_en": "Maria Petrova",
        "position_en": "Mayor", "starts_on": str(today()),
    }  # fmt: skip
    return door.post(address, values | typed, follow=True)


def test_lead_names_a_delegate_and_staff_confirm_with_one_click(ended, door, rep, desk, editor):
    page = post(door, ended.seat_term, full_name_ru="Мария Петрова", position_ru="Мэр")
    assert "Sent. The secretariat confirms whom you named." in words(page)
    assert [one for one in attention_for(ended.member, rep) if "seats" in one.url] == []
    proposal = DelegateProposal.objects.get()
    address = reverse("admin:governance_delegateproposal_change", args=[proposal.pk])
    assert "Maria Petrova" in words(desk.get(address))
    desk.post(address, {"_confirm": "1", "person": ""})
    (row,) = composition(ended.body)
    assert (row.state, row.person.full_name_en, row.person.full_name_ru) == (
        "filled", "Maria Petrova", "Мария Петрова",
    )  # fmt: skip
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("confirmed", editor)


def test_known_person_is_offered_and_not_doubled(ended, door, desk):
    known = make_person("petrova", "Мария Петрова", "Maria Petrova")
    post(door, ended.seat_term)
    proposal = DelegateProposal.objects.get()
    assert proposals.known_person(proposal) == known
    address = reverse("admin:governance_delegateproposal_change", args=[proposal.pk])
    desk.post(address, {"_confirm": "1", "person": known.pk})
    assert composition(ended.body)[0].person == known
    assert Person.objects.count() == 2


def test_gov_3_cabinet_warns_of_a_substitute_without_a_mandate(city, door, desk):
    page = post(door, city.seat_term, role="substitute")
    assert "A substitute without a mandate may speak, may not vote." in words(page)
    proposal = DelegateProposal.objects.get()
    address = reverse("admin:governance_delegateproposal_change", args=[proposal.pk])
    answer = desk.post(address, {"_confirm": "1", "person": ""}, follow=True)
    assert "A substitute without a mandate may speak, may not vote." in words(answer)
    shown = words(door.get("/en/about/bodies/council/"))
    assert "substitute: Maria Petrova · may speak, may not vote" in shown


def test_proposal_without_a_name_is_refused_and_keeps_what_was_typed(ended, door):
    page = post(door, ended.seat_term, full_name_en="", position_en="Deputy mayor")
    assert page.context["form"].errors == {
        "full_name_ru": ["Write the name in Russian or in English."]
    }
    assert 'value="Deputy mayor"' in page.content.decode()
    assert not DelegateProposal.objects.exists()


def test_second_proposal_takes_the_place_of_the_first(ended, door):
    post(door, ended.seat_term)
    post(door, ended.seat_term, full_name_en="Anna Orlova")
    rows = DelegateProposal.objects.values_list("full_name_en", "state")
    assert list(rows) == [("Anna Orlova", "waiting")]


def test_refusal_says_why(ended, door, desk):
    post(door, ended.seat_term)
    proposal = DelegateProposal.objects.get()
    address = reverse("admin:governance_delegateproposal_change", args=[proposal.pk])
    desk.post(address, {"_refuse": "1", "reason": ""})
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    desk.post(address, {"_refuse": "1", "reason": "Not an elected person."})
    page = words(door.get("/en/cabinet/kazan/seats/"))
    assert "The secretariat did not confirm: Maria Petrova. Not an elected person." in page


def test_proposal_is_decided_once(ended, door, desk):
    post(door, ended.seat_term)
    address = reverse(
        "admin:governance_delegateproposal_change", args=[DelegateProposal.objects.get().pk]
    )
    desk.post(address, {"_confirm": "1", "person": ""})
    page = desk.post(address, {"_confirm": "1", "person": ""})
    assert "Somebody has decided about this proposal already." in words(page)
    assert SeatFilling.objects.filter(person__full_name_en="Maria Petrova").count() == 1


def test_contributor_sees_the_seats_and_names_nobody(ended, rep, client_of, make_user):
    user = make_user("contributor@example.org", language="en")
    make_representative(user, ended.member, role="contributor", starts_on=today())
    browser = client_of(user)
    page = words(browser.get("/en/cabinet/kazan/seats/"))
    assert "The lead representative names delegates." in page
    assert browser.get(f"/en/cabinet/kazan/seats/{ended.seat_term.pk}/").status_code == 403


def test_contributor_names_the_delegate_where_nobody_leads(ended, client_of, make_user):
    user = make_user("contributor@example.org", language="en")
    make_representative(user, ended.member, role="contributor", starts_on=today())

    page = words(post(client_of(user), ended.seat_term))

    assert "Sent. The secretariat confirms whom you named." in page
    assert [one.proposed_by for one in DelegateProposal.objects.all()] == [user]


def test_delegate_from_a_day_before_the_term_is_refused_beside_the_day(ended, door):
    page = post(door, ended.seat_term, starts_on="2019-12-31")
    assert page.context["form"].errors == {
        "starts_on": ["On that day the seat does not belong to the member."]
    }
