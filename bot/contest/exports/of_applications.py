"""Lists about applications and people."""

from __future__ import annotations

from bot.contest.applications import ApplicationState
from bot.contest.authorize import Action
from bot.contest.exports.model import Column, Listing
from bot.contest.exports.pieces import (
    GRADE,
    GROUP,
    LINK,
    NOMINATION,
    NUMBER,
    OUTCOME,
    PAGE,
    PLACE,
    SCHOOL,
    STATE,
    SUPERVISOR,
    WHO,
    moment,
    number,
)

#: As the list of applications is filtered on its screen.
STATES = ("all", *(state.value for state in ApplicationState))
PHONE = Column("phone", "Телефон", "телефон заявителя", personal=True, contact=True, printed=False)
EMAIL = Column("email", "Почта", "почта заявителя", personal=True, contact=True, printed=False)

APPLICATIONS = Listing(
    "applications",
    "Заявки",
    "одна заявка, сколько бы в ней ни было людей",
    (
        NUMBER,
        STATE,
        WHO,
        GRADE,
        SCHOOL,
        NOMINATION,
        GROUP,
        SUPERVISOR,
        number("people", "Людей", "сколько людей участвует по этой заявке"),
        Column("title", "Название", "команды, коллектива или темы проекта", personal=True),
        PLACE,
        Column("known", "В справочнике", "«нет» — организацию ещё надо уточнить", printed=False),
        Column("reason", "Причина", "почему заявка в этом состоянии", personal=True, printed=False),
        Column("role", "Кто подал", "педагог, родитель или сам участник", printed=False),
        Column("origin", "Как подана", "в чате, файлом или списком", printed=False),
        moment("created", "Подана", "когда заявка отправлена"),
        moment("updated", "Изменена", "когда её меняли последний раз"),
        moment("accepted", "Принята", "когда её приняли впервые"),
        Column("work", "Работа", "что известно о сданной работе", printed=False),
        OUTCOME,
        PAGE,
        LINK,
        PHONE,
        EMAIL,
    ),
    Action.LIST_APPLICATIONS,
    filters=STATES,
)

PEOPLE = Listing(
    "people",
    "Участники",
    "один человек; один и тот же человек в двух заявках — две строки",
    (
        NUMBER,
        number("position", "№ в заявке", "порядковый номер человека в заявке", printed=False),
        Column("surname", "Фамилия", "без согласия на обработку — номер вместо имени", personal=True),
        Column("name", "Имя", "как в дипломе", personal=True),
        Column("patronymic", "Отчество", "пусто, если его нет", personal=True),
        GRADE,
        Column("member", "Роль", "в команде или паре, если она названа", printed=False),
        Column("title", "Команда или проект", "название, если участвуют вместе", personal=True),
        SCHOOL,
        PLACE,
        NOMINATION,
        GROUP,
        SUPERVISOR,
        STATE,
        OUTCOME,
    ),
    Action.LIST_APPLICATIONS,
    filters=STATES,
)

CONSENTS = Listing(
    "consents",
    "Согласия",
    "один человек; у коллектива без имён — один коллектив",
    (
        NUMBER,
        WHO,
        GRADE,
        SCHOOL,
        STATE,
        Column("processing", "На обработку", "как стоит первое согласие сегодня"),
        Column("publication", "На публикацию", "как стоит второе согласие сегодня"),
        Column("published", "Что можно публиковать", "по второму согласию", printed=False),
        PAGE,
        LINK,
    ),
    Action.CHASE_CONSENTS,
    filters=("all", "lacking"),
)

WORKS = Listing(
    "works",
    "Работы и ссылки",
    "одна заявка с её последней версией работы",
    (
        NUMBER,
        STATE,
        WHO,
        GRADE,
        SCHOOL,
        NOMINATION,
        GROUP,
        Column("name", "Название работы", "как написал заявитель", personal=True),
        Column("state_of_work", "Что с работой", "открывается ли ссылка, или что сдан файл, или что работы нет"),
        Column("links", "Ссылки", "все ссылки работы", personal=True, printed=False),
        Column("files", "Файлы", "имена сданных файлов", personal=True, printed=False),
        number("version", "Версия", "какая по счёту версия работы", printed=False),
        moment("handed_in", "Сдана", "дата сообщения с работой", printed=True),
        moment("checked", "Ссылка проверена", "когда ссылку открывали последний раз"),
        PAGE,
        LINK,
    ),
    Action.LIST_APPLICATIONS,
    filters=("all", "none", "broken", "needs_login", "unknown"),
)

SCHOOLS = Listing(
    "schools",
    "Организации",
    "одна организация; названная по-разному и не найденная в справочнике — столько строк, сколько названий",
    (
        SCHOOL,
        PLACE,
        Column("region", "Регион", "по справочнику", printed=False),
        Column("known", "В справочнике", "«нет» — организацию ещё надо уточнить"),
        number("applications", "Заявок", "заявок от организации во всех состояниях"),
        number("people", "Людей", "людей в этих заявках"),
    ),
    Action.VIEW_COUNTS,
    filters=("all", "unknown"),
)

APPLICATION_LISTS = (APPLICATIONS, PEOPLE, WORKS, CONSENTS, SCHOOLS)
