"""How the digest leaves the house: the mail server and the chat group that an installation names."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

NO_SECRET = SecretStr("")


class Smtp(BaseModel):
    """The mail server that takes the digest, and who gets it. Without a host no mail is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = NO_SECRET
    sender: str = ""
    to: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _password_under_cover(self) -> "Smtp":
        if self.password.get_secret_value() and self.security == "none":
            raise ValueError("a password is only sent with security starttls or tls")
        return self


class Webhook(BaseModel):
    """The robot of a chat group. Its address is a secret: whoever has it may write to the group."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    kind: Literal["wecom", "dingtalk", "feishu"] = "wecom"
    url: SecretStr = NO_SECRET
    secret: SecretStr = NO_SECRET

    @model_validator(mode="after")
    def _over_http(self) -> "Webhook":
        url = self.url.get_secret_value()
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("the url begins with https:// or http://")
        return self
