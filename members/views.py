"""The public directory of the members."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.generic import ListView

from content import cacheversion
from content.languages import reading_order
from members import directory
from members.as_of import AsOfForm
from members.forms import DirectoryForm

PAGE_SIZE = 60


class MemberList(ListView):
    """Members in alphabetical order, of today or as of a day; links to other pages keep filters.

    What everybody asks for, the list of today without filters, is remembered until the content
    changes.
    """

    paginate_by = PAGE_SIZE
    template_name = "members/member_list.html"

    def get_queryset(self):
        self.day = AsOfForm(self.request.GET).day
        self.choices = directory.choices_of(self.day)
        self.filters = DirectoryForm(self.request.GET, self.choices)
        self.filters.is_valid()
        chosen = self.filters.chosen
        self.shown = directory.listing(chosen, self.choices, self.day)
        self.is_narrowed = bool(chosen)
        self.is_usual = not chosen and not self.day
        return self.shown.rows

    def get_paginator(self, *args, **kwargs):
        paginator = super().get_paginator(*args, **kwargs)
        if self.is_usual:
            paginator.count = cacheversion.remembered("members-count", lambda: paginator.count)
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        context["listing"] = self.listing(context["page_obj"])
        context["letters"] = [
            (letter, self.filters.kept(letter=letter)) for letter in self.shown.letters
        ]
        context["every_letter"] = self.filters.kept(letter="")
        context["today"] = self.filters.kept(as_of="")
        context["query"] = self.filters.kept()
        context["letter"] = self.filters.cleaned_data.get("letter", "").upper()
        context["day"] = self.day
        context["is_narrowed"] = self.is_narrowed
        return context

    def listing(self, page) -> SafeString:
        """The names of a page under their letters."""

        def written() -> SafeString:
            groups = directory.under_letters(page.object_list, self.shown, self.choices)
            suffix = f"?as_of={self.day.isoformat()}" if self.day else ""
            values = {"groups": groups, "list_url": reverse("members:list"), "suffix": suffix}
            return render_to_string("members/includes/directory.html", values)

        if not self.is_usual:
            return written()
        name = f"members-list-{reading_order()[0]}-{page.number}-{page.paginator.per_page}"
        return cacheversion.remembered(name, written)
