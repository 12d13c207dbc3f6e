"""reconcile/: what the ledger supports - series, statements, timeline, changes, checks.

Every function is a pure function of the holdings and the clocks; nothing is stored.
"""

from reportedly.reconcile.agreement import krippendorff_alpha
from reportedly.reconcile.assessments import assess_statements
from reportedly.reconcile.changes import change_order, find_changes
from reportedly.reconcile.clocks import visible
from reportedly.reconcile.contradictions import find_contradictions
from reportedly.reconcile.drafts import check_draft
from reportedly.reconcile.policies import Policy, load_policy, policy_names
from reportedly.reconcile.redating import redate
from reportedly.reconcile.series import build_series
from reportedly.reconcile.summing import sum_up
from reportedly.reconcile.timeline import build_timeline, timeline_order
from reportedly.reconcile.weighing import weigh_claims

__all__ = [
    "Policy",
    "assess_statements",
    "build_series",
    "build_timeline",
    "change_order",
    "check_draft",
    "find_changes",
    "find_contradictions",
    "krippendorff_alpha",
    "load_policy",
    "policy_names",
    "redate",
    "sum_up",
    "timeline_order",
    "visible",
    "weigh_claims",
]
