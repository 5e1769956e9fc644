"""A digest by mail: text and HTML in one message, handed to the mail server of the settings."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from meeting.digest import Digest, html_page, plain_text
from meeting.sending import SECONDS, SendingProblem
from warehouse.delivery import Smtp


def send_mail(of: Digest, smtp: Smtp) -> str:
    """Send the digest to all it is for; says to whom. Raises SendingProblem where the server does not take it."""
    if not (smtp.host and smtp.sender and smtp.to):
        raise SendingProblem(
            "No mail server is set.", "Set host, sender and to under [smtp]; the README tells the settings."
        )
    try:
        with _connected(smtp) as server:
            if smtp.user:
                server.login(smtp.user, smtp.password.get_secret_value())
            # To whom is read from the head, addresses alone: the names beside them need not be ASCII.
            refused = server.send_message(_message(of, smtp))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise SendingProblem(
            f"The mail server {smtp.host}:{smtp.port} did not take the digest: {_answer(error)}.",
            "Check [smtp]: host, port, security, user, password, sender and to.",
        ) from error
    if refused:
        raise SendingProblem(
            f"The mail server refused some: {', '.join(refused)}.", "The others have the digest; correct these."
        )
    return ", ".join(smtp.to)


def _connected(smtp: Smtp) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if smtp.security == "tls":
        return smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(smtp.host, smtp.port, timeout=SECONDS)
    if smtp.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _message(of: Digest, smtp: Smtp) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = of.title, smtp.sender, ", ".join(smtp.to)
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="pinyu.invalid")
    message.set_content("\n".join([of.title, "", *plain_text(of)]) + "\n")
    message.add_alternative(html_page(of), subtype="html")
    return message


def _answer(error: Exception) -> str:
    """What the server said, or what went wrong on the way to it."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"it refused {', '.join(error.recipients)}"
    return str(error) or type(error).__name__
