"""A worker for Daybook's jobs in Python, by the protocol of docs/jobs.md. send_invoice.py shows how to use it."""

import json
import os
import signal
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from confluent_kafka import Consumer, Producer

BEAT_SECONDS, LEASE_SECONDS = 5, 30
PREFIX = os.environ.get("TOPIC_PREFIX", "")
SERVERS = {"bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092")}


class DoNotRetry(Exception):
    """Another attempt would fail too."""


def subscribed(group, topic, reset, **callbacks):
    settings = {"group.id": PREFIX + group, "auto.offset.reset": reset, "enable.auto.commit": False}
    consumer = Consumer({**SERVERS, **settings, "session.timeout.ms": 10000, "topic.metadata.refresh.interval.ms": 1000})
    consumer.subscribe([PREFIX + topic], **callbacks)
    return consumer


def messages(consumer, ended=lambda: False):
    while not ended():
        message = consumer.poll(0.5)
        if message is not None and not message.error():
            yield message


class Job:
    """An attempt, as its handler sees it. The id is the same in every attempt, so that others can recognise repeats."""

    def __init__(self, worker, due):
        self.id, self.attempt, self.failures = due["job"], due["attempt"], due["failures"]
        self.key, self.cause, self.cancelled = due.get("key"), due.get("cause"), threading.Event()
        self.report = lambda type, **data: worker.publish(type, job=self.id, attempt=self.attempt, **data)

    def progress(self, done, total, note=""):
        self.report("JobProgressed", done=done, total=total, note=note)


class Worker:
    def __init__(self, lane, handlers, concurrency=4):
        self.id, self.lane, self.handlers, self.slots = str(uuid.uuid4()), lane, handlers, concurrency
        self.producer = Producer({**SERVERS, "enable.idempotence": True, "linger.ms": 2, "message.timeout.ms": 0})
        self.free, self.pool = threading.Semaphore(concurrency), ThreadPoolExecutor(concurrency)
        self.stopping, self.quiet, self.beat_now = threading.Event(), threading.Event(), threading.Event()
        self.running, self.partitions, self.last_beat = {}, [], time.monotonic()

    def publish(self, type, on_append=None, **data):
        """Publishes an event. Calls on_append with Kafka's time of the record in milliseconds."""
        subject, now = data.get("job", self.id), datetime.now(timezone.utc)
        instant = now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
        about = {"type": type, "id": str(uuid.uuid4()), "source": "/workers/python", "subject": subject, "time": instant}
        headers = {"ce_specversion": "1.0", **{f"ce_{name}": value for name, value in about.items()}}
        value = json.dumps({"worker": self.id, **data})
        appended = lambda _error, record: on_append and on_append(record.timestamp()[1])
        self.producer.produce(PREFIX + "daybook.jobs.results", value, self.id, headers=headers, on_delivery=appended)

    def beat(self, state="working"):
        running = [{"job": job.id, "attempt": job.attempt} for job in list(self.running.values())]
        about = {"name": f"{os.uname().nodename}/{os.getpid()}", "version": "1", "kinds": list(self.handlers)}
        lanes = [{"lane": self.lane, "partitions": self.partitions}]
        held = {"lanes": lanes, "slots": self.slots, "running": running, "blockedMs": 0}
        self.publish("WorkerBeat", lambda _at: setattr(self, "last_beat", time.monotonic()), **about, **held, state=state)

    def keep_beating(self):
        while not self.stopping.is_set() or self.running:
            self.beat("stopping" if self.stopping.is_set() else "quiet" if self.quiet.is_set() else "working")
            self.beat_now.wait(BEAT_SECONDS)
            self.beat_now.clear()
            if time.monotonic() - self.last_beat > LEASE_SECONDS:
                self.cancel({})

    def watch_control(self):
        control = subscribed(f"daybook.worker.{self.id}", "daybook.jobs.control", "latest")
        for message in messages(control):
            event, type = json.loads(message.value()), dict(message.headers())["ce_type"]
            if type in (b"CancelRequested", b"LeaseLost"):
                self.cancel(event)
            elif type == b"Quiet" and event["worker"] == self.id:
                self.quiet.set()

    def cancel(self, event):
        """Asks the handlers to end that a CancelRequested or a LeaseLost is about."""
        for job in list(self.running.values()):
            mine = {"worker": self.id, "job": job.id, "attempt": job.attempt}
            if all(event.get(name, value) == value for name, value in mine.items()):
                job.cancelled.set()

    def acknowledge(self):
        while True:
            self.producer.poll(0.1)

    def assigned(self, _consumer, partitions):
        self.partitions = [one.partition for one in partitions]
        self.beat_now.set()

    def start(self, due):
        """Starts an attempt, unless it may not start any more. Returns when Kafka has acknowledged the start."""
        job, appended, answered = Job(self, due), [], threading.Event()
        at = lambda name: datetime.fromisoformat(due[name]).timestamp() * 1000
        if due["kind"] not in self.handlers or due["strict"]:  # A strict kind asks by HTTP, and this worker does not.
            return job.report("JobReturned", reason="unknown-kind")
        self.free.acquire()
        self.running[job.id], sent = job, time.monotonic()
        job.report("JobStarted", on_append=lambda when: (appended.append(when), answered.set()))
        answered.wait()
        is_late = lambda: appended[0] + (time.monotonic() - sent) * 1000 > at("startBy")
        early = at("startFrom") - appended[0] if "startFrom" in due else 0
        self.pool.submit(self.run, job, due, max(0, early) / 1000, is_late)

    def run(self, job, due, wait, is_late):
        time.sleep(wait)
        if is_late() or self.stopping.is_set():
            return self.end(job, "JobReturned", reason="late" if is_late() else "stopping")
        try:
            self.end(job, "JobSucceeded", result=self.handlers[due["kind"]](due["data"], job))
        except Exception as error:
            if job.cancelled.is_set():
                return self.end(job, "JobReturned", reason="cancelled")
            text, retry = f"{type(error).__name__}: {error}"[:8000], not isinstance(error, DoNotRetry)
            self.end(job, "JobFailed", error=text, reason="error", retry=retry)

    def end(self, job, type, **data):
        job.report(type, on_append=lambda _at: self.running.pop(job.id, None), **data)
        self.free.release()

    def serve(self):
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, lambda *_: self.stopping.set())
        consumer = subscribed(*[f"daybook.lane.{self.lane}"] * 2, "earliest", on_assign=self.assigned)
        for work in (self.keep_beating, self.acknowledge, self.watch_control):
            threading.Thread(target=work, daemon=True).start()
        for message in messages(consumer, lambda: self.stopping.is_set() or self.quiet.is_set()):
            self.start(json.loads(message.value()))
            consumer.commit(message, asynchronous=True)
        self.stopping.wait()
        consumer.close()
        self.pool.shutdown()
        self.beat("stopped")
        self.producer.flush(10)
