"""PDF by Typst: what people typed is printed as it is, and nothing half-made leaves."""

import datetime
import io
import shutil
from pathlib import Path

import pytest
import typst
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.utils.translation import gettext_lazy
from pypdf import PdfReader

from content import documents
from content.tests.papers import properties_of, text_of
from content.typesetting import printable

DAY = datetime.date(2026, 3, 1)
START = '#import "/content/pdf/letter.typ": *\n#show: letter\n'


@pytest.fixture
def typeset(tmp_path, settings):
    """A function from the body of a template and its data to the PDF, in a folder of its own."""
    folder = tmp_path / "шаблоны с пробелом"
    shutil.copytree(Path(settings.BASE_DIR) / "templates/content/pdf", folder / "content/pdf")
    engines = [{**settings.TEMPLATES[0], "DIRS": [folder]}]

    def make(body: str, *, day=DAY, language="ru", **data) -> bytes:
        settings.TEMPLATES = engines
        (folder / "sample.typ").write_text(body, encoding="utf-8")
        return documents.pdf("sample.typ", data, title="Справка", language=language, day=day)

    return make


@pytest.mark.parametrize(
    "text",
    [
        "Өскемен, Қызылорда, Ұлытау, Һ, Әл-Фараби",
        "Gəncə, Şəki, Ağdam, İzmir, Diyarbakır, Çorum",
        "Дархан, Өлгий, Үүрээ; Ғафуров, Ҳисор, Ӯш, Ҷ",
        "Երևան, Գյումրի; თბილისი, ქუთაისი",
        "№ 5 — «ёлочки», “quotes” 10 000 ₽, 3 € ± 1 %",
    ],
)
def test_letters_of_all_members_are_printed(typeset, text):
    made = typeset(START + "#data.text\n", text=text)

    assert " ".join(text.split()) in text_of(made)


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1 + 1")',
        '] #panic("out")',
        "\"straight\" 'quotes' -- dashes ---",
        "*bold* _slanted_ `raw` $x$ @ref <label> = Title",
        '#read("/content/pdf/letter.typ")',
        "back\\slash // comment /* block */ {code} ~",
        "https://example.org/?a=1&b=<2>",
    ],
)
def test_hostile_text_is_printed_as_it_is(typeset, text):
    assert text in text_of(typeset(START + "= #data.text\n", text=text))


def test_what_no_face_holds_becomes_a_question_mark():
    assert printable("Город 😀 中\u202e\x00é") == "Город ? ?é"


def test_text_without_glyph_does_not_stop_the_paper(typeset):
    assert "Город ?, ?" in text_of(typeset(START + "#data.text\n", text="Город 😀, 中"))


def test_file_is_the_same_byte_for_byte(typeset):
    first, second = (typeset(START + "#data.text", text="Казань") for _time in range(2))

    assert first == second


def test_file_keeps_both_standards_and_names_itself(typeset):
    made = typeset(START + "= #data.text", text="Казань", language="en")

    marks = PdfReader(io.BytesIO(made)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert [
        name for name in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<")
        if name in marks
    ] == ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"]  # fmt: skip
    assert properties_of(made) == {
        "title": "Справка",
        "author": "United Cities and Local Governments of Eurasia",
        "language": "en",
    }


def test_head_of_the_sheet_has_both_languages(typeset):
    text = text_of(typeset(START + "= Справка"))

    for words in (
        "Объединённые города и местные власти Евразии",
        "United Cities and Local Governments of Eurasia",
        "8/1 Mislavsky street, Kazan, 420111",
        settings.ASSOCIATION_EMAIL,
    ):
        assert words in text


@pytest.mark.parametrize(
    "body",
    [
        '#set text(font: "Comic Sans MS")\nText',
        '#set text(font: "DejaVu Sans")\nText',  # the system may have it, the portal does not
        "$ cancel(x) $ #pagebreak(weak: 3pt)",
    ],
)
def test_warning_or_error_is_an_error(typeset, body):
    with pytest.raises((documents.UnfinishedDocument, typst.TypstError)):
        typeset(START + body)


def test_unknown_face_is_only_a_warning_of_typst(typeset):
    with pytest.raises(documents.UnfinishedDocument, match="unknown font family"):
        typeset(START + '#set text(font: ("Onest", "Nowhere"))\nText')


@pytest.mark.parametrize("path", ["/../secret.typ", "../../secret.typ", "/etc/passwd"])
def test_template_reads_nothing_outside_its_folder(typeset, path):
    with pytest.raises(typst.TypstError):
        typeset(START + f'#read("{path}")')


def test_sheet_without_letterhead_has_no_title_and_is_refused(typeset):
    with pytest.raises(typst.TypstError):
        typeset("Text")


def test_unknown_template_is_named():
    with pytest.raises(TemplateDoesNotExist, match=r"nowhere\.typ"):
        documents.pdf("members/pdf/nowhere.typ", {}, title="X", language="ru")


def test_parts_of_the_letterhead_fit_together(typeset):
    made = typeset(
        START
        + "= #data.title\n"
        + "#both[#data.title][Certificate]\n"
        + '#facts(("Номер", data.number), ("Пусто", none), ("День", data.signed))\n'
        + '#sheet(("Город", "Сумма"), data.rows, align: (left, right), total: ("Итого", "3"))\n'
        + "#qr(data.qr)\n#signature[Секретарь][Имя]\n#note[Мелко]\n",
        title=gettext_lazy("Members"),
        number="M-2026-0001",
        signed=DAY,
        rows=[["Казань", "1"], ["Уфа", "2"]],
        qr=documents.qr_svg("https://example.org/ru/check/x/"),
    )

    text = text_of(made)
    assert "Номер M-2026-0001 День 2026-03-01" in text
    assert "Город Сумма Казань 1 Уфа 2 Итого 3" in text
    assert "Пусто" not in text
