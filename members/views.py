"""The public pages of the members: the directory and the passport of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView, ListView

from content.languages import in_language
from members import directory, membership, naming, passport
from members.models import Member

PAGE_SIZE = 60


class MemberList(ListView):
    """Members of today in alphabetical order; filters stay in the links to other pages."""

    paginate_by = PAGE_SIZE
    template_name = "members/member_list.html"

    def get_queryset(self):
        self.choices = directory.choices_of_today()
        self.filters = directory.DirectoryForm(self.request.GET, self.choices)
        members = self.filters.narrowed(Member.objects.members())
        return members.in_alphabetical_order().values(*directory.columns())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["groups"] = directory.under_letters(context["object_list"], self.choices)
        context["letters"] = [
            (letter, self.filters.address_of(letter)) for letter in self.choices.letters
        ]
        context["every_letter"] = self.filters.address_of("")
        context["letter"] = self.filters.cleaned_data.get("letter", "").upper()
        context["is_narrowed"] = any(self.filters.cleaned_data.values())
        return context


class MemberPage(DetailView):
    """The passport of a member, also of a former one; an earlier address leads to the present."""

    queryset = Member.objects.select_related("country", "photo").prefetch_related(
        "names", "periods", "figures", "photo__renditions"
    )
    context_object_name = "member"
    template_name = "members/member_detail.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            moved = Member.objects.filter(old_slugs__slug=kwargs["slug"]).only("slug").first()
            if moved is None:
                raise
            return redirect(moved, permanent=True)

    def get_context_data(self, **kwargs):
        member = self.object
        about, language = in_language(member, "about")
        native, native_language = naming.native_name(member)
        return super().get_context_data(
            former_names=naming.former_names(member),
            native=native,
            native_language=native_language,
            is_member=membership.is_member_today(member),
            membership=membership.membership_words(member),
            population=passport.population(member),
            is_in_other_language=bool(about) and language != self.request.LANGUAGE_CODE,
            **kwargs,
        )
