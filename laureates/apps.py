from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LaureatesConfig(AppConfig):
    name = "laureates"
    verbose_name = _("Laureates and diplomas")

    def ready(self):
        # Registries of the floors below.
        from laureates import (  # noqa: F401
            activity,
            diploma_privacy,
            diploma_runs,
            diplomas,
            practices,
            search,
            withdrawals,
            workqueue,
        )
