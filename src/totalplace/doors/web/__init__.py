"""The web door: pages for officers, members and residents, a module or folder for each room.

A page parses the request, calls one action or query, and shows what comes back. `showing` is how;
`settings` are those of the service, a superset of the command line's.
"""
