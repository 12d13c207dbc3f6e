"""What people do at the desk, beyond asking: filling, coding, correcting, looking closer, handing over, caring for the ledger."""
