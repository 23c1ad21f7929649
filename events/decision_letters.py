"""What the secretariat has decided, told to the person and to whoever answers for them."""

from django.utils.translation import gettext as _

from events import letters
from events.models import ChangeRequest, Event, Participant
from mailing import outbox

Status = Participant.Status


def decided(event: Event, person: Participant, *, was: str, reason: str = "") -> None:
    """About one person over the quota or to be approved (`was`); turned down: with the reason."""
    if person.status == Status.DECLINED:
        outbox.write_many(
            letters.to_person("declined", f"declined:{person.pk}", event, person, answer=reason)
        )
    else:
        letters.told_their_state(event, person.delegation, [person])

    def news() -> str:
        words = {"name": letters.name_of(person)(), "reason": reason}
        sentence = _sentence(was, person.status == Status.DECLINED) % words
        return f"{sentence} {reason}".strip()

    letters.summed_up(event, person.delegation, f"decided:{person.pk}:{was}", news)


def _sentence(was: str, is_declined: bool) -> str:
    if was == Status.OVER_QUOTA:
        if is_declined:
            return _("The secretariat cannot let in %(name)s beyond the quota.")
        return _("The secretariat lets in %(name)s beyond the quota.")
    if is_declined:
        return _("The secretariat has not approved the registration of %(name)s.")
    return _("The secretariat has approved the registration of %(name)s.")


def answered(event: Event, request: ChangeRequest) -> None:
    """A request after the deadline was decided: to whoever answers for the delegation."""
    occasion = f"change:{request.pk}:{request.state}"

    def news() -> str:
        accepted = request.state == ChangeRequest.State.ACCEPTED
        words = (
            _("The secretariat has accepted the change of the delegation.")
            if accepted
            else _("The secretariat has refused the change: the delegation stays as it was.")
        )
        return f"{words} {request.answer}".strip()

    letters.summed_up(event, request.delegation, occasion, news)
