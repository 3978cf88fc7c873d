"""Plain documents: numbers made comparable inside the engine, where Python would be too slow.

Nearly every cell of a passenger list is a number as A–Z 0–9, and the engine compares it as it
stands. Whatever else a cell holds is read by tables.document_numbers, once for each distinct cell;
the canonical form of exposure_index.identity.document is applied later, to the few rows found.
"""

from collections.abc import Sequence
from typing import Any

import ibis

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from index_builder.people.number_batches import NUMBERS_SCHEMA, numbers_batch
from index_builder.people.proven_residents import NO_NAME, with_proven_residents
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace
from index_builder.sources.build_context import BuildContext
from tables.document_cells import document_kind, kind_words
from tables.document_numbers import documents_in
from tables.document_words import GLUED_WORDS

LEGS_BY_DOCUMENT = "legs_by_document"
"""The name under which the untidy cells of passenger lists are stored, `…_numbers` with numbers."""
_BATCH_ROWS = 20_000
_READ = ("row", "id_number", "id_type")
WHOLE_ROWS_MAX = 1_000_000
"""Up to so many rows are stored with all their cells, a quarter of a gigabyte."""
_UNTIDY = "|".join(
    (
        "[^0-9A-Z]",
        "^[A-Z]+$",  # a filler or a name
        "^.{1,3}$",
        "^0+$",
        "X{4}|[0-9]{6}X{2}",  # a mask
        "^[0-9]{15}000$",  # rounded by a spreadsheet, unless its check digit fits
        "[0-9]X+[0-9]|[0-9]X{2}$|^X[0-9X]{17}$",
        "^[A-Z]{2,}[0-9]{17}[0-9X]$",  # a word before a resident number
        *(f"^{word}" for word in sorted(GLUED_WORDS) if word.startswith("PASSPORT")),
    )
)
"""What the engine does not compare as it stands; wider than what is read as something else."""
_RESIDENT_CHARACTERS, _DIGITS_BEFORE_X = 18, 17
_RENEWED_CHARACTERS = (10, 11)
_PERMIT_CHARACTERS, _TW_PERMIT_DIGITS, _TW_PERMIT_WITH_RENEWALS = 9, 8, 10
_TW_WORDS = tuple(word.replace("_", "") for word in kind_words("tw_permit"))
_BIRTH_CENTURY_AT = slice(6, 8)


def with_plain_documents(work: Workspace, name: str, rows: ibis.Table) -> ibis.Table:
    """Return rows with plain_document, A–Z 0–9; "" where the cell names no document.

    rows: with id_number and id_type; one that names several documents stands once for each. name:
    of what is stored on the way. The digits that count the renewals of a permit are left out.
    """
    number = rows["id_number"].fill_null("")
    untidy = number.re_search(_UNTIDY)
    cells = rows.filter(untidy).select(untidy_cell="id_number").distinct()
    cells = work.keep(f"{name}_untidy", cells)
    count = int(cells.count().execute())
    tidy = rows if not count else rows.filter(~untidy)
    compared = tidy.mutate(plain_document=_unrenewed(tidy["id_number"].fill_null(""), tidy))
    if not count:
        return compared
    with work.parquet_writer(f"{name}_numbers", NUMBERS_SCHEMA) as writer:
        for batch in each_batch(numbers_batch, work.stream(cells, _BATCH_ROWS), count):
            writer.write_batch(batch)
    numbers = work.parquet(f"{name}_numbers")
    others = rows.filter(untidy)
    others = others.inner_join(numbers, others["id_number"] == numbers.untidy_cell)
    others = others.mutate(plain_document=_unrenewed(others["plain_number"], others))
    return compared.union(others.select(*compared.columns))


def documents_among(work: Workspace, name: str, rows: ibis.Table, forms: ibis.Table) -> ibis.Table:
    """Return row and plain_document of each document of the rows that is among those of forms.

    rows: row (a number of its own), id_number, id_type; name: as in with_plain_documents. The
    numbers of all rows are read in one pass, for which only these three columns are unpacked: what
    else a row holds is to be joined to what is found.
    """
    maybe = work.keep(f"{name}_maybe", _maybe_among(rows.select(*_READ), forms))
    return _among(work, name, maybe, forms)


