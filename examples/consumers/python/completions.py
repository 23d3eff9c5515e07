"""Counts the completions of each user and day from daybook.tasks. Needs confluent-kafka, see requirements.txt.

    python completions.py

KAFKA_BROKERS (default 127.0.0.1:9092) and TOPIC_PREFIX say where. GROUP names the consumer group.
"""

import json
import os
import signal
from collections import Counter

from confluent_kafka import Consumer

PREFIX = os.environ.get("TOPIC_PREFIX", "")
READ = {"TaskCompleted", "TaskReopened"}
# A real consumer keeps both in its database, and changes them in one transaction.
applied, completions = {}, Counter()


def count(user, day, by):
    completions[user, day] += by
    print(user, day, completions[user, day], flush=True)


def handle(type, schema, data):
    # Other types do not matter here, and there will be new ones. A newer version of a known type must not be skipped.
    if type not in READ:
        return
    if schema and not schema.endswith(":1"):
        raise RuntimeError(f"{schema} is newer than this program")
    task, sequence = data["taskId"], data["sequence"]
    # An event may come again: its sequence is not higher than the last one of its task then.
    if sequence <= applied.get(task, 0):
        print("repeat", task, sequence, flush=True)
        return
    if type == "TaskCompleted":
        count(data["userId"], data["day"], 1)
    elif data["takenBack"]:
        count(data["userId"], data["completedDay"], -1)
    applied[task] = sequence


brokers, group = os.environ.get("KAFKA_BROKERS", "127.0.0.1:9092"), os.environ.get("GROUP", "completions-python")
# Begins with the first event; later runs continue where the group has committed.
reading = {"auto.offset.reset": "earliest", "enable.auto.commit": False}
consumer = Consumer({"bootstrap.servers": brokers, "group.id": PREFIX + group, **reading})
consumer.subscribe([PREFIX + "daybook.tasks"])
ended = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: ended.append(True))
while not ended:
    message = consumer.poll(0.5)
    if message is None or message.error():
        continue
    headers = {name: value.decode() for name, value in message.headers()}
    handle(headers["ce_type"], headers.get("ce_dataschema"), json.loads(message.value()))
    consumer.commit(message, asynchronous=False)
consumer.close()
