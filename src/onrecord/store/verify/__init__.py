"""Check a record from its files up to its sums. Reads only; needs no lock.

`record.py` has the order; each other file looks at one kind of damage.
"""

from onrecord.store.verify.finding import FINDINGS_A_CHECK, Finding, Tell
from onrecord.store.verify.made_with import Installed
from onrecord.store.verify.record import verify

__all__ = ["FINDINGS_A_CHECK", "Finding", "Installed", "Tell", "verify"]