def rows_among(
    work: Workspace, name: str, rows: ibis.Table, forms: ibis.Table, columns: Sequence[str]
) -> ibis.Table:
    """Return what documents_among does, and further columns of those rows.

    They are unpacked in the same pass and stored with whatever has to be looked at closely. Where
    that is too many rows, as in a list that writes every number in small letters, they are joined.
    """
    maybe = _maybe_among(rows.select(*_READ, *columns), forms).limit(WHOLE_ROWS_MAX + 1)
    maybe = work.keep(f"{name}_maybe", maybe)
    if int(maybe.count().execute()) > WHOLE_ROWS_MAX:
        found = work.keep(f"{name}_found", documents_among(work, name, rows, forms))
        return rows.select("row", *columns).inner_join(found, "row")
    return maybe.select("row", *columns).inner_join(_among(work, name, maybe, forms), "row")


def _maybe_among(rows: ibis.Table, forms: ibis.Table) -> ibis.Table:
    """Return the rows of which a document may be among those of forms, and which prove themselves.

    Their id_number without nulls, `resident`: see with_proven_residents.
    """
    columns = rows.columns
    rows = rows.mutate(ends_in_x=rows["id_number"].endswith("X"))
    rows = rows.mutate(value=value_of(rows["id_number"], rows.ends_in_x))
    shape = resident_shape(rows["id_number"], rows.ends_in_x, rows["value"])
    rows = rows.mutate(proved=shape.fill_null(False))
    # Nearly every number is proved and no case's: it is told by this, and looked at no further.
    rows = rows.filter(~rows.proved | rows["id_number"].isin(forms.plain_document))
    number = rows["id_number"].fill_null("")
    named = _unrenewed(number, rows).isin(forms.plain_document)
    maybe = rows.filter(rows.proved | number.re_search(_UNTIDY) | named)
    maybe = maybe.mutate(id_number=maybe["id_number"].fill_null(""), name=NO_NAME)
    # One number in a thousand ends as a spreadsheet rounds: the engine sees which are whole.
    return with_proven_residents(maybe.select(*columns, "name")).drop("name")


def _among(work: Workspace, name: str, maybe: ibis.Table, forms: ibis.Table) -> ibis.Table:
    residents = maybe.filter(maybe.resident).select("row", plain_document="id_number")
    others = with_plain_documents(work, name, maybe.filter(~maybe.resident).select(*_READ))
    named = residents.union(others.select("row", "plain_document"))
    return named.semi_join(forms, "plain_document").distinct()


def rows_naming(work: Workspace, name: str, rows: ibis.Table, forms: ibis.Table) -> ibis.Table:
    """Return the rows of which a document is among the plain_document of forms, each once."""
    return rows.semi_join(documents_among(work, name, rows, forms), "row")


def cells_of_several(context: BuildContext) -> list[tuple[str, ...]]:
    """Return the canonical documents of each cell that names several, of whoever may be listed.

    Of passenger lists the cells that with_plain_documents has stored under LEGS_BY_DOCUMENT.
    """
    work, source = context.work, context.source
    tables = [source.get(name) for name in ("contacts", "drivers")]
    legs = source.whole("legs")
    if legs is not None and work.has(f"{LEGS_BY_DOCUMENT}_numbers"):
        numbers = work.table(f"{LEGS_BY_DOCUMENT}_numbers")
        counts = numbers.group_by("untidy_cell").agg(numbers=numbers.count())
        several = counts.filter(counts.numbers > 1)
        tables.append(legs.raw.semi_join(several, legs.raw.id_number == several.untidy_cell))
    found: set[tuple[str, ...]] = set()
    for table in tables:
        if table is not None:
            cells = table.select("id_type", "id_number").distinct().to_pyarrow().to_pylist()
            found.update(
                documents_in(cell["id_number"] or "", document_kind(cell["id_type"] or ""))
                for cell in cells
            )
    return sorted(documents for documents in found if len(documents) > 1)


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def bit_length(text: str) -> int:
    """Return how many bits a text takes, in every engine: to count its characters takes longer."""
    raise NotImplementedError


