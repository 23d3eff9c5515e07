"""The worker of invoice-worker.ts in Python."""

import os
import sys
import time

sys.path.append(os.environ["EXAMPLE"])
sys.dont_write_bytecode = True
from daybook_worker import DoNotRetry, Worker  # noqa: E402

MARKS = os.environ["MARKS"]


def mark(name):
    return os.path.join(MARKS, name)


def append(name, job):
    with open(mark(name), "a") as file:
        file.write(f"{job.id} {job.attempt} {os.getpid()} {round(time.time() * 1000)}\n")


def send_invoice(data, job):
    with open(mark(f"{job.id}.{job.attempt}"), "w") as file:
        file.write(str(os.getpid()))
    append("starts", job)
    if data.get("abort"):
        os.abort()
    for done in range(data.get("steps", 0)):
        job.progress(done + 1, data["steps"])
    while "hold" in data and not os.path.exists(mark(data["hold"])):
        if job.cancelled.wait(0.02):
            raise InterruptedError("cancelled")
    if data.get("hopeless"):
        raise DoNotRetry("this invoice can never be sent")
    if job.failures < data.get("failures", 0):
        raise RuntimeError(f"the mail server refused invoice {data['invoice']}")
    append("ends", job)
    return {"sent": data["invoice"], "cause": job.cause}


Worker(os.environ["LANES"].split(",")[0], {"send-invoice": send_invoice}, int(os.environ["SLOTS"])).serve()
