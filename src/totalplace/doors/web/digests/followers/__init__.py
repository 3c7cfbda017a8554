"""Who follows a place by e-mail without an account: asked, confirmed, told, and forgotten.

Nothing is sent to an address but one link, until whoever reads its post confirms. Whether an
address is known is told to nobody: what is asked is answered alike, and by e-mail alone. Once they
leave, or their link lapses, the address is emptied: the application removes no row of anything.
"""
