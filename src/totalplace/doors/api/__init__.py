"""The service for other programs: the same actions and queries as the pages and the command.

Addresses begin with /api/v1/ and are described at /api/v1/openapi.json. Whoever brings no token
reads what a resident reads. A token is an officer's, for some acts and until a day, and never
allows more than the officer's mandates do at that moment. A cookie of sign-in is worth nothing
here, so no page elsewhere can make a browser act.
"""
