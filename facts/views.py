"""The public page of the facts register."""

from django.views.generic import TemplateView

from facts import reading


class Register(TemplateView):
    """What the association says in figures: current ones with their source, earlier ones below."""

    template_name = "facts/register.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, entries=reading.entries())
