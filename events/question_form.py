"""What forms with an event's own questions share: their fields, and files that are too large."""

from collections.abc import Callable, Mapping
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from content import privatefiles
from events import questions
from events.models import Event, Participant
from members.application_views import SizeGuard

TOO_LARGE = _("The file is larger than 20 MB. Send a smaller one.")
# More than every form with questions takes together; nothing of a larger one is read.
MOST_BYTES = 5 * privatefiles.MAX_BYTES


class QuestionsMixin(forms.Form):
    """A form that asks the event's own questions after its own fields.

    `too_large`: names of file fields whose uploads were cut off for their size.
    """

    def ask(
        self, event: Event, participant: Participant | None = None, *, with_files: bool = True,
        too_large=(), sent: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Take the questions in; call it at the end of `__init__`. `sent`: files there are."""
        found = questions.fields_for(event, participant=participant, with_files=with_files)
        self.fields.update(found)
        self.question_names = list(found)
        self.too_large = too_large
        for name in (sent or {}).keys() & found.keys():
            found[name].is_sent(sent[name])

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The fields of the questions, for the template."""
        return [self[name] for name in getattr(self, "question_names", [])]

    def answers(self) -> dict:
        """What `questions.save` takes: the cleaned values of the questions."""
        names = getattr(self, "question_names", [])
        return {name: self.cleaned_data.get(name) for name in names}

    def _clean_fields(self):
        super()._clean_fields()
        for name in getattr(self, "question_names", []):
            if self.add_prefix(name) in self.too_large:
                self._errors.pop(name, None)
                self.add_error(name, TOO_LARGE)


def guarded_uploads(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that takes files: measures uploads before anything, the token included, is read.

    A file over 20 MB is dropped and its field named in `request.too_large`, the rest of the form
    stays. A body that no form of ours sends is answered at once, without being read.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def measured(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if _announced(request) > MOST_BYTES:
            return render(request, "events/too_large.html", status=413)
        guard = SizeGuard(request)
        request.upload_handlers.insert(0, guard)
        request.too_large = guard.too_large
        return protected(request, *args, **kwargs)

    return measured


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdecimal() else 0
