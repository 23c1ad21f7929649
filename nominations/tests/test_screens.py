"""The pages of the cabinet, and AWD-6 through all screens."""

import pytest
from django.urls import reverse
from django.utils import translation

from content.models import PrivateFile
from members.tests.factories import make_member
from nominations import sending, texts
from nominations.models import Dossier, OutsideCall
from nominations.tests.factories import (
    DAY,
    add_letter,
    again,
    fill,
    make_call,
    make_dossier,
    make_interest,
    make_ready,
    pdf,
    row,
    today,
    write,
)
from nominations.tests.screens import content, deed, key, page, post_english, send


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


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


def test_texts_stay_as_they_were_when_a_letter_is_refused(cabinet, dossier, rep):
    write(dossier, rep)
    add_letter(dossier, rep)
    cabinet.post(page(dossier), {**key(), "kind": "head", "language": "en", "title": ""})

    assert again(dossier).letters.count() == 1
    assert texts.fingerprint(row(dossier, "ru").text) == row(dossier, "ru").text_hash
