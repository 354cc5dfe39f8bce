"""Schemas and tables of every kind that Table Schema knows, biased to what different readers read differently."""

from frictionless import system
from hypothesis import strategies as st
from verdicts import Columns, Descriptor

ORDINARY = """1 2 10 100 01 001 1.0 1.00 0.10 12.5 34.86 １００ １３９．５ ١ 1_000 1_0 _1 -0 0 00 -1 −1 +5 1e2 1E400 NaN nan
    -NaN Infinity -inf 0x10 0x1F 1,000 1. .5 -.5 - -- --1 1- 1.2.3 1-2 -1.5 99999999999999999999 0.30000000000000004
    123456789012345678 1234567890123456789 9007199254740993 9007199254740992 1000000000000000000 20.000000000000000001
    19.999999999999999999 北緯34度 ¥100 100円 1.000,5 1'000
    2020-4-1 2020-04-01 2020-02-29 2021-02-29 2020-02-30 ２０２０-04-01 2020-00-01 2020-13-01 0000-01-01 0001-01-01
    10000-01-01 2020/04/01 fmt:2020/04/01 20200401 2020-04 2020-4 2020-13 令和2年4月1日 2020年04月01日 9:00 09:00 24:00 23:60
    09:00:00 9:00:00 09:00:60 0900 09:00:00Z 09:00:00+09:00 2020-04-01T09:00:00 2020-04-01T09:00:00Z 2020-04-01T24:00:00
    2020-04-01T09:00 2020 ２０２０ 20201 -001 P1Y PT1H P12M P1 139.5,35.5 35,139 [1,2] [] {} null [1,"a"]
    {"lon":1,"lat":2} {"a":1} POINT(1 2) YWJj {"type":"Point","coordinates":[1,2]} 123e4567-e89b-12d3-a456-426614174000
    true TRUE True yes 有 無 a b ab a|b ba aa a.b 𠮷野家 が か\u3099 a"b a,b X https://example.jp/ a@example.jp a@ <b> =1+1"""
