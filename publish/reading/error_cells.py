"""Error cells of a text file: what a spreadsheet showed instead of a value when the file was saved as CSV.

#REF!, #N/A and the others of ECMA-376 part 1, 18.17.3, those of later spreadsheets, and ######, which stands for a number that
its column was too narrow to show: the value itself is lost.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from publish.table.finding import Finding
from publish.table.position import column_letter

_ERRORS = (
    r"^#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA"
    r"|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|BUSY!|ERROR!|#{2,})\s*$"
)


def error_cells(cells: pa.Table) -> tuple[Finding, ...]:
    """Return a finding for every such cell of a grid, addressed by row and column letter as reading does."""
    found = [
        Finding("error-cell", "error", 0, row + 1, column_letter(place), column[row].as_py().strip())
        for place, column in enumerate(cells.columns)
        if pc.any(pc.starts_with(column, "#")).as_py()  # an expression costs far more, and few columns need it
        for row in np.flatnonzero(np.asarray(pc.match_substring_regex(column, _ERRORS), bool)).tolist()
    ]
    return tuple(sorted(found, key=lambda finding: finding.row or 0))
