from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandingsConfig(AppConfig):
    name = "standings"
    verbose_name = _("Places in ratings")

    def ready(self):
        # Registries: a module for each subject.
        from standings import (  # noqa: F401
            activity,
            firmness,
            honours,
            own_points,
            seal_job,
            search,
            workqueue,
        )

        firmness.register()
