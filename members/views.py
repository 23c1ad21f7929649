"""The public directory of the members."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.generic import ListView

from content import cacheversion
from content.languages import reading_order
from members import directory
from members.forms import DirectoryForm
from members.models import Member

PAGE_SIZE = 60


class MemberList(ListView):
    """Members of today in alphabetical order; filters stay in the links to other pages.

    What everybody asks for, the list without filters, is remembered until the content changes.
    """

    paginate_by = PAGE_SIZE
    template_name = "members/member_list.html"

    def get_queryset(self):
        self.choices = directory.choices_of_today()
        self.filters = DirectoryForm(self.request.GET, self.choices)
        self.filters.is_valid()
        chosen = self.filters.cleaned_data
        members = directory.narrowed(Member.objects.members(), chosen, self.choices)
        self.is_narrowed = any(chosen.values())
        return members.in_alphabetical_order().values(*directory.columns())

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        if not self.is_narrowed:
            paginator.count = cacheversion.remembered("members-count", lambda: paginator.count)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["listing"] = self.listing(context["page_obj"])
        context["letters"] = [
            (letter, self.filters.address_of(letter)) for letter in self.choices.letters
        ]
        context["every_letter"] = self.filters.address_of("")
        context["letter"] = self.filters.cleaned_data.get("letter", "").upper()
        context["is_narrowed"] = self.is_narrowed
        return context

    def listing(self, page) -> SafeString:
        """The names of a page under their letters."""

        def written() -> SafeString:
            groups = directory.under_letters(page.object_list, self.choices)
            values = {"groups": groups, "list_url": reverse("members:list")}
            return render_to_string("members/includes/directory.html", values)

        if self.is_narrowed:
            return written()
        name = f"members-list-{reading_order()[0]}-{page.number}-{page.paginator.per_page}"
        return cacheversion.remembered(name, written)
