"""Lists about the organizers' own work: meetings, seats, deadlines, letters, roles, the log."""

from __future__ import annotations

from bot.contest.authorize import Action
from bot.contest.exports.model import Column, Listing
from bot.contest.exports.pieces import APPLICANT, GRADE, LINK, NUMBER, PLACE, SCHOOL, STATE, WHO, moment, number

ATTENDANCE = Listing(
    "attendance",
    "Явка",
    "одна заявка, люди которой должны были прийти",
    (
        *APPLICANT,
        STATE,
        Column("came", "Пришли", "«да», если отмечены хотя бы раз"),
        Column("meetings", "Секции", "где отмечены", printed=False),
        moment("came_at", "Отмечены", "когда отмечены впервые"),
        Column("way", "Как отмечены", "кодом, кнопкой, организатором, списком", printed=False),
    ),
    Action.MARK_ATTENDANCE,
    filters=("all", "came", "absent"),
)

SEATS = Listing(
    "seats",
    "Места и очередь",
    "одна заявка, которая держит место или ждёт его",
    (
        Column("seat", "Место", "занято, ждёт, предложено или предложение пропущено"),
        number("queue", "В очереди", "какая по счёту в очереди"),
        NUMBER,
        WHO,
        GRADE,
        SCHOOL,
        STATE,
        moment("since", "С какого времени", "с какого времени так", printed=True),
        moment("until", "Ответить до", "до какого времени держится предложение"),
    ),
    Action.OFFER_SEAT,
    filters=("all", "waiting"),
)

DEADLINES = Listing(
    "deadlines",
    "Личные сроки",
    "один продлённый срок",
    (
        Column("whom", "Кому", "страница человека или организация", personal=True),
        moment("until", "До", "новый срок", printed=True),
        Column("reason", "Причина", "почему дали больше времени", personal=True),
        Column("giver", "Кто дал", "организатор", personal=True, printed=False),
        moment("given", "Когда дали", "когда срок продлён"),
    ),
    Action.EXTEND_FOR_ONE,
)

HOSTS = Listing(
    "hosts",
    "Опорные школы",
    "один представитель опорной школы",
    (
        SCHOOL,
        PLACE,
        Column("page", "Представитель", "имя страницы ВКонтакте", personal=True),
        Column("link", "Адрес страницы", "ссылка на страницу", personal=True, contact=True, printed=False),
        moment("since", "С какого времени", "когда принято приглашение"),
    ),
    Action.INVITE_HOST,
)

RECIPIENTS = Listing(
    "recipients",
    "Получатели объявлений",
    "один человек, которому уйдёт объявление",
    (
        Column("page", "Получатель", "имя страницы ВКонтакте", personal=True),
        LINK,
        Column("applications", "Заявки", "номера его заявок", printed=True),
        Column("reached", "Дойдёт", "«да» или почему сообщение не дойдёт"),
    ),
    Action.ANNOUNCE,
    filters=("applicants", "without_work", "drafts", "jury"),
)

ANNOUNCEMENTS = Listing(
    "announcements",
    "Отправленные объявления",
    "одно объявление",
    (
        moment("sent", "Отправлено", "когда отправлено", printed=True),
        Column("audience", "Кому", "кому предназначалось"),
        number("recipients", "Получателей", "скольким людям"),
        Column("author", "Кто отправил", "организатор", personal=True),
        Column("text", "Текст", "как написал организатор"),
    ),
    Action.ANNOUNCE,
)

AUDIT = Listing(
    "audit",
    "Журнал действий",
    "одно действие; из журнала ничего не удаляется",
    (
        number("seq", "№", "номер записи; в журнале всех мероприятий номера идут подряд"),
        moment("at", "Когда", "когда сделано", printed=True),
        Column("actor", "Кто", "имя страницы ВКонтакте", personal=True),
        Column("action", "Что сделано", "действие"),
        Column("subject", "С чем", "заявка, человек или мероприятие, по номеру"),
        Column("detail", "Подробности", "что записано о действии; имён здесь нет", printed=False),
        Column("hash", "Печать", "по ней видно, что запись не меняли", printed=False),
    ),
    Action.VIEW_AUDIT,
)

ROLES = Listing(
    "roles",
    "Роли",
    "одна роль одного человека",
    (
        Column("page", "Кто", "имя страницы ВКонтакте", personal=True),
        Column("link", "Адрес страницы", "ссылка на страницу", personal=True, contact=True, printed=False),
        Column("role", "Роль", "организатор, жюри, опорная школа, администратор"),
        Column("event", "Мероприятие", "где; «все мероприятия», если роль общая"),
        SCHOOL,
        moment("since", "С какого времени", "когда роль дана"),
        Column("giver", "Кто дал", "имя страницы; пусто — с командной строки", personal=True, printed=False),
    ),
    Action.GRANT_ROLE,
)

WORK_LISTS = (ATTENDANCE, SEATS, DEADLINES, HOSTS, RECIPIENTS, ANNOUNCEMENTS, AUDIT, ROLES)
