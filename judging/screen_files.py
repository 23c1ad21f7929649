"""Files of works for the jury: asked for by number and size, never under the name they came with.

Pictures stay in the juror's own browser and are asked for each time ("private, no-cache" and an
ETag): the next one is there at once, a consent that was withdrawn takes it away at once, too.
"""

import hashlib
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.generic import View

from accounts.middleware import ASKED_EACH_TIME
from content.privatefiles import response_for
from judging import jurors_view
from judging.jurors_view import WorkFile
from judging.screen import StageMixin

NAME = re.compile(r"[0-9]{4,9}-([0-9]{1,3})\.[a-z0-9]{1,5}\Z")
# Of our own making: everything else is saved, not opened.
SHOWN = ("image/jpeg", "image/webp")


class File(StageMixin, View):
    """One file of a work in one size, for a juror who judges it."""

    def get(
        self, request: HttpRequest, stage: int, number: int, size: str, name: str
    ) -> HttpResponseBase:
        file = self._file(number, size, name)
        kept = file.kept(size)
        tag = f'"{hashlib.sha256(f"{kept.sha256} {name}".encode()).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == tag:
            response: HttpResponseBase = HttpResponse(status=304)
        else:
            response = response_for(kept)
            is_shown = file.is_picture and kept.content_type in SHOWN
            disposition = content_disposition_header(not is_shown, name)
            response.headers["Content-Disposition"] = disposition or "inline"
        response.headers["Cache-Control"] = ASKED_EACH_TIME
        response.headers["ETag"] = tag
        return response

    def _file(self, number: int, size: str, name: str) -> WorkFile:
        """What the juror sees under this name; 404 for all else."""
        found = NAME.match(name)
        if size not in jurors_view.SIZES or found is None:
            raise Http404
        rows = jurors_view.build(self.works.filter(entry__number=number), self.stage)
        for file in (file for row in rows for file in row.work.files):
            if file.place == int(found[1]) and file.name(size) == name:
                return file
        raise Http404
