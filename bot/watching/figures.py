"""Figures for Prometheus, read when they are asked for. No figure says anything of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from storage.watching import Queue, Queues

CONTENT_TYPE = CONTENT_TYPE_LATEST


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted at one moment."""

    queues: Queues
    #: Results of calls since the start, by VK's code; "ok" where it took the message, "unknown" without an answer.
    results: Mapping[str, int]
    #: Requests a second that may go now.
    pace: float
    healthy: bool
    at: datetime
    #: A copy was put back, and no administrator has looked at it yet.
    restored: bool = False
    #: Announcements that are on their way.
    announcements: int = 0
    #: When the last copy was made; None: never.
    copied_at: datetime | None = None
    free_bytes: int = 0


def exposition(figures: Figures) -> bytes:
    """The page that Prometheus reads, its process's own figures with it."""
    registry = CollectorRegistry()
    registry.register(_Collected(figures))
    for collect in (ProcessCollector, PlatformCollector, GCCollector):
        collect(registry=registry)
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        found, queues = self._figures, self._figures.queues
        rows = {one.name.lower(): queue for one, queue in queues.outbox.items()}
        yield from self._queue("outbox", "Messages that could go now", rows)
        yield from self._queue("inbox", "Updates that wait for their step", {"": queues.inbox})
        yield from self._queue("jobs", "Work that could be done now", {"": queues.jobs})
        yield _gauge("inbox_quarantined", "Updates set aside after three tries", queues.quarantined.total)
        yield _gauge("outbox_dead", "Messages that nothing more is tried with", queues.dead.total)
        yield _gauge("jobs_failed", "Work that came to no good end", queues.failed_jobs.total)
        yield _gauge("people_unreachable", "People to whom nothing can be sent", queues.unreachable)
        yield _gauge("vk_pace_per_second", "Requests a second that may go now", found.pace)
        yield _gauge("healthy", "1 where nothing is wrong", int(found.healthy))
        yield _gauge("restored", "1 while a copy that was put back waits for an administrator", int(found.restored))
        yield _gauge("announcements_running", "Announcements on their way", found.announcements)
        yield _gauge("disk_free_bytes", "Room where the database is", found.free_bytes)
        age_s = (found.at - found.copied_at).total_seconds() if found.copied_at else float("nan")
        yield _gauge("backup_age_seconds", "Since the last copy was made; NaN: never", age_s)
        results = CounterMetricFamily("kreitv_vk_results", "What VK said of messages", labels=["code"])
        for code, count in sorted(found.results.items()):
            results.add_metric([code], count)
        yield results

    def _queue(self, name: str, title: str, queues: Mapping[str, Queue]) -> Iterator[Metric]:
        labels = ["priority"] if "" not in queues else []
        waiting = GaugeMetricFamily(f"kreitv_{name}_waiting", title, labels=labels)
        age = GaugeMetricFamily(f"kreitv_{name}_oldest_seconds", f"{title}: the age of the oldest", labels=labels)
        for label, queue in queues.items():
            since = queue.oldest_at or self._figures.at
            waiting.add_metric([label] if labels else [], queue.waiting)
            age.add_metric([label] if labels else [], max(0.0, (self._figures.at - since).total_seconds()))
        yield waiting
        yield age


def _gauge(name: str, title: str, value: float) -> Metric:
    return GaugeMetricFamily(f"kreitv_{name}", title, value=value)
