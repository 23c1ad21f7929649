"""The secretariat's admin: signs in through allauth, opens on the work queues."""

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from content import workqueue
from content.rowguard import RowGuardMixin
from mailing import heartbeat


class PortalAdminSite(AdminSite):
    site_header = _("UCLG-Eurasia, secretariat")
    site_title = _("UCLG-Eurasia, secretariat")
    index_title = _("Work queues")
    site_url = "/"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.login = secure_admin_login(self.login)

    def register(self, model_or_iterable, admin_class=None, **options):
        """As Django's; the lists of every class are narrowed down only as `ListedLookups` says,
        and its forms overwrite nothing that others saved meanwhile."""
        plain = admin_class or ModelAdmin
        own = {
            "__module__": plain.__module__,
            # The class's own ones: the empty default of the guard would hide them.
            "extra_lookups": getattr(plain, "extra_lookups", ()),
        }
        guarded = type(plain.__name__, (ListedLookups, RowGuardMixin, plain), own)
        super().register(model_or_iterable, guarded, **options)

    def password_change(self, request, extra_context=None):
        """There is one page for this: it limits attempts, ends sessions and tells the owner."""
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        # The sort is stable: among equals the apps keep their order.
        queues = sorted(workqueue.queues_for(request.user), key=_urgency)
        state = {
            "work_queues": queues,
            "waiting_queues": [queue for queue in queues if queue.count],
            "empty_queues": [queue for queue in queues if not queue.count],
            "heartbeats": heartbeat.sentences(),
        }
        return super().index(request, {**(extra_context or {}), **state})


def _urgency(queue: workqueue.Queue) -> tuple[bool, bool]:
    """Sorts what is hot to the front, and what is empty to the end."""
    return not queue.is_hot, not queue.count


class ListedLookups:
    """A list of the admin is narrowed down by what it offers as a filter, and by nothing else;
    lists and forms are headed by the name of what they show.

    Django lets staff filter by every column of the model. Letter by letter that reads columns
    which no page shows: hashes of passwords, bodies of secret mails. An address may narrow down by
    the entries of `list_filter`, by `date_hierarchy` and by the fields or parameters in
    `extra_lookups`; any other one answers 400.
    """

    extra_lookups: tuple[str, ...] = ()

    def changelist_view(self, request, extra_context=None):
        """Headed by what it lists: Django's own sentence cannot be inflected."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Headed by what it is about, for the same reason."""
        title = capfirst(self.opts.verbose_name)
        if object_id is None:
            title = _("New record: %s") % self.opts.verbose_name
        context = {"title": title, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def lookup_allowed(self, lookup, value, request):
        listed = {_name_of(entry) for entry in self.get_list_filter(request)}
        return _path_of(self.model, lookup) in {*listed, self.date_hierarchy, *self.extra_lookups}


def _name_of(entry: object) -> str:
    """The field or the parameter of an entry of `list_filter`."""
    if isinstance(entry, tuple | list):
        return entry[0]
    return entry if isinstance(entry, str) else entry.parameter_name


def _path_of(model: type[Model], lookup: str) -> str:
    """The fields that a lookup leads through, up to the key of the last relation.

    `event__id__exact` is `event`, `user__password__startswith` is `user__password`; a parameter
    that is no field is returned whole.
    """
    path: list[str] = []
    for part in lookup.split(LOOKUP_SEP):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            break  # what follows compares the field, as `__exact` does
        if not (path and field == model._meta.pk):
            path.append(field.name)
        if not field.is_relation or field.related_model is None:
            break
        model = field.related_model
    return LOOKUP_SEP.join(path) or lookup
