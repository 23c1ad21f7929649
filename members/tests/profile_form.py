"""The profile form of the cabinet, as a browser sends it."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from PIL import Image

from members.models import ProfileChange

PROFILE = "/en/cabinet/kazan/profile/"
CORRECTIONS = "/en/cabinet/kazan/corrections/"


def opened(door, address=PROFILE) -> dict:
    """What the form would send if nothing was touched."""
    form = door.get(address).context["form"]
    return fields_of(form)


def fields_of(form) -> dict:
    """The values of a form that a browser sends back: all but its files."""
    return {
        field.html_name: field.value() or ""
        for field in form
        if not isinstance(field.field, FileField)
    }


def image(name="city.jpg", size=(800, 600)) -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", size, "teal").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def waiting() -> dict[str, str]:
    """The fields that wait for the secretariat, with what is proposed."""
    return dict(ProfileChange.objects.filter(status="waiting").values_list("field", "new_value"))
