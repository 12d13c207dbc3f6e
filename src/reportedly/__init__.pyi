from reportedly.opened import Ledger as Ledger
from reportedly.opened import claims_in as claims_in
from reportedly.rows import Rows as Rows

__version__: str
