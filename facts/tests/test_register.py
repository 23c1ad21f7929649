"""The register: what stands, what was said before, what the records add up to."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from content import searching
from content.models import Revision
from facts import derived, reading
from facts.models import Fact, Subject
from facts.tests.factories import make_fact, make_subject
from members.tests.factories import make_country, make_member

pytestmark = pytest.mark.django_db


def chain(subject) -> list[tuple]:
    """Value and what superseded it, the latest first."""
    return [
        (int(fact.value), fact.superseded_by and int(fact.superseded_by.value))
        for fact in subject.facts.all()
    ]


def test_newer_statement_supersedes_the_current_one():
    subject = make_subject()
    make_fact(subject, 9, 2016)
    make_fact(subject, 7, 2020)

    assert chain(subject) == [(7, None), (9, 7)]


def test_older_statement_found_later_takes_its_place_in_the_chain():
    subject = make_subject()
    make_fact(subject, 7, 2020)
    make_fact(subject, 9, 2016)
    make_fact(subject, 8, 2018)

    assert chain(subject) == [(7, None), (8, 7), (9, 7)]


def test_second_current_statement_is_refused_by_the_database():
    first = make_fact()
    other = Fact(
        subject=first.subject, wording_ru="девять", value=9, source_ru="сайт",
        as_of=datetime.date(2021, 1, 1),
    )  # fmt: skip

    with transaction.atomic(), connection.cursor() as cursor:
        other.save()
        with pytest.raises(IntegrityError):
            cursor.execute("SET CONSTRAINTS facts_fact_one_current IMMEDIATE")
        transaction.set_rollback(True)


def test_statement_superseded_by_one_of_another_subject_is_refused():
    first = make_fact()
    first.superseded_by = make_fact(make_subject("uclg-countries"), 140)

    with pytest.raises(ValidationError) as refused:
        first.full_clean()

    assert refused.value.message_dict == {
        "superseded_by": [_("It is a statement about another subject.")]
    }


def test_statements_never_supersede_each_other_in_a_circle():
    subject = make_subject()
    old, new = make_fact(subject, 9, 2016), make_fact(subject, 7, 2020)
    old.refresh_from_db()
    new.superseded_by = old

    with pytest.raises(ValidationError) as refused:
        new.full_clean()

    assert refused.value.message_dict["superseded_by"] == [
        _("They would supersede each other in a circle.")
    ]


def test_current_is_what_stood_on_a_day():
    subject = make_subject()
    make_fact(subject, 9, 2016)
    make_fact(subject, 7, 2020)

    said = [
        reading.current("uclg-sections", day)
        for day in (None, datetime.date(2018, 5, 1), datetime.date(2010, 1, 1))
    ]

    assert [fact and int(fact.value) for fact in said] == [7, 9, None]


def test_history_of_a_statement_is_kept():
    fact = make_fact()
    fact.wording_en = "UCLG has seven regional sections"
    fact.save()

    kept = Revision.objects.filter(content_type__model="fact", object_id=fact.pk)
    assert [row.values["wording_en"] for row in kept] == [
        "UCLG has seven regional sections", "UCLG consists of 7 regional sections",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ("240000", "en", "240,000"),
        ("240000", "ru", "240\u00a0000"),
        ("0.5", "ru", "0,5"),
        ("0.5", "en", "0.5"),
    ],
)
def test_value_is_written_as_its_readers_write_numbers(value, language, shown):
    assert make_fact(value=value).value_text(language) == shown


def rendered(text: str, language="en") -> str:
    with translation.override(language):
        return Template("{% load facts_tags %}" + text).render(Context())


def test_fact_tag_writes_wording_with_its_day():
    make_fact()

    assert rendered('{% fact "uclg-sections" %}') == (
        '<span class="fact" title="As of 2020. Source: Site of the association">'
        "UCLG consists of 7 regional sections</span> "
        '<small class="fact__day">(as of 2020)</small>'
    )
    assert rendered('{% fact "uclg-sections" "value" %}') == (
        '<span class="fact fact--value" '
        'title="As of 2020. Source: Site of the association">7</span>'
    )


def test_fact_tag_of_an_unknown_code_writes_nothing():
    assert rendered('{% fact "nobody-knows" %}') == ""


def test_s0_05_page_shows_what_stands_and_what_was_said_before(client):
    subject = make_subject()
    make_fact(subject, 9, 2016, source_url="https://example.org/old/")
    make_fact(subject, 7, 2020)

    page = client.get("/en/facts/").content.decode()

    current, earlier = page.split("How it was said before")
    assert "UCLG consists of 7 regional sections" in current
    assert "9 regional" not in current
    assert "UCLG consists of 9 regional sections" in earlier
    assert '<a href="https://example.org/old/" rel="noopener">' in earlier


def test_s1_02_different_units_stand_side_by_side(client):
    make_fact(make_subject("uclg-municipalities", unit_en="municipalities"), 240000)
    make_fact(make_subject("uclg-direct-members", unit_en="cities and associations"), 1000, 2016)

    assert [
        (entry["subject"].unit_en, int(entry["current"].value), entry["earlier"])
        for entry in reading.entries()
    ] == [("cities and associations", 1000, []), ("municipalities", 240000, [])]


def test_s1_03_claim_and_records_stand_side_by_side(client):
    make_fact(make_subject("section-members", unit_en="members"), 105, bound="about")
    make_member()
    make_member("bishkek", "Бишкек", "Bishkek", country=make_country("KG", "Киргизия", "KG"))
    make_member("baku", "Баку", "Baku", is_member=False)

    page = client.get("/en/facts/").content.decode()

    assert "<strong>2</strong>" in page
    assert "computed from the records of members" in page
    assert "The records give 103 less (98.1 %)." in page


def test_s0_09_population_of_member_cities_stands_beside_the_claim():
    make_fact(make_subject("section-population"), 300_000_000)
    make_member(population=1_300_000)
    make_member("region", "Область", "Region", kind="region", population=5_000_000)

    assert derived.of("section-population").value == 1_300_000
    assert derived.of("section-countries").value == 1


@pytest.mark.parametrize(
    ("value", "bound", "counted", "words"),
    [
        (100, "over", 120, "The records bear out what was published."),
        (100, "exact", 100, "The records give the same figure."),
        (100, "exact", 120, "The records give 20 more (20 %)."),
        (120, "over", 90, "The records give 30 less (25 %)."),
    ],
)
def test_difference_is_said_in_words(value, bound, counted, words):
    claim = make_fact(value=value, bound=bound)
    with translation.override("en"):
        assert derived.difference(claim, derived.Derived(counted, datetime.date.today())) == words  # noqa: DTZ011


def test_page_takes_as_many_queries_with_many_figures(client, django_assert_num_queries):
    for number in range(5):
        subject = make_subject(f"subject-{number}")
        make_fact(subject, 9, 2016)
        make_fact(subject, 7, 2020)

    with django_assert_num_queries(2):
        reading.entries()


def test_register_is_found_by_its_current_statement():
    make_fact()

    with translation.override("en"):
        found = searching.find("regional sections", "en")

    assert found.total == 1


def form_data(subject, **fields) -> dict:
    return {
        "subject": subject.pk, "wording_ru": "Восемь секций", "bound": "exact", "value": "8",
        "source_ru": "Сайт", "as_of": "2021-01-01", "as_of_precision": "year", "version": "0",
        **fields,
    }  # fmt: skip


def test_admin_puts_a_new_statement_before_the_current_one(client_of, editor):
    old = make_fact()

    answer = client_of(editor).post(reverse("admin:facts_fact_add"), form_data(old.subject))

    assert answer.status_code == 302
    assert chain(old.subject) == [(8, None), (7, 8)]


def test_admin_refuses_a_statement_without_a_value(client_of, editor):
    data = form_data(make_subject(), value="")

    answer = client_of(editor).post(reverse("admin:facts_fact_add"), data)

    with translation.override("ru"):
        refusal = _("Give the value as a number or in words.")
    assert answer.context["adminform"].form.non_field_errors() == [refusal]
    assert not Fact.objects.exists()


def test_admin_lists_take_a_constant_number_of_queries(
    client_of, editor, django_assert_max_num_queries
):
    client = client_of(editor)
    for number in range(4):
        make_fact(make_subject(f"subject-{number}"), 7)

    for name in ("fact", "subject"):
        with django_assert_max_num_queries(16):
            client.get(reverse(f"admin:facts_{name}_changelist"))


def test_admin_filter_shows_what_stands(client_of, editor):
    subject = make_subject()
    make_fact(subject, 9, 2016)
    make_fact(subject, 7, 2020)

    page = client_of(editor).get(reverse("admin:facts_fact_changelist"), {"standing": "current"})

    assert [int(fact.value) for fact in page.context["cl"].result_list] == [7]


def test_demonstration_holds_the_contradictions_of_the_sources():
    from uclg_portal.demonstration import facts as demonstration  # noqa: PLC0415

    demonstration.load()

    standing = {
        fact.subject.slug: fact.value_text("en")
        for fact in Fact.objects.current().select_related("subject")
    }
    assert standing["uclg-sections"] == "7"
    assert standing["uclg-municipalities"] == "240,000"
    assert standing["uclg-direct-members"] == "1,000"
    assert standing["section-countries"] == "10"
    assert len(standing) == Subject.objects.count() == 11