def value_of(number: Any, ends_in_x: Any) -> Any:  # noqa: ANN401
    """Return what an engine reads digits as, without an X behind them; null where it reads none."""
    # To fail is what takes long in reading a number, and a check digit may be an X.
    digits = number.substr(0, _DIGITS_BEFORE_X)
    return ibis.ifelse(ends_in_x, digits.try_cast("int64"), number.try_cast("int64"))


def resident_shape(number: Any, ends_in_x: Any, value: Any) -> Any:  # noqa: ANN401
    """Whether a text is proved to be eighteen digits, or seventeen and an X.

    value: as value_of tells it. Null proves nothing, and "no" does not say that it is anything
    else: 0 as the first of the digits and 00 as their last two are left out. Nearly all cells are
    numbers of residents, and the regular expression takes twice as long. Engines read other texts
    as numbers too: blanks, signs, points and strokes leave fewer digits, an exponent zeros at the
    end, and 0x begins with 0.
    """
    least = ibis.ifelse(ends_in_x, 10 ** (_DIGITS_BEFORE_X - 1), 10**_DIGITS_BEFORE_X)
    eighteen = (bit_length(number) == 8 * _RESIDENT_CHARACTERS) & (number >= "1")
    return (value % 100 != 0) & (value >= least) & eighteen


def _unrenewed(number: Any, rows: ibis.Table) -> Any:  # noqa: ANN401 - ibis has no useful types
    # Engines compute both sides of an "and", but of an "if" only what is asked for: nearly every
    # number is of another length.
    maybe_permit = number.length().isin(_RENEWED_CHARACTERS)
    return ibis.ifelse(maybe_permit, _without_renewals(number, rows["id_type"]), number)


def _without_renewals(number: Any, id_type: Any) -> Any:  # noqa: ANN401
    kind = id_type.upper().re_replace("[^A-Z\u4e00-\u9fff]", "").fill_null("")
    of_taiwan = ibis.ifelse(kind.isin(_TW_WORDS), _TW_PERMIT_DIGITS, MAX_FIELD_CHARACTERS)
    kept = ibis.ifelse(
        number.re_search("^[HM][0-9]{10}$"),
        _PERMIT_CHARACTERS,
        ibis.ifelse(number.re_search("^[0-9]{10}$"), of_taiwan, MAX_FIELD_CHARACTERS),
    )
    return number.substr(0, kept)


def plain_forms(document: str) -> tuple[str, ...]:
    """Return the ways in which a canonical document may stand in a passenger list.

    A resident number of 18 digits born in 19YY may be written in its old form of 15; ten digits
    may be a permit for Taiwan residents there, of which eight are kept.
    """
    if len(document) == _TW_PERMIT_WITH_RENEWALS and document.isdigit():
        return document, document[:_TW_PERMIT_DIGITS]
    old = len(document) == 18 and document[:17].isdigit() and document[_BIRTH_CENTURY_AT] == "19"
    return (document, document[:6] + document[8:17]) if old else (document,)


def with_plain_forms(rows: ibis.Table) -> ibis.Table:
    """Return rows once for each of the plain_forms of their document, as plain_document."""
    document = rows.document
    permits = rows.filter(document.re_search(f"^[0-9]{{{_TW_PERMIT_WITH_RENEWALS}}}$"))
    old = rows.filter(document.re_search("^[0-9]{6}19[0-9]{9}.$"))
    return ibis.union(
        rows.mutate(plain_document=document),
        permits.mutate(plain_document=permits.document.substr(0, _TW_PERMIT_DIGITS)),
        old.mutate(plain_document=old.document.substr(0, 6) + old.document.substr(8, 9)),
    )
