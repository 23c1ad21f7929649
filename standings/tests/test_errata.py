"""RAT-6: sealed results change by an erratum alone, with old and new places and new diplomas."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from awards.tests.factories import make_award
from content import documents
from laureates import diploma_making, diplomas, releasing
from laureates.models import Diploma, Laureate, Results
from laureates.models import Erratum as LaureateErratum
from mailing.models import Message
from members.models import Member
from questionnaires import checking
from questionnaires.checkers import Checker
from questionnaires.models import Answer
from questionnaires.refusals import Refused
from ratings.tests.factories import make_full_edition, make_rating
from standings import (
    canonical,
    errata,
    errata_letters,
    honours,
    honours_following,
    moves,
    sealing,
    verifying,
)
from standings.models import Erratum, Seal, Standing
from standings.seal_forms import ChooseForm
from standings.sealing import SealRefused
from standings.tests.factories import HOUR, make_answered, make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def staff(make_user):
    return make_user("anna@example.org"), make_user("boris@example.org")


@pytest.fixture
def edition():
    rating = make_rating(award=make_award("rating", title_ru="Рейтинг", title_en="Rating"))
    edition = make_full_edition(
        rating=rating, closes_at=timezone.now() - HOUR, admits_guests=True, places_honoured=2
    )
    return make_sealed(edition).edition


def prepared(edition, staff, code="P1", slug="bishkek", value=0) -> Erratum:
    """Bishkek had no projects, not 9: Izmir leads now."""
    erratum = errata.begin(edition, staff[0])
    erratum.reason_ru, erratum.reason_en = "Проекты посчитаны неверно.", "Projects were miscounted."
    erratum.save()
    response = edition.responses.get(member__slug=slug)
    errata.put(erratum, response, edition.indicators.get(code=code), value, "Letter of 3 May",
               staff[0])  # fmt: skip
    return erratum


def corrected(edition, staff, **which) -> Seal:
    erratum = prepared(edition, staff, **which)
    errata.ask(erratum, staff[0])
    return errata.seal(erratum, staff[1])


def refusal(deed, *args) -> list[str]:
    with pytest.raises(SealRefused) as refused:
        deed(*args)
    return refused.value.reasons


def released(edition, staff):
    """The laureates of the edition are public."""
    kept = honours.draft(edition, staff[0])
    results = Results.objects.get(round=kept.round)
    releasing.ask(results, staff[0])
    releasing.release(results, staff[1])
    return kept


def places(seal) -> dict:
    return dict(seal.standings.values_list("name_en", "rank"))


def test_rat_6_correction_is_a_revision_with_old_and_new_places(edition, staff):
    first = edition.seals.get()

    seal = corrected(edition, staff)

    assert places(first) == {"Bishkek": 1, "Izmir": 2, "Khabarovsk": 3}
    assert places(seal) == {"Izmir": 1, "Bishkek": 2, "Khabarovsk": 3}
    assert (seal.revision, seal.reason_en) == (2, "Projects were miscounted.")
    assert seal.sha256 != first.sha256
    moved = [(one.name_en, one.before, one.after) for one in moves.places_moved(seal)]
    assert moved == [("Izmir", 2, 1), ("Bishkek", 1, 2)]
    assert set(Standing.objects.public().values_list("seal", flat=True)) == {seal.pk}
    assert verifying.verify(seal).differs == []
    public, _private = canonical.parts(seal)
    assert public["reason"] == {"ru": seal.reason_ru, "en": seal.reason_en}


def test_rat_6_public_page_says_old_and_new_place(edition, staff, client):
    corrected(edition, staff)

    page = client.get(f"/en/ratings/{edition.rating.slug}/{edition.slug}/results/").content.decode()

    assert "Projects were miscounted." in page


def test_rat_6_answers_of_a_sealed_edition_refuse_in_a_sentence(edition, staff):
    answer = Answer.objects.filter(response__edition=edition).first()
    staff[0].is_superuser = True
    staff[0].save()

    with pytest.raises(Refused, match="The results are sealed"):
        checking.take_back(Checker(edition, staff[0]), answer.pk, answer.version)


def test_rat_6_diplomas_are_issued_anew_and_the_old_number_says_replaced(edition, staff, client):
    """Bishkek was the first and is the second: its diploma gets a new number."""
    kept = released(edition, staff)
    diploma_making.make(kept.round, Diploma.To.LAUREATE, staff[0])
    bishkek = Diploma.objects.get(laureate__title_en="Bishkek", series="A")
    old = diplomas.issue(bishkek, staff[0])

    seal = corrected(edition, staff)
    done = honours_following.follow(edition, staff[1])
    again = honours_following.follow(edition, staff[1])

    new = diplomas.current(bishkek)
    assert (old.number, new.number) == (f"{kept.round.year}-A-001", f"{kept.round.year}-A-002")
    assert (new.replaces, new.reissue_reason) == (old, seal.reason_ru)
    page = client.get(documents.check_url(old.code)).content.decode()
    assert "заменён" in page
    assert new.number in page
    assert "2nd place" in bishkek.__class__.objects.get(pk=bishkek.pk).wording_en
    laureates = Laureate.objects.filter(round=kept.round, category__code="A")
    assert set(laureates.values_list("title_en", "place", "status")) == {
         ("Izmir", 1, "published"), ("Bishkek", 2, "published"),
    }  # fmt: skip
    assert LaureateErratum.objects.filter(text_en="Projects were miscounted.").exists()
    assert (done.reissued, again) == (1, honours_following.Followed())


def test_rat_6_who_is_honoured_no_more_is_withdrawn_with_the_diploma(edition, staff):
    edition.places_honoured = 1
    edition.save()
    kept = released(edition, staff)
    diploma_making.make(kept.round, Diploma.To.LAUREATE, staff[0])
    bishkek = Diploma.objects.get(laureate__title_en="Bishkek", series="A")
    paper = diplomas.issue(bishkek, staff[0])

    corrected(edition, staff)
    done = honours_following.follow(edition, staff[1])

    paper.refresh_from_db()
    assert (paper.state, done.revoked) == ("revoked", 1)
    public = Laureate.objects.public().filter(round=kept.round, category__code="A")
    assert list(public.values_list("title_en", "place")) == [("Izmir", 1)]


def test_unreleased_laureates_follow_as_drafts(edition, staff):
    edition.places_honoured = 1
    edition.save()
    kept = honours.draft(edition, staff[0])

    corrected(edition, staff)
    honours_following.follow(edition, staff[1])

    laureates = Laureate.objects.filter(round=kept.round, category__code="A")
    assert set(laureates.values_list("title_en", "place", "status")) == {
        ("Izmir", 1, "draft"), ("Bishkek", 1, "withdrawn"),
    }  # fmt: skip
    assert not LaureateErratum.objects.exists()


def test_moved_cities_get_one_letter(edition, staff, make_user):
    member = edition.responses.get(member__slug="bishkek").member
    member.representatives.create(
        user=make_user("rep@example.org", language="en"), role="lead",
        starts_on=timezone.localdate(),
    )  # fmt: skip

    seal = corrected(edition, staff)

    (mail,) = Message.objects.filter(occasion__startswith="standings.moved")
    assert mail.email == "rep@example.org"
    assert "it was 1st place, now it is 2nd place" in mail.text_body
    assert reverse("standings:results", args=[edition.rating.slug, edition.slug]) in mail.text_body
    assert errata_letters.tell(seal, moves.places_moved(seal)) == 0


def test_correction_under_embargo_tells_nobody_and_comes_out_with_the_results(staff, make_user):
    moment = timezone.now() + HOUR
    edition = make_sealed(published_at=moment, by=staff).edition
    member = edition.responses.get(member__slug="bishkek").member
    member.representatives.create(
        user=make_user("rep@example.org"), role="lead", starts_on=timezone.localdate()
    )
    seal = corrected(edition, staff)
    assert seal.published_at == moment

    sealing.move(seal, moment + HOUR, staff[0])

    assert set(edition.seals.values_list("published_at", flat=True)) == {moment + HOUR}
    assert not Message.objects.filter(occasion__startswith="standings.moved").exists()
    assert not Standing.objects.public(moment).exists()


def test_second_correction_keeps_the_first_one(edition, staff):
    corrected(edition, staff)

    seal = corrected(edition, staff, code="E1", slug="izmir", value=100)

    assert seal.revision == 3
    _public, private = canonical.parts(seal)
    numbers = {one["city"]: one["numbers"] for one in private["answers"]}
    bishkek = edition.responses.get(member__slug="bishkek").pk
    izmir = edition.responses.get(member__slug="izmir").pk
    assert (numbers[bishkek]["P1"], numbers[izmir]["E1"]) == (0.0, 100.0)


def test_answer_can_be_counted_as_not_given(edition, staff):
    seal = corrected(edition, staff, value=None)

    _public, private = canonical.parts(seal)
    bishkek = edition.responses.get(member__slug="bishkek").pk
    assert next(
        one["numbers"] for one in private["answers"] if one["city"] == bishkek
    ) == {"P2": 8.0, "E1": 7.0}  # fmt: skip


def test_correction_needs_a_second_person_and_the_same_state(edition, staff):
    erratum = prepared(edition, staff)
    assert refusal(errata.seal, erratum, staff[1]) == [
        "Nobody asks for this approval any more, or the record was changed since."
    ]
    errata.ask(erratum, staff[0])
    assert refusal(errata.seal, erratum, staff[0]) == [
        "You asked for this approval: a second person has to give it."
    ]
    response = edition.responses.get(member__slug="izmir")
    errata.put(erratum, response, edition.indicators.get(code="P2"), 3, "Another", staff[0])
    assert refusal(errata.seal, erratum, staff[1]) == [
        "Nobody asks for this approval any more, or the record was changed since."
    ]
    assert Seal.objects.count() == 1


def test_correction_without_reasons_or_answers_is_refused(edition, staff):
    erratum = errata.begin(edition, staff[0])

    assert refusal(errata.ask, erratum, staff[0]) == [
        "Say what was wrong in Russian and in English.", "No answer is corrected yet.",
    ]  # fmt: skip
    assert errata.begin(edition, staff[1]) == erratum


def test_value_that_counts_already_is_no_correction(edition, staff):
    assert refusal(lambda: prepared(edition, staff, value=9)) == [
        "This is what counts already: give another value."
    ]


def test_published_and_dropped_corrections_stay(edition, staff):
    corrected(edition, staff)
    erratum = Erratum.objects.get()
    closed = ["This correction is published or dropped already."]

    assert refusal(errata.drop, erratum, staff[0]) == closed
    assert refusal(errata.take_out, erratum.changes.get(), staff[0]) == closed
    second = prepared(edition, staff, slug="izmir", value=1)
    errata.drop(second, staff[0])
    assert refusal(errata.ask, second, staff[0]) == closed


def test_unsealed_edition_has_no_erratum(staff):
    edition = make_full_edition()

    assert refusal(errata.begin, edition, staff[0]) == [
        "This edition is not sealed: correct its answers in the check."
    ]


def test_cities_to_correct_stand_in_the_alphabet_of_the_reader():
    answered = make_answered()
    Member.objects.filter(slug="bishkek").update(name_ru="Чита", name_en="Chita")
    shown = {}
    for language in ("ru", "en"):
        with translation.override(language):
            choices = ChooseForm(answered).fields["response"].choices
            shown[language] = [name for _key, name in choices][1:]
    assert shown == {
        "ru": ["Измир", "Хабаровск", "Чита"], "en": ["Chita", "Izmir", "Khabarovsk"],
    }  # fmt: skip
