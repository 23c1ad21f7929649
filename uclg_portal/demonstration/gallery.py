"""Stores the drawn pictures of the demonstration with their renditions."""

from django.core.files.base import ContentFile

from content.models import Picture, PictureRendition
from uclg_portal.demonstration.studio import SIZE, Drawn


def store(drawn: Drawn) -> Picture:
    """Store one drawn picture with the renditions that belong to it."""
    picture = Picture(width=SIZE[0], height=SIZE[1], **drawn.wanted.texts)
    picture.file.save("picture.jpg", ContentFile(drawn.original), save=False)
    picture.save()
    for width, height, data in drawn.renditions:
        rendition = PictureRendition(picture=picture, width=width, height=height)
        rendition.file.save("rendition.webp", ContentFile(data), save=False)
        rendition.save()
    return picture
