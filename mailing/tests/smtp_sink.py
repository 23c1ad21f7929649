"""A small mail server for the tests, on a port of the loopback, with the faults real ones have."""

import email
import email.policy
import socketserver
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Faults:
    """What goes wrong. Numbers count mails from 1 over all connections."""

    greeting: str = ""  # said instead of 220, then the connection is closed
    sender: str = ""  # the answer to MAIL FROM
    recipients: dict[str, str] = field(default_factory=dict)  # address: the answer to RCPT TO
    text: str = ""  # the answer after the text
    cut_at: str = ""  # close without an answer at "MAIL", "DATA" or "text"
    cut_mail: int = 1  # the mail from which `cut_at` holds
    mails_per_connection: int = 0  # then 421
    hold_mail: int = 0  # keep the answer after the text of this mail until `release`


class SMTPSink:
    """Collects what is sent to it. A context manager; `faults` may be changed at any time."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.received: list[EmailMessage] = []
        self.connections = 0
        self.holding = threading.Event()
        self.release = threading.Event()
        self._server: socketserver.ThreadingTCPServer | None = None
        self.port = self._start(0)

    def __enter__(self) -> "SMTPSink":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def addresses(self) -> list[str]:
        return [mail["To"] for mail in self.received]

    def stop(self) -> None:
        """Stop listening: the next connection is refused."""
        if self._server is not None:
            self.release.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def restart(self) -> None:
        """Listen again, on the same port."""
        self.release.clear()
        self._start(self.port)

    def _start(self, port: int) -> int:
        sink = self

        class Handler(_Conversation):
            def setup(self):
                self.sink = sink
                super().setup()

        server = _Server(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self._server = server
        return server.server_address[1]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that was killed leaves a broken connection: nothing to report."""


class _Hangup(Exception):
    pass


class _Conversation(socketserver.StreamRequestHandler):
    sink: SMTPSink

    def handle(self):
        self.sink.connections += 1
        self.mails = 0
        faults = self.sink.faults
        self.say(faults.greeting or "220 sink")
        if faults.greeting:
            return
        try:
            while line := self.rfile.readline():
                if self.answer(line.decode().strip()) == "bye":
                    return
        except _Hangup:
            return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, line: str) -> str:
        command = line.split(":")[0].split(" ")[0].upper()
        {
            "EHLO": lambda: self.say("250 sink"),
            "MAIL": lambda: self.sender(),
            "RCPT": lambda: self.recipient(line),
            "DATA": lambda: self.text(),
        }.get(command, lambda: self.say("221 bye" if command == "QUIT" else "250 ok"))()
        return "bye" if command == "QUIT" else ""

    def sender(self) -> None:
        self.cut("MAIL")
        faults = self.sink.faults
        if faults.mails_per_connection and self.mails >= faults.mails_per_connection:
            self.say("421 enough for one connection")
            raise _Hangup
        self.say(faults.sender or "250 ok")

    def recipient(self, line: str) -> None:
        address = line.split("<")[1].split(">")[0]
        faults = self.sink.faults.recipients
        self.say(faults.get(address) or faults.get("*") or "250 ok")

    def text(self) -> None:
        self.cut("DATA")
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        faults, sink = self.sink.faults, self.sink
        if faults.text:
            self.say(faults.text)
            return
        self.mails += 1
        sink.received.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        if len(sink.received) == faults.hold_mail:
            sink.holding.set()
            sink.release.wait(30)
        if faults.cut_at == "text" and len(sink.received) >= faults.cut_mail:
            raise _Hangup
        self.say("250 taken")

    def cut(self, at: str) -> None:
        faults = self.sink.faults
        if faults.cut_at == at and len(self.sink.received) + 1 >= faults.cut_mail:
            raise _Hangup
