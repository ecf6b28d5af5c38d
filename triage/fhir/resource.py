"""A resource of FHIR, or a part of one, as plain data."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
