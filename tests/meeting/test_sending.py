"""Sending a digest, to a mail server and to chat robots of this machine: what arrives there, and what is told."""

import base64
import hashlib
import hmac
import json
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr, ValidationError

from meeting.digest import digest
from meeting.sending import SendingProblem
from meeting.sending.mail import send_mail
from meeting.sending.webhooks import MOST_BYTES, PAYLOADS, send_to_group, signed, signed_url
from tests.meeting.digests import HOSTILE, deck
from warehouse.delivery import Smtp, Webhook

KEY = "693a91f6-secret-key"
TOOK = {"errcode": 0, "errmsg": "ok"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Mailbox:
    """What a mail server was given; it refuses those whose address begins with 'nobody'."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self, _server: Server, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Server, _session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        content = envelope.content
        self.messages.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture(scope="module")
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=False)
    server.start()
    yield mailbox, server.port
    server.stop()


class Group:
    """A chat robot: what it was sent, and what it will answer."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.bodies: list[Any] = []
        self.sizes: list[int] = []
        self.types: list[str] = []
        self.status, self.answer = 200, json.dumps(TOOK)


@pytest.fixture(scope="module")
def robot() -> Iterator[tuple[Group, str]]:
    group = Group()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            group.paths.append(self.path)
            group.bodies.append(json.loads(body))
            group.sizes.append(len(body))
            group.types.append(self.headers["Content-Type"])
            self.send_response(group.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(group.answer.encode())

        def log_message(self, *_words: Any) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield group, f"http://127.0.0.1:{server.server_port}/send?key={KEY}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def smtp(port: int, **more: Any) -> Smtp:
    stated = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "pinyu@example.com"}
    return Smtp(**stated | {"to": ("a@example.com", "b@example.com")} | more)


def webhook(kind: str, url: str, secret: str = "") -> Webhook:
    return Webhook(kind=kind, url=SecretStr(url), secret=SecretStr(secret))  # type: ignore[arg-type]


def test_a_mail_has_text_and_html_and_its_chinese_subject(mail_server: tuple[Mailbox, int]) -> None:
    mailbox, port = mail_server
    assert send_mail(digest(deck()), smtp(port)) == "a@example.com, b@example.com"
    message, envelope = mailbox.messages[-1], mailbox.envelopes[-1]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("pinyu@example.com", ["a@example.com", "b@example.com"])
    assert message["Subject"] == f"周会 {HOSTILE} Bcc: x@y 2026-11-30"
    assert message["Bcc"] is None and message["Date"] and message["Message-ID"]
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    assert "拜访成功率" in text.get_content() and "<h1" in page.get_content() and "<img" not in page.get_content()
    assert envelope.content.isascii()  # type: ignore[union-attr] - no server on the way needs more than 7 bits
    assert "\\" not in text.get_content()  # it is read as it stands


def test_those_who_write_and_read_may_have_chinese_names(mail_server: tuple[Mailbox, int]) -> None:
    mailbox, port = mail_server
    send_mail(digest(deck()), smtp(port, sender="品育 <pinyu@example.com>", to=("张三 <a@example.com>",)))
    message, envelope = mailbox.messages[-1], mailbox.envelopes[-1]
    assert (envelope.mail_from, envelope.rcpt_tos) == ("pinyu@example.com", ["a@example.com"])
    assert (message["From"], message["To"]) == ("品育 <pinyu@example.com>", "张三 <a@example.com>")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_password_is_told_under_cover_to_a_server_that_proves_itself(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *named], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    said: list[tuple[bytes, bytes]] = []

    def knows(_server: Server, _session: Session, _envelope: Envelope, _way: str, told: LoginPassword) -> AuthResult:
        said.append((told.login, told.password))
        return AuthResult(success=told.password == b"hunter2", handled=False)

    cover = {"ssl_context": context, "auth_require_tls": False} if security == "tls" else {"tls_context": context}
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port(), authenticator=knows, **cover)
    # Its own way of looking whether it has started takes the server's side of TLS for the client's.
    monkeypatch.setattr(server, "_trigger_server", lambda: socket.create_connection(("127.0.0.1", server.port)).close())
    server.start()
    try:
        wanted = {"port": server.port, "security": security, "user": "u"}
        with pytest.raises(SendingProblem, match="certificate"):
            send_mail(digest(deck()), smtp(**wanted, password="hunter2"))  # noqa: S106 - made up
        assert not said
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(SendingProblem, match="535") as told:
            send_mail(digest(deck()), smtp(**wanted, password="hunter1"))  # noqa: S106 - made up
        assert "hunter1" not in str(told.value)
        send_mail(digest(deck()), smtp(**wanted, password="hunter2"))  # noqa: S106 - made up
        assert said[-1] == (b"u", b"hunter2") and len(mailbox.messages) == 1
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"to": ("nobody@example.com",)}, "refused nobody@example.com"),
        ({"to": ("a@example.com", "nobody@example.com")}, "refused some: nobody@example.com"),
        ({"security": "starttls"}, "STARTTLS"),
        ({"user": "u"}, "AUTH"),
        ({"port": 1}, "Connection refused"),
        ({"host": ""}, "No mail server is set"),
        ({"to": ()}, "No mail server is set"),
    ],
)
def test_mail_that_was_not_taken_is_told(mail_server: tuple[Mailbox, int], more: dict[str, Any], told: str) -> None:
    with pytest.raises(SendingProblem, match=told):
        send_mail(digest(deck()), smtp(**{"port": mail_server[1]} | more))


