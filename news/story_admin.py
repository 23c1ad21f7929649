"""Stories of members at the desk of the newsroom: read, accepted in one click, answered."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.keys import as_key
from news import stories
from news.models import Story
from news.story_forms import AnswerForm

ANSWERS = {"_return": stories.give_back, "_refuse": stories.refuse}


class StoryAdmin(admin.ModelAdmin):
    list_display = ["title", "member", "language", "state", "sent_at", "decided_by"]
    list_filter = ["state", "language"]
    list_select_related = ["member", "decided_by"]
    search_fields = ["title", "member__name_search"]
    ordering = ["-sent_at"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The story as it was sent; a post decides it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        story = self._found(object_id)
        if request.method != "POST":
            return self._page(request, story, AnswerForm())
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return self._decided(request, story)

    def _found(self, pk: str) -> Story:
        rows = Story.objects.select_related("member", "sent_by", "decided_by", "article")
        number = int(pk) if str(pk).isdecimal() else 0
        return get_object_or_404(rows.prefetch_related("photos__file"), pk=number)

    def _decided(self, request: HttpRequest, story: Story) -> HttpResponse:
        try:
            if "_accept" in request.POST:
                return self._accept(request, story)
            form = AnswerForm(request.POST)
            deed = next((ANSWERS[name] for name in ANSWERS if name in request.POST), None)
            if deed is None or not form.is_valid():
                return self._page(request, story, form)
            deed(story, request.user, form.cleaned_data["comment"], seen=_seen(request))
        except stories.StoryClosed as error:
            self.message_user(request, str(error), messages.WARNING)
            return redirect(request.path)
        text = _("Decided: %s. The representative gets a letter.") % story.title
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:news_story_changelist")

    def _accept(self, request: HttpRequest, story: Story) -> HttpResponse:
        """Make the draft and open it."""
        if not request.user.has_perm("news.add_article"):
            raise PermissionDenied
        article = stories.accept(story, request.user, seen=_seen(request))
        self.message_user(
            request, _("The draft is made. The representative gets a letter."), messages.SUCCESS
        )
        return redirect("admin:news_article_change", article.pk)

    def _page(self, request: HttpRequest, story: Story, form: AnswerForm) -> HttpResponse:
        is_open = story.state == Story.State.WAITING
        context = {
            **self.admin_site.each_context(request),
            "title": _("Story of a member: %s") % story.member,
            "opts": self.opts,
            "list_url": reverse("admin:news_story_changelist"),
            "story": story,
            "form": form if is_open and self.has_change_permission(request, story) else None,
        }
        return render(request, "admin/news/story.html", context)


def _seen(request: HttpRequest) -> int | None:
    """The version of the story that was on the screen; None where the form did not say it."""
    return as_key(request.POST.get("version", ""))
