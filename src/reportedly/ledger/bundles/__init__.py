"""What one ledger hands to another, and how it is taken in."""
