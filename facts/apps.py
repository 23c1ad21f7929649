from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsConfig(AppConfig):
    name = "facts"
    verbose_name = _("Facts register")

    def ready(self):
        # What registers with the ground floor.
        from facts import search  # noqa: F401
