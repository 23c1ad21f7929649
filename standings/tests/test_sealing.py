"""Sealing: what stands against it, two people, one moment, a snapshot that stays."""

import datetime
import json
import threading
import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from content import approvals
from content.models import AuditEntry
from members.tests.factories import make_member
from questionnaires.models import Answer, Response
from questionnaires.tests.factories import make_sent
from ratings.models import Indicator, Method
from ratings.tests.factories import make_full_edition
from standings import canonical, sealing, snapshots
from standings.models import Erratum, Points, Seal, Standing
from standings.sealing import SealRefused
from standings.tests.factories import HOUR, accept_all, make_answered, make_sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


@pytest.fixture
def staff(make_user):
    return make_user("anna@example.org"), make_user("boris@example.org")


@pytest.fixture
def edition():
    return accept_all(make_answered())


def seal_by(edition, staff, publish_at=None) -> Seal:
    sealing.ask(edition, staff[0], publish_at or timezone.now())
    return sealing.seal(edition, staff[1])


def refusal(deed, *args) -> list[str]:
    with pytest.raises(SealRefused) as refused:
        deed(*args)
    return refused.value.reasons


def test_two_people_seal_places_points_and_one_text(edition, staff):
    seal = seal_by(edition, staff)

    edition.refresh_from_db()
    assert (seal.asked_by, seal.sealed_by, seal.revision) == (*staff, 1)
    assert edition.sealed_at == seal.sealed_at
    assert list(
        seal.standings.in_order().values_list(
            "name_ru", "rank", "rank_in_class", "rank_among_members", "is_guest", "class_code",
            "country__code",
        )
    ) == [
        ("Бишкек", 1, 1, 1, False, "medium", "RU"),
        ("Измир", 2, 2, None, True, "medium", "TR"),
        ("Хабаровск", 3, 3, 2, False, "medium", "RU"),
    ]  # fmt: skip
    assert Points.objects.filter(standing__seal=seal).count() == 3
    assert AuditEntry.objects.filter(verb="standings.sealed", actor=staff[1]).count() == 1


def test_hash_is_of_the_public_text_which_holds_no_answer(edition, staff):
    seal = seal_by(edition, staff)
    text = canonical.public_text(seal)
    public, private = canonical.parts(seal)

    assert canonical.sha256(text) == seal.sha256
    assert public["private_sha256"] == canonical.sha256(canonical.dumps(private))
    assert {"answers", "points", "nonce"} & public.keys() == set()
    assert "250000" not in text
    assert [one["numbers"] for one in private["answers"]] == [
        {"P1": 9.0, "P2": 8.0, "E1": 7.0}, {"P1": 8.0, "P2": 7.0, "E1": 5.0},
        {"P1": 5.0, "P2": 4.0, "E1": 2.0},
    ]  # fmt: skip
    assert seal.canonical == canonical.dumps(json.loads(seal.canonical))
    assert public["results"][0]["name_ru"] == "Бишкек"


def test_canonical_text_is_sorted_without_spaces_and_knows_no_nan():
    assert canonical.dumps({"я": 0.1, "a": [1, 2.50, None]}) == '{"a":[1,2.5,null],"я":0.1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical.dumps(float("nan"))


def test_unchecked_answers_are_listed(staff):
    edition = make_answered()
    Answer.objects.filter(response__member__slug="izmir").update(
        check_state="asked", checked_by=staff[0], checked_at=timezone.now()
    )

    assert refusal(sealing.ask, edition, staff[0], timezone.now()) == [
        "6 answers wait for the check: Bishkek, Khabarovsk.",
        "3 questions to cities are open: Izmir.",
    ]


def test_open_questionnaire_is_not_sealed(staff):
    edition = accept_all(make_answered(make_full_edition(admits_guests=True)))

    (reason,) = refusal(sealing.ask, edition, staff[0], timezone.now())

    assert reason.startswith("The questionnaire is still open, until ")


