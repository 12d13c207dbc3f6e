"""The REST API, `/api/v1`: the design's records over HTTP."""
