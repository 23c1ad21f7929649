"""The pages of the secretariat and of the translator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from laureates.models import Laureate
from members.tests.factories import make_member
from nominations import sending
from nominations.models import Dossier, DossierSection, OutsideCall, SectionText
from nominations.tests.factories import (
    DAY,
    fill,
    make_dossier,
    make_interest,
    make_ready,
    make_sent,
    row,
    today,
    translate,
    write,
)
from nominations.tests.screens import deed, key, post_english, send


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_english_over_the_limit_is_refused_beside_the_field(english_desk, dossier, rep):
    dossier.call.sections.update(max_words=2)
    write(dossier, rep)

    answer = post_english(english_desk, dossier, 0, "One two three")

    assert answer.context["adminform"].form.errors["text"] == [
        "The text has 3 words, the giver takes 2 at most."
    ]
    assert "One two three" in answer.text


def test_translator_is_told_when_the_source_changed_meanwhile(english_desk, dossier, rep):
    write(dossier, rep)
    client, english, seen = english_desk, row(dossier, "en"), row(dossier, "ru").text_hash
    address = reverse("admin:nominations_sectiontext_change", args=[english.pk])
    assert "Город сохранил центр." in client.get(address).text
    write(dossier, rep, text="Другое.")

    answer = client.post(
        address, {"text": "The city.", "version": english.version, "source_seen": seen},
        follow=True,
    )  # fmt: skip

    assert "The Russian text was changed while you translated" in answer.text
    assert row(dossier, "en").text == "The city."
    assert SectionText.objects.to_translate().count() == 1


def test_translator_lists_what_waits_and_sees_no_dossier(client_of, translator, dossier, rep):
    write(dossier, rep)
    client = client_of(translator)
    address = reverse("admin:nominations_sectiontext_changelist")

    assert client.get(address + "?translation=open").context["cl"].result_count == 1
    assert client.get(address).context["cl"].result_count == 2
    assert client.get(reverse("admin:nominations_dossier_desk", args=[dossier.pk])).status_code == (
        403
    )
    assert client.get(reverse("admin:nominations_dossier_changelist")).status_code == 403


def test_texts_of_a_sent_dossier_are_read_alone(client_of, translator, dossier, rep):
    make_sent(dossier, rep, translator)
    english = row(dossier, "en")
    address = reverse("admin:nominations_sectiontext_change", args=[english.pk])
    client = client_of(translator)

    assert client.get(address).status_code == 200
    assert client.post(address, {"text": "x", "version": english.version}).status_code == 403


def test_staff_accept_decline_and_go_to_the_end(desk, call, kazan, rep):
    asked = make_interest(call, kazan, rep)
    nowhere = desk.post(deed(asked, "decline"), {**key(), "reason": ""})
    assert list(nowhere.context["form"].errors) == ["reason"]
    assert desk.post(deed(asked, "accept"), {**key(), "kind": "secretariat"}).status_code == 302
    fill(asked, rep, rep)
    final = sending.make_final(asked, rep)
    sending.approve(final, final.final_digest, rep)
    assert send(desk, asked, words="x").status_code == 302
    receipt = {**key(), "on": today().isoformat(), "words": "Received"}
    assert desk.post(deed(asked, "receipt"), receipt).status_code == 302
    result = {**key(), "outcome": "won", "on": today().isoformat(), "source": "UN-Habitat"}
    assert desk.post(deed(asked, "outcome"), result).status_code == 302
    citation = {**key(), "citation_en": "For the old town."}
    assert desk.post(deed(asked, "laureate"), citation).status_code == 302

    assert Laureate.objects.get().citation_en == "For the old town."
    shown = desk.get(reverse("admin:nominations_dossier_desk", args=[asked.pk]))
    assert shown.context["deeds"] == []


def test_desk_offers_what_may_be_done_now(desk, dossier):
    shown = desk.get(reverse("admin:nominations_dossier_desk", args=[dossier.pk]))

    assert [one.name for one in shown.context["deeds"]] == ["nominator", "letter", "final", "send"]
    assert len(shown.context["lacks"]) == 6


def test_unknown_deed_is_not_there(desk, dossier):
    assert desk.get(deed(dossier, "delete")).status_code == 404


def test_late_sending_is_confirmed_first(desk, dossier, rep, awards_officer):
    make_ready(dossier, rep, awards_officer)
    OutsideCall.objects.update(deadline_on=today() - DAY)

    refused = send(desk, dossier, words="x")
    assert list(refused.context["form"].errors) == ["knows_late"]
    assert send(desk, dossier, words="x", knows_late="on").status_code == 302


def test_dossiers_side_by_side_in_a_constant_number_of_queries(desk, call, rep, awards_officer):
    address = reverse("admin:nominations_outsidecall_dossiers", args=[call.pk])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    cities = [make_member(slug, slug, slug.title()) for slug in ("a-city", "b-city", "c-city")]
    make_dossier(call, cities[0], rep, awards_officer)
    count()
    one = count()
    for city in cities[1:]:
        write(make_dossier(call, city, rep, awards_officer), rep)

    assert count() == one


def test_lists_of_the_admin_hold_their_queries(desk, call, rep, awards_officer):
    names = ["nominations_dossier", "nominations_outsidecall", "nominations_sectiontext"]
    addresses = [reverse(f"admin:{name}_changelist") for name in names]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            found.append(len(queries))
        return found

    cities = [make_member(slug, slug, slug.title()) for slug in ("a-city", "b-city", "c-city")]
    make_dossier(call, cities[0], rep, awards_officer)
    counts()
    before = counts()
    for city in cities[1:]:
        write(make_dossier(call, city, rep, awards_officer), rep)

    assert counts() == before


def call_form(award, **fields) -> dict:
    values = {
        "award": award.pk, "title_ru": "Свиток 2028", "title_en": "Scroll 2028", "year": 2028,
        "deadline_on": "2028-04-30", "deadline_time": "", "time_zone": "Africa/Nairobi",
        "third_party_only": "on", "languages": ["en"], "letters_needed": ["head", "support"],
        "page_limit": "10", "is_shown": "on", "version": 0,
    }  # fmt: skip
    for prefix in ("sections", "steps"):
        values |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**values, **fields}


def test_new_call_takes_over_headings_and_gets_the_usual_steps(desk, call):
    answer = desk.post(reverse("admin:nominations_outsidecall_add"), call_form(call.award))

    assert answer.status_code == 302
    made = OutsideCall.objects.get(year=2028)
    assert [str(one) for one in made.sections.all()] == ["Background", "Initiative"]
    assert [(one.kind, one.days_before) for one in made.steps.all()] == [
        ("texts", 60), ("english", 30), ("letters", 21), ("signature", 14), ("sending", 3),
    ]  # fmt: skip
    assert (made.languages, made.letters_needed) == (["en"], ["head", "support"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"languages": []}, "languages"),
        ({"deadline_on": "", "deadline_time": "10:00"}, "__all__"),
        ({"title_ru": "", "title_en": ""}, "__all__"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"year": "1200"}, "year"),
    ],
)
def test_call_that_makes_no_sense_is_refused(desk, call, fields, field):
    answer = desk.post(
        reverse("admin:nominations_outsidecall_add"), call_form(call.award, **fields)
    )

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [field]
    assert OutsideCall.objects.count() == 1


def test_heading_stays_once_a_dossier_has_it(desk, dossier):
    section = dossier.call.sections.first()
    form = call_form(dossier.call.award, version=dossier.call.version)
    form |= {
        "sections-TOTAL_FORMS": 1, "sections-INITIAL_FORMS": 1, "sections-0-id": section.pk,
        "sections-0-call": dossier.call.pk, "sections-0-title_en": "Background",
        "sections-0-order": 1, "sections-0-DELETE": "on",
    }  # fmt: skip

    desk.post(reverse("admin:nominations_outsidecall_change", args=[dossier.call.pk]), form)

    assert DossierSection.objects.filter(pk=section.pk).exists()


def test_staff_begin_a_dossier_for_a_city(desk, call, kazan, awards_officer):
    form = {"call": call.pk, "member": kazan.pk, "title_ru": "Центр", "version": 0}

    answer = desk.post(reverse("admin:nominations_dossier_add"), form)

    made = Dossier.objects.get()
    assert answer.url == reverse("admin:nominations_dossier_desk", args=[made.pk])
    assert (made.state, made.asked_by) == ("interest", awards_officer)
    twice = desk.post(reverse("admin:nominations_dossier_add"), form)
    assert list(twice.context["adminform"].form.errors) == ["member"]
    nameless = desk.post(reverse("admin:nominations_dossier_add"), {**form, "title_ru": ""})
    assert sorted(nameless.context["adminform"].form.errors) == ["member", "title_ru"]


def test_russian_desk_shows_translation_beside_its_source(desk, dossier, rep, translator):
    write(dossier, rep)
    translate(dossier, translator)

    shown = desk.get(reverse("admin:nominations_dossier_desk", args=[dossier.pk])).text

    assert "Город сохранил центр." in shown
    assert "The city kept its centre." in shown
