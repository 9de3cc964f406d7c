"""What is kept on disk: the project file, the ledger, the vault."""
