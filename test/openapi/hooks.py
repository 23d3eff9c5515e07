"""Generators for the formats of Daybook's schemas, and rules of valid requests that no schema can express."""

import base64
import datetime
import re

import schemathesis
from hypothesis import strategies as st

ENDED_DAY = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=2)).date().isoformat()
BEFORE_SLOTS = "2029-12-31"
FAR = "2300-01-01T00:00:00.000Z"
SOON = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")


def instants(first_year, last_year):
    first, last = datetime.datetime(first_year, 1, 1), datetime.datetime(last_year, 12, 31)
    return st.datetimes(first, last).map(lambda time: f"{time.isoformat(timespec='milliseconds')}Z")


def base64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def number(low, high):
    return st.integers(low, high).map(str)


# The worker without Kafka that these requests are about, and its lane.
WORKER = "00000000-0000-4000-8000-000000000001"
LANE = "default"

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
schemathesis.openapi.format("well-formed", st.text(st.characters(exclude_categories=["Cs"])))
schemathesis.openapi.format("mail-address", st.builds("{}@example.org".format, st.text("abcü+.-", min_size=1, max_size=9)))
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
    elif case.operation.label == "GET /tasks/deleted":
        # The list has one order.
        if "cursor" in case.query:
            case.query["cursor"] = base64url(WORKER)
    elif case.operation.label == "GET /changes":
        if "since" in case.query:
            case.query["since"] = base64url("7712584756109508609 ")
    elif case.operation.label == "POST /end-of-day":
        end_a_past_day(case.body)
    elif case.operation.label == "POST /runs":
        order_past_days(case.body)
    elif case.operation.path.startswith("/reruns/{id}"):
        # The answer to a dry run has no id.
        if not is_from_answer(case.path_parameters["id"]):
            case.path_parameters["id"] = WORKER
    elif case.operation.path.startswith("/dead-letters"):
        for values in (case.query, case.body):
            if isinstance(values, dict) and "cursor" in values:
                values["cursor"] = base64url(f"{FAR} group/topic/0/0")
    elif case.operation.path.startswith(("/schedules", "/kinds", "/limits", "/jobs", "/groups", "/workers", "/lanes")):
        if meta.phase.name != "coverage":
            use_known_names(case)
        if case.operation.label in REPAIRS:
            REPAIRS[case.operation.label](case.body)
        for values in (case.query, case.body):
            continue_by_id(values, case.operation.path)
    return case


def use_known_names(case):
    """Sets one of few names, so that most requests are about something that an earlier request created."""
    path, names = case.operation.path, case.path_parameters
    if path.startswith("/schedules/{name}"):
        names["name"] = known("schedule-", names["name"], "end-of-day:")
    elif path.startswith("/kinds/{name}"):
        names["name"] = known("kind-", names["name"])
    elif path.startswith("/limits/{name}"):
        names["name"] = known("limit-", names["name"])
    elif path.startswith("/groups/{id}"):
        names["id"] = known("group-", names["id"])
    elif path.startswith("/jobs/{id}"):
        # The job of a group whose id was chosen, see `in_known_group`.
        if not is_from_answer(names["id"]):
            names["id"] = known("group-", names["id"].removesuffix(":000")) + ":000"
        if "n" in names:
            names["n"] = "1"
    elif path == "/workers/{id}/beat":
        names["id"] = WORKER
    elif path == "/lanes/{lane}/claim":
        names["lane"] = LANE
    # One worker claims attempts, starts them and reports about them.
    if isinstance(case.body, dict) and "worker" in case.body:
        case.body["worker"] = WORKER


def known(prefix, name, *others):
    """Returns a name that begins with one of the prefixes as it is, and one of three names instead of another one."""
    return name if name.startswith((prefix, *others)) or is_from_answer(name) else f"{prefix}{len(name) % 3}"


def is_from_answer(name):
    """Returns whether a name is the id of a job or a group that the service chose, and an earlier answer contained."""
    return re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:.*)?", name) is not None


def continue_by_id(values, path):
    """Sets a cursor of a list of jobs, which is the id of a job, or of the list of workers."""
    if isinstance(values, dict) and "cursor" in values:
        values["cursor"] = base64url(f"alive {WORKER} worker" if path == "/workers" else "group-1:000")


