"""The catalogue as linked data, judged by the shapes of DCAT-AP 3.0.1 where they are at hand."""

import json
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SH

from catalog.describing.dcat import catalogue_jsonld
from catalog.describing.profile import Description
from catalog.library import read_library
from catalog.site.town_card import TownCard

pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated:DeprecationWarning")
"""rdflib's own JSON-LD reader uses what rdflib deprecates."""

BASE = "https://data.example.lg.jp/mihon"
SHAPES = Path(__file__).resolve().parents[2].parent / "shared" / "standards" / "dcat-ap-3.0.1"
needs_shapes = pytest.mark.skipif(
    not SHAPES.is_dir(), reason="the SHACL shapes lie in ../shared/standards/dcat-ap-3.0.1, which is not here"
)


@pytest.fixture(scope="module")
def graph(everything: tuple[Description, ...], card: TownCard) -> Graph:
    return _parsed(catalogue_jsonld(everything, card, BASE))


def _parsed(node: dict[str, object]) -> Graph:
    return Graph().parse(data=json.dumps(node, ensure_ascii=False), format="json-ld")


def test_every_dataset_stands_in_the_catalogue_with_titles_in_both_languages(
    graph: Graph, everything: tuple[Description, ...]
) -> None:
    catalogue = next(graph.subjects(RDF.type, DCAT.Catalog))
    assert len(set(graph.objects(catalogue, DCAT.dataset))) == len(everything)
    aed = URIRef(f"{BASE}/datasets/aed#dataset")
    assert set(graph.objects(aed, DCTERMS.title)) == {Literal("AED設置箇所一覧", "ja"), Literal("AED locations", "en")}


def test_only_open_datasets_are_public_and_have_distributions(graph: Graph) -> None:
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        rights = str(graph.value(dataset, DCTERMS.accessRights)).rsplit("/", 1)[-1]
        assert (rights == "PUBLIC") == bool(list(graph.objects(dataset, DCAT.distribution)))


def test_every_download_is_listed_once_with_its_checksum(graph: Graph, everything: tuple[Description, ...]) -> None:
    files = {file.url: file.sha256 for description in everything for file in description.files}
    found = {str(graph.value(node, DCAT.downloadURL)) for node in graph.subjects(RDF.type, DCAT.Distribution)}
    assert found == set(files)
    checksum = URIRef("http://spdx.org/rdf/terms#checksumValue")
    assert {str(value) for value in graph.objects(None, checksum)} == set(files.values())


def test_a_standard_dataset_conforms_to_its_book_by_address_and_to_its_sheet_by_title_and_version(graph: Graph) -> None:
    standard = read_library()["aed"].standard
    book, aed = URIRef(standard.url), URIRef(f"{BASE}/datasets/aed#dataset")
    (sheet,) = set(graph.objects(aed, DCTERMS.conformsTo)) - {book}
    assert graph.value(sheet, DCTERMS.title) == Literal(standard.name, "ja")
    assert graph.value(sheet, URIRef(f"{DCAT}version")) == Literal(standard.version)
    assert graph.value(sheet, DCTERMS.isPartOf) == book
    assert not list(graph.objects(book, DCTERMS.title))  # one node of many sheets
    assert not list(graph.objects(URIRef(f"{BASE}/datasets/road#dataset"), DCTERMS.conformsTo))
    # Of some sheets only a part of the columns is known: such a table follows the book and claims no sheet.
    assert set(graph.objects(URIRef(f"{BASE}/datasets/support_system#dataset"), DCTERMS.conformsTo)) == {book}
    assert graph.value(aed, FOAF.page) == URIRef(f"{BASE}/definitions/aed")


def test_where_the_nation_shows_the_same_stands_in_the_catalogue_as_a_page_with_its_name(graph: Graph) -> None:
    page = URIRef("https://map.maff.go.jp/")
    assert page in set(graph.objects(URIRef(f"{BASE}/datasets/farmland#dataset"), FOAF.page))
    assert (page, RDF.type, FOAF.Document) in graph
    (link,) = read_library()["farmland"].links
    assert set(graph.objects(page, DCTERMS.title)) == {Literal(link.ja, "ja"), Literal(link.en, "en")}


def test_an_empty_site_has_a_catalogue_too(card: TownCard) -> None:
    graph = _parsed(catalogue_jsonld([], card, BASE))
    assert list(graph.subjects(RDF.type, DCAT.Catalog))
    assert not list(graph.subjects(RDF.type, DCAT.Dataset))


def test_same_input_gives_same_bytes(everything: tuple[Description, ...], card: TownCard) -> None:
    first, second = (json.dumps(catalogue_jsonld(everything, card, BASE)) for _ in range(2))
    assert first == second


RECOMMENDED_BUT_NOT_HAD = {
    (DCTERMS.format, "the EU table has no type for parquet and pmtiles"),
    (DCTERMS.issued, "the catalogue itself has no first day; a dataset that is not public neither"),
    (DCTERMS.temporal, "nobody says the date of what is not public"),
    (DCAT.theme, "services have none, nor has what is not public"),
    (DCAT.keyword, "services have none, nor has what is not public"),
    (DCAT.distribution, "view-only and counter datasets have no file"),
    (DCAT.contactPoint, "services have none; a town without sections neither"),
    (DCAT.endpointDescription, "the Action API has no description of its own"),
    (DCAT.bbox, "a table without places has only the town's name"),
    (DCAT.centroid, "a table without places has only the town's name"),
}


def _shapes(name: str) -> Graph:
    """Read shapes without the property shapes that upstream lists but never gives a path."""
    shapes = Graph().parse(SHAPES / name)
    for subject, _, shape in list(shapes.triples((None, SH.property, None))):
        if (shape, SH.path, None) not in shapes:
            shapes.remove((subject, SH.property, shape))
            shapes.remove((shape, None, None))
    return shapes


@needs_shapes
@pytest.mark.parametrize("name", ["shapes.ttl", "ranges.ttl", "dcat-ap-SHACL.ttl"])
def test_the_catalogue_conforms_to_dcat_ap(graph: Graph, name: str) -> None:
    """mdr-vocabularies.shape.ttl is left out: it looks each term up in EU tables that no offline test can load."""
    conforms, _, report = pyshacl.validate(graph, shacl_graph=_shapes(name), advanced=True)
    assert conforms, report


@needs_shapes
def test_what_dcat_ap_recommends_is_had_but_for_what_is_excepted_with_a_reason(graph: Graph) -> None:
    _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes("shapes_recommended.ttl"), advanced=True)
    missed = {results.value(result, SH.resultPath) for result in results.subjects(RDF.type, SH.ValidationResult)}
    assert missed == {path for path, _ in RECOMMENDED_BUT_NOT_HAD}
