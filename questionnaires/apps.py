from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "questionnaires"
    verbose_name = _("Questionnaires of ratings")

    def ready(self):
        # Registries: a module for each subject.
        from questionnaires import (  # noqa: F401
            asking_letters,
            attention,
            calendar,
            checking_registries,
            offer_sources,
            reminders,
            retention,
            workqueue,
        )