def sort_by_cursor(query):
    """Sets the sort order to that of the cursor: a cursor of the order by last change has an instant beside the task's id."""
    if "cursor" in query:
        place = base64.urlsafe_b64decode(query["cursor"] + "==").decode()
        query["sort"] = "-updatedAt" if " " in place else "-createdAt"


def end_a_past_day(body):
    """Replaces a day before 1970 or in the future, because only a day that has begun can be ended."""
    if isinstance(body, dict) and not "1970-01-02" <= body.get("day", ENDED_DAY) <= ENDED_DAY:
        body["day"] = ENDED_DAY


def order_past_days(body):
    """Replaces the days of an order, because only a few days that are over can be ordered."""
    if isinstance(body, dict):
        for name in ("day", "from", "to"):
            if name in body:
                body[name] = ENDED_DAY


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
    if "job" in definition:
        continuable(definition["job"])
    else:
        definition.pop("overlap", None)
    for excluded in definition.get("exclude", []):
        if isinstance(excluded, dict):
            dates = [min(excluded["from"], BEFORE_SLOTS), min(excluded["to"], BEFORE_SLOTS)]
            excluded["from"], excluded["to"] = sorted(dates)


def addable(job):
    """Changes a request of a job so that its fields fit together, and its times are in the next year."""
    job["kind"] = known("kind-", job["kind"])
    if "in" in job:
        job["in"] = "PT1H"
        job.pop("at", None)
    elif "at" in job:
        job["at"] = SOON
    if "expiresAt" in job:
        job["expiresAt"] = FAR
    if "key" not in job:
        job.pop("coalesce", None)
    continuable(job)


def continuable(request):
    """Changes what continues a job or a group: the document says only in words that a continuation in one has the same fields."""
    if "data" in request:
        request["data"] = acceptable(request["data"])
    if "then" in request:
        request["then"].pop("then", None)
        continuable(request["then"])


def in_known_group(group):
    """Changes a request of a group so that the other requests know the ids of the group and of its jobs."""
    if "group" in group:
        group["group"] = known("group-", group["group"])
    have_members(group)
    continuable(group)


def have_members(group):
    for job in group["jobs"]:
        addable(job)
        job.pop("coalesce", None)


def claim_known(claim):
    """Lets a claim be answered at once, with attempts of the kinds that other requests use."""
    claim["kinds"] = ["kind-0", "kind-1", "kind-2"]
    if "wait" in claim:
        claim["wait"] = 0


def claimable(kind):
    """Changes a kind so that its jobs are on the lane of the worker."""
    if "lane" in kind:
        kind["lane"] = LANE


def fit_outcome(report):
    """Changes the report of an outcome so that its fields fit together."""
    readable(report)
    reasons = {"failed": FAILURES, "returned": RETURNS}.get(report["outcome"], [])
    if report.get("reason") not in reasons:
        report.pop("reason", None)
    if report["outcome"] == "failed":
        report.setdefault("error", "failed")


def readable(report):
    """Changes the report of a worker, which may have unknown fields, to one with values that no body is refused for."""
    values = acceptable(report)
    report.clear()
    report.update(values)


def acceptable(value):
    """Returns JSON without the values that every body is refused for: too large numbers, and the name `__proto__`."""
    if isinstance(value, dict):
        return {name: acceptable(inner) for name, inner in value.items() if name != "__proto__"}
    if isinstance(value, list):
        return [acceptable(inner) for inner in value]
    return 0 if isinstance(value, (int, float)) and abs(value) > 2**53 else value


FAILURES = ["error", "timeout", "invalid-data", "result-invalid"]
RETURNS = ["stopping", "late", "unknown-kind", "cancelled", "lost"]
REPAIRS = {
    "PUT /schedules/{name}": have_slots,
    "POST /schedules/{name}/preview": have_slots,
    "POST /jobs": addable,
    "POST /jobs/batch": in_known_group,
    "POST /groups/{id}/jobs": have_members,
    "PUT /kinds/{name}": claimable,
    "POST /lanes/{lane}/claim": claim_known,
    "POST /workers/{id}/beat": readable,
    "POST /workers/{id}/stop": readable,
    "POST /jobs/{id}/attempts/{n}/start": readable,
    "POST /jobs/{id}/attempts/{n}/progress": readable,
    "POST /jobs/{id}/attempts/{n}/outcome": fit_outcome,
}
