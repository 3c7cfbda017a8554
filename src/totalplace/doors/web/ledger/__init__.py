"""Pages below /ledger/."""
