from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from events import (  # noqa: F401 - registries
            activity,
            attention,
            calendar_deadlines,
            guests,
            personal,
            questions,
            reminders,
            search,
            workqueue,
        )
