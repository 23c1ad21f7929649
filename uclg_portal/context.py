"""What every template knows of the site."""

from django.conf import settings


def site(_request):
    return {
        "DEMO": settings.DEMO,
        "SITE_URL": settings.SITE_URL,
        "ASSOCIATION_EMAIL": settings.ASSOCIATION_EMAIL,
        "ASSOCIATION_PHONE": settings.ASSOCIATION_PHONE,
    }
