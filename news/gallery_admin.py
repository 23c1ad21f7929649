"""The gallery of an article in the admin: many photos at once, then the words of each."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from content.editing import VersionedFormMixin
from news import gallery
from news.models import Article, Photo
from news.upload_fields import PicturesField

TEXTS = ["caption_ru", "caption_en", "alt_ru", "alt_en"]


class UploadForm(forms.Form):
    """Photos to add: up to 60 in one go."""

    prefix = "upload"
    photos = PicturesField(
        label=_("Photos"),
        help_text=_("Up to 60 at once: JPEG, PNG or WebP, up to 20 MB each, 400 pixels or more on "
                    "the shorter side."),
    )  # fmt: skip
    credit = forms.CharField(
        label=_("Photographer or source of all of them"), max_length=200, required=False
    )

    def __init__(self, *args, article: Article, **kwargs):
        super().__init__(*args, **kwargs)
        present = article.photos.count()
        self.fields["photos"].refuse = lambda count: gallery.refuse_too_many(count, present)


class PhotoForm(VersionedFormMixin):
    """The words of a photo and its place."""

    class Meta:
        model = Photo
        fields = [*TEXTS, "credit", "is_decorative", "position"]

    def clean_alt_ru(self):
        return self._described("alt_ru")

    def clean_alt_en(self):
        return self._described("alt_en")

    def _described(self, name: str) -> str | None:
        text = self.cleaned_data[name]
        if text and name in self.changed_data:
            gallery.refuse_file_names(text)
        return text


class TranslatedPhotoForm(PhotoForm):
    """The words alone, for translators."""

    class Meta(PhotoForm.Meta):
        fields = TEXTS


def photo_formset(article: Article, *, texts_only: bool, data=None):
    """The photos of a gallery as forms, in their order."""
    made = forms.modelformset_factory(
        Photo, form=TranslatedPhotoForm if texts_only else PhotoForm, extra=0,
        can_delete=not texts_only, can_delete_extra=False, max_num=gallery.MOST_PHOTOS,
    )  # fmt: skip
    rows = article.photos.select_related("picture").prefetch_related("picture__renditions")
    return made(data, queryset=rows, prefix="photo")


class GalleryMixin:
    """For the admin of Article: the page of its gallery, and a line that leads to it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.gallery_view)
        return [path("<int:pk>/gallery/", view, name="news_article_gallery"), *super().get_urls()]

    def gallery_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add photos, or keep the words of those that are there."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        upload = formset = None
        if request.method == "POST":
            self._refuse_readers(request)
            if "_upload" in request.POST:
                upload = self._upload(request, article)
            else:
                formset = self._keep(request, article)
            if upload is None and formset is None:
                return redirect(request.path)
        return self._gallery_page(request, article, upload, formset)

    def _refuse_readers(self, request: HttpRequest) -> None:
        needed = "news.add_photo" if "_upload" in request.POST else "news.change_photo"
        if not request.user.has_perm(needed):
            raise PermissionDenied

    def _upload(self, request: HttpRequest, article: Article) -> UploadForm | None:
        """Add what was sent; the form where it has something to say."""
        form = UploadForm(request.POST, request.FILES, article=article)
        if not form.is_valid():
            return form
        data = form.cleaned_data
        try:
            added = gallery.add_photos(
                article, data["photos"], by=request.user, credit=data["credit"]
            )
        except ValidationError as error:
            form.add_error("photos", error)
            return form
        text = ngettext("%(count)d photo added.", "%(count)d photos added.", len(added))
        self.message_user(request, text % {"count": len(added)}, messages.SUCCESS)
        return None

    @transaction.atomic
    def _keep(self, request: HttpRequest, article: Article):
        """Keep the words; the forms where they have something to say."""
        texts_only = not request.user.has_perm("news.add_photo")
        formset = photo_formset(article, texts_only=texts_only, data=request.POST)
        if not formset.is_valid():
            return formset
        formset.save()
        self.message_user(request, _("The words of the gallery are kept."), messages.SUCCESS)
        for question in gallery.repeated_captions(article):
            self.message_user(request, question.text, messages.WARNING)
        return None

    def _gallery_page(self, request, article, upload, formset) -> HttpResponse:
        may_add = request.user.has_perm("news.add_photo")
        may_change = request.user.has_perm("news.change_photo")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Gallery: %s") % article,
            "opts": self.opts,
            "list_url": reverse("admin:news_article_changelist"),
            "article": article,
            "upload": (upload or UploadForm(article=article)) if may_add else None,
            "formset": formset or photo_formset(article, texts_only=not may_add),
            "may_change": may_change,
        }
        return render(request, "admin/news/gallery.html", context)

    def gallery_line(self, article: Article) -> str:
        """How many photos there are, with the way to them."""
        if not article.pk:
            return _("After the first save.")
        count = article.photos.count()
        text = ngettext("%(count)d photo", "%(count)d photos", count) % {"count": count}
        address = reverse("admin:news_article_gallery", args=[article.pk])
        return format_html('{} · <a href="{}">{}</a>', text, address, _("Open the gallery"))

    gallery_line.short_description = _("gallery")
