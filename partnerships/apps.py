from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Partnerships and other associations")

    def ready(self):
        from partnerships import (  # noqa: F401 - registries
            anniversaries,
            attention,
            chronicle,
            search,
            workqueue,
        )
