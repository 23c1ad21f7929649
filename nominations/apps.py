from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NominationsConfig(AppConfig):
    name = "nominations"
    verbose_name = _("Nominations for honours of others")

    def ready(self):
        from nominations import (  # noqa: F401 - register themselves
            attention,
            deadlines,
            keeping,
            reminders,
            workqueue,
        )