def test_edition_without_a_scored_city_is_not_sealed(staff):
    edition = make_full_edition(closes_at=timezone.now() - HOUR)

    assert refusal(sealing.ask, edition, staff[0], timezone.now()) == [
        "No city has a score yet: nobody has a place."
    ]


def test_who_asked_does_not_seal(edition, staff):
    sealing.ask(edition, staff[0], timezone.now())

    assert refusal(sealing.seal, edition, staff[0]) == [
        "You asked for this approval: a second person has to give it."
    ]
    assert Seal.objects.count() == 0


def test_nobody_asked(edition, staff):
    assert refusal(sealing.seal, edition, staff[1]) == [
        "Nobody asked for the sealing of this edition."
    ]


@pytest.mark.parametrize("what", ["answer", "weight", "method", "class", "city"])
def test_change_after_the_question_voids_the_approval(edition, staff, what):
    sealing.ask(edition, staff[0], timezone.now())
    if what == "answer":
        Answer.objects.filter(indicator__code="E1").update(number=6)
    elif what == "weight":
        Indicator.objects.filter(edition=edition, code="P1").update(weight=3)
    elif what == "method":
        Method.objects.filter(edition=edition).update(normalisation="rank")
    elif what == "class":
        edition.size_classes.filter(code="medium").update(minimum=120_000)
        edition.size_classes.filter(code="small").update(maximum=120_000)
    else:
        Response.objects.filter(member__slug="izmir").update(population=90_000)

    assert refusal(sealing.seal, edition, staff[1]) == [
        "Nobody asks for this approval any more, or the record was changed since."
    ]
    assert (Seal.objects.count(), Standing.objects.count()) == (0, 0)


def test_page_that_was_overtaken_asks_for_nothing(edition, staff):
    seen = snapshots.digest(edition)
    Answer.objects.filter(indicator__code="E1").update(number=6)

    assert refusal(sealing.ask, edition, staff[0], timezone.now(), seen) == [
        "Answers, weights or the method were changed meanwhile. Look at the results again."
    ]


def test_second_sealing_is_refused(edition, staff):
    seal_by(edition, staff)
    edition.refresh_from_db()

    assert refusal(sealing.ask, edition, staff[0], timezone.now()) == [
        "This edition is sealed. Mistakes are put right by an erratum."
    ]


def test_rat_1_tie_is_judged_on_nine_decimals(staff):
    """Equal scores to nine decimals share the place 2, the next is 4; the tenth does not count."""
    edition = make_full_edition(closes_at=timezone.now() - HOUR, admits_guests=True)
    Indicator.objects.filter(edition=edition, code__in=["P2", "E1"]).update(weight=0)
    edition.groups.filter(code="E").update(weight=0)
    numbers = {"a": 100, "b": "78.4", "c": "78.4", "d": "78.3999", "e": 0}
    for slug, number in numbers.items():
        make_sent(edition, {"P1": number}, member=make_member(slug, slug, slug))

    seal = seal_by(accept_all(edition), staff)

    assert list(seal.standings.in_order().values_list("name_ru", "rank")) == [
        ("a", 1), ("b", 2), ("c", 2), ("d", 4), ("e", 5),
    ]  # fmt: skip


def test_rat_2_members_are_ranked_anew_without_the_guest(edition, staff):
    seal = seal_by(edition, staff)

    rows = seal.standings.in_order()
    assert list(rows.values_list("name_en", "rank", "rank_among_members", "is_guest")) == [
        ("Bishkek", 1, 1, False), ("Izmir", 2, None, True), ("Khabarovsk", 3, 2, False),
    ]  # fmt: skip


def test_nothing_is_public_before_the_embargo(edition, staff):
    seal = seal_by(edition, staff, timezone.now() + HOUR)

    assert not Standing.objects.public().exists()
    assert Standing.objects.public(timezone.now() + 2 * HOUR).count() == 3
    assert seal.is_out() is False