NASTY = [
    *ORDINARY.split(),
    "",
    " ",
    " 100",
    "100 ",
    " 202",
    "　1",
    "1\x1f",
    "\x1f1",
    "1\n",
    "a\n",
    "2020-04-01\n",
    "\n",
    "a\nb",
    "1\t",
    "not a url",
]
_DATE, _CLOCK = "20[0-2][0-9]-[01][0-9]-[0-3][0-9]", "[0-2][0-9]:[0-6][0-9]"
FITTING = {
    "integer": st.from_regex(r"\A-?[0-9]{1,3}\Z"),
    "number": st.from_regex(r"\A-?[0-9]{1,2}(\.[0-9]{1,2})?\Z"),
    "year": st.from_regex(r"\A[0-9]{4}\Z"),
    "date": st.from_regex(rf"\A{_DATE}\Z"),
    "time": st.from_regex(rf"\A{_CLOCK}(:[0-5][0-9])?\Z"),
    "datetime": st.from_regex(rf"\A{_DATE}T{_CLOCK}:[0-6][0-9]\Z"),
    "yearmonth": st.from_regex(r"\A20[0-2][0-9]-[01][0-9]\Z"),
    "boolean": st.sampled_from(["true", "1", "0", "有"]),
    "list": st.from_regex(r"\A[0-9](,[0-9]){0,3}\Z"),
    "array": st.from_regex(r"\A\[[0-9](,[0-9]){0,3}\]\Z"),
    "geopoint": st.from_regex(r"\A1?[0-9]{2}(\.[0-9])?,[0-9]{2}\Z"),
    "string": st.text("abc有|{},\n1", max_size=4),
}
CELLS = st.one_of(st.sampled_from(NASTY), st.text("0123456789-.", max_size=6), st.text("01-+._eEn １٣\n", max_size=5))
FORMATS = {
    "string": ["default", "default", "default", "email", "uri", "uuid", "binary"],
    "date": ["default", "default", "any", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%d", "%m-%d", "%y-%m-%d", "fmt:%Y-%m-%d"],
    "time": ["default", "any", "%H:%M", "%H%M", "%H:%M:%S", "%I:%M"],
    "datetime": ["default", "any", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H"],
    "geopoint": ["default", "array", "object"],
    "geojson": ["default", "topojson"],
}
PATTERNS = r"""a|b [0-9]+ \d{2,4} ^[0-9]{1,3}$ (a|b)+ (?:1|01)(?:\.0)? [^0-9]+ [^\d]+ \w+ \S* .* .{1,3} a{,2} a{1,2}b?
    [a-z.]+ (a)\1"""
EDGES = {
    "integer": ["0", "1", "10", "100", "01", "-1", "123456789012345678", "1234567890123456789", 1, 100, -5],
    "number": ["0", "1", "1.0", "20", "46.5", "-1.5", "0.3", "9007199254740992", "0.30000000000000004", 0, 1, 46.5],
    "date": ["2020-04-01", "2020-02-29"],
    "time": ["09:00:00", "23:59:59"],
    "datetime": ["2020-04-01T09:00:00", "2020-01-01T00:00:00"],
    "year": ["2020", "0001", 2020],
    "yearmonth": ["2020-04", "2020-4"],
}
KINDS = [
    *EDGES,
    "string",
    "string",
    "integer",
    "number",
    "boolean",
    "any",
    "list",
    "array",
    "object",
    "duration",
    "geopoint",
    "geojson",
]
UNHASHABLE = {"list", "array", "object", "geojson"}
"""Types whose values frictionless cannot compare as keys: it stops with an exception."""


@st.composite
def fields(draw: st.DrawFn, name: str) -> Descriptor:
    kind = draw(st.sampled_from(KINDS))
    field: Descriptor = {"name": name, "type": kind}
    field |= {"format": draw(st.sampled_from(FORMATS[kind]))} if kind in FORMATS and draw(st.booleans()) else {}
    field |= draw(_properties(kind)) if draw(st.integers(0, 2)) == 0 else {}
    field |= (
        {"missingValues": draw(st.sampled_from([["-", "X"], [], ["0", ""], ["NaN"]]))} if draw(st.integers(0, 7)) == 0 else {}
    )
    constraints = draw(_constraints(kind, field.get("format", "default")))
    return {**field, "constraints": constraints} if constraints else field


def _properties(kind: str) -> st.SearchStrategy[Descriptor]:
    marks = st.sampled_from([",", "'", "_", " "])
    of_kind = {
        "integer": st.fixed_dictionaries({"bareNumber": st.booleans()}),
        "number": st.fixed_dictionaries(
            {},
            optional={
                "bareNumber": st.booleans(),
                "floatNumber": st.booleans(),
                "groupChar": marks,
                "decimalChar": st.sampled_from([".", ","]),
            },
        ),
        "boolean": st.just({"trueValues": ["有", "1"], "falseValues": ["無", "0"]}),
        "list": st.fixed_dictionaries(
            {"delimiter": st.sampled_from([",", ";"]), "itemType": st.sampled_from(["integer", "date"])}
        ),
        "array": st.just({"arrayItem": {"type": "integer", "constraints": {"minimum": 1}}}),
    }
    return of_kind.get(kind, st.just({}))


@st.composite
def _constraints(draw: st.DrawFn, kind: str, form: str) -> Descriptor:
    edges = EDGES.get(kind, ["a"]) if form in ("default", "any") else ["2020/04/01", "09:00", "20200401"]
    values = {
        "required": st.booleans(),
        "unique": st.booleans(),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(1, 5),
        "pattern": st.sampled_from(PATTERNS.split()),
        "enum": st.lists(st.sampled_from([*EDGES.get(kind, []), "1", "有", "a", "2020-04-01"]), min_size=1, max_size=4),
    }
    possible = [*system.select_field_class(kind).supported_constraints, "unique"]
    possible = [name for name in possible if not name.startswith("exclusive") and not (name == "unique" and kind in UNHASHABLE)]
    chosen = draw(st.lists(st.sampled_from(possible), max_size=3, unique=True))
    return {name: draw(values.get(name, st.sampled_from(edges))) for name in chosen}


@st.composite
def tables(draw: st.DrawFn) -> tuple[Columns, Descriptor]:
    """Return columns of cells and a schema with keys, foreign keys to itself and to `other_table` among them."""
    names = [f"項目{number}" for number in range(draw(st.integers(1, 4)))]
    schema: Descriptor = {"fields": [draw(fields(name)) for name in names]}
    schema |= draw(st.sampled_from([{}, {"missingValues": [""]}, {"missingValues": ["", "-", "X"]}, {"missingValues": ["NA"]}]))
    keys = [field["name"] for field in schema["fields"] if field["type"] not in UNHASHABLE]
    if keys and draw(st.booleans()):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True))
    if keys and draw(st.integers(0, 2)) == 0:
        schema["foreignKeys"] = [draw(_foreign_key(keys)) for _ in range(draw(st.integers(1, 2)))]
    return draw(columns(schema)), schema


@st.composite
def _foreign_key(draw: st.DrawFn, keys: list[str]) -> Descriptor:
    ours = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2))
    resource = draw(st.sampled_from(["", "other"]))
    theirs = draw(st.lists(st.sampled_from(keys if not resource else OTHER_NAMES), min_size=len(ours), max_size=len(ours)))
    return {"fields": ours, "reference": {"resource": resource, "fields": theirs}}


@st.composite
def columns(draw: st.DrawFn, schema: Descriptor) -> Columns:
    rows = draw(st.integers(1, 10))
    drawn = []
    for field in schema["fields"]:
        cell = st.one_of(FITTING.get(field["type"], CELLS), CELLS)
        few = draw(st.lists(cell, min_size=1, max_size=8))
        drawn.append(
            draw(st.lists(st.sampled_from([*few, *few, "", draw(st.sampled_from(NASTY))]), min_size=rows, max_size=rows))
        )
    return drawn


OTHER: Descriptor = {
    "fields": [
        {"name": "整数", "type": "integer"},
        {"name": "数", "type": "number"},
        {"name": "文", "type": "string"},
        {"name": "日", "type": "date"},
        {"name": "真偽", "type": "boolean"},
    ],
    "missingValues": ["", "X"],
}
OTHER_NAMES = [field["name"] for field in OTHER["fields"]] + ["ない列"]
OTHER_COLUMNS = [
    ["1", "01", "100", "X", "a"],
    ["1.50", "1.5", "-0.0", "NaN", "1e2"],
    ["1", "a", "", "有", "2020-04-01"],
    ["2020-04-01", "2020-4-1", "2020-02-30", "", ""],
    ["1", "true", "0", "X", ""],
]
