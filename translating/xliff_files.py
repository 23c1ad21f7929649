"""XLIFF 1.2 out and in, for translators with a translation memory."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from content.texts import tidy
from translating.links import pairs_in
from translating.marks import LONGEST_NUMBER, mark_of
from translating.models import TranslationLink

TYPE = "application/xliff+xml"
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
MAX_BYTES = 5 * 1024 * 1024
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def made_of(link: TranslationLink) -> bytes:
    """The file for a translator; `original` of its only <file> is the mark."""
    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE}, version="1.2")
    file = etree.SubElement(
        root, _tag("file"),
        {
            "original": mark_of(link),
            "source-language": link.record.source_language,
            "target-language": link.language,
            "datatype": "plaintext",
        },
    )  # fmt: skip
    body = etree.SubElement(file, _tag("body"))
    for number, pair in enumerate(pairs_in(link), start=1):
        unit = etree.SubElement(
            body, _tag("trans-unit"), {"id": str(number), XML_SPACE: "preserve"}
        )
        etree.SubElement(unit, _tag("source")).text = tidy(pair.source)
        if pair.target:
            etree.SubElement(unit, _tag("target")).text = tidy(pair.target)
    out = io.BytesIO()
    etree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return out.getvalue()


def read(data: bytes, link: TranslationLink) -> dict[int, str]:
    """The translations of a returned file by their numbers.

    Raises ValidationError: no XLIFF 1.2, over 5 MB, with a document type, or of another record.
    """
    root = _parsed(data)
    files = root.findall(f"{{{NAMESPACE}}}file")
    originals = {file.get("original") for file in files}
    if originals != {mark_of(link)} or files[0].get("target-language") != link.language:
        raise ValidationError(
            _("This file belongs to another text. Send the one that was downloaded from here."),
            code="other",
        )
    found: dict[int, str] = {}
    for unit in root.iter(f"{{{NAMESPACE}}}trans-unit"):
        number = unit.get("id", "")
        if not number.isdecimal() or len(number) > LONGEST_NUMBER or int(number) in found:
            raise ValidationError(
                _("Paragraph %(number)s is there twice."),
                code="twice",
                params={"number": number[:LONGEST_NUMBER]},
            )
        target = unit.find(f"{{{NAMESPACE}}}target")
        found[int(number)] = "" if target is None else tidy("".join(target.itertext()))
    return found


def _parsed(data: bytes) -> etree._Element:
    """The root of a file: no entities are resolved, nothing is fetched, no document type taken."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is empty or larger than 5 MB."), code="size")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unreadable() from error
    if root.getroottree().docinfo.doctype or root.tag != _tag("xliff"):
        raise _unreadable()
    return root


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This is not an XLIFF 1.2 file, or it is damaged. Export it anew and send it again."),
        code="unreadable",
    )
