import doctest
import importlib
import pkgutil

import pytest

import app.tools

MODULES = [module.name for module in pkgutil.iter_modules(app.tools.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_engine_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"app.tools.{name}")).failed == 0
