"""The experts' pages: editions, the queue by question and by city, the history of an answer."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from content.keys import as_key
from content.privatefiles import response_for
from questionnaires import asking, checking, queue
from questionnaires.checkers import Checker, checker_of, editions_for
from questionnaires.checking_forms import choices_of, corrected_value
from questionnaires.models import Answer, Evidence
from questionnaires.refusals import Refused
from ratings.models import Indicator, IndicatorGroup

PER_PAGE = 100
DEEDS = ("accept", "correct", "ask", "take_back")
LONGEST_QUERY = 200


class Front(LoginRequiredMixin, TemplateView):
    """The editions a person checks, and how far each is."""

    needs_second_factor = True
    template_name = "questionnaires/checking/front.html"

    def get_context_data(self, **kwargs):
        editions = list(editions_for(self.request.user).select_related("rating"))
        if not editions and not self.request.user.has_perm("questionnaires.change_response"):
            raise Http404
        checkers = [Checker(one, self.request.user) for one in editions]
        found = list(zip(editions, queue.totals(checkers), strict=True))
        return super().get_context_data(
            current=[row for row in found if row[0].sealed_at is None],
            past=[row for row in found if row[0].sealed_at is not None],
            **kwargs,
        )


class CheckerMixin(LoginRequiredMixin):
    """For pages of one edition: those who check it come in. Sets `checker` and `edition`."""

    needs_second_factor = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.checker = checker_of(request.user, kwargs["edition"])
        self.edition = self.checker.edition
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Find what the page is about, or raise Http404."""

    def get_context_data(self, **kwargs):
        # In place of the key of the edition, which the address brings under the same name.
        kwargs |= {"edition": self.edition, "is_sealed": self.edition.sealed_at is not None}
        return super().get_context_data(**kwargs)


class Overview(CheckerMixin, TemplateView):
    """One edition: its questions, its cities and its experts, with what is left to do."""

    template_name = "questionnaires/checking/overview.html"

    def get_context_data(self, **kwargs):
        indicators = list(self.checker.indicators())
        figures = queue.figures(self.checker, indicators)
        empty = queue.Progress()
        responses = self.checker.responses().select_related("member", "country")
        cities = responses.order_by(queue.city_order(), "pk")
        return super().get_context_data(
            whole=figures.whole,
            directions=self._directions(indicators, figures),
            cities=[(one, figures.by_response.get(one.pk, empty)) for one in cities],
            experts=queue.experts(self.checker),
            filters=[(code, label) for code, label in queue.FILTERS.items() if code],
            **kwargs,
        )

    @staticmethod
    def _directions(indicators: list[Indicator], figures: queue.Figures) -> list[dict]:
        empty, found = queue.Progress(), {}
        for one in indicators:
            group: IndicatorGroup = one.group
            part = found.setdefault(
                group.pk,
                {"group": group, "progress": figures.by_group.get(group.pk, empty), "rows": []},
            )
            part["rows"].append((one, figures.by_indicator.get(one.pk, empty)))
        return list(found.values())


