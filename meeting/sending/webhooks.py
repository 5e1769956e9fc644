"""A digest to a chat group: the robots of WeCom, DingTalk and Feishu, each as its vendor publishes the message.

WeCom: developer.work.weixin.qq.com/document/path/91770. DingTalk: open.dingtalk.com, custom robot and its signature.
Feishu: open.feishu.cn, custom bot and its signature.
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from meeting.digest import Digest, markdown, plain_text
from meeting.sending import SECONDS, SendingProblem
from ui.words import _, speaking
from warehouse.delivery import Webhook

Payload = dict[str, Any]
MOST_BYTES = {"wecom": 4096, "dingtalk": 20_000, "feishu": 20_000}
"""Of WeCom the Markdown, of the others the whole message."""
NAMES = {"wecom": "WeCom", "dingtalk": "DingTalk", "feishu": "Feishu"}
LONGEST_ANSWER = 65_536
_LOOK_ALIKES = str.maketrans("<>[]()*_`#@!~|\\", "＜＞［］（）＊＿｀＃＠！～｜＼")


def send_to_group(of: Digest, webhook: Webhook) -> str:
    """Post the digest to the group of the settings; says where. Raises SendingProblem unless the vendor took it."""
    url = webhook.url.get_secret_value()
    if not url:
        raise SendingProblem("No webhook is set.", "Set kind and url under [webhook]; the README tells the settings.")
    secret, now, name = webhook.secret.get_secret_value(), time.time(), NAMES[webhook.kind]
    payload = PAYLOADS[webhook.kind](of)
    if webhook.kind == "dingtalk" and secret:
        url = signed_url(url, secret, round(now * 1000))
    if webhook.kind == "feishu" and secret:
        payload = signed(payload, secret, round(now))
    answer = _answer(url, payload, name)
    code = answer.get("code", answer.get("StatusCode")) if webhook.kind == "feishu" else answer.get("errcode")
    if code != 0:
        said = str(answer.get("msg", answer.get("errmsg", "")))[:200]
        raise SendingProblem(f"{name} did not take the digest: {code} {said}.", "Check kind, url and secret.")
    return name


def wecom(of: Digest) -> Payload:
    """A message of Markdown, 4,096 bytes at most."""
    return {"msgtype": "markdown", "markdown": {"content": _cut(of, _marked(of), _markdown_fits("wecom"))}}


def dingtalk(of: Digest) -> Payload:
    """A message of Markdown, with the title that the list of chats shows."""
    text = _cut(of, _marked(of), lambda lines: _fits("dingtalk", _dingtalk(of, "\n".join(lines))))
    return _dingtalk(of, text)


def feishu(of: Digest) -> Payload:
    """A post: a title and paragraphs of plain text, which nothing in them can mark up."""
    # Every signature is of the same length, and its fields count too.
    text = _cut(of, plain_text(of), lambda lines: _fits("feishu", signed(_feishu(of, lines), "", round(time.time()))))
    return _feishu(of, text.split("\n"))


PAYLOADS: Mapping[str, Callable[[Digest], Payload]] = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}


def signed_url(url: str, secret: str, milliseconds: int) -> str:
    """DingTalk's signature: of time and secret, under the secret, as parameters of the address."""
    sign = _signature(secret, f"{milliseconds}\n{secret}")
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urllib.parse.urlencode({'timestamp': milliseconds, 'sign': sign})}"


def signed(payload: Payload, secret: str, seconds: int) -> Payload:
    """Feishu's signature: of nothing, under time and secret, as fields of the message."""
    return {"timestamp": str(seconds), "sign": _signature(f"{seconds}\n{secret}", ""), **payload}


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _dingtalk(of: Digest, text: str) -> Payload:
    return {"msgtype": "markdown", "markdown": {"title": of.title, "text": text}}


def _feishu(of: Digest, lines: Sequence[str]) -> Payload:
    content = [[{"tag": "text", "text": line}] for line in lines]
    return {
        "msg_type": "post",
        "content": {"post": {"zh_cn" if of.language == "zh" else "en_us": {"title": of.title, "content": content}}},
    }


def _marked(of: Digest) -> list[str]:
    """Markdown of the chats, which know no escape: marks in data become their full-width look-alikes."""
    return markdown(of, escape=lambda text: text.translate(_LOOK_ALIKES)).strip().split("\n")


def _cut(of: Digest, lines: Sequence[str], fits: Callable[[Sequence[str]], bool]) -> str:
    """All lines, or as many whole ones as fit and how many more there are."""
    if fits(lines):
        return "\n".join(lines)
    beyond = bisect_left(range(len(lines)), True, key=lambda kept: not fits(_up_to(of, lines, kept)))
    if not beyond:
        raise SendingProblem("The digest has no line that is short enough.", "Send it by mail.")
    return "\n".join(_up_to(of, lines, beyond - 1))


def _up_to(of: Digest, lines: Sequence[str], kept: int) -> list[str]:
    """So many lines, and how many more there are."""
    with speaking(of.language):
        more = _("… and {count} more lines; the page Meeting has all.")
    return [*lines[:kept], more.format(count=sum(bool(line) for line in lines[kept:]))]


def _markdown_fits(kind: str) -> Callable[[Sequence[str]], bool]:
    return lambda lines: len("\n".join(lines).encode()) <= MOST_BYTES[kind]


def _fits(kind: str, payload: Payload) -> bool:
    return len(_body(payload)) <= MOST_BYTES[kind]


def _body(payload: Payload) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address that sends elsewhere is told of, not followed with what was meant for it."""

    def redirect_request(self, *_request_and_answer: Any) -> None:
        return None


def _answer(url: str, payload: Payload, name: str) -> Payload:
    try:
        request = urllib.request.Request(  # noqa: S310 - the settings take http and https alone
            url, _body(payload), {"Content-Type": "application/json; charset=utf-8"}, method="POST"
        )
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS) as response:
            answer = json.loads(response.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        raise SendingProblem(f"{name} answered with HTTP {error.code}.", "Check kind and url.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise SendingProblem(f"What answers at the url is not {name}.", "Check kind and url.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise SendingProblem(f"{name} could not be reached: {reason}.", "Check the url and the network.") from error
    if not isinstance(answer, dict):
        raise SendingProblem(f"What answers at the url is not {name}.", "Check kind and url.")
    return answer
