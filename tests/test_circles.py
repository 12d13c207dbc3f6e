"""How modules import one another."""

from graphlib import TopologicalSorter

import grimp


def test_no_modules_import_each_other() -> None:
    """From no module do imports lead back to it, those inside functions and those for types alone included."""
    graph = grimp.build_graph("reportedly", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    order = list(TopologicalSorter(imports).static_order())  # raises a CycleError that names the circle
    assert order.index("reportedly.model") < order.index("reportedly.api") < order.index("reportedly.web.app")
