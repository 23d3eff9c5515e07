"""Runs a worker and gives it the work of a benchmark. The last line of the output has the figures as JSON."""

import json
import os
import signal
import subprocess
import sys
import time

from celery.result import ResultSet

settings = json.loads(sys.argv[1])
os.environ["BENCH"] = sys.argv[1]
import tasks  # noqa: E402  It reads BENCH.

LONGEST = 280
WARM_UP = 200


def users():
    """The users of the day. The list of them is the work of who starts the tasks."""
    client = tasks.MongoClient(settings["uri"])
    day = {"day": settings["day"], "timeZone": settings["timeZone"]}
    return client[settings["database"]]["completions"].distinct("userId", day)


def send(task, arguments):
    """Sends tasks over one connection."""
    with tasks.app.producer_pool.acquire(block=True) as producer:
        return ResultSet([task.apply_async(one, producer=producer) for one in arguments], app=tasks.app)


def measure():
    began = time.perf_counter()
    if settings["work"] == "jobs":
        send(tasks.nothing, [()] * settings["jobs"]).get(timeout=LONGEST)
    else:
        os.makedirs(f"{settings['dir']}/{settings['day']}")
        send(tasks.write_log, [(user,) for user in users()]).get(timeout=LONGEST)
    return time.perf_counter() - began


worker = subprocess.Popen(
    [sys.executable, "-m", "celery", "-A", "tasks", "worker", "-c", str(settings["concurrency"])]
    + ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"],
    cwd=os.path.dirname(__file__),
    stdout=sys.stderr,
)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
try:
    send(tasks.nothing, [()] * WARM_UP).get(timeout=LONGEST)
    print(json.dumps({"seconds": measure()}))
finally:
    worker.terminate()
    worker.wait()
