from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings and elections")

    def ready(self):
        from meetings import activity, attention, search, workqueue  # noqa: F401 - registries