class Queue(CheckerMixin, TemplateView):
    """All answers of an edition, by a filter: each decided on where it stands."""

    template_name = "questionnaires/checking/queue.html"
    by_city = False
    error_on: tuple[int, str] | None = None

    def answers(self):
        """What this page is about, before the filter."""
        return self.checker.answers()

    @cached_property
    def state(self) -> str:
        state = self.request.GET.get("state", "")
        return state if state in queue.FILTERS else ""

    @cached_property
    def rows(self) -> list[queue.Row]:
        return queue.rows_of(self.checker, self.page.object_list)

    @cached_property
    def page(self):
        found = queue.said(queue.filtered(self.answers(), self.state, self.checker))
        ordered = queue.in_order(found, by_city=self.by_city)
        return Paginator(ordered, PER_PAGE).get_page(self.request.GET.get("page"))

    def get_context_data(self, **kwargs):
        self._put_error()
        plain = [row for row in self.rows if row.waits and not row.hints]
        return super().get_context_data(
            page=self.page, rows=self.rows, plain=plain, state=self.state,
            filters=queue.FILTERS.items(), choices=self._choices(), by_city=self.by_city, **kwargs,
        )  # fmt: skip

    def _choices(self) -> dict[int, list[tuple[str, str]]]:
        """What can be chosen as a correction, by key of indicator."""
        asked = {row.answer.indicator_id for row in self.rows}
        found = Indicator.objects.filter(pk__in=asked, kind__in=["yes_no", "scale"])
        rows = found.select_related("scale").prefetch_related("scale__steps")
        return {one.pk: choices_of(one) for one in rows}

    def _put_error(self) -> None:
        if self.error_on is None:
            return
        key, words = self.error_on
        for row in self.rows:
            if row.answer.pk == key:
                row.error, row.typed = words, self.request.POST
                return
        messages.error(self.request, words)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "accept_all" in request.POST:
            return self._accept_all()
        key, version = (as_key(request.POST.get(name)) for name in ("answer", "version"))
        deed = next((one for one in DEEDS if one in request.POST), None)
        if deed is None or not self.checker.answers().filter(pk=key).exists():
            raise Http404
        following = self._following(key)
        try:
            self._do(deed, key, version or 0)
        except Refused as refused:
            self.error_on = (key, str(refused))
            self._forget()
            return self.render_to_response(self.get_context_data(**kwargs))
        return redirect(f"{request.get_full_path()}#{following}")

    def _do(self, deed: str, key: int, version: int) -> None:
        data = self.request.POST
        if deed == "accept":
            checking.accept(self.checker, key, version)
        elif deed == "take_back":
            checking.take_back(self.checker, key, version)
        elif deed == "ask":
            asking.ask_back(self.checker, key, version, _typed(data, "question", 2000))
        else:
            self._correct(key, version)

    def _correct(self, key: int, version: int) -> None:
        data = self.request.POST
        value = None
        if "nothing" not in data:
            answer = Answer.objects.select_related("indicator__scale").get(pk=key)
            reading = corrected_value(answer.indicator, data.get("value", ""))
            value = reading.value
            if reading.said:
                messages.info(self.request, reading.said)
        checking.correct(self.checker, key, version, value, _typed(data, "reason", 500))

    def _accept_all(self) -> HttpResponse:
        pairs = [one.partition(":")[::2] for one in self.request.POST.getlist("seen")[:PER_PAGE]]
        seen = {as_key(key): as_key(version) for key, version in pairs}
        seen.pop(None, None)
        try:
            done = checking.accept_many(self.checker, seen)
        except Refused as refused:
            messages.error(self.request, str(refused))
            return redirect(self.request.get_full_path())
        words = ngettext(
            "%(count)d answer is accepted.", "%(count)d answers are accepted.", done.accepted
        )
        messages.success(self.request, words % {"count": done.accepted})
        if done.left:
            words = ngettext(
                "%(count)d answer was left: it has changed meanwhile.",
                "%(count)d answers were left: they have changed meanwhile.",
                done.left,
            )
            messages.warning(self.request, words % {"count": done.left})
        return redirect(f"{self.request.get_full_path()}#rows")

    def _following(self, key: int) -> str:
        """Where the next answer stands that waits, after this one or from the top again."""
        keys = [row.answer.pk for row in self.rows if row.waits and row.answer.pk != key]
        every = [row.answer.pk for row in self.rows]
        place = every.index(key) if key in every else -1
        later = [one for one in keys if every.index(one) > place]
        return f"do-{(later or keys)[0]}" if keys else "end"

    def _forget(self) -> None:
        for name in ("rows", "page"):
            self.__dict__.pop(name, None)


class QueueOfIndicator(Queue):
    """One question: the answers of all cities side by side."""

    def prepare(self) -> None:
        self.indicator = get_object_or_404(self.checker.indicators(), code=self.kwargs["code"])

    def answers(self):
        return super().answers().filter(indicator=self.indicator)

    def get_context_data(self, **kwargs):
        codes = [one.code for one in self.checker.indicators()]
        place = codes.index(self.indicator.code)
        found = queue.hints.of_edition(self.edition, [self.indicator])
        return super().get_context_data(
            indicator=self.indicator,
            not_compared=found.notes.get(self.indicator.pk, ""),
            previous=codes[place - 1] if place else "",
            next=codes[place + 1] if place + 1 < len(codes) else "",
            **kwargs,
        )


class QueueOfCity(Queue):
    """One questionnaire: all answers of a city in the order of the questions."""

    by_city = True

    def prepare(self) -> None:
        rows = self.checker.responses().select_related("member", "country", "submitted_by")
        self.response = get_object_or_404(rows, pk=self.kwargs["response"])

    def answers(self):
        return super().answers().filter(response=self.response)

    def get_context_data(self, **kwargs):
        kwargs |= {"response": self.response}
        return super().get_context_data(**kwargs)


class History(CheckerMixin, TemplateView):
    """Everything that happened to one answer, the last thing first."""

    template_name = "questionnaires/checking/history.html"

    def get_context_data(self, **kwargs):
        answers = self.checker.answers().select_related("response__member", "response__country")
        answer = get_object_or_404(answers, pk=self.kwargs["answer"])
        (row,) = queue.rows_of(self.checker, self.checker.answers().filter(pk=answer.pk))
        kwargs |= {"answer": row.answer, "row": row}
        return super().get_context_data(
            changes=answer.changes.select_related("by").order_by("-at", "-pk"),
            notes=answer.notes.select_related("by").order_by("-at", "-pk"),
            **kwargs,
        )


class EvidenceFile(CheckerMixin, View):
    """A proof, for those who check the answer it belongs to."""

    def get(self, request: HttpRequest, edition: int, evidence: int) -> HttpResponseBase:
        own = Evidence.objects.filter(answer__in=self.checker.answers(), file__isnull=False)
        return response_for(get_object_or_404(own.select_related("file"), pk=evidence).file)


def _typed(data, name: str, most: int) -> str:
    """A text of a form; Refused where it is too long."""
    text = data.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()
    if len(text) > most:
        raise Refused(
            _("At most %(most)d characters; these are %(count)d. Shorten the text.")
            % {"most": most, "count": len(text)}
        )
    return text
