"""Stories in the cabinet of a member: send one, see how far it is, correct one that came back."""

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from content.editing import answered, once
from members.cabinet import MandateMixin
from news import stories
from news.models import Story
from news.story_forms import StoryForm

MENU = "news:cabinet"
RATES = {"story": "20/d/user"}


class MemberStories(MandateMixin, TemplateView):
    """The stories of the member and how far they are."""

    template_name = "news/cabinet_stories.html"
    menu_name = MENU

    def get_context_data(self, **kwargs):
        rows = Story.objects.filter(member=self.member).select_related("article")
        return super().get_context_data(stories=rows, **kwargs)


class StoryMixin(MandateMixin):
    """For a form about a story of the member."""

    menu_name = MENU
    form_class = StoryForm
    template_name = "news/cabinet_story_form.html"

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if first := answered(request.POST.get("form_key", "")):
            return first
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if not ratelimit.consume(self.request, app="news", action="story", config=RATES):
            form.add_error(None, _("You have sent many stories today. Go on tomorrow."))
            return self.form_invalid(form)
        try:
            return once(form.cleaned_data["form_key"], lambda: self.send(form))
        except stories.StoryClosed as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)

    def sent(self) -> str:
        messages.success(
            self.request, _("Sent. The secretariat reads it; you get a letter when it has decided.")
        )
        return reverse(MENU, args=[self.member.slug])


class SendStory(StoryMixin, FormView):
    """Send a story."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Story(language=self.request.LANGUAGE_CODE)}

    def send(self, form: StoryForm) -> str:
        stories.send(self.member, self.request.user, form.facts(), form.photos())
        return self.sent()


class OneStory(StoryMixin, FormView):
    """A story: as it was sent; one that came back can be corrected and sent again."""

    def get_template_names(self):
        is_open = self.story().state == Story.State.RETURNED
        return ["news/cabinet_story_form.html" if is_open else "news/cabinet_story.html"]

    def story(self) -> Story:
        if not hasattr(self, "_story"):
            rows = Story.objects.editable_by(self.request.user).filter(member=self.member)
            rows = rows.select_related("article", "member").prefetch_related("photos__file")
            self._story = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self._story

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.story()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(story=self.story(), **kwargs)

    def send(self, form: StoryForm) -> str:
        stories.send_again(
            self.story(), self.request.user, form.facts(), form.photos(), form.dropped()
        )
        return self.sent()
