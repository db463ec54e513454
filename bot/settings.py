"""Settings: `.env` beside the start, the environment wins. A mistake is one line a key."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

#: The exit code of a start with wrong settings or a database that must not be touched (sysexits: EX_CONFIG).
EXIT_CONFIG = 78
#: The exit code of a start while another process works with the database (sysexits: EX_TEMPFAIL).
EXIT_IN_USE = 75
#: A token goes into a header: what can't stand there is no token.
TOKEN = re.compile(r"[!-~]+")
#: VK's form takes 50 characters; fewer than 32 could be guessed.
SECRET = re.compile(r"[A-Za-z0-9_-]{32,50}")


class SettingsError(Exception):
    """Some settings are missing or wrong; `lines` has one line a key, in Russian."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """What the bot has to be told. Defaults are those of `.env.example`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, str_strip_whitespace=True
    )

    vk_token: SecretStr
    vk_api_url: str = "https://api.vk.ru/method/"
    vk_requests_per_second: float = Field(default=19, ge=0, le=20)
    database_path: Path = Path("data/bot.db")
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Asia/Tomsk"
    operator_name: str = Field(min_length=1)
    operator_contact: str = Field(min_length=1)
    operator_policy_url: str
    transport: Literal["longpoll", "callback"] = "longpoll"
    callback_host: str = "127.0.0.1"
    callback_port: int = Field(default=8080, ge=0, le=65535)
    callback_path: str = Field(default="/vk", pattern=r"^/[A-Za-z0-9._~/-]{0,200}$")
    callback_secret: Annotated[SecretStr, Field(validate_default=True)] = SecretStr("")
    callback_confirmation: str = Field(default="", pattern=r"^[A-Za-z0-9]{0,64}$")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    watch_host: str = "127.0.0.1"
    watch_port: int | None = Field(default=None, ge=0, le=65535)
    alarm_command: str = ""

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        return frozenset(int(part) for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("watch_port", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("vk_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not TOKEN.fullmatch(token):
            raise PydanticCustomError("missing" if not token else "token", "token")
        return SecretStr(token)

    @field_validator("callback_secret")
    @classmethod
    def _secret(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("transport") == "callback" and not SECRET.fullmatch(value.get_secret_value()):
            raise PydanticCustomError("missing" if not value.get_secret_value() else "secret", "secret")
        return value

    @field_validator("vk_api_url", "operator_policy_url")
    @classmethod
    def _address(cls, value: str) -> str:
        address = urlsplit(value)
        if address.scheme not in ("https", "http") or not address.hostname or address.port == 0 or " " in value:
            raise ValueError("address")
        return value

    @field_validator("vk_api_url")
    @classmethod
    def _folder(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @field_validator("database_path")
    @classmethod
    def _file(cls, value: Path) -> Path:
        if not value.name:
            raise ValueError("a folder")
        return value

    @field_validator("alarm_command")
    @classmethod
    def _command(cls, value: str) -> str:
        program = shlex.split(value)[:1]
        if program and shutil.which(program[0]) is None:
            raise ValueError("no program")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("zone") from error
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What nobody may read anywhere."""
        return (self.vk_token.get_secret_value(), self.callback_secret.get_secret_value())

    @property
    def zone(self) -> ZoneInfo:
        """The zone of everything that people read."""
        return ZoneInfo(self.timezone)


#: What each key expects, for whoever has to mend it.
EXPECTED: Mapping[str, str] = {
    "vk_token": "ключ доступа сообщества (Управление → Работа с API → Ключи доступа)",
    "vk_api_url": "адрес API, например https://api.vk.ru/method/",
    "vk_requests_per_second": "число от 0 до 20 (0 — без ограничения, только для проверок)",
    "database_path": "путь к файлу базы, например data/bot.db",
    "admin_ids": "номера страниц VK через запятую, например 101,102",
    "timezone": "название часового пояса, например Asia/Tomsk",
    "operator_name": "кто обрабатывает персональные данные, например: МАОУ гимназия № 13 г. Томска",
    "operator_contact": "куда писать о персональных данных: почта или телефон",
    "operator_policy_url": "адрес политики обработки персональных данных, https://…",
    "transport": "longpoll или callback",
    "callback_host": "адрес, на котором слушать, например 127.0.0.1",
    "callback_port": "номер порта, например 8080",
    "callback_path": "путь, по которому приходит VK, например /vk-3f9a1c",
    "callback_secret": "секретный ключ сервера Callback API: от 32 до 50 латинских букв и цифр",
    "callback_confirmation": "строка, которую должен вернуть сервер (вкладка «Callback API»), латинские буквы и цифры",
    "log_level": "DEBUG, INFO, WARNING или ERROR",
    "log_format": "text или json",
    "watch_host": "адрес, на котором отвечать наблюдению, например 127.0.0.1",
    "alarm_command": "программа, которая получит текст тревоги на вход, например msmtp admin@school.example",
    "watch_port": "номер порта для /healthz и /metrics, например 9100; пусто — не отвечать",
}


def read_settings(**given: Any) -> Settings:
    """The settings in force. Raises SettingsError, which never repeats a value (it may be a secret)."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = []
        for mistake in error.errors():
            key = str(mistake["loc"][0])
            wrong = "не задано" if mistake["type"] in ("missing", "string_too_short") else "не подходит"
            lines.append(f"{key.upper()}: {wrong}. Ожидается: {EXPECTED.get(key, 'другое значение')}")
        raise SettingsError(lines) from None
    except UnicodeDecodeError:
        raise SettingsError([".env: не читается. Ожидается: текст в кодировке UTF-8"]) from None
