"""What a translator without an account sees: the paragraphs, a form, files out and in."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.generic import View

from content import privatefiles
from content.languages import in_language
from translating import docx_files, links, xliff_files
from translating.models import TranslationLink

KINDS = {"docx": docx_files, "xliff": xliff_files}
ENDINGS = {"docx": "docx", "xliff": "xliff", "xlf": "xliff"}
MAX_FILE_BYTES = 5 * 1024 * 1024


class FileForm(forms.Form):
    """A translated file that comes back."""

    file = forms.FileField(
        label=gettext_lazy("Translated file"),
        help_text=gettext_lazy("The DOCX or XLIFF file that was downloaded here, at most 5 MB."),
    )

    def clean_file(self) -> UploadedFile:
        """The upload; its content is judged when it is read."""
        file = self.cleaned_data["file"]
        ending = file.name.rpartition(".")[2].lower()
        if ending not in ENDINGS:
            raise ValidationError(
                _("Files of this kind are not taken. Allowed: %(allowed)s."),
                code="ending",
                params={"allowed": ".docx, .xliff, .xlf"},
            )
        if file.size > MAX_FILE_BYTES:
            raise ValidationError(_("The file is empty or larger than 5 MB."), code="size")
        if ending == "docx":
            privatefiles.refuse(file, endings=(".docx",))
        return file

    def texts(self, link: TranslationLink) -> tuple[dict[int, str], str]:
        """What the file holds by number, and its kind. Raises ValidationError."""
        file = self.cleaned_data["file"]
        kind = ENDINGS[file.name.rpartition(".")[2].lower()]
        file.seek(0)
        return KINDS[kind].read(file.read(), link), kind


@method_decorator([never_cache, csrf_protect], name="dispatch")
class LinkDoor(View):
    """For a view behind a link: `self.link`; one that was used or has expired answers 410."""

    link: TranslationLink

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        link = links.find(kwargs["token"])
        if link is None or link.record is None:
            raise Http404
        self.link = link
        response = (
            super().dispatch(request, *args, **kwargs)
            if link.is_open
            else gone(request, link.returned_at is not None)
        )
        response.headers["Referrer-Policy"] = "same-origin"
        return response


def gone(request: HttpRequest, is_used: bool) -> HttpResponse:
    """The page of a link that no longer works: ask for a new one."""
    return render(request, "translating/gone.html", {"is_used": is_used}, status=410)


class TranslatePage(LinkDoor):
    """Paragraph pairs with a form, and files for those who work with them."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._page(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take what is sent back. What is refused is shown with a sentence; typed text stays."""
        form = FileForm()
        typed = {}
        try:
            if "by_file" in request.POST:
                form = FileForm(request.POST, request.FILES)
                if not form.is_valid():
                    return self._page(request, token, form=form)
                texts, way = form.texts(self.link)
            else:
                texts = typed = self._typed(request)
                way = TranslationLink.Way.PAGE
            links.take(self.link, texts, way)
        except ValidationError as error:
            if "by_file" in request.POST:
                form.add_error("file", error)
                return self._page(request, token, form=form)
            return self._page(request, token, typed=typed, problem=" ".join(error.messages))
        except links.NotOpen:
            return gone(request, True)
        return render(request, "translating/thanks.html", {"title": links.title_of(self.link)})

    def _typed(self, request: HttpRequest) -> dict[int, str]:
        numbers = range(1, len(self.link.pairs) + 1)
        given = {number: request.POST.get(f"p{number}", "") for number in numbers}
        return {number: text.replace("\r\n", "\n") for number, text in given.items()}

    def _page(self, request, token, form=None, typed=None, problem="") -> HttpResponse:
        record = self.link.record
        title, title_language = in_language(record, record.title_field)
        rows = [
            {
                "number": number,
                "field": record._meta.get_field(pair.field).verbose_name,
                "source": pair.source,
                "target": (typed or {}).get(number, pair.target),
                "is_long": len(pair.source) > 80,
            }
            for number, pair in enumerate(links.pairs_in(self.link), start=1)
        ]
        context = {
            "link": self.link,
            "token": token,
            "title": title,
            "title_language": title_language,
            "source_language": record.source_language,
            "rows": rows,
            "changed": links.changed_since(self.link),
            "problem": problem,
            "form": form or FileForm(),
        }
        return render(request, "translating/link.html", context)


class FileOut(LinkDoor):
    """The paragraphs as a file."""

    def get(self, request: HttpRequest, token: str, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        name = f"{self.link.content_type.model}-{self.link.object_id}-{self.link.language}.{kind}"
        return HttpResponse(
            KINDS[kind].made_of(self.link),
            content_type=KINDS[kind].TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name)},
        )
