"""web/: the desk in a browser and the REST API, both thin faces over `reportedly.api`."""
