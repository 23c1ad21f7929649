"""How a reminder will read and who will get it, before it is due: the dry run."""

from dataclasses import dataclass

from events import audiences, reminder_letters, staff_letters
from events.models import ReminderRule
from events.reminders import Due, runs
from mailing import rendering


@dataclass(frozen=True)
class Preview:
    """A letter as a reader of one language gets it: text, the other language below."""

    language: str
    subject: str
    text: str

    @classmethod
    def of(cls, language: str, template: str, context: dict) -> "Preview":
        letter = rendering.render(template, language, context)
        return cls(language, letter.subject, letter.text)


def due_of(rule: ReminderRule) -> Due | None:
    """The rule as the planner will meet it at its moment; None while it has none."""
    rules = list(ReminderRule.objects.filter(event=rule.event_id).select_related("event"))
    for one, expires_at in runs(rules):
        if one.pk == rule.pk:
            return Due(rule, expires_at, rule.due_at)
    return None


def previews(rule: ReminderRule) -> list[Preview]:
    """The letter in both orders of the languages, to the first of the audience or a sample."""
    due = due_of(rule)
    if due is None:
        return []
    found = audiences.addressees(rule.event, [rule.audience])
    one = next((one for one in found if one.email), None) or staff_letters.nobody(rule.event)
    context = reminder_letters.sample_context(due, one)
    return [Preview.of(code, reminder_letters.template_of(rule), context) for code in ("ru", "en")]


def rule_listing(rule: ReminderRule) -> staff_letters.Listing:
    """The names a reminder goes to as things are now, and who has it already."""
    found = audiences.addressees(rule.event, [rule.audience])
    due = due_of(rule)
    if due is None:
        return staff_letters.listing(found)
    occasions = [due.occasion + reminder_letters.suffix_of(one) for one in found]
    return staff_letters.listing(found, occasions)
