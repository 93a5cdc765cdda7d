"""What the reconciliation service is and where its parts are, as clients read it first."""

from __future__ import annotations

from typing import Any

from policygraph.graph.reconciliation.entity_schema import EntityType, both, types
from policygraph.ontology.prefixes import PREFIXES
from policygraph.service.reconciliation.extension import SETTINGS
from policygraph.service.reconciliation.questions import BATCH
from policygraph.version import __version__

ROOT = "/reconcile"
_GUIDE = "https://github.com/policygraph/policygraph/blob/main/docs/reconciliation.md"
_PREVIEW = {"width": 420, "height": 180}


def manifest(address: str, base: str) -> dict[str, Any]:
    """The manifest of the service at an address (https://example.org), whose IRIs begin with base."""
    here = address + ROOT
    return {
        "versions": ["0.1", "0.2"],
        "name": "政策图谱 · policygraph",
        "identifierSpace": base,
        "schemaSpace": PREFIXES["pg"],
        "documentation": _GUIDE,
        "serviceVersion": __version__,
        "defaultTypes": [described(kind) for kind in types().values()],
        "view": {"url": f"{address}/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": {
            name: {
                "service_url": here,
                "service_path": f"/suggest/{name}",
                "flyout_service_path": f"/flyout/{name}?id=${{id}}",
            }
            for name in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": SETTINGS,
        },
        "batchSize": BATCH,
    }


def described(kind: EntityType) -> dict[str, str]:
    """A type with its name and comment in both languages."""
    return {"id": kind.id, "name": both(kind.label), "description": both(kind.comment)}
