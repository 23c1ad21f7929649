"""Stories of members: sent from the cabinet, decided by the secretariat, turned into a draft."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from PIL import Image

from content import audit, pictures, privatefiles
from content.slugs import free_slug
from mailing import cleaning, outbox
from members.models import Member
from news.models import Article, Author, Photo, Source, Story, StoryPhoto

PURPOSE = privatefiles.reserve("news.story_photo", "news.view_story")
RESERVED_SLUGS = ("archive", "feed")
REASON = _("You receive this letter because you represent this city in the association.")


class StoryClosed(Exception):
    """The story was decided on meanwhile; the text says how."""


@dataclass(frozen=True)
class NewPhoto:
    """A photo on its way: judged, with the words that it has to have."""

    checked: pictures.CheckedPicture
    alt: str
    credit: str = ""


@privatefiles.all_or_nothing()
def send(member: Member, by, facts: dict, photos: Sequence[NewPhoto] = ()) -> Story:
    """Send a story: it waits for the secretariat.

    `facts`: title, text, language, happened_on, rights_confirmed.
    """
    story = Story.objects.create(member=member, sent_by=by, sent_at=timezone.now(), **facts)
    _add(story, photos, by)
    audit.record("news.story_sent", story, by, f"{member}: {story.title}")
    return story


@privatefiles.all_or_nothing()
def send_again(
    story: Story, by, facts: dict, photos: Sequence[NewPhoto] = (), without: Sequence[int] = ()
) -> Story:
    """Send a returned story once more, without the photos of these numbers, with new ones.

    Raises StoryClosed when it was not returned.
    """
    story = _locked(story, Story.State.RETURNED)
    for name, value in facts.items():
        setattr(story, name, value)
    story.state, story.sent_at, story.sent_by = Story.State.WAITING, timezone.now(), by
    story.decided_at = story.decided_by = None
    story.save()
    for photo in story.photos.filter(pk__in=without).select_related("file"):
        photo.delete()
        privatefiles.discard(photo.file)
    _add(story, photos, by)
    audit.record("news.story_sent", story, by, f"{story.member}: {story.title}")
    return story


def _locked(story: Story, *states: str, seen: int | None = None) -> Story:
    row = Story.objects.select_for_update(of=("self",)).select_related("member").get(pk=story.pk)
    if row.state not in states:
        raise StoryClosed(
            _("This story is decided on already: %(state)s.") % {"state": row.get_state_display()}
        )
    if seen is not None and row.version != seen:
        raise StoryClosed(_("The member sent another text meanwhile: read it again."))
    return row


def _add(story: Story, photos: Sequence[NewPhoto], by) -> None:
    begin = story.photos.count()
    for number, photo in enumerate(photos, begin + 1):
        name = f"{story.member.slug}-{number}.jpg"
        file = privatefiles.keep_bytes(photo.checked.data, name, "image/jpeg", PURPOSE, by)
        StoryPhoto.objects.create(
            story=story, file=file, alt=photo.alt, credit=photo.credit, position=number
        )


@transaction.atomic
def accept(story: Story, by, *, seen: int | None = None) -> Article:
    """Make a draft of the story, with its photos; the other language is work for translators.

    seen: the version that was on the screen. Raises StoryClosed when the story does not wait, or
    is another one by now.
    """
    story = _locked(story, Story.State.WAITING, seen=seen)
    article = _draft(story, by)
    story.article = article
    _decide(story, Story.State.ACCEPTED, by)
    return article


def _draft(story: Story, by) -> Article:
    code = story.language
    article = Article(status=Article.Status.DRAFT, author=by, source_language=code)
    setattr(article, f"title_{code}", story.title)
    setattr(article, f"body_{code}", body_of(story.text))
    article.slug = free_slug(article, story.title, RESERVED_SLUGS)
    article.save()
    article.members.add(story.member)
    Source.objects.create(
        article=article, name_ru=story.member.name_ru, name_en=story.member.name_en
    )
    if story.sent_by and story.sent_by.full_name:
        Author.objects.create(article=article, **{f"name_{code}": story.sent_by.full_name})
    _show_photos(story, article)
    article.save()  # once more: the index names the member
    return article


def body_of(text: str) -> str:
    """A plain text as paragraphs of a rich one; line ends within a paragraph stay."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)


def _show_photos(story: Story, article: Article) -> None:
    for row in story.photos.select_related("file"):
        with row.file.file.open() as opened:
            data = opened.read()
        checked = pictures.CheckedPicture(data, *Image.open(io.BytesIO(data)).size)
        words = {f"alt_{story.language}": row.alt}
        picture = pictures.make_picture(
            checked, uploaded_by=story.sent_by, credit=row.credit, **words
        )
        Photo.objects.create(
            article=article, picture=picture, credit=row.credit, position=row.position, **words
        )
        if article.cover is None:
            article.cover = picture


@transaction.atomic
def give_back(story: Story, by, comment: str, *, seen: int | None = None) -> Story:
    """Return a story to the member, with what should be different. Raises StoryClosed."""
    return _answer(story, Story.State.RETURNED, by, comment, seen)


@transaction.atomic
def refuse(story: Story, by, comment: str, *, seen: int | None = None) -> Story:
    """Refuse a story for good, and say why. Raises StoryClosed."""
    return _answer(story, Story.State.REFUSED, by, comment, seen)


def _answer(story: Story, state: str, by, comment: str, seen: int | None) -> Story:
    story = _locked(story, Story.State.WAITING, seen=seen)
    story.comment = comment
    return _decide(story, state, by)


def _decide(story: Story, state: str, by) -> Story:
    story.state, story.decided_by, story.decided_at = state, by, timezone.now()
    story.save()
    audit.record(f"news.story_{state}", story, by, f"{story.member}: {story.title}")
    _tell(story)
    return story


def _tell(story: Story) -> None:
    """A letter to who sent it; a disabled account gets none."""
    user = story.sent_by
    if user is None or not user.is_active:
        return
    context = {
        "story": story,
        "member": story.member,
        "state": story.state,
        "url": lambda: cleaning.on_site(
            reverse("news:cabinet_story", args=[story.member.slug, story.pk])
        ),
        "reason": REASON,
    }
    outbox.write(
        f"news.story:{story.pk}:{story.version}", user.email, user.language,
        "news/mail/story_decided", context, user=user, about=story,
    )  # fmt: skip
