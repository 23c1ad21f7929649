from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TravelConfig(AppConfig):
    name = "travel"
    verbose_name = _("Travel")

    def ready(self):
        from travel import (  # noqa: F401 - register themselves
            attention,
            audiences,
            columns,
            copying,
            keeping,
            workqueue,
        )
