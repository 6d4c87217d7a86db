"""Modules stand one on another, never in a circle: each can be the first that a process imports."""

from graphlib import TopologicalSorter

import grimp
import pytest


@pytest.mark.parametrize("house", ["store", "handlers", "bot"])
def test_no_module_needs_one_that_needs_it(house: str) -> None:
    graph = grimp.build_graph(house)
    TopologicalSorter({one: graph.find_modules_directly_imported_by(one) for one in graph.modules}).prepare()
