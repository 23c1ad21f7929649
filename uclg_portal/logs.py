"""What the log does not say: the links of letters, which sign people in or act for them."""

import logging
import re

# The addresses whose next part is a secret; `deploy/nginx.conf` hides the same ones.
SIGNED = re.compile(
    r"(/(?:accounts/(?:invitation|confirm-email|password/reset/key)"
    r"|events/(?:places|my|[^/\s?#\"']+/(?:join|guest))|materials|speakers|entries|diplomas"
    r"|preview|translate|door/pass|newsletter/(?:mine|leave|confirm|weekly))/)"
    r"[^/\s?#\"']+"
)


def hide_links(text: str) -> str:
    """The same text with a dash in place of the secret of each such link."""
    return SIGNED.sub(r"\1-", text)


class HideSignedLinks(logging.Filter):
    """Lets every line through, message and traceback without those secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            return True  # whoever writes the line reports that its arguments do not fit
        record.msg, record.args = hide_links(message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_links(record.exc_text)
        return True
