"""Pictures that the public sees, and files that only some may fetch."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content.editing import Versioned
from content.records import PublicFact


def picture_name(_picture, _filename) -> str:
    return f"pictures/{uuid.uuid4().hex}.jpg"


def rendition_name(rendition, _filename) -> str:
    return f"renditions/{rendition.picture_id}-{uuid.uuid4().hex}-{rendition.width}.webp"


def private_name(_file, _filename) -> str:
    return f"{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"


def private_storage():
    return storages["private"]


class Picture(Versioned, PublicFact):
    """An uploaded picture, re-encoded without its metadata. Shown through its renditions."""

    file = models.ImageField(_("picture"), upload_to=picture_name)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("alternative text"), max_length=300, blank=True,
        help_text=_("What the picture shows, for those who do not see it."),
    )  # fmt: skip
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    is_decorative = models.BooleanField(
        _("decoration only"), default=False,
        help_text=_("Says nothing that the text does not say: readers of the page skip it."),
    )  # fmt: skip
    credit = models.CharField(_("author or source"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.alt or self.caption or _("picture %(number)s") % {"number": self.pk}


class PictureRendition(models.Model):
    """One size of a picture. The row is written after the file: what is listed exists."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=4, default="webp")
    file = models.FileField(upload_to=rendition_name)

    class Meta:
        ordering = ["format", "width"]
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "format", "width"], name="content_picturerendition_once"
            )
        ]

    def __str__(self):
        return self.file.name


# Purpose -> permission that staff need; see `content.privatefiles.reserve`.
RESERVED: dict[str, str] = {}
# How the purposes of the results of long work begin; see `content.jobs.purpose_of`.
MADE_BY_JOBS = "job:"


class PrivateFileQuerySet(models.QuerySet):
    def for_user(self, user):
        """Files this person may fetch: their own, and for the secretariat those of others.

        The right that a purpose is reserved with is enough for its files, and needed for them.
        """
        if not user.is_authenticated:
            return self.none()
        closed = [purpose for purpose, needed in RESERVED.items() if not user.has_perm(needed)]
        # What a job made of other people's data is nobody's own: it goes with the right to it.
        made = Q(purpose__in=[purpose for purpose in closed if purpose.startswith(MADE_BY_JOBS)])
        own = Q(uploaded_by=user) & ~made
        if user.has_perm("content.view_privatefile"):
            return self.filter(~Q(purpose__in=closed) | own)
        opened = [one for one in RESERVED.keys() - closed if not one.startswith(MADE_BY_JOBS)]
        return self.filter(Q(purpose__in=opened) | own)


class PrivateFile(models.Model):
    """A file behind a permission check, under a random name outside the public folder."""

    file = models.FileField(storage=private_storage, upload_to=private_name)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(_("purpose"), max_length=60)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="private_files"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PrivateFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="content_privatefile_not_empty")
        ]

    def __str__(self):
        return self.name
