"""A worker for Daybook's jobs in Python. docs/jobs.md describes the protocol; send_invoice.py shows how to use this file."""

import json
import os
import signal
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from confluent_kafka import Consumer, Producer

LEASE_SECONDS = int(os.environ.get("JOB_LEASE_SECONDS", "30"))
BEAT_SECONDS = LEASE_SECONDS / 6


class DoNotRetry(Exception):
    """Another attempt would fail too."""


def milliseconds(instant):
    return datetime.fromisoformat(instant).timestamp() * 1000


class Job:
    """An attempt, as its handler sees it. `id` is the same in every attempt: pass it on wherever a repeat must be recognised."""

    def __init__(self, worker, due):
        self.id, self.attempt, self.failures = due["job"], due["attempt"], due["failures"]
        self.key, self.cause = due.get("key"), due.get("cause")
        self.cancelled = threading.Event()
        self.report = lambda type, **data: worker.publish(type, job=self.id, attempt=self.attempt, **data)

    def progress(self, done, total, note=""):
        self.report("JobProgressed", done=done, total=total, note=note)


class Worker:
    def __init__(self, lane, handlers, concurrency=4):
        self.id, self.lane, self.handlers, self.slots = str(uuid.uuid4()), lane, handlers, concurrency
        self.prefix = os.environ.get("TOPIC_PREFIX", "")
        self.servers = {"bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092")}
        self.producer = Producer({**self.servers, "enable.idempotence": True, "linger.ms": 2, "message.timeout.ms": 0})
        self.free = threading.Semaphore(concurrency)
        self.pool = ThreadPoolExecutor(concurrency)
        self.stopping, self.beat_now = threading.Event(), threading.Event()
        self.running, self.partitions, self.last_beat = {}, [], time.monotonic()

    def publish(self, type, on_append=None, **data):
        """Publishes an event. Calls on_append with Kafka's time of the record in milliseconds, or None if it was not written."""
        subject = data.get("job", self.id)
        headers = {
            "content-type": "application/json",
            "ce_specversion": "1.0",
            "ce_id": f"{subject}:{data.get('attempt', time.time_ns())}:{type}",
            "ce_type": type,
            "ce_source": "/workers/python",
            "ce_subject": subject,
            "ce_time": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        appended = lambda error, record: on_append and on_append(None if error else record.timestamp()[1])
        value = json.dumps({"worker": self.id, **data})
        self.producer.produce(f"{self.prefix}daybook.jobs.results", value, self.id, headers=headers, on_delivery=appended)

    def beat(self, state="working"):
        def appended(at):
            self.last_beat = time.monotonic() if at else self.last_beat

        running = [{"job": job.id, "attempt": job.attempt} for job in list(self.running.values())]
        lanes = [{"lane": self.lane, "partitions": self.partitions}]
        about = {"name": f"{os.uname().nodename}/{os.getpid()}", "version": "1", "kinds": list(self.handlers)}
        self.publish("WorkerBeat", appended, **about, lanes=lanes, slots=self.slots, running=running, blockedMs=0, state=state)

    def keep_beating(self):
        while not self.stopping.is_set() or self.running:
            self.beat()
            self.beat_now.wait(BEAT_SECONDS)
            self.beat_now.clear()
            if time.monotonic() - self.last_beat > LEASE_SECONDS:
                for job in list(self.running.values()):
                    job.cancelled.set()

    def acknowledge(self):
        while True:
            self.producer.poll(0.1)

    def watch_control(self):
        control = Consumer({**self.servers, "group.id": f"{self.prefix}daybook.control.{self.id}", "enable.auto.commit": False, "auto.offset.reset": "latest"})
        control.subscribe([f"{self.prefix}daybook.jobs.control"])
        while True:
            message = control.poll(1)
            if message is None or message.error():
                continue
            event = json.loads(message.value())
            for job in list(self.running.values()):
                mine = event.get("worker", self.id) == self.id and event.get("job", job.id) == job.id
                if mine and event.get("attempt", job.attempt) == job.attempt:
                    job.cancelled.set()

    def assigned(self, _consumer, partitions):
        self.partitions = [one.partition for one in partitions]
        self.beat_now.set()

    def start(self, due):
        """Starts an attempt, unless it may not start any more. Returns when Kafka has acknowledged the start."""
        job, appended = Job(self, due), []
        if due["kind"] not in self.handlers:
            return job.report("JobReturned", reason="unknown-kind")
        self.free.acquire()
        self.running[job.id] = job
        sent, answered = time.monotonic(), threading.Event()
        job.report("JobStarted", on_append=lambda at: (appended.append(at), answered.set()))
        answered.wait()
        at = appended[0] and appended[0] + (time.monotonic() - sent) * 1000
        if at is None or self.stopping.is_set() or at > milliseconds(due["startBy"]):
            return self.end(job, "JobReturned", reason="stopping" if self.stopping.is_set() else "late")
        if "startFrom" in due:
            time.sleep(max(0, milliseconds(due["startFrom"]) - appended[0]) / 1000)
        self.pool.submit(self.run, job, due)

    def run(self, job, due):
        try:
            result = self.handlers[due["kind"]](due["data"], job)
            self.end(job, "JobSucceeded", result=result)
        except Exception as error:
            if job.cancelled.is_set():
                return self.end(job, "JobReturned", reason="cancelled")
            text = f"{type(error).__name__}: {error}"[:8000]
            self.end(job, "JobFailed", error=text, reason="error", retry=not isinstance(error, DoNotRetry))

    def end(self, job, type, **data):
        job.report(type, on_append=lambda _at: self.running.pop(job.id, None), **data)
        self.free.release()

    def serve(self):
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, lambda *_: self.stopping.set())
        consumer = Consumer({**self.servers, "group.id": f"{self.prefix}daybook.lane.{self.lane}", "enable.auto.commit": False, "auto.offset.reset": "earliest", "session.timeout.ms": 10000, "topic.metadata.refresh.interval.ms": 1000})
        consumer.subscribe([f"{self.prefix}daybook.lane.{self.lane}"], on_assign=self.assigned)
        for work in (self.keep_beating, self.acknowledge, self.watch_control):
            threading.Thread(target=work, daemon=True).start()
        while not self.stopping.is_set():
            message = consumer.poll(0.5)
            if message is None or message.error():
                continue
            self.start(json.loads(message.value()))
            consumer.commit(message, asynchronous=True)
        consumer.close()
        self.pool.shutdown()
        self.beat("stopped")
        self.producer.flush(10)
