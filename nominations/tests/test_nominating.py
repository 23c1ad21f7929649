"""Which cities are nominated, and by whom."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from content.models import AuditEntry
from mailing.models import Message
from members.tests.factories import make_member, make_representative
from nominations import nominating
from nominations.models import Dossier, OutsideCall, SectionText
from nominations.nominating import Choice, Interest
from nominations.refusals import DossierRefused
from nominations.tests.factories import (
    DAY,
    make_call,
    make_dossier,
    make_interest,
    make_sent,
    today,
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def subjects(kind: str) -> list[tuple[str, str]]:
    return list(Message.objects.filter(kind=f"nominations.{kind}").values_list("email", "subject"))


def test_city_that_asks_is_not_yet_nominated(call, kazan, rep, awards_officer):
    asked = make_interest(call, kazan, rep)

    assert (asked.state, asked.nominator, asked.third_party_only) == ("interest", "self", True)
    assert [email for email, _subject in subjects("interest")] == ["awards@example.org"]
    assert SectionText.objects.count() == 0


def test_accepted_city_gets_a_text_for_each_heading_and_language(call, kazan, rep, awards_officer):
    dossier = make_dossier(call, kazan, rep, awards_officer)

    assert (dossier.state, dossier.nominator) == ("writing", "secretariat")
    assert dossier.nominator_in("en") == "the secretariat of the association"
    assert SectionText.objects.filter(dossier=dossier).count() == 4
    assert [email for email, _subject in subjects("decision")] == ["rep@example.org"]
    verbs = AuditEntry.objects.filter(verb__startswith="nominations.").values_list(
        "verb", flat=True
    )
    assert sorted(verbs) == ["nominations.accepted", "nominations.interest"]


def test_refused_city_reads_why(call, kazan, rep, awards_officer):
    asked = make_interest(call, kazan, rep)

    nominating.decline(asked, "Another city goes first.", awards_officer)

    asked.refresh_from_db()
    assert (asked.state, asked.refusal) == ("declined", "Another city goes first.")
    letter = Message.objects.get(kind="nominations.decision")
    assert "Another city goes first." in letter.text_body


@pytest.mark.parametrize("reason", ["", "   "])
def test_refusal_without_a_reason_is_refused(call, kazan, rep, awards_officer, reason):
    asked = make_interest(call, kazan, rep)

    with pytest.raises(DossierRefused, match="Say why"):
        nominating.decline(asked, reason, awards_officer)


def test_second_dossier_of_a_city_is_refused_until_the_first_is_withdrawn(call, kazan, rep):
    first = make_interest(call, kazan, rep)
    with pytest.raises(DossierRefused, match="has a dossier for this call already"):
        make_interest(call, kazan, rep)

    nominating.withdraw(first, rep)

    assert make_interest(call, kazan, rep).state == "interest"


def test_interest_after_the_deadline_is_refused(kazan, rep):
    call = make_call(deadline_on=today() - DAY)

    with pytest.raises(DossierRefused, match="The giver took nominations until"):
        make_interest(call, kazan, rep)


def test_interest_for_a_call_that_is_not_shown_is_refused(kazan, rep):
    with pytest.raises(DossierRefused, match="not open to members"):
        make_interest(make_call(is_shown=False), kazan, rep)


def test_interest_is_open_on_the_last_day_by_the_clock_of_the_giver(kazan, rep):
    call = make_call(deadline_on=today(), time_zone="America/New_York")

    assert call.is_open()
    assert make_interest(call, kazan, rep).state == "interest"


def test_answered_interest_is_not_answered_twice(dossier, awards_officer):
    with pytest.raises(DossierRefused, match="decided already"):
        nominating.decline(dossier, "No.", awards_officer)
    with pytest.raises(DossierRefused, match="decided already"):
        nominating.accept(dossier, Choice(), awards_officer)


def test_city_itself_is_no_third_party(call, kazan, rep, awards_officer):
    asked = make_interest(call, kazan, rep)

    with pytest.raises(DossierRefused) as refused:
        nominating.accept(asked, Choice("self"), awards_officer)

    assert str(refused.value) == (
        "UN-Habitat: nominations by third parties only; Kazan may not nominate itself."
    )
    asked.refresh_from_db()
    assert (asked.state, asked.nominator) == ("interest", "self")


def test_city_may_nominate_itself_where_the_giver_allows_it(kazan, rep, awards_officer):
    call = make_call(third_party_only=False)

    assert make_dossier(call, kazan, rep, awards_officer, kind="self").nominator == "self"


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice("member"), "Choose another member"),
        (Choice("organisation"), "Name the organisation"),
    ],
)
def test_nominator_without_a_name_is_refused(call, kazan, rep, awards_officer, choice, message):
    asked = make_interest(call, kazan, rep)

    with pytest.raises(DossierRefused, match=message):
        nominating.accept(asked, choice, awards_officer)


def test_city_is_no_other_member_of_itself(dossier, kazan, awards_officer):
    with pytest.raises(DossierRefused, match="Choose another member"):
        nominating.choose_nominator(dossier, Choice("member", member=kazan), awards_officer)


def test_another_member_or_an_organisation_nominates(dossier, awards_officer):
    bishkek = make_member("bishkek", "Бишкек", "Bishkek")

    by_member = nominating.choose_nominator(dossier, Choice("member", bishkek), awards_officer)
    assert by_member.nominator_in("en") == "Bishkek"

    named = Choice("organisation", bishkek, name_en="Union of Architects")
    by_union = nominating.choose_nominator(dossier, named, awards_officer)
    assert by_union.nominator_in("en") == "Union of Architects"
    assert by_union.nominating_member is None


def test_secretariat_nominates_no_more_cities_than_the_giver_takes(
    kazan, rep, awards_officer, make_user
):
    call = make_call(nominated_at_most=1)
    make_dossier(call, kazan, rep, awards_officer)
    other = make_interest(call, make_member("bishkek", "Бишкек", "Bishkek"), rep)

    with pytest.raises(DossierRefused, match="may nominate 1 city for this call"):
        nominating.accept(other, Choice(), awards_officer)
    accepted = nominating.accept(
        other, Choice("organisation", name_en="Union of Architects"), awards_officer
    )
    with pytest.raises(DossierRefused, match="may nominate 1 city for this call"):
        nominating.choose_nominator(accepted, Choice(), awards_officer)


@pytest.mark.django_db(transaction=True)
def test_two_people_accepting_at_once_stay_within_the_limit(make_user):
    call = make_call(nominated_at_most=1)
    staff = [make_user(f"staff{number}@example.org") for number in (1, 2)]
    asked = [
        make_interest(call, make_member(slug, slug, slug.title()), staff[0])
        for slug in ("kazan", "bishkek")
    ]
    outcomes = []

    def accept(dossier, by):
        try:
            nominating.accept(dossier, Choice(), by)
            outcomes.append("accepted")
        except DossierRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=accept, args=pair) for pair in zip(asked, staff, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["accepted", "refused"]
    assert Dossier.objects.filter(state="writing").count() == 1


def test_withdrawn_twice_is_withdrawn_once_and_sent_is_not_withdrawn(
    dossier, call, rep, awards_officer
):
    nominating.withdraw(dossier, rep)
    assert nominating.withdraw(dossier, rep).state == "withdrawn"

    bishkek = make_member("bishkek", "Бишкек", "Bishkek")
    make_representative(rep, bishkek)
    sent = make_sent(make_dossier(call, bishkek, rep, awards_officer), rep, awards_officer)
    with pytest.raises(DossierRefused, match="cannot be taken back"):
        nominating.withdraw(sent, rep)
    with pytest.raises(DossierRefused, match="its nominator stays"):
        nominating.choose_nominator(sent, Choice(), awards_officer)


def refuse(**values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.update(**values)


def test_database_refuses_what_the_rules_forbid(dossier, kazan, rep, awards_officer):
    make_sent(dossier, rep, awards_officer)

    refuse(nominator="self")
    refuse(nominator="member")
    refuse(nominator="member", nominating_member=kazan)
    refuse(nominator="organisation")
    refuse(proof_text="")
    refuse(sent_on=None)
    refuse(outcome="won")
    refuse(outcome="won", outcome_on=today() - 3 * DAY)
    refuse(state="acknowledged")
    refuse(state="writing")
    refuse(state="declined", sent_on=None)
    refuse(approved_digest="")
    refuse(final_pages=None)
    refuse(title_ru="", title_en="")


def test_rule_of_the_giver_reaches_its_dossiers_and_a_stale_form_does_not_undo_it(
    kazan, rep, awards_officer
):
    call = make_call(third_party_only=False)
    dossier = make_dossier(call, kazan, rep, awards_officer, kind="self")

    OutsideCall.objects.update(third_party_only=True)
    dossier.save()  # with third_party_only=False in memory

    dossier.refresh_from_db()
    assert dossier.third_party_only is True


def test_rule_is_not_tightened_over_a_self_nomination_that_was_sent(kazan, rep, awards_officer):
    call = make_call(third_party_only=False)
    make_sent(make_dossier(call, kazan, rep, awards_officer, kind="self"), rep, awards_officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideCall.objects.update(third_party_only=True)


def test_title_in_one_language_is_needed(call, kazan, rep):
    with pytest.raises(IntegrityError), transaction.atomic():
        nominating.express(call, kazan, Interest(reasons="…"), rep)
