"""What schemathesis must know of the API beyond its description, and the deviations that are accepted, with their reasons.

schemathesis loads this module by SCHEMATHESIS_HOOKS. Everything else that it finds fails the test.
"""

from itertools import count

import schemathesis
from schemathesis.specs.openapi.checks import RejectedPositiveData, positive_data_acceptance

# Codes with which a request that fits its schema may be refused nevertheless.
ACCEPTED = {
    "BODY_INVALID": "names, lengths and what members mean together are rules of the domain, told with a JSON pointer",
    "FILE_TYPE_UNSUPPORTED": "a charset of a media type that cannot be read",
    "GRANT_TOO_WIDE": "nobody gives what they do not have",
    "IDENTIFIER_INVALID": "an identifier carries a check character",
    "LINEAGE_CODE_INVALID": "a lineage code carries a check character",
    "MEASURE_NOT_COUNTED": "the measures are those of the counting rules",
    "PRECONDITION_FAILED": "a tag is one that the service gave for the present version",
    "RECORD_INVALID": "terms, regions, identifiers and what must be said are rules of the model, told field by field",
    "RULE_UNKNOWN": "the rules are those of the registry",
    "SAVED_LIST_INVALID": "a list has a question or keys, and a role where it is shared with one",
    "SCHEDULE_INVALID": "whether a cron expression ever comes true is no matter of spelling",
    "WEBHOOK_ADDRESS_REFUSED": "an address must lead to the public Internet",
}

# Parameters whose values are made by the service or depend on others.
ACCEPTED_PARAMETERS = {
    "after": "an opaque cursor, good for the list and the filters that it came from",
    "field": "CODE:VALUE of a field of the kind",
    "key": "the key of an audited record goes with its kind",
    "purpose": "a purpose is about one record: statements are shown for one with a subject alone",
    "record": "KIND/ID of a record, and only one of region and record",
    "region": "a registered region; only one of region and record",
    "tier": "a term of the vocabulary talent_tier",
    "title": "a term of the vocabulary enterprise_title",
    "warning": "a term of the vocabulary early_warning",
    "where": "CODE:OPERATOR:VALUE of a field of the kind",
}

# Operations that refuse a combination of parameters each of which is right, with those that the problem names.
ACCEPTED_COMBINATIONS = {
    ("GET", "/v1/access/explanation"): (set(), "a region or a record, not both"),
    ("GET", "/v1/derived-facts"): ({"run"}, "a run judges one day, so none is named beside validAt"),
}

_numbers = count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Sends valid requests as a sender would: a new key each, no waiting, and all members of the answer."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive:
        return
    headers = case.headers or {}
    for name in list(headers):
        # A key stands for one request; another request under it is refused (IDEMPOTENCY_KEY_REUSED).
        if name.lower() == "idempotency-key":
            headers[name] = f"{str(headers[name])[:200]}-{next(_numbers)}"
    query = case.query or {}
    if "wait" in query:
        query["wait"] = 0
    # Paths of members of the answer: their tests are ListTests and ListingTests.
    query.pop("fields", None)


@schemathesis.check
def valid_data_acceptance(ctx, response, case):
    """positive_data_acceptance, but for the deviations above."""
    try:
        return positive_data_acceptance(ctx, response, case)
    except RejectedPositiveData:
        problem = _problem(response)
        if problem.get("code") in ACCEPTED:
            return None
        parameters = {item.get("name") for item in problem.get("parameters", [])}
        if problem.get("code") == "PARAMETER_INVALID":
            if parameters and parameters <= ACCEPTED_PARAMETERS.keys():
                return None
            named, _ = ACCEPTED_COMBINATIONS.get((case.method.upper(), case.path), (None, ""))
            if parameters == named:
                return None
        raise


def _problem(response):
    try:
        problem = response.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}
