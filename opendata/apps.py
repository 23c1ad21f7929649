from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpendataConfig(AppConfig):
    name = "opendata"
    verbose_name = _("Open data")

    def ready(self):
        from opendata import card_kinds, remaking  # noqa: F401 - registers its job

        card_kinds.register_all()
