"""Uploads of batches: measured while they arrive, before anything of them is read."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_protect

from awards import batch_archive
from content import privatefiles

LIMITS = {"archive": batch_archive.MAX_BYTES}
# An archive, a table and what a form has beside them.
MOST_BYTES = batch_archive.MAX_BYTES + 2 * privatefiles.MAX_BYTES


class Measure(FileUploadHandler):
    """Drops a file once it grows over the limit of its field; the rest of the form stays.

    `too_large` holds the names of the fields whose files were dropped.
    """

    def __init__(self, request: HttpRequest):
        super().__init__(request)
        self.too_large: set[str] = set()
        self.received = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > LIMITS.get(self.field_name, privatefiles.MAX_BYTES):
            self.too_large.add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # the next handler keeps it


class MeasuredUploads:
    """For a view behind a door: who may come in is known before a byte of a form is read.

    A body that is larger than any form of ours is answered by `too_much` without being read. The
    view as a whole is exempt from Django's own check of the form's token, which reads the body.
    """

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if _announced(request) > MOST_BYTES:
            return self.too_much(request, *args, **kwargs)
        measure = Measure(request)
        request.upload_handlers.insert(0, measure)
        request.too_large = measure.too_large
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def too_much(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """The answer to a body that is too large."""
        raise NotImplementedError


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdecimal() else 0
