"""Every story by its name."""

from __future__ import annotations

from collections.abc import Mapping

from tests.faults.stories.announcing import ANNOUNCEMENT
from tests.faults.stories.evening import CALL, CONTEST, WEBINAR
from tests.faults.stories.importing import IMPORT
from tests.faults.stories.model import Story
from tests.faults.stories.scoring import SCORING

STORIES: Mapping[str, Story] = {
    "call": CALL,
    "registration": WEBINAR,
    "contest": CONTEST,
    "announcement": ANNOUNCEMENT,
    "import": IMPORT,
    "scoring": SCORING,
}
