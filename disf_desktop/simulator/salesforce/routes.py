"""Which handler answers which path, and what the call is named in the log and in the script of faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote

DATA = ("services", "data")
OLDEST_VERSION = 31.0
OLDEST_RETIRED = 21.0

# Method, path behind the version ("{}" is one open segment, "{*}" the rest), name of the call, name of the handler.
TABLE = """
GET    sobjects                              describe_global       rest.describe_global
GET    sobjects/{}                           other                 rest.basic_information
POST   sobjects/{}                           create                rest.create
GET    sobjects/{}/describe                  describe              rest.describe
GET    sobjects/{}/updated                   updated               replication.updated
GET    sobjects/{}/deleted                   deleted               replication.deleted
POST   sobjects/{}/{}                        create                rest.create_by_id
GET    sobjects/{}/{}                        retrieve              rest.retrieve
PATCH  sobjects/{}/{}                        update                rest.update
DELETE sobjects/{}/{}                        delete                rest.delete
GET    sobjects/{}/{}/{*}                    retrieve              rest.retrieve_by_key
PATCH  sobjects/{}/{}/{*}                    upsert                rest.upsert
DELETE sobjects/{}/{}/{*}                    delete                rest.delete_by_key
GET    query                                 query                 rest.query
GET    query/{}                              query_more            rest.query_more
GET    queryAll                              queryAll              rest.query_all
GET    queryAll/{}                           query_more            rest.query_more
GET    search                                search                search.search
GET    parameterizedSearch                   search                search.parameterized
POST   parameterizedSearch                   search                search.parameterized
GET    limits                                limits                rest.limits
GET    limits/recordCount                    limits                rest.record_count
GET    recent                                other                 rest.recent
POST   composite                             composite             composite.composite
POST   composite/graph                       graph                 composite.graph
POST   composite/tree/{}                     tree                  trees.create
POST   composite/batch                       batch                 composite.batch
POST   composite/sobjects                    collections_create    sobject_collections.create
PATCH  composite/sobjects                    collections_update    sobject_collections.update
DELETE composite/sobjects                    collections_delete    sobject_collections.delete
GET    composite/sobjects/{}                 collections_retrieve  sobject_collections.retrieve
POST   composite/sobjects/{}                 collections_retrieve  sobject_collections.retrieve
PATCH  composite/sobjects/{}/{}              collections_upsert    sobject_collections.upsert
GET    jobs/ingest                           ingest_list           ingest.listed
POST   jobs/ingest                           ingest_create         ingest.create
GET    jobs/ingest/{}                        ingest_info           ingest.info
PATCH  jobs/ingest/{}                        ingest_patch          ingest.patch
DELETE jobs/ingest/{}                        ingest_delete         ingest.delete
PUT    jobs/ingest/{}/batches                ingest_upload         ingest.upload
GET    jobs/ingest/{}/successfulResults      ingest_results        ingest.successful
GET    jobs/ingest/{}/failedResults          ingest_results        ingest.failed
GET    jobs/ingest/{}/unprocessedRecords     ingest_results        ingest.unprocessed
GET    jobs/query                            bulk_query_info       bulk_query.listed
POST   jobs/query                            bulk_query_create     bulk_query.create
GET    jobs/query/{}                         bulk_query_info       bulk_query.info
PATCH  jobs/query/{}                         bulk_query_patch      bulk_query.patch
DELETE jobs/query/{}                         bulk_query_delete     bulk_query.delete
GET    jobs/query/{}/results                 bulk_query_results    bulk_query.results
POST   metadata/deployRequest                deploy                deploys.create
GET    metadata/deployRequest/{}             deploy_status         deploys.status
PATCH  metadata/deployRequest/{}             deploy_cancel         deploys.patch
GET    tooling/query                         tooling_query         tooling.query
GET    tooling/query/{}                      tooling_query         tooling.query_more
GET    tooling/sobjects                      other                 tooling.describe_global
GET    tooling/sobjects/{}/describe          other                 tooling.describe
POST   tooling/sobjects/{}                   package_install       tooling.create
GET    tooling/sobjects/{}/{}                tooling_retrieve      tooling.retrieve
"""
# The same, behind services/async and the version.
ASYNC = """
POST   job                                   v1_create             bulk_v1.create
GET    job/{}                                v1_info               bulk_v1.info
POST   job/{}                                v1_change             bulk_v1.change
POST   job/{}/batch                          v1_batch_add          bulk_v1.add
GET    job/{}/batch                          v1_batches            bulk_v1.batches
GET    job/{}/batch/{}                       v1_batch              bulk_v1.batch
GET    job/{}/batch/{}/request               v1_results            bulk_v1.request
GET    job/{}/batch/{}/result                v1_results            bulk_v1.result
GET    job/{}/batch/{}/result/{}             v1_results            bulk_v1.records
"""
OAUTH = {
    "authorize": ("authorize", "oauth.authorize", ("GET", "POST")),
    "token": ("token", "oauth.token", ("POST",)),
    "userinfo": ("userinfo", "identity.userinfo", ("GET", "POST")),
    "introspect": ("introspect", "identity.introspect", ("POST",)),
    "revoke": ("revoke", "oauth.revoke", ("GET", "POST")),
}
OPEN: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {
    ("GET", ("id", "keys")): ("keys", "identity.keys"),
    ("GET", (".well-known", "openid-configuration")): ("keys", "identity.discovery"),
    ("GET", ("setup", "connect")): ("authorize", "oauth.connect"),
    ("POST", ("setup", "connect")): ("authorize", "oauth.connect"),
}
SOAP = {"m": ("soap", "soap.serve"), "u": ("partner", "partner.serve"), "c": ("partner", "partner.serve")}


@dataclass(frozen=True)
class Route:
    """A matched request: `handler` is None where nothing answers, `allowed` then tells which methods would be.

    `public` are those who look for themselves who comes; `v1` are those of Bulk API 1.0, whose errors look otherwise.
    """

    call: str
    handler: str | None = None
    segments: tuple[str, ...] = ()
    version: str = ""
    allowed: tuple[str, ...] = ()
    public: bool = False
    v1: bool = False


@dataclass(frozen=True)
class _Pattern:
    method: str
    parts: tuple[str, ...]
    call: str
    handler: str

    def match(self, segments: tuple[str, ...]) -> tuple[str, ...] | None:
        rest = self.parts[-1] == "{*}"
        fixed = self.parts[:-1] if rest else self.parts
        if len(segments) < len(fixed) + rest or (not rest and len(segments) != len(fixed)):
            return None
        found = []
        for part, segment in zip(fixed, segments, strict=False):
            if part == "{}":
                found.append(segment)
            elif part.lower() != segment.lower():
                return None
        # A client that does not encode the slash of an external id sends it as more segments.
        return (*found, "/".join(segments[len(fixed) :])) if rest else tuple(found)


def _patterns(table: str) -> list[_Pattern]:
    lines = map(str.split, table.strip().splitlines())
    return [_Pattern(method, tuple(path.split("/")), call, handler) for method, path, call, handler in lines]


_PATTERNS, _V1_PATTERNS = _patterns(TABLE), _patterns(ASYNC)


def route(method: str, raw_path: str) -> Route:
    """Find the handler of a path as it came over the wire (still percent-encoded), with or without a last slash."""
    segments = tuple(unquote(each) for each in raw_path.split("?")[0].strip("/").split("/"))
    lowered = tuple(each.lower() for each in segments[:2])
    if lowered == ("services", "oauth2") and len(segments) == 3 and segments[2] in OAUTH:
        call, handler, allowed = OAUTH[segments[2]]
        return Route(call, handler if method in allowed else None, allowed=allowed, public=True)
    if segments[0] == "id" and len(segments) == 3 and method in ("GET", "POST"):
        return Route("userinfo", "identity.identity", segments[1:], public=True)
    if (method, segments) in OPEN:
        call, handler = OPEN[method, segments]
        return Route(call, handler, public=True)
    if lowered == ("services", "soap") and len(segments) > 3 and segments[2].lower() in SOAP:
        # Who comes in tells so in the envelope; an organization id may follow the version.
        dialect = segments[2].lower()
        call, handler = SOAP[dialect]
        open_segments = () if dialect == "m" else (dialect,)
        soap = handler if method == "POST" else None
        return Route(call, soap, open_segments, segments[3], ("POST",), public=True)
    if lowered == ("services", "async") and len(segments) > 3:
        return replace(_found(_V1_PATTERNS, method, segments[3:], segments[2]), v1=True)
    if lowered != DATA:
        return Route("other", public=True)
    if len(segments) == 2:
        return Route("versions", "rest.versions" if method == "GET" else None, allowed=("GET",), public=True)
    version = segments[2].lower().removeprefix("v")
    if len(segments) == 3:
        return Route("resources", "rest.resources" if method == "GET" else None, version=version, allowed=("GET",))
    return _found(_PATTERNS, method, segments[3:], version)


def _found(patterns: list[_Pattern], method: str, segments: tuple[str, ...], version: str) -> Route:
    allowed: dict[str, None] = {}
    for pattern in patterns:
        found = pattern.match(segments)
        if found is None:
            continue
        if pattern.method == method:
            return Route(pattern.call, pattern.handler, found, version)
        allowed[pattern.method] = None
    return Route("other", None, (), version, tuple(allowed))


def overridden(method: str, query: str) -> str:
    """Return the method that `?_HttpMethod=PATCH` stands for."""
    return parse_qs(query).get("_HttpMethod", [method])[0].upper() if method == "POST" else method


def name_of(scope: Mapping[str, object]) -> str:
    """Name the call of an ASGI scope, for the fault layer and the log."""
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    query = scope.get("query_string", b"")
    assert isinstance(raw, bytes)
    assert isinstance(query, bytes)
    return route(overridden(str(scope["method"]), query.decode("latin-1")), raw.decode("latin-1")).call
