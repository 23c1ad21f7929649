"""Reading a notice of undelivered mail: which address, for good or for now, of which letter.

Servers that follow RFC 3464 send a `message/delivery-status`; for the others their words are read.
"""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr

from mailing.cleaning import one_line
from mailing.models import normalised_address

HARD, SOFT, UNREAD = "hard", "soft", "unread"
# Bounded like the parts of an address are: a text without any is read in one go.
ADDRESS = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}"
)
QUOTED_ID = re.compile(r"^[ \t]{0,9}Message-ID:[ \t]{0,9}(<[^>\s]{1,250}>)", re.I | re.M)
CODE = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
REPLY = re.compile(r"\b([45])\d\d[ -]")
# A full mailbox is said to be for good by many servers; it is not.
FOR_NOW = re.compile(
    r"quota|mailbox (?:is )?full|over ?quota|переполнен|try again|temporar|greylist|timed? ?out"
    r"|rate limit|too many",
    re.IGNORECASE,
)
FOR_GOOD = re.compile(
    r"user (?:is )?unknown|unknown user|no such (?:user|mailbox|recipient)|does not exist"
    r"|unrouteable|mailbox (?:unavailable|not found|disabled)|invalid (?:recipient|mailbox)"
    r"|не существует|не найден|заблокирован",
    re.IGNORECASE,
)
SENDERS = re.compile(r"^(?:mailer-daemon|postmaster|mdaemon)@|^$", re.IGNORECASE)
SUBJECTS = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice"
    r"|не доставлено|недоставлен|не может быть доставлен",
    re.IGNORECASE,
)
LONGEST = 500
LONGEST_ID = 250
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Failure:
    """One address that a letter did not reach."""

    email: str
    kind: str
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True)
class Notice:
    """A notice: its own Message-ID, that of the letter it is about (or ""), and the addresses."""

    notice_id: str
    letter_id: str
    failures: tuple[Failure, ...]


def read(raw: bytes) -> Notice | None:
    """What a mail says of undelivered letters; None where it is no such notice.

    A notice from which no address can be told has one failure of the kind UNREAD.
    """
    mail = email.message_from_bytes(raw, policy=policy.default)
    reports = _reports(mail)
    if not reports and not _is_notice(mail):
        return None
    failures = _of_reports(reports) if reports else _of_words(mail)
    if reports and not failures:
        return None  # a report of success or of a delay that goes on by itself
    if not failures:
        failures = [Failure("", UNREAD, diagnostic=_header(mail, "Subject")[:LONGEST])]
    return Notice(_header(mail, "Message-ID")[:LONGEST_ID], _letter_id(mail), tuple(failures))


def _is_notice(mail: EmailMessage) -> bool:
    sender = parseaddr(_header(mail, "From"))[1]
    is_failed = bool(_header(mail, "X-Failed-Recipients"))
    return is_failed or (
        bool(SENDERS.search(sender)) and bool(SUBJECTS.search(_header(mail, "Subject")))
    )


def _reports(mail: EmailMessage) -> list[EmailMessage]:
    """The blocks of the delivery reports that name a recipient."""
    blocks = []
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks += [block for block in part.get_payload() if _recipient(block)]
    return blocks


def _of_reports(blocks: list[EmailMessage]) -> list[Failure]:
    found = []
    for block in blocks:
        action = _header(block, "Action").lower()
        if action not in ("failed", "delayed"):
            continue
        diagnostic = _words_of(_header(block, "Diagnostic-Code"))
        status = _header(block, "Status").split(" ")[0]
        kind = SOFT if action == "delayed" else kind_of(status, diagnostic)
        found.append(Failure(_recipient(block), kind, status[:15], diagnostic[:LONGEST]))
    return found


def _recipient(block: EmailMessage) -> str:
    """The address as we wrote to it: the original one where the server tells it."""
    for name in ("Original-Recipient", "Final-Recipient"):
        value = _header(block, name).rpartition(";")[2]
        if found := ADDRESS.search(value):
            return normalised_address(found[0])
    return ""


def _of_words(mail: EmailMessage) -> list[Failure]:
    text = _text(mail)
    named = _header(mail, "X-Failed-Recipients") or text
    to = parseaddr(_header(mail, "To"))[1].lower()
    addresses = [normalised_address(one) for one in ADDRESS.findall(named)]
    wanted = [one for one in dict.fromkeys(addresses) if one != to and not SENDERS.search(one)]
    code = CODE.search(text)
    status = code[0] if code else ""
    kind = kind_of(status, text)
    failed = wanted if _header(mail, "X-Failed-Recipients") else wanted[:1]
    return [Failure(one, kind, status, _sentence(text)[:LONGEST]) for one in failed]


def kind_of(status: str, diagnostic: str) -> str:
    """Whether an address is gone or a letter only has to wait: the words beat the code."""
    if FOR_NOW.search(diagnostic):
        return SOFT
    if status.startswith("5") or FOR_GOOD.search(diagnostic):
        return HARD
    reply = REPLY.search(diagnostic)
    return HARD if not status and reply and reply[1] == "5" else SOFT


def _letter_id(mail: EmailMessage) -> str:
    """The Message-ID of the letter that came back: it is enclosed whole, or its headers are."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            return _header(part.get_payload(0), "Message-ID")[:LONGEST_ID]
        if kind == "text/rfc822-headers":
            headers = email.message_from_string(_content(part), policy=policy.default)
            return _header(headers, "Message-ID")[:LONGEST_ID]
    quoted = QUOTED_ID.search(_text(mail))
    if quoted:
        return quoted[1][:LONGEST_ID]
    return _header(mail, "In-Reply-To")[:LONGEST_ID]


def _sentence(text: str) -> str:
    """The line that says why."""
    lines = [one_line(line) for line in text.splitlines()]
    for pattern in (CODE, FOR_GOOD, FOR_NOW, REPLY):
        for line in lines:
            if pattern.search(line):
                return line
    return ""


def _text(mail: EmailMessage) -> str:
    parts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
    return "\n".join(_content(part) for part in parts)[:LONGEST_TEXT]


def _content(part: EmailMessage) -> str:
    try:
        payload = part.get_payload(decode=True) or b""
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # a charset that nobody knows
        return payload.decode("utf-8", "replace")


def _header(mail: EmailMessage, name: str) -> str:
    """A header in one line; a broken one is empty."""
    try:
        return one_line(str(mail.get(name, "") or ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _words_of(diagnostic: str) -> str:
    """`smtp; 550 5.1.1 unknown` without the name of the protocol."""
    return one_line(diagnostic.partition(";")[2] or diagnostic)
