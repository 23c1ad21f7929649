from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Awards and contests")

    def ready(self):
        # Registries: a module for each subject.
        from awards import (  # noqa: F401
            batches_queue,
            batches_retention,
            calls_attention,
            calls_calendar,
            calls_queues,
            calls_search,
            entries_attention,
            entries_queue,
            entries_reminders,
            entries_retention,
        )
