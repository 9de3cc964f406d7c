"""What the core hands over cannot be changed by whoever receives it."""

from __future__ import annotations

import dataclasses
import inspect
import pkgutil
from importlib import import_module
from types import ModuleType

import pytest
from pydantic import BaseModel

import disf_desktop.core

MODULES = [import_module(m.name) for m in pkgutil.walk_packages(disf_desktop.core.__path__, "disf_desktop.core.")]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_value_of_the_core_is_frozen(module: ModuleType) -> None:
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if kind.__module__ != module.__name__:
            continue
        if dataclasses.is_dataclass(kind):
            assert vars(kind)["__dataclass_params__"].frozen, kind
        if issubclass(kind, BaseModel):
            assert kind.model_config.get("frozen"), kind
