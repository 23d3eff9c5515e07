"""What the log files of a day hold, written from their documentation and without Daybook's code."""

import re
from datetime import datetime
from unicodedata import normalize
from zoneinfo import ZoneInfo

FORBIDDEN = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
UNNAMED = re.compile(r"[^\w.-]")


def user_log(completions, zone: ZoneInfo) -> str:
    """A line for each completion, in the order of time."""
    return "".join(
        f"{local_time(one['completedAt'], zone)}\t{one['completedAt']}\t{one['taskId']}\t{escaped(one['name'])}\n"
        for one in completions
    )


def task_file_name(one) -> str:
    time = one["completedAt"].replace("-", "").replace(":", "")
    return f"{one['taskId']}_{UNNAMED.sub('_', normalize('NFC', one['name']))}_{time}.log"


def task_file(one, zone: ZoneInfo) -> str:
    lines = (
        f"id: {one['taskId']}",
        f"name: {escaped(one['name'])}",
        f"updatedAt: {one['completedAt']}",
        f"completedAt: {local_time(one['completedAt'], zone)} {zone.key}",
        f"dueOn: {one['dueOn'] or ''}",
        f"tags: {escaped(', '.join(one['tags']))}",
        f"notes: {escaped(one['notes'] or '')}",
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def local_time(instant: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).isoformat(timespec="milliseconds")


def escaped(text: str) -> str:
    return FORBIDDEN.sub(lambda found: "\\\\" if found[0] == "\\" else f"\\u{{{ord(found[0]):x}}}", text)
