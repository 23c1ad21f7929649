from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "uclg_portal"
    label = "uclg_portal"

    def ready(self):
        from uclg_portal import checks, workqueue  # noqa: F401 - register themselves


class PortalAdminConfig(AdminConfig):
    default_site = "uclg_portal.admin_site.PortalAdminSite"