def test_embargo_moves_later_by_anybody_and_nearer_by_the_two(edition, staff, make_user):
    seal = seal_by(edition, staff, timezone.now() + HOUR)
    third = make_user("third@example.org")
    later = timezone.now() + 3 * HOUR

    assert sealing.move(seal, later, third).published_at == later
    assert refusal(sealing.move, seal, timezone.now(), third) == [
        "Only the two people who sealed the results publish them earlier."
    ]
    sealing.move(seal, timezone.now(), staff[0])

    assert Standing.objects.public().count() == 3
    moves = AuditEntry.objects.filter(verb="standings.embargo_moved").order_by("pk")
    assert [one.actor for one in moves] == [third, staff[0]]
    assert refusal(sealing.move, seal, later, staff[0]) == ["These results are public already."]


@pytest.mark.django_db(transaction=True)
def test_edition_that_somebody_holds_is_refused_in_a_sentence(staff, monkeypatch):
    edition = accept_all(make_answered())
    monkeypatch.setattr(snapshots, "PATIENCE", "50ms")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Answer.objects.filter(response__edition=edition).update(comment="…")
            held.set()
            done.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    try:
        assert refusal(sealing.ask, edition, staff[0], timezone.now()) == [
            "Somebody is saving answers. Try again in a minute."
        ]
    finally:
        done.set()
        other.join(10)


def test_moment_in_the_past_means_at_once(edition, staff):
    seal = seal_by(edition, staff, timezone.now() - datetime.timedelta(days=3))

    assert seal.published_at == seal.sealed_at


@pytest.mark.parametrize(
    "change",
    [
        lambda seal: Seal.objects.filter(pk=seal.pk).update(sha256="0" * 64),
        lambda seal: seal.standings.update(rank=1),
        lambda seal: Points.objects.filter(standing__seal=seal).update(detail={"a": 1}),
        lambda seal: Answer.objects.filter(response__edition=seal.edition).update(number=1),
    ],
)
def test_sealed_rows_refuse_changes(change):
    seal = make_sealed()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(seal)


@pytest.mark.parametrize("change", [lambda rows: rows.update(reason_ru="…"), lambda r: r.delete()])
def test_closed_correction_refuses_changes(change):
    seal = make_sealed()
    erratum = Erratum.objects.create(edition=seal.edition, made_by=seal.asked_by)
    Erratum.objects.filter(pk=erratum.pk).update(state="dropped")

    with pytest.raises(DatabaseError), transaction.atomic():
        change(Erratum.objects.filter(pk=erratum.pk))


@pytest.mark.django_db(transaction=True)
def test_two_seal_at_once_and_one_does(make_user):
    edition = accept_all(make_answered())
    asker = make_user("asker@example.org")
    sealers = [make_user("one@example.org"), make_user("two@example.org")]
    sealing.ask(edition, asker, timezone.now())
    start, outcomes = threading.Barrier(2), []

    def run(person) -> None:
        try:
            start.wait(10)
            sealing.seal(edition, person)
            outcomes.append("done")
        except SealRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in sealers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["done", "refused"]
    assert (Seal.objects.count(), Standing.objects.count()) == (1, 3)
    assert approvals.waiting(sealing.DEED, edition) is None


@pytest.mark.django_db(transaction=True)
def test_sealing_waits_for_who_has_a_questionnaire_in_hand(staff):
    edition = accept_all(make_answered())
    sealing.ask(edition, staff[0], timezone.now())
    answer = Answer.objects.filter(response__edition=edition)[0]
    outcomes = []

    def run() -> None:
        translation.activate("en")
        try:
            sealing.seal(edition, staff[1])
        except (SealRefused, DatabaseError) as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        Response.objects.select_for_update(of=("self",)).get(pk=answer.response_id)
        other.start()
        _until_somebody_waits()
        Answer.objects.filter(pk=answer.pk).update(number=answer.number + 1)
    other.join(30)

    assert outcomes == [
        "Answers, weights or the method were changed meanwhile. Look at the results again."
    ]
    assert not Seal.objects.exists()


def _until_somebody_waits() -> None:
    for _try in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
            if cursor.fetchone():
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the lock")
