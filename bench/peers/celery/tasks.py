"""The tasks of the Celery peers. The settings come as JSON in the variable BENCH."""

import ctypes
import json
import os
from zoneinfo import ZoneInfo

from celery import Celery
from celery.signals import worker_process_init
from log_lines import task_file, task_file_name, user_log
from pymongo import MongoClient

settings = json.loads(os.environ["BENCH"])
libc = ctypes.CDLL(None, use_errno=True)
app = Celery("bench", broker=settings["broker"], backend=settings["backend"])
app.conf.update(
    # At least once, as Daybook: an attempt is acknowledged when it has ended.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=settings["prefetch"],
    worker_hijack_root_logger=False,
)


@worker_process_init.connect
def connect(**_):
    """Each process of the pool has its own connection: MongoClient does not survive a fork."""
    global completions
    completions = MongoClient(settings["uri"])[settings["database"]]["completions"]


@app.task
def nothing():
    return 0


@app.task
def write_log(user: str):
    """Reads a user's completions, and writes the files of the day: each is flushed before it gets its name."""
    day, zone = settings["day"], ZoneInfo(settings["timeZone"])
    found = list(
        completions.find({"userId": user, "day": day, "takenBack": False}).sort({"completedAt": 1, "taskId": 1})
    )
    path = f"{settings['dir']}/{day}/{user}"
    texts = {f"{path}.log": user_log(found, zone)}
    if settings["taskFiles"]:
        os.mkdir(path)
        texts |= {f"{path}/{task_file_name(one)}": task_file(one, zone) for one in found}
    for name, text in texts.items():
        with open(f"{name}.tmp", "w", encoding="utf-8") as file:
            file.write(text)
            if len(texts) == 1:
                file.flush()
                os.fsync(file.fileno())
    if len(texts) > 1:
        flush_together(path)
    for name in texts:
        os.rename(f"{name}.tmp", name)
    return len(found)


def flush_together(path: str):
    """Flushes everything that was written, which is much faster than to flush each of many small files."""
    folder = os.open(path, os.O_RDONLY)
    try:
        if libc.syncfs(folder) != 0:
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(folder)
