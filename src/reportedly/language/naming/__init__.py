"""Names of actors: states, bodies, offices, groups, outlets, and the phrases that call one."""
