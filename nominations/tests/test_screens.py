"""The pages of the cabinet and of the secretariat, and AWD-6 through them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from content.models import PrivateFile
from laureates.models import Laureate
from members.tests.factories import make_member
from nominations import sending, texts
from nominations.models import Dossier, DossierSection, OutsideCall, SectionText
from nominations.tests.factories import (
    DAY,
    add_letter,
    again,
    fill,
    make_call,
    make_dossier,
    make_interest,
    make_ready,
    make_sent,
    pdf,
    row,
    today,
    translate,
    write,
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def page(dossier, name="dossier", *args) -> str:
    return reverse(f"nominations:{name}", args=[dossier.member.slug, dossier.pk, *args])


def deed(dossier, name: str) -> str:
    return reverse("admin:nominations_dossier_deed", args=[dossier.pk, name])


def key() -> dict:
    return {"form_key": str(uuid.uuid4())}


def post_english(client, dossier, number: int, text: str):
    english, russian = row(dossier, "en", number), row(dossier, "ru", number)
    return client.post(
        reverse("admin:nominations_sectiontext_change", args=[english.pk]),
        {"text": text, "version": english.version, "source_seen": russian.text_hash},
    )


def content(response) -> bytes:
    """What a download holds."""
    return b"".join(response.streaming_content)


def send(client, dossier, **data):
    return client.post(deed(dossier, "send"), {**key(), "sent_on": today().isoformat(), **data})


def test_awd_6_sending_is_blocked_while_english_is_empty_or_the_city_nominates_itself(
    cabinet, desk, english_desk, kazan, rep, awards_officer
):
    """Through the screens: the city fills Russian, a translator English, staff send."""
    call = make_call(third_party_only=False)
    dossier = make_dossier(call, kazan, rep, awards_officer, kind="self")
    OutsideCall.objects.update(third_party_only=True)  # the giver's rules this year
    for section in call.sections.all():
        saved = cabinet.post(
            page(dossier, "section", section.pk), {"text": "Город сохранил центр.", "version": 1}
        )
        assert saved.status_code == 302
    letter = {**key(), "kind": "head", "language": "en", "title": "Mayor", "upload": pdf()}
    assert cabinet.post(page(dossier), letter).status_code == 302

    refused = send(desk, dossier, words="Message of 14:05")

    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors() == [
        "“Background”: the English text is empty.",
        "“Initiative”: the English text is empty.",
        "UN-Habitat: nominations by third parties only; Kazan may not nominate itself.",
        "The final text is not made, or was made before a change.",
    ]
    assert Dossier.objects.get().state == "writing"

    for number in (0, 1):
        assert post_english(english_desk, dossier, number, "The centre stays.").status_code == 302
    itself = {**key(), "kind": "self"}
    still = desk.post(deed(dossier, "nominator"), itself)
    assert still.context["form"].non_field_errors() == [
        "UN-Habitat: nominations by third parties only; Kazan may not nominate itself."
    ]
    desk.post(deed(dossier, "nominator"), {**key(), "kind": "secretariat"})
    assert desk.post(deed(dossier, "final"), key()).status_code == 302
    final = again(dossier)
    cabinet.post(page(dossier, "approve"), {"digest": final.final_digest})

    without_proof = send(desk, dossier)
    assert without_proof.context["form"].errors["words"] == [
        "Give the proof of sending: a file, or what the message or receipt says."
    ]
    done = send(desk, dossier, words="Message of 14:05", upload=pdf("proof.pdf"))

    assert done.status_code == 302
    sent = again(dossier)
    assert (sent.state, sent.nominator, sent.proof_text, sent.sent_on) == (
        "sent", "secretariat", "Message of 14:05", today(),
    )  # fmt: skip
    assert sent.proof_file.purpose == "nominations.dossier"
    proof = desk.get(reverse("admin:nominations_dossier_file", args=[sent.pk, sent.proof_file_id]))
    assert content(proof) == b"%PDF-1.7 letter"


def test_awd_6_sending_is_blocked_while_english_is_outdated(
    desk, dossier, cabinet, rep, awards_officer
):
    make_ready(dossier, rep, awards_officer)
    section = dossier.call.sections.first()
    cabinet.post(
        page(dossier, "section", section.pk),
        {"text": "Город сохранил и вокзал.", "version": row(dossier, "ru").version},
    )

    refused = send(desk, dossier, words="x")

    assert refused.context["form"].non_field_errors() == [
        "“Background”: the English text is outdated, the Russian one was changed since."
    ]
    assert Dossier.objects.get().state == "writing"


def test_city_asks_for_a_nomination(cabinet, call, kazan, rep):
    address = reverse("nominations:interest", args=["kazan", call.pk])
    form = {
        **key(), "title_ru": "Старый центр", "reasons": "Сохранён.", "contact_name": "Е. М.",
        "contact_email": "rep@example.org",
    }  # fmt: skip
    assert "Background" in cabinet.get(address).text

    first = cabinet.post(address, form)
    second = cabinet.post(address, form)

    asked = Dossier.objects.get()
    assert first.url == second.url == page(asked)
    assert (asked.title_ru, asked.asked_by, asked.state) == ("Старый центр", rep, "interest")
    assert "The secretariat chooses between the cities" in cabinet.get(first.url).text


def test_interest_without_title_and_reasons_says_so_beside_the_fields(cabinet, call):
    address = reverse("nominations:interest", args=["kazan", call.pk])

    answer = cabinet.post(address, {**key(), "contact_name": "Е. М.", "contact_email": "nobody"})

    errors = answer.context["form"].errors
    assert sorted(errors) == ["contact_email", "reasons", "title_ru"]
    assert 'value="Е. М."' in answer.text
    assert Dossier.objects.count() == 0


def test_call_that_is_over_says_since_when(cabinet):
    call = make_call(deadline_on=today() - DAY)
    address = reverse("nominations:interest", args=["kazan", call.pk])

    assert "The giver took nominations until" in cabinet.get(address).text
    form = {**key(), "title_en": "T", "reasons": "R", "contact_name": "C",
            "contact_email": "c@example.org"}  # fmt: skip
    assert "The giver took nominations until" in cabinet.post(address, form).text


def test_list_shows_own_dossiers_and_open_calls(cabinet, dossier):
    make_call("culture", title_en="Culture 21", award=dossier.call.award)

    shown = cabinet.get(reverse("nominations:cabinet", args=["kazan"]))

    assert [str(one.call) for one, _step in shown.context["dossiers"]] == ["Scroll of Honour 2027"]
    assert [str(one) for one in shown.context["calls"]] == ["Culture 21"]


def test_other_cities_learn_nothing(client_of, dossier, make_representative, rep, awards_officer):
    fill(dossier, rep, awards_officer)
    other = make_member("bishkek", "Бишкек", "Bishkek")
    client = client_of(make_representative(other, "bishkek@example.org"))
    letter, section = dossier.letters.get(), dossier.call.sections.first()

    for slug in ("kazan", "bishkek"):
        for name, *rest in (
            ("dossier",), ("draft",), ("final",), ("section", section.pk), ("letter", letter.pk),
        ):  # fmt: skip
            address = reverse(f"nominations:{name}", args=[slug, dossier.pk, *rest])
            assert client.get(address).status_code == 404, address
        for name in ("approve", "withdraw"):
            address = reverse(f"nominations:{name}", args=[slug, dossier.pk])
            assert client.post(address).status_code == 404, address


def test_text_that_somebody_else_saved_meanwhile_is_shown_and_kept(cabinet, dossier, rep):
    section = dossier.call.sections.first()
    opened = row(dossier, "ru").version
    write(dossier, rep, text="Первый.")

    answer = cabinet.post(
        page(dossier, "section", section.pk), {"text": "Второй.", "version": opened}
    )

    assert answer.status_code == 200
    assert "Now stored: Первый." in str(answer.context["form"].errors["text"])
    assert "Второй." in answer.text
    assert row(dossier, "ru").text == "Первый."


def test_saving_leads_to_the_next_heading_or_back(cabinet, dossier):
    first, last = dossier.call.sections.all()

    on = cabinet.post(page(dossier, "section", first.pk), {"text": "А", "version": 1, "next": "1"})
    back = cabinet.post(page(dossier, "section", last.pk), {"text": "Б", "version": 1, "next": "1"})

    assert (on.url, back.url) == (page(dossier, "section", last.pk), page(dossier))


def test_texts_of_a_city_that_only_asked_are_not_there(cabinet, call, kazan, rep):
    asked = make_interest(call, kazan, rep)

    address = page(asked, "section", call.sections.first().pk)
    assert (cabinet.get(address).status_code, cabinet.post(address).status_code) == (404, 404)


def test_section_of_another_call_is_not_there(cabinet, dossier):
    other = make_call("culture", award=dossier.call.award)

    assert cabinet.get(page(dossier, "section", other.sections.first().pk)).status_code == 404


def test_letter_is_added_once_downloaded_and_taken_out(cabinet, dossier):
    form = {**key(), "kind": "support", "language": "en", "title": "Union", "upload": pdf()}
    cabinet.post(page(dossier), form)
    cabinet.post(page(dossier), {**form, "upload": pdf()})
    letter = again(dossier).letters.get()

    got = cabinet.get(page(dossier, "letter", letter.pk))
    assert content(got) == b"%PDF-1.7 letter"
    cabinet.post(page(dossier, "remove_letter", letter.pk))
    assert again(dossier).letters.count() == 0


def test_letter_of_a_wrong_kind_is_refused_beside_the_field(cabinet, dossier):
    upload = pdf("letter.exe")

    form = {**key(), "kind": "head", "language": "en", "title": "Mayor", "upload": upload}
    answer = cabinet.post(page(dossier), form)

    assert list(answer.context["form"].errors) == ["upload"]
    assert 'value="Mayor"' in answer.text
    assert PrivateFile.objects.count() == 0


def test_draft_and_final_papers(cabinet, dossier, rep, awards_officer):
    fill(dossier, rep, awards_officer)
    assert cabinet.get(page(dossier, "draft")).content.startswith(b"%PDF-")
    assert cabinet.get(page(dossier, "final")).status_code == 404
    sending.make_final(dossier, awards_officer)
    final = cabinet.get(page(dossier, "final"))
    assert content(final).startswith(b"%PDF-")


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


def test_texts_stay_as_they_were_when_a_letter_is_refused(cabinet, dossier, rep):
    write(dossier, rep)
    add_letter(dossier, rep)
    cabinet.post(page(dossier), {**key(), "kind": "head", "language": "en", "title": ""})

    assert again(dossier).letters.count() == 1
    assert texts.fingerprint(row(dossier, "ru").text) == row(dossier, "ru").text_hash


def test_russian_desk_shows_translation_beside_its_source(desk, dossier, rep, translator):
    write(dossier, rep)
    translate(dossier, translator)

    shown = desk.get(reverse("admin:nominations_dossier_desk", args=[dossier.pk])).text

    assert "Город сохранил центр." in shown
    assert "The city kept its centre." in shown