def test_a_password_never_goes_uncovered_and_secrets_are_not_printed() -> None:
    with pytest.raises(ValidationError) as told:
        smtp(25, password="hunter2")  # noqa: S106 - made up
    assert "hunter2" not in str(told.value)
    with pytest.raises(ValidationError) as told:
        webhook("wecom", f"file:///etc/{KEY}")
    assert KEY not in str(told.value)
    assert KEY not in repr(webhook("feishu", f"https://{KEY}", KEY))


def test_each_vendor_gets_what_it_publishes(robot: tuple[Group, str]) -> None:
    group, url = robot
    of = digest(deck())
    group.status, group.answer = 200, json.dumps(TOOK)
    assert send_to_group(of, webhook("wecom", url)) == "WeCom"
    assert group.bodies[-1].keys() == {"msgtype", "markdown"} and group.bodies[-1]["msgtype"] == "markdown"
    assert group.bodies[-1]["markdown"].keys() == {"content"}
    assert group.types[-1] == "application/json; charset=utf-8"
    send_to_group(of, webhook("dingtalk", url))
    assert (
        group.bodies[-1]["markdown"].keys() == {"title", "text"} and group.bodies[-1]["markdown"]["title"] == of.title
    )
    assert group.paths[-1] == f"/send?key={KEY}"  # without a secret nothing is signed
    group.answer = json.dumps({"code": 0, "msg": "success", "data": {}})
    send_to_group(of, webhook("feishu", url))
    post = group.bodies[-1]
    assert post.keys() == {"msg_type", "content"} and post["msg_type"] == "post"
    language = post["content"]["post"]
    assert language.keys() == {"zh_cn"} and language["zh_cn"]["title"] == of.title
    assert all(
        part.keys() == {"tag", "text"} and part["tag"] == "text"
        for line in language["zh_cn"]["content"]
        for part in line
    )


