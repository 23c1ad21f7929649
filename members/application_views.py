"""The public pages about joining: how it goes, the application, what happened to it."""

from allauth.core.internal import ratelimit
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from content import privatefiles
from content.editing import answered, once
from mailing.models import normalised_address
from members import applications
from members.application_form import ApplicationForm
from members.models import MembershipApplication

SALT = "members.application"
# A letter goes to the address that was typed: nobody fills a stranger's mailbox with them.
RATES = {"apply": "10/h/ip,5/d/key"}


class HowToJoin(TemplateView):
    template_name = "members/how_to_join.html"


class SizeGuard(FileUploadHandler):
    """Drops an upload once it grows over the limit; the other fields of the form stay.

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
        if self.received > privatefiles.MAX_BYTES:
            self.too_large.add(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # the next handler keeps it


@csrf_exempt
def apply(request: HttpRequest) -> HttpResponse:
    """The application form. Uploads are measured before anything, the token included, is read."""
    guard = SizeGuard(request)
    request.upload_handlers.insert(0, guard)
    return _protected(request, guard)


@csrf_protect
def _protected(request: HttpRequest, guard: SizeGuard) -> HttpResponse:
    return ApplyPage().answer(request, guard)


class ApplyPage(TemplateResponseMixin, ContextMixin):
    template_name = "members/join.html"

    def answer(self, request: HttpRequest, guard: SizeGuard) -> HttpResponse:
        self.request = request
        if request.method != "POST":
            return self._page(ApplicationForm())
        if done := answered(request.POST.get("form_key", "")):
            return done
        form = ApplicationForm(request.POST, request.FILES, too_large=guard.too_large)
        if form.is_valid() and self._is_within_limits(form):
            try:
                return once(form.cleaned_data["form_key"], lambda: self._apply(form))
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self._page(form)

    def _is_within_limits(self, form: ApplicationForm) -> bool:
        address = normalised_address(form.cleaned_data["email"])
        consumed = ratelimit.consume(
            self.request, app="members", action="apply", config=RATES, key=address
        )
        if consumed:
            return True
        form.add_error(
            None,
            _(
                "Too many applications came from your network or with this address. Try again "
                "later, or write to the secretariat."
            ),
        )
        return False

    def _apply(self, form: ApplicationForm) -> str:
        application = applications.apply(
            form.values(), form.files_by_kind(), get_language() or "ru"
        )
        return reverse("members:join_sent", args=[signing.dumps(application.pk, salt=SALT)])

    def _page(self, form: ApplicationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


class ApplicationSent(TemplateView):
    """Thanks, with the number; under a signed address that only the sender is led to."""

    template_name = "members/join_sent.html"

    def get_context_data(self, token: str, **kwargs):
        try:
            pk = signing.loads(token, salt=SALT)
            application = MembershipApplication.objects.get(pk=pk)
        except (signing.BadSignature, MembershipApplication.DoesNotExist):
            raise Http404 from None
        return super().get_context_data(number=application.number, **kwargs)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response
