"""Papers, agenda items and decisions of meetings, as publications."""

from django.utils.html import escape

from content.dates import local_day
from content.languages import LANGUAGE_CODES, in_language
from content.richtext import clean_html
from library.models import Publication
from library.sources import Draft, Source, register, without_language
from meetings.models import AgendaItem, Decision, Meeting, MeetingDocument

Kind = Publication.Kind
AUDIENCE = MeetingDocument.Audience


def _source(meeting: Meeting, item: AgendaItem | None) -> dict[str, str]:
    texts = {}
    for code in LANGUAGE_CODES:
        title = in_language(meeting, "title", code)[0]
        point = in_language(item, "title", code)[0] if item else ""
        texts[f"source_{code}"] = (f"{title}. {item.order}. {point}" if item else title)[:300]
    return texts


def _draft(meeting: Meeting, item: AgendaItem | None, kind: str, texts: dict, **more) -> Draft:
    return Draft(
        kind=kind,
        dated_on=local_day(meeting.starts_at, meeting.zone),
        texts={**texts, **_source(meeting, item)},
        source_path=without_language(meeting.get_absolute_url()) if meeting.is_public() else "",
        **more,
    )


def _titles(record, field: str = "title", length: int = 300) -> dict[str, str]:
    return {
        f"title_{code}": (getattr(record, f"{field}_{code}") or "")[:length]
        for code in LANGUAGE_CODES
    }


def of_document(document: MeetingDocument) -> Draft:
    """A paper, with the paper of the same name in the other language where there is one."""
    twins = document.meeting.documents.filter(item=document.item).exclude(pk=document.pk)
    twin = next((one for one in twins.select_related("file") if _is_twin(document, one)), None)
    pair = [one for one in (document, twin) if one]
    return _draft(
        document.meeting, document.item, Kind.REPORT, _titles(document),
        files=[(one.language, one.file) for one in pair],
        is_open=all(one.audience == AUDIENCE.PUBLIC for one in pair),
    )  # fmt: skip


def _is_twin(document: MeetingDocument, other: MeetingDocument) -> bool:
    return {document.language, other.language} == {"ru", "en"} and (
        document.title_ru == other.title_ru or document.title_en == other.title_en
    )


def of_item(item: AgendaItem) -> Draft:
    """An agenda item: its decisions as text, the first paper of each language as file."""
    files: dict[str, object] = {}
    papers = list(item.documents.select_related("file").order_by("pk"))
    for paper in papers:
        files.setdefault(paper.language, paper.file)
    decisions = list(item.decisions.all())
    texts = {**_titles(item), **{f"body_{code}": _wordings(decisions, code) for code in
                                 LANGUAGE_CODES}}  # fmt: skip
    return _draft(
        item.meeting, item, Kind.DECISION if decisions else Kind.REPORT, texts,
        files=list(files.items()),
        is_open=all(paper.audience == AUDIENCE.PUBLIC for paper in papers),
    )  # fmt: skip


def of_decision(decision: Decision) -> Draft:
    """A decision: its wording is the text, the agenda item or the wording the title."""
    titles = _titles(decision.item) if decision.item else _titles(decision, "wording", 120)
    texts = {f"body_{code}": _wordings([decision], code) for code in LANGUAGE_CODES}
    return _draft(decision.meeting, decision.item, Kind.DECISION, {**titles, **texts})


def _wordings(decisions: list[Decision], code: str) -> str:
    """The wordings in one language as paragraphs; empty where one of them lacks it."""
    found = [getattr(one, f"wording_{code}") or "" for one in decisions]
    if not all(found):
        return ""
    return clean_html("".join(f"<p>{escape(wording)}</p>" for wording in found))


PERMISSION = "meetings.view_meetingdocument"
DRAFTS = {MeetingDocument: of_document, AgendaItem: of_item, Decision: of_decision}

for model, draft in DRAFTS.items():
    register(Source(model=model, draft=draft, permission=PERMISSION))
