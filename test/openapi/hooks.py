"""Generators for the formats of Daybook's schemas, and rules of valid requests that no schema can express."""

import base64
import datetime

import schemathesis
from hypothesis import strategies as st

ENDED_DAY = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=2)).date().isoformat()
BEFORE_SLOTS = "2029-12-31"
FAR = "2300-01-01T00:00:00.000Z"


def instants(first_year, last_year):
    first, last = datetime.datetime(first_year, 1, 1), datetime.datetime(last_year, 12, 31)
    return st.datetimes(first, last).map(lambda time: f"{time.isoformat(timespec='milliseconds')}Z")


def base64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def number(low, high):
    return st.integers(low, high).map(str)


# Few zones, so that requests end few days.
ZONES = ["Europe/Berlin", "Asia/Kolkata", "Asia/Calcutta", "America/St_Johns", "US/Eastern", "UTC"]

# At most once an hour, which the setting for the shortest time between two slots allows.
CRONS = st.builds(
    "{} {} {} {} {}".format,
    number(0, 59),
    st.one_of(st.just("*"), st.just("*/2"), number(0, 23), st.just("8-17")),
    st.one_of(st.just("*"), number(1, 28), st.just("L")),
    st.one_of(st.just("*"), number(1, 12)),
    st.one_of(st.just("*"), number(0, 6), st.just("MON-FRI")),
)

schemathesis.openapi.format("time-zone", st.sampled_from(ZONES))
schemathesis.openapi.format("elapsed-time", st.integers(1, 36_525).map("P{}D".format))
schemathesis.openapi.format("elapsed-time-or-none", st.one_of(st.just("none"), st.integers(1, 36_525).map("P{}D".format)))
schemathesis.openapi.format("cron", CRONS)
task_ids = st.uuids(version=4).map(str)
places = st.one_of(task_ids, st.builds("{} {}".format, instants(1970, 2099), task_ids))
schemathesis.openapi.format("cursor", places.map(base64url))
tags = st.builds('{}"{}"'.format, st.sampled_from(["", "W/"]), st.one_of(number(1, 3), st.text("az,!é", max_size=4)))
schemathesis.openapi.format("entity-tags", st.one_of(st.just("*"), st.lists(tags, min_size=1, max_size=3).map(", ".join)))
# Future instants, so that schedules that begin or fire at them have slots.
schemathesis.openapi.format("date-time", instants(2030, 2099))


@schemathesis.hook
def map_case(context, case):
    """Makes valid requests follow the rules between values that no schema can express."""
    # Not `case.meta`: it also validates the headers that the token added, and assumes that every format is valid.
    meta = case._meta
    if meta is None or not meta.generation.mode.is_positive:
        return case
    if case.operation.label == "GET /tasks":
        sort_by_cursor(case.query)
    elif case.operation.label == "POST /end-of-day":
        end_a_past_day(case.body)
    elif case.operation.path.startswith("/schedules/{name}"):
        if meta.phase.name != "coverage":
            case.path_parameters["name"] = known_name(case.path_parameters["name"])
        if case.method == "PUT":
            have_slots(case.body)
    return case


def known_name(name):
    """Returns one of few names, so that most requests are about a schedule that an earlier request created."""
    return name if name.startswith(("end-of-day:", "schedule-")) else f"schedule-{len(name) % 3}"


def sort_by_cursor(query):
    """Sets the sort order to that of the cursor: a cursor of the order by last change has an instant beside the task's id."""
    if "cursor" in query:
        place = base64.urlsafe_b64decode(query["cursor"] + "==").decode()
        query["sort"] = "-updatedAt" if " " in place else "-createdAt"


def end_a_past_day(body):
    """Replaces a day before 1970 or in the future, because only a day that has begun can be ended."""
    if isinstance(body, dict) and not "1970-01-02" <= body.get("day", ENDED_DAY) <= ENDED_DAY:
        body["day"] = ENDED_DAY


def have_slots(definition):
    """Changes a definition so that it has slots, with more time between two slots than the jitter."""
    start = definition.get("start", "")
    if "end" in definition:
        definition["end"] = FAR
    if "at" in definition:
        definition["at"] = max(definition["at"], start)
    elif "jitter" in definition:
        definition["jitter"] = "PT30M"
    if "data" in definition:
        definition["data"] = acceptable(definition["data"])
    for excluded in definition.get("exclude", []):
        if isinstance(excluded, dict):
            dates = [min(excluded["from"], BEFORE_SLOTS), min(excluded["to"], BEFORE_SLOTS)]
            excluded["from"], excluded["to"] = sorted(dates)


def acceptable(value):
    """Returns JSON without the values that every body is refused for: too large numbers, and the name `__proto__`."""
    if isinstance(value, dict):
        return {name: acceptable(inner) for name, inner in value.items() if name != "__proto__"}
    if isinstance(value, list):
        return [acceptable(inner) for inner in value]
    return 0 if isinstance(value, (int, float)) and abs(value) > 2**53 else value
