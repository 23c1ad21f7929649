"""Organisations: the tree, the names with dates, figures, founding papers, people's spellings."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from content import searching
from content.dated import today
from content.models import SearchEntry
from governance import tasks
from governance.models import (
    FoundingPaper,
    Organisation,
    OrganisationFigure,
    PaperSignatory,
    PersonConsent,
    PersonSpelling,
)
from governance.tests.factories import (
    make_body,
    make_organisation,
    make_organisation_name,
    make_person,
)
from governance.tests.pages import words
from governance.tree import nested

pytestmark = pytest.mark.django_db

NAMES = [
    "Eurasian section", "Eurasia Regional Section", "Euro-Asian Regional Section",
    "Eurasian Regional Office (ERO)", "EPO", "Eurasian Regional Division", "UCLG-Eurasia",
    "International Association “UCLG of Eurasia”",
]  # fmt: skip


def addresses_of(words_: str) -> list[str]:
    """The addresses that an English reader finds, best first."""
    found = SearchEntry.objects.in_bulk(searching.find(words_, "en").ids)
    return [found[pk].url for pk in searching.find(words_, "en").ids]


def test_s0_06_sections_stand_below_the_world_body(client):
    world = make_organisation("uclg", kind="world_body", name_ru="ОГМВ", name_en="UCLG")
    sections = [
        make_organisation(
            f"section-{n}", parent=world, name_ru=f"Секция {n}", name_en=f"Section {n}"
        )
        for n in range(9)
    ]  # fmt: skip
    branches = nested(list(Organisation.objects.order_by("pk")))
    assert branches == [(world, [(section, []) for section in sections])]
    page = words(client.get("/en/about/organisations/"))
    assert "UCLG world organisation Section 0 section of the world organisation" in page


def test_s0_07_own_record_keeps_its_legal_names_and_all_names_in_use(client):
    own = make_organisation(is_own=True)
    make_organisation_name(own, "Eurasian Regional Office", "Евразийское отделение",
                           starts_on=datetime.date(2004, 1, 1), starts_precision="year",
                           ends_on=datetime.date(2020, 1, 1), ends_precision="year")  # fmt: skip
    make_organisation_name(
        own, "UCLG of Eurasia", "ОГМВ Евразии",
        starts_on=datetime.date(2021, 1, 1), starts_precision="year",
    )  # fmt: skip
    for name in NAMES:
        make_organisation_name(own, name, kind="alias")
    own.refresh_from_db()
    assert (own.name_en, own.name_ru) == ("UCLG of Eurasia", "ОГМВ Евразии")
    page = words(client.get("/en/about/organisations/uclg-eurasia/"))
    assert "Eurasian Regional Office 2004 – 2020" in page
    assert "UCLG of Eurasia since 2021" in page
    assert [name for name in NAMES if name not in page.replace("&amp;", "&")] == []
    for name in ("Euro-Asian Regional Section", "ERO", "EPO"):
        assert list(Organisation.objects.named_like(name)) == [own]


def test_s0_11_own_record_says_where_the_headquarters_are(client):
    make_organisation(is_own=True)
    page = words(client.get("/en/about/organisations/uclg-eurasia/"))
    assert "Headquarters 8/1 Mislavsky street, Kazan, 420111" in page
    assert "Kazan time (UTC+3)" in page


def test_name_that_begins_with_the_day_takes_effect_by_itself():
    own = make_organisation(name_ru="Старое", name_en="Old")
    make_organisation_name(own, "New", "Новое", starts_on=today())
    Organisation.objects.filter(pk=own.pk).update(name_ru="Старое", name_en="Old")
    assert [tasks.refresh_current_names(), tasks.refresh_current_names()] == [1, 0]
    own.refresh_from_db()
    assert (own.name_en, own.name_ru) == ("New", "Новое")


def test_legal_names_do_not_overlap(english):
    own = make_organisation()
    make_organisation_name(own, "First", starts_on=datetime.date(2004, 1, 1))
    make_organisation_name(own, "Second", starts_on=datetime.date(2010, 1, 1))
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_there_is_one_record_of_the_association_itself():
    make_organisation(is_own=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation("other", is_own=True)


def test_organisation_does_not_stand_above_itself(english):
    first = make_organisation("first")
    second = make_organisation("second", parent=first)
    first.parent = second
    with pytest.raises(ValidationError) as refused:
        first.full_clean()
    assert refused.value.message_dict == {"parent": ["“UCLG-Eurasia” would stand above itself."]}
    with pytest.raises(ValidationError):
        first.save()


def test_organisation_is_not_dissolved_before_it_is_founded(english):
    one = Organisation(slug="one", kind="other", name_en="One",
                       founded_on=datetime.date(2010, 1, 1),
                       dissolved_on=datetime.date(2009, 1, 1))  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    assert refused.value.messages == ["An organisation is not dissolved before it is founded."]


def test_s4_04_network_of_networks_shows_dated_figures_and_branches(client):
    network = make_organisation("who", kind="network", name_ru="ВОЗ", name_en="Healthy Cities")
    branch = make_organisation(
        "branch", kind="branch", parent=network, name_ru="Филиал", name_en="National branch"
    )
    for value, what in [(90, "cities"), (30, "national networks"), (1400, "cities in them")]:
        OrganisationFigure.objects.create(
            organisation=network, what_en=what, value=value, as_of=datetime.date(2020, 1, 1),
            as_of_precision="year", source_en="Site of Izhevsk",
        )  # fmt: skip
    page = words(client.get("/en/about/organisations/who/"))
    assert "national networks 30 2020 Site of Izhevsk" in page
    assert "cities in them 1,400 2020 Site of Izhevsk" in page
    assert "Sections and branches National branch branch of a network" in page
    assert "Part of Healthy Cities" in words(client.get(branch.get_absolute_url()))


def test_s4_07_alias_finds_the_assembly_under_its_other_name():
    iac = make_organisation("iac", kind="association", name_ru="МАГ",
                            name_en="International Assembly of Capitals and Cities")  # fmt: skip
    make_organisation_name(iac, "International Assembly of Capitals and Large Cities", kind="alias")
    assert list(Organisation.objects.named_like("capitals and large cities")) == [iac]


def test_s4_13_founding_paper_names_its_signatories(client):
    council = make_organisation("udmurtia", kind="association", name_ru="Совет", name_en="Council")
    paper = FoundingPaper.objects.create(
        organisation=council, title_en="Founding treaty", signed_on=datetime.date(2006, 5, 5)
    )
    PaperSignatory.objects.create(paper=paper, name_en="Head of Izhevsk", office_en="or associate")
    page = words(client.get("/en/about/organisations/udmurtia/"))
    assert "5 May 2006 Founding treaty Signed by: Head of Izhevsk, or associate" in page


def test_signatory_needs_a_person_a_member_or_a_name(english):
    paper = FoundingPaper.objects.create(organisation=make_organisation(), title_en="Treaty")
    with pytest.raises(ValidationError) as refused:
        PaperSignatory(paper=paper).full_clean()
    assert refused.value.messages == ["Choose a person or a member, or write the name."]


def test_s1_28_person_is_found_by_every_spelling(client):
    person = make_person("topbas", "Кадир Топбаш", "Kadir Topbaş")
    for spelling in ("Kadir Topbas", "Kadir Topbash", "KadirTopbash"):
        PersonSpelling.objects.create(person=person, text=spelling)
    person.save()
    for words_ in ("Topbaş", "Topbas", "Topbash", "Топбаш"):
        found = addresses_of(words_)
        assert found == ["/en/about/people/topbas/"], words_


def test_s3_10_body_is_found_under_both_of_its_names(client):
    body = make_body(slug="bureau", name_ru="Бюро", name_en="Executive Bureau")
    body.aliases.create(name_en="Executive Office")
    body.save()
    for name in ("Executive Bureau", "Executive Office"):
        assert addresses_of(name) == ["/en/about/bodies/bureau/"]
    assert "also: Executive Office" in words(client.get("/en/about/bodies/bureau/"))


def test_photo_and_biography_are_shown_by_consent_only(client, django_capture_on_commit_callbacks):
    person = make_person(biography_en="<p>Born by the Volga.</p>")
    address = person.get_absolute_url().replace("/ru/", "/en/")
    assert "Born by the Volga" not in words(client.get(address))
    with django_capture_on_commit_callbacks(execute=True):
        consent = PersonConsent.objects.create(
            person=person, field="biography", given_on=datetime.date(2020, 1, 1)
        )
    assert "Born by the Volga" in words(client.get(address))
    with django_capture_on_commit_callbacks(execute=True):
        consent.withdrawn_on = datetime.date(2021, 1, 1)
        consent.save()
    assert "Born by the Volga" not in words(client.get(address))


def test_biography_is_searched_by_consent_only():
    person = make_person(biography_en="<p>Born by the Volga.</p>")
    assert addresses_of("Volga") == []
    PersonConsent.objects.create(
        person=person, field="biography", given_on=datetime.date(2020, 1, 1)
    )
    person.save()
    assert addresses_of("Volga") == ["/en/about/people/ivanov/"]


def test_person_without_a_page_is_not_found(client):
    make_person(is_public=False)
    assert client.get("/en/about/people/ivanov/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_changes_of_parents_do_not_close_a_circle():
    first, second = make_organisation("first"), make_organisation("second")
    pairs = [(first.pk, second.pk), (second.pk, first.pk)]
    barrier, refused = threading.Barrier(2), []

    def put_below(child, parent):
        record = Organisation.objects.get(pk=child)
        record.parent_id = parent
        barrier.wait()
        try:
            record.save()
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=put_below, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    parents = Organisation.objects.exclude(parent=None).count()
    assert (parents, len(refused)) == (1, 1)
