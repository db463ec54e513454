"""Columns that several lists share."""

from __future__ import annotations

from bot.contest.exports.model import Column, Kind

NUMBER = Column("number", "Номер заявки", "номер, под которым заявку знает заявитель")
WHO = Column("who", "Участник", "как в дипломе; без согласия на обработку — номер вместо имени", personal=True)
GRADE = Column("grade", "Класс", "класс или группа детского сада")
SCHOOL = Column("school", "Организация", "по справочнику, иначе как написал заявитель")
PLACE = Column("place", "Муниципалитет", "где стоит организация; пусто, если её нет в справочнике", printed=False)
#: Whose application it is.
APPLICANT = (NUMBER, WHO, GRADE, SCHOOL, PLACE)
NOMINATION = Column("nomination", "Номинация", "выбранная номинация")
GROUP = Column("group", "Возрастная группа", "группа мероприятия, в которой участвуют")
SUPERVISOR = Column("supervisor", "Руководитель", "как в дипломе", personal=True)
STATE = Column("state", "Состояние", "где заявка сейчас: отправлена, принята, отклонена …")
OUTCOME = Column("outcome", "Итог", "что решено; пусто, если ещё не решено")
PAGE = Column("page", "Страница заявителя", "имя страницы ВКонтакте", personal=True, contact=True, printed=False)
LINK = Column("link", "Адрес страницы", "ссылка на страницу заявителя", personal=True, contact=True, printed=False)


def moment(code: str, title: str, about: str, *, printed: bool = False) -> Column:
    """A date with the time of day."""
    return Column(code, title, f"{about}, томское время", Kind.MOMENT, printed=printed)


def number(code: str, title: str, about: str, *, printed: bool = True) -> Column:
    """Something that can be added up."""
    return Column(code, title, about, Kind.NUMBER, printed=printed)
