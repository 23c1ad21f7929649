from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = _("Programme")

    def ready(self):
        from programme import document_wiring, wiring  # fills the registries of the floors below

        wiring.register()
        document_wiring.register()
