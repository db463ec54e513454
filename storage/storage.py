"""All the tables, on the connection of one transaction."""

from __future__ import annotations

from functools import cached_property

from storage.announcements import Announcements
from storage.applications import Applications
from storage.attempts import Attempts
from storage.attendance import Attendance
from storage.audiences import Audiences
from storage.audit import Audit
from storage.charts import Charts
from storage.clock import Clock
from storage.connection import Connection
from storage.consent_links import ConsentLinks
from storage.consents import Consents
from storage.deadlines import Deadlines
from storage.designs import Designs
from storage.events import Events
from storage.exports import Exports
from storage.figures import Figures
from storage.forgetting import Forgetting
from storage.help_calls import HelpCalls
from storage.imports import Imports
from storage.inbox import Inbox
from storage.incidents import Incidents
from storage.invitations import Invitations
from storage.jobs import Jobs
from storage.jury import Jury
from storage.jury_questions import JuryQuestions
from storage.mailings import Mailings
from storage.memory import Memory
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.outcomes import Outcomes
from storage.own_data import OwnData
from storage.paper_mistakes import PaperMistakes
from storage.paper_runs import PaperRuns
from storage.papers import Papers
from storage.people import People
from storage.protocols import Protocols
from storage.publications import Publications
from storage.ready_answers import ReadyAnswers
from storage.receipts import Receipts
from storage.reminders import Reminders
from storage.report import Reports
from storage.restoring import Restoring
from storage.roles import Roles
from storage.seats import Seats
from storage.settings import Settings
from storage.stages import Stages
from storage.ties import Ties
from storage.trials import Trials
from storage.watching import Watching
from storage.works import Works


class Storage:
    """One object for each group of tables; whoever opened the transaction commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def announcements(self) -> Announcements:
        return Announcements(self._connection)

    @cached_property
    def applications(self) -> Applications:
        return Applications(self._connection)

    @cached_property
    def attendance(self) -> Attendance:
        return Attendance(self._connection)

    @cached_property
    def attempts(self) -> Attempts:
        return Attempts(self._connection)

    @cached_property
    def audiences(self) -> Audiences:
        return Audiences(self._connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._connection)

    @cached_property
    def charts(self) -> Charts:
        return Charts(self._connection)

    @cached_property
    def consents(self) -> Consents:
        return Consents(self._connection)

    @cached_property
    def clock(self) -> Clock:
        return Clock(self._connection)

    @cached_property
    def deadlines(self) -> Deadlines:
        return Deadlines(self._connection)

    @cached_property
    def consent_links(self) -> ConsentLinks:
        return ConsentLinks(self._connection)

    @cached_property
    def designs(self) -> Designs:
        return Designs(self._connection)

    @cached_property
    def events(self) -> Events:
        return Events(self._connection)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self._connection)

    @cached_property
    def forgetting(self) -> Forgetting:
        return Forgetting(self._connection)

    @cached_property
    def help_calls(self) -> HelpCalls:
        return HelpCalls(self._connection)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self._connection)

    @cached_property
    def imports(self) -> Imports:
        return Imports(self._connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self._connection)

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self._connection)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self._connection)

    @cached_property
    def jury(self) -> Jury:
        return Jury(self._connection)

    @cached_property
    def jury_questions(self) -> JuryQuestions:
        return JuryQuestions(self._connection)

    @cached_property
    def mailings(self) -> Mailings:
        return Mailings(self._connection)

    @cached_property
    def memory(self) -> Memory:
        return Memory(self._connection)

    @cached_property
    def nudges(self) -> Nudges:
        return Nudges(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._connection)

    @cached_property
    def outcomes(self) -> Outcomes:
        return Outcomes(self._connection)

    @cached_property
    def own_data(self) -> OwnData:
        return OwnData(self._connection)

    @cached_property
    def papers(self) -> Papers:
        return Papers(self._connection)

    @cached_property
    def paper_mistakes(self) -> PaperMistakes:
        return PaperMistakes(self._connection)

    @cached_property
    def paper_runs(self) -> PaperRuns:
        return PaperRuns(self._connection)

    @cached_property
    def people(self) -> People:
        return People(self._connection)

    @cached_property
    def ready_answers(self) -> ReadyAnswers:
        return ReadyAnswers(self._connection)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self._connection)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._connection)

    @cached_property
    def protocols(self) -> Protocols:
        return Protocols(self._connection)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self._connection)

    @cached_property
    def publications(self) -> Publications:
        return Publications(self._connection)

    @cached_property
    def restoring(self) -> Restoring:
        return Restoring(self._connection)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self._connection)

    @cached_property
    def seats(self) -> Seats:
        return Seats(self._connection)

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._connection)

    @cached_property
    def stages(self) -> Stages:
        return Stages(self._connection)

    @cached_property
    def trials(self) -> Trials:
        return Trials(self._connection)

    @cached_property
    def ties(self) -> Ties:
        return Ties(self._connection)

    @cached_property
    def watching(self) -> Watching:
        return Watching(self._connection)

    @cached_property
    def works(self) -> Works:
        return Works(self._connection)
