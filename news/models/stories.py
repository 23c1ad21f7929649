"""Stories that members send for publication, until the secretariat has decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.models import PrivateFile
from members.models import Member
from news.models.articles import Article

TITLE_LENGTH = 200
TEXT_LENGTH = 10_000
MOST_PHOTOS = 8


class StoryQuerySet(models.QuerySet):
    def waiting(self):
        """Stories that the secretariat has to look at."""
        return self.filter(state=Story.State.WAITING)

    def editable_by(self, user):
        """Stories of the members that this person represents today."""
        return self.filter(member__in=Member.objects.editable_by(user))


class Story(Versioned):
    """A text of a member, in one language, with photos; it becomes the draft of an article."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the secretariat")
        RETURNED = "returned", _("returned with a comment")
        REFUSED = "refused", _("refused")
        ACCEPTED = "accepted", _("accepted")

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="stories", verbose_name=_("member")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    language = models.CharField(
        _("language of the story"), max_length=2, choices=[("ru", _("Russian")),
                                                           ("en", _("English"))],
    )  # fmt: skip
    happened_on = models.DateField(
        _("day of the visit or event"), null=True, blank=True,
        help_text=_("Leave it empty where the story is about no single day."),
    )  # fmt: skip
    rights_confirmed = models.BooleanField(_("the rights to the photos are settled"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    article = models.OneToOneField(
        Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="story",
        verbose_name=_("news item"),
    )  # fmt: skip
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("sent by"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story of a member")
        verbose_name_plural = _("stories of members")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "refused"]) | ~Q(comment=""),
                name="news_story_decision_says_why",
                violation_error_message=_("Say why: the member reads it."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False),
                name="news_story_decision_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["state", "sent_at"], name="news_story_queue")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news:cabinet_story", args=[self.member.slug, self.pk])


class StoryPhoto(models.Model):
    """A photo of a story: judged and without metadata, private until the story is accepted."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="photos")
    file = models.OneToOneField(
        PrivateFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    alt = models.CharField(_("what the photo shows"), max_length=300)
    credit = models.CharField(_("photographer"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("photo of a story")
        verbose_name_plural = _("photos of stories")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="news_storyphoto_described")
        ]

    def __str__(self):
        return self.alt
