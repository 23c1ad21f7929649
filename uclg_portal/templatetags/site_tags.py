"""What the frame of every page needs: the menu, addresses in the other language, the visitor.

Nothing here reads the session of a visitor who has none, so that public pages set no cookie and
vary by none.
"""

import zlib
from functools import cache

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from uclg_portal.devices import device_words

register = template.Library()

ARCHES = 12
"""How many gates and tiles the artwork holds."""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _menu(language: str) -> tuple[tuple[str, str], ...]:
    entries = (
        (_address("news:list"), gettext("News")),
        (_address("events:list"), gettext("Events")),
        (_address("members:list"), gettext("Members")),
        (_address("ratings:list"), gettext("Ratings")),
        (_address("awards:list"), gettext("Awards")),
        (_address("about"), gettext("About us")),
        (_address("contacts"), gettext("Contacts")),
    )
    return tuple((address, label) for address, label in entries if address)


class FixedNode(template.Node):
    """See `fixed`; what was rendered is kept with the parsed template."""

    def __init__(self, nodelist: template.NodeList):
        self.nodelist = nodelist
        self.kept: dict[tuple[str, bool], str] = {}

    def render(self, context) -> str:
        key = (get_language(), bool(context.get("DEMO")))
        if key not in self.kept:
            self.kept[key] = self.nodelist.render(context)
        return self.kept[key]


@register.tag
def fixed(parser, _token) -> FixedNode:
    """`{% fixed %}…{% endfixed %}`: rendered once per language for as long as the process lives.

    For parts that hang on no request: addresses, labels and static files of the frame. They make
    up most of the work of a page, and never change.
    """
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag(takes_context=True)
def site_menu(context) -> list[dict[str, str]]:
    """Entries of the main menu: `url`, `label`, and `current` ("page", "true" or empty)."""
    path = context["request"].path if "request" in context else ""
    return [
        {"url": url, "label": label, "current": _place(path, url)}
        for url, label in _menu(get_language())
    ]


def _place(path: str, url: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


def _prefixed(path: str) -> str:
    """The language a path begins with, or nothing for addresses without one."""
    first = path.split("/", 2)[1] if path.count("/") > 1 else ""
    return first if first in dict(settings.LANGUAGES) else ""


@register.simple_tag(takes_context=True)
def switch_language_url(context, language: str) -> str:
    """The address of this page in `language`, its query kept.

    Slugs are the same in both languages, so the prefix is all that changes. A page without a
    prefix (sign-in, admin) is asked for the language by `?language=`; where there is no page (an
    error before the address was understood), the answer is the home page.
    """
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    if own := _prefixed(request.path):
        return f"/{language}{request.get_full_path()[len(own) + 1 :]}"
    if getattr(request, "resolver_match", None) is None:
        return f"/{language}/"
    query = request.GET.copy()
    query["language"] = language
    return f"{request.path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def page_addresses(context) -> dict:
    """Of the head: addresses `canonical` and `alternates` (language, address), and `is_fallback`.

    Of the query only the page number counts: filters and campaign marks make no page of their own.
    A page of one record names in `written_in` the languages that the record really exists in; in
    another one it is a fallback, which search engines are told not to keep.
    """
    request = context.get("request")
    if not request or not (own := _prefixed(request.path)):
        return {"canonical": "", "alternates": [], "is_fallback": False}
    rest = request.path[len(own) + 1 :]
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdecimal() and page != "1" else ""
    site = settings.SITE_URL
    written = context.get("written_in") or dict(settings.LANGUAGES)
    return {
        "canonical": f"{site}{request.path}{query}",
        "alternates": [
            (code, f"{site}/{code}{rest}{query}")
            for code, _ in settings.LANGUAGES
            if code in written
        ],
        "is_fallback": own not in written,
    }


@register.simple_tag(takes_context=True)
def signed_in_user(context):
    """The user who is signed in, or None; a visitor without a session cookie is not looked up."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


@register.simple_tag(takes_context=True)
def page_messages(context) -> list:
    """Messages for this visitor; without a cookie that could hold them nothing is read."""
    request = context.get("request")
    storage = get_messages(request) if request else None
    if not storage:
        return []
    holders = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return list(storage) if storage.added_new or holders & request.COOKIES.keys() else []


@register.simple_tag
def page_numbers(page) -> list:
    """Numbers of a pagination with gaps, as the paginator elides them."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def arch(slug: str) -> str:
    """ "01" to "12": the gate or tile that always stands for this slug."""
    return f"{zlib.crc32(str(slug).encode()) % ARCHES + 1:02}"


@register.simple_tag
def gate_url(slug: str) -> str:
    """Address of the gate that stands in for a coat of arms."""
    return static(f"img/gate-{arch(slug)}.svg")


@register.simple_tag
def tile_url(slug: str) -> str:
    """Address of the 3:2 tile that stands in for a photograph."""
    return static(f"img/tile-{arch(slug)}.svg")


@register.filter
def shows_required(field) -> bool:
    """Whether a form field needs the word "required": only where some field is not.

    A check box that may stay empty says nothing about the other fields.
    """
    if not field.field.required or field.widget_type == "checkbox":
        return False
    others = (other for other in field.form.visible_fields() if other.widget_type != "checkbox")
    return any(not other.field.required for other in others)


@register.filter
def length_limit(field) -> int | None:
    """The largest number of characters a text field takes, where its widget states one.

    `data-limit` counts without cutting off what is typed or pasted beyond it.
    """
    attrs = field.field.widget.attrs
    limit = attrs.get("maxlength") or attrs.get("data-limit")
    return int(limit) if limit else None


@register.simple_tag
def form_problems(form=None, forms=None) -> list[dict[str, str]]:
    """What is wrong in a form or several, in the order of the page: `text` and `anchor`.

    A problem of a whole form has no anchor; a field's links to the field, or to its group.
    """
    problems = []
    for one in [form] if form else forms or []:
        problems += [{"text": text, "anchor": ""} for text in one.non_field_errors()]
        for field in one:
            problems += [
                {"text": f"{_label(field, one)}: {text}", "anchor": _anchor(field)}
                for text in field.errors
            ]
    return problems


def _label(field, form) -> str:
    """The label; with the language where a form asks for the same in both languages."""
    name, _underscore, code = field.name.rpartition("_")
    codes = dict(settings.LANGUAGES)
    others = (form.fields.get(f"{name}_{one}") for one in codes if code in codes and one != code)
    is_pair = any(other is not None and (other.label or "") == field.label for other in others)
    return f"{field.label} ({code.upper()})" if is_pair else field.label


def _anchor(field) -> str:
    if field.is_hidden:
        return ""
    return f"{field.auto_id}_group" if field.use_fieldset else field.id_for_label


@register.simple_tag(takes_context=True)
def account_menu(context) -> list[dict]:
    """Side menu of the pages about a person's own sign-in."""
    path = context["request"].path
    entries = (
        ("accounts:profile", gettext("Profile")),
        ("account_change_password", gettext("Password")),
        ("account_email", gettext("E-mail addresses")),
        ("mfa_index", gettext("Second factor")),
        ("usersessions_list", gettext("Devices and sessions")),
        ("members:cabinet", gettext("Back to the cabinet")),
    )
    return [
        {"url": url, "label": label, "current": path.startswith(url)}
        for name, label in entries
        if (url := _address(name))
    ]


@register.filter
def device(user_agent: str) -> str:
    """The browser and the system of a session in words."""
    return device_words(user_agent or "")