def test_signatures_are_made_as_the_vendors_publish_them(robot: tuple[Group, str]) -> None:
    group, url = robot
    text = b"1700000000000\nSECabc"
    expected = base64.b64encode(hmac.new(b"SECabc", text, hashlib.sha256).digest()).decode()
    query = parse_qs(urlsplit(signed_url("https://x/send?access_token=t", "SECabc", 1_700_000_000_000)).query)
    assert query == {"access_token": ["t"], "timestamp": ["1700000000000"], "sign": [expected]}
    key = b"1700000000\nabc"
    expected = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert signed({"a": 1}, "abc", 1_700_000_000) == {"timestamp": "1700000000", "sign": expected, "a": 1}
    group.status, group.answer = 200, json.dumps({"errcode": 0, "code": 0})
    send_to_group(digest(deck()), webhook("dingtalk", url, "SECabc"))
    assert {"key", "timestamp", "sign"} == parse_qs(urlsplit(group.paths[-1]).query).keys()
    send_to_group(digest(deck()), webhook("feishu", url, "abc"))
    assert group.bodies[-1].keys() == {"timestamp", "sign", "msg_type", "content"}


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_too_long_is_cut_at_a_whole_line_and_says_how_many_more(kind: str, language: str) -> None:
    whole, long = (json.dumps(PAYLOADS[kind](digest(deck(language, lines))), ensure_ascii=False) for lines in (1, 900))
    more = "…… 另有" if language == "zh" else "… and "
    assert more not in whole and more in long
    payload = PAYLOADS[kind](digest(deck(language, 900)))
    if kind == "feishu":
        assert len(json.dumps(signed(payload, "abc", 1_700_000_000), ensure_ascii=False).encode()) <= MOST_BYTES[kind]
    lines = (
        [line[0]["text"] for post in payload["content"]["post"].values() for line in post["content"]]
        if kind == "feishu"
        else str(payload["markdown"].get("content", payload["markdown"].get("text"))).split("\n")
    )
    size = len("\n".join(lines).encode()) if kind == "wecom" else len(long.encode())
    assert MOST_BYTES[kind] - 300 < size <= MOST_BYTES[kind]
    changes = [line for line in lines if re.match(r"[-·] \d+: ", line)]
    assert changes and all(line.endswith(("<@all>", "＜＠all＞")) for line in changes)
    further = ("Exceptions", "one", "To do", "overdue", "open", "foot")
    left_out = int("".join(filter(str.isdigit, lines[-1])))
    assert left_out + len(changes) == 900 + len(further)


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_hostile_names_mark_up_nothing_in_a_chat(kind: str) -> None:
    payload = PAYLOADS[kind](digest(deck()))
    if kind == "feishu":  # its posts are plain text
        assert HOSTILE in json.dumps(payload, ensure_ascii=False)
        return
    text = str(payload["markdown"].get("content", payload["markdown"].get("text")))
    assert not set("<>[]`@") & set(text)
    assert text.count("**") == 2 * 4 and "＜＠all＞" in text


@pytest.mark.parametrize(
    ("kind", "status", "answer", "told"),
    [
        ("wecom", 200, '{"errcode": 93000, "errmsg": "invalid webhook url"}', "WeCom .*93000 invalid webhook url"),
        ("dingtalk", 200, '{"errcode": 310000, "errmsg": "sign not match"}', "DingTalk .*310000 sign not match"),
        ("feishu", 200, '{"code": 19021, "msg": "sign match fail"}', "Feishu .*19021 sign match fail"),
        ("feishu", 200, '{"errcode": 0}', "Feishu did not take"),
        ("wecom", 200, "{}", "did not take"),
        ("wecom", 200, "[]", "not WeCom"),
        ("wecom", 200, "<html>", "not WeCom"),
        ("wecom", 200, "[" * 60_000, "not WeCom"),
        ("wecom", 500, "{}", "HTTP 500"),
        ("wecom", 302, "{}", "HTTP 302"),
    ],
)
def test_a_robot_that_did_not_take_it_is_told_and_its_address_is_not(
    robot: tuple[Group, str], kind: str, status: int, answer: str, told: str
) -> None:
    group, url = robot
    group.status, group.answer = status, answer
    sent = len(group.bodies)
    with pytest.raises(SendingProblem, match=told) as problem:
        send_to_group(digest(deck()), webhook(kind, url))
    assert KEY not in str(problem.value) and len(group.bodies) == sent + 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "No webhook is set"),
        (f"http://127.0.0.1:1/{KEY}", "could not be reached"),
        ("http://[", "reached"),
        (f"http://127.0.0.1:1/{KEY} x", "InvalidURL"),
        (f"http://127.0.0.1:{KEY}/", "InvalidURL"),
    ],
)
def test_a_robot_that_is_not_there_is_told(url: str, told: str) -> None:
    with pytest.raises(SendingProblem, match=told) as problem:
        send_to_group(digest(deck()), webhook("wecom", url))
    assert KEY not in str(problem.value)


def test_what_speaks_no_http_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            asked, _address = server.accept()
            with asked:
                asked.recv(65_536)
                asked.sendall(b"SSH-2.0-OpenSSH\r\n")

        Thread(target=greet, daemon=True).start()
        with pytest.raises(SendingProblem, match="could not be reached: BadStatusLine") as problem:
            send_to_group(digest(deck()), webhook("wecom", f"http://127.0.0.1:{server.getsockname()[1]}/{KEY}"))
    assert KEY not in str(problem.value)
