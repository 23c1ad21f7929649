"""Files of entries: judged by their content, kept behind a permission, cleaned for a blind jury."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from awards import clean_pdf, works
from awards.models import Entry, EntryField, EntryFile
from content import privatefiles

# Staff with this right open the files of others; entrants and jurors get them by their own pages.
PURPOSE = privatefiles.reserve("awards.entry", "awards.view_entry")
DOCUMENTS = (".pdf", ".docx", ".xlsx")
ENDINGS = (*DOCUMENTS, ".jpg", ".jpeg", ".png", ".webp")


@privatefiles.all_or_nothing()
def keep_file(entry: Entry, field: EntryField | None, upload: UploadedFile, by) -> EntryFile:
    """Keep an upload as the answer to a question, or as the work itself (`field` None).

    Raises ValidationError with a sentence: another type than its name says, a protected PDF, a
    damaged picture, over 20 MB, more files than the question takes.
    """
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    own = EntryFile.objects.filter(entry=entry, field=field)
    _refuse_more(own.count(), field.max_files if field else 1)
    if _is_picture(field, upload):
        return works.keep_work(entry, upload, by, field)
    last = own.aggregate(last=Max("order"))["last"] or 0
    kept = _document(upload, by)
    return EntryFile.objects.create(entry=entry, field=field, order=last + 1, **kept)


def drop_file(file: EntryFile) -> None:
    """Take a file out of its entry; its bytes go with the commit."""
    with transaction.atomic():
        works.erase([file])


def _refuse_more(count: int, most: int) -> None:
    if count >= most:
        raise ValidationError(
            _("No more than %(most)d. Take a file out first."), code="count", params={"most": most}
        )


def _is_picture(field: EntryField | None, upload: UploadedFile) -> bool:
    if field is None or field.kind == EntryField.Kind.PICTURE:
        return True
    ending = PurePath(upload.name or "").suffix.lower()
    return ending in ENDINGS and ending not in DOCUMENTS


def _document(upload: UploadedFile, by) -> dict:
    """As it came; of a PDF a clean copy, too. Word and Excel files tell too much to be cleaned."""
    privatefiles.refuse(upload, endings=DOCUMENTS)
    if PurePath(upload.name).suffix.lower() != ".pdf":
        return {"file": privatefiles.store(upload, PURPOSE, by, endings=DOCUMENTS)}
    upload.seek(0)
    plain = clean_pdf.without_metadata(upload.read())
    kept = privatefiles.store(upload, PURPOSE, by, endings=DOCUMENTS)
    clean = privatefiles.keep_bytes(plain, "document.pdf", "application/pdf", PURPOSE, by)
    return {"file": kept, "clean": clean}
