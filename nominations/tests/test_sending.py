"""Texts, final text, approval, sending, answer: what is refused, and what is kept."""

import threading
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import translation
from pypdf import PdfReader

from content.models import AuditEntry, PrivateFile
from laureates.models import Laureate
from mailing.models import Message
from members.tests.factories import make_member, make_representative
from nominations import checks, honouring, letters, paper, sending, texts
from nominations.models import Dossier, DossierSection, SectionText
from nominations.refusals import DossierRefused
from nominations.tests.factories import (
    DAY,
    add_letter,
    again,
    fill,
    make_call,
    make_dossier,
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


def lacking(dossier) -> list[str]:
    return [one.text for one in checks.lacks(again(dossier))]


def states(dossier) -> list[str]:
    return [part.state.value for part in checks.parts(again(dossier))]


def test_everything_that_lacks_is_said_at_once(dossier):
    assert lacking(dossier) == [
        "“Background”: the Russian text is empty.",
        "“Background”: the English text is empty.",
        "“Initiative”: the Russian text is empty.",
        "“Initiative”: the English text is empty.",
        "Missing: letter of the head of the city in English.",
        "The final text is not made, or was made before a change.",
    ]


def test_optional_heading_may_stay_empty(dossier):
    dossier.call.sections.update(is_required=False)

    assert lacking(dossier) == [
        "Missing: letter of the head of the city in English.",
        "The final text is not made, or was made before a change.",
    ]


def test_translation_is_outdated_when_the_russian_text_changes(dossier, rep, translator):
    write(dossier, rep)
    translate(dossier, translator)
    assert states(dossier) == ["current", "empty"]

    write(dossier, rep, text="Город  сохранил\nцентр.")  # other spaces, the same words
    assert states(dossier) == ["current", "empty"]

    write(dossier, rep, text="Город сохранил центр и вокзал.")
    assert states(dossier) == ["outdated", "empty"]
    assert (
        "“Background”: the English text is outdated, the Russian one was changed since."
        in lacking(dossier)
    )

    translate(dossier, translator)  # looked at, still right
    assert states(dossier) == ["current", "empty"]


def test_translation_of_an_earlier_text_stays_outdated(dossier, rep, translator):
    write(dossier, rep)
    seen = row(dossier, "ru").text_hash
    write(dossier, rep, text="Другой текст.")

    texts.keep(row(dossier, "en"), "The city kept it.", translator, source_seen=seen)

    assert states(dossier) == ["outdated", "empty"]
    assert SectionText.objects.to_translate().count() == 1


def test_texts_to_translate_are_those_that_are_empty_or_outdated(dossier, rep, translator):
    assert SectionText.objects.to_translate().count() == 0  # nothing to translate from
    write(dossier, rep)
    write(dossier, rep, 1)
    assert SectionText.objects.to_translate().count() == 2
    translate(dossier, translator)
    assert [str(one.section) for one in SectionText.objects.to_translate()] == ["Initiative"]


def test_english_text_over_the_limits_is_refused_and_the_russian_one_is_not(
    dossier, rep, translator
):
    dossier.call.sections.update(max_words=3)
    write(dossier, rep, text="Один два три четыре пять.")

    with pytest.raises(DossierRefused, match="has 4 words, the giver takes 3 at most"):
        translate(dossier, translator, text="One two three four")
    dossier.call.sections.update(max_words=None, max_characters=5)
    with pytest.raises(DossierRefused, match="has 6 characters, the giver takes 5 at most"):
        translate(dossier, translator, text="Sixtyy")


def test_heading_added_later_gets_its_texts(dossier):
    DossierSection.objects.create(call=dossier.call, title_en="Transfer", order=9)
    texts.ensure(again(dossier))
    texts.ensure(again(dossier))

    assert SectionText.objects.filter(dossier=dossier).count() == 6


def test_letter_in_a_language_the_giver_does_not_take_does_not_count(dossier, rep):
    missing = "Missing: letter of the head of the city in English."
    add_letter(dossier, rep, language="ru")
    assert missing in lacking(dossier)
    add_letter(dossier, rep, kind="support")
    assert missing in lacking(dossier)
    kept = add_letter(dossier, rep)
    assert missing not in lacking(dossier)
    letters.remove(kept, rep)
    letters.remove(kept, rep)
    assert missing in lacking(dossier)


def test_letter_of_another_kind_of_file_is_refused_and_leaves_nothing(dossier, rep):
    with pytest.raises(ValidationError):
        add_letter(dossier, rep, upload=SimpleUploadedFile("a.exe", b"MZ", "application/pdf"))

    assert (dossier.letters.count(), PrivateFile.objects.count()) == (0, 0)


def test_final_text_is_a_pdf_in_english_under_the_fixed_headings(dossier, rep, translator):
    fill(dossier, rep, translator)

    final = sending.make_final(dossier, translator)

    with final.final_file.file.open() as file:
        data = file.read()
    read = PdfReader(BytesIO(data))
    words = " ".join(page.extract_text() for page in read.pages)
    assert (final.final_pages, len(read.pages)) == (1, 1)
    assert [one in words for one in ("Background", "Initiative", "The city kept its centre.",
            "The Old Town Comes Back", "The Mayor")] == [True] * 5  # fmt: skip
    assert "Город сохранил" not in words
    assert checks.is_final(again(final))
    assert [one.email for one in Message.objects.filter(kind="nominations.final")] == [
        "rep@example.org"
    ]


def test_final_text_is_refused_while_a_text_is_missing(dossier, rep, translator):
    write(dossier, rep)
    translate(dossier, translator)

    with pytest.raises(DossierRefused) as refused:
        sending.make_final(dossier, translator)

    assert refused.value.reasons == (
        "“Initiative”: the Russian text is empty.", "“Initiative”: the English text is empty.",
    )  # fmt: skip
    assert PrivateFile.objects.count() == 0


def test_change_after_the_approval_makes_both_void(dossier, rep, translator):
    ready = make_ready(dossier, rep, translator)
    assert (lacking(ready), checks.is_approved(ready)) == ([], True)

    translate(ready, translator, text="The city kept its old centre.")

    assert lacking(ready) == ["The final text is not made, or was made before a change."]
    assert not checks.is_approved(again(ready))
    with pytest.raises(DossierRefused, match="look at the new final text first"):
        sending.approve(ready, ready.final_digest, rep)


def test_final_text_over_the_page_limit_keeps_it_from_being_sent(
    dossier, rep, translator, monkeypatch
):
    monkeypatch.setattr(paper, "pages", lambda _pdf: 11)
    ready = make_ready(dossier, rep, translator)

    assert lacking(ready) == ["The final text has 11 pages, the giver takes 10 at most."]


def test_contributor_does_not_approve_where_somebody_signs(
    dossier, rep, translator, make_user, kazan
):
    kazan.representatives.update(role="signatory")
    contributor = make_user("contributor@example.org")
    make_representative(contributor, kazan, role="contributor")
    final = sending.make_final(fill(dossier, rep, translator), translator)

    with pytest.raises(DossierRefused, match="those who sign for the city"):
        sending.approve(final, final.final_digest, contributor)
    assert sending.approve(final, final.final_digest, rep).approved_by == rep


def test_sending_keeps_the_proof_and_tells_the_city(dossier, rep, awards_officer):
    ready = make_ready(dossier, rep, awards_officer)

    sent = sending.record_sending(
        ready, awards_officer, sent_on=today(), upload=pdf("proof.pdf"), words="No. 15"
    )

    assert (sent.state, sent.proof_text, sent.proof_file.name) == ("sent", "No. 15", "proof.pdf")
    assert sent.sent_by == awards_officer
    assert Message.objects.filter(kind="nominations.sent").count() == 1
    assert AuditEntry.objects.filter(verb="nominations.sent").count() == 1


def test_sending_without_a_proof_is_refused(dossier, rep, awards_officer):
    ready = make_ready(dossier, rep, awards_officer)

    with pytest.raises(DossierRefused, match="Give the proof of sending"):
        sending.record_sending(ready, awards_officer, sent_on=today(), words="  ")


def test_refused_sending_keeps_no_file(dossier, awards_officer):
    with pytest.raises(DossierRefused):
        sending.record_sending(dossier, awards_officer, sent_on=today(), upload=pdf())

    assert PrivateFile.objects.count() == 0


def test_sending_after_the_deadline_has_to_be_meant(kazan, rep, awards_officer):
    dossier = make_dossier(make_call(deadline_on=today()), kazan, rep, awards_officer)
    ready = make_ready(dossier, rep, awards_officer)
    ready.call.deadline_on = today() - DAY
    ready.call.save()

    with pytest.raises(DossierRefused, match="The giver took dossiers until"):
        sending.record_sending(ready, awards_officer, sent_on=today(), words="x")
    with pytest.raises(DossierRefused, match="has not come yet"):
        sending.record_sending(
            ready, awards_officer, sent_on=today() + DAY, words="x", knows_late=True
        )
    in_time = sending.record_sending(ready, awards_officer, sent_on=today() - DAY, words="x")
    assert in_time.state == "sent"


def test_nothing_changes_after_the_sending(dossier, rep, awards_officer):
    sent = make_sent(dossier, rep, awards_officer)

    for deed in (
        lambda: write(sent, rep, text="Ещё раз."),
        lambda: translate(sent, awards_officer, text="Once more."),
        lambda: add_letter(sent, rep),
        lambda: letters.remove(sent.letters.get(), rep),
        lambda: sending.make_final(sent, awards_officer),
        lambda: sending.approve(sent, sent.final_digest, rep),
        lambda: sending.record_sending(sent, awards_officer, sent_on=today(), words="x"),
    ):
        with pytest.raises(DossierRefused):
            deed()
    assert (again(sent).letters.count(), row(sent, "ru").text) == (1, "Город сохранил центр.")


@pytest.mark.django_db(transaction=True)
def test_text_changed_while_it_is_sent_is_in_what_is_sent_or_refused(make_user):
    staff, kazan = make_user("staff@example.org"), make_member()
    make_representative(staff, kazan)
    ready = make_ready(make_dossier(make_call(), kazan, staff, staff), staff, staff)
    outcomes = []

    def attempt(name, deed):
        try:
            deed()
            outcomes.append(name)
        except DossierRefused:
            pass
        finally:
            connection.close()

    threads = [
        threading.Thread(target=attempt, args=pair)
        for pair in [
            ("sent", lambda: sending.record_sending(ready, staff, sent_on=today(), words="x")),
            ("written", lambda: translate(ready, staff, text="Another text.")),
        ]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 1  # the one that came second was refused
    assert Dossier.objects.get().state == ("sent" if outcomes == ["sent"] else "writing")


def test_receipt_comes_after_the_sending_and_once(dossier, rep, awards_officer):
    with pytest.raises(DossierRefused, match="Only what is sent"):
        sending.acknowledge(dossier, today(), "", awards_officer)
    sent = make_sent(dossier, rep, awards_officer)
    with pytest.raises(DossierRefused, match="before the sending"):
        sending.acknowledge(sent, today() - DAY, "", awards_officer)
    with pytest.raises(DossierRefused, match="not come yet"):
        sending.acknowledge(sent, today() + DAY, "", awards_officer)

    done = sending.acknowledge(sent, today(), "Received with thanks.", awards_officer)

    assert (done.state, done.acknowledgement) == ("acknowledged", "Received with thanks.")
    with pytest.raises(DossierRefused, match="Only what is sent"):
        sending.acknowledge(sent, today(), "", awards_officer)


def test_result_is_of_what_was_sent(dossier, rep, awards_officer):
    with pytest.raises(DossierRefused, match="after the sending"):
        sending.record_outcome(dossier, "won", awards_officer, on=today())
    sent = make_sent(dossier, rep, awards_officer)
    with pytest.raises(DossierRefused, match="Give the day"):
        sending.record_outcome(sent, "won", awards_officer)

    unknown = sending.record_outcome(sent, "no_answer", awards_officer, on=today())
    assert (unknown.outcome, unknown.outcome_on) == ("no_answer", None)
    assert Message.objects.filter(kind="nominations.outcome").count() == 0
    won = sending.record_outcome(sent, "won", awards_officer, on=today(), source="UN-Habitat")
    assert (won.outcome, won.outcome_on, won.outcome_source) == ("won", today(), "UN-Habitat")
    assert Message.objects.filter(kind="nominations.outcome").count() == 1


def test_dossier_that_won_makes_one_laureate_as_a_draft(dossier, kazan, rep, awards_officer):
    sent = make_sent(dossier, rep, awards_officer)
    with pytest.raises(DossierRefused, match="Only a dossier that won"):
        honouring.make_laureate(sent, awards_officer, citation_en="For the old town.")
    sending.record_outcome(
        sent, "won", awards_officer, on=today(), source="UN-Habitat", url="https://example.org/"
    )
    with pytest.raises(DossierRefused, match="Say what the city is honoured for"):
        honouring.make_laureate(sent, awards_officer)

    made = honouring.make_laureate(
        sent, awards_officer, citation_ru="За старый город.", citation_en="For the old town."
    )
    assert honouring.make_laureate(sent, awards_officer) == made

    assert Laureate.objects.count() == 1
    assert (made.status, made.award, made.year, made.member, made.honour) == (
        "draft", dossier.call.award, 2027, kazan, "winner",
    )  # fmt: skip
    assert (made.title_ru, made.title_en) == ("Казань", "Kazan")
    assert (made.citation_ru, made.citation_en) == ("За старый город.", "For the old town.")
    assert (made.source_ru, made.source_url) == ("UN-Habitat", "https://example.org/")
    with pytest.raises(DossierRefused, match="The laureate is recorded already"):
        sending.record_outcome(sent, "not_won", awards_officer, on=today())


def test_call_that_takes_russian_asks_for_no_translation(kazan, rep, awards_officer):
    call = make_call(languages=["ru"], letters_needed=[])
    dossier = make_dossier(call, kazan, rep, awards_officer)
    write(dossier, rep)
    write(dossier, rep, 1)
    assert lacking(dossier) == ["The final text is not made, or was made before a change."]

    final = sending.make_final(dossier, awards_officer)
    sending.approve(final, final.final_digest, rep)

    assert lacking(dossier) == []
