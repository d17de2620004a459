"""The SQLite database of the hosting: engines and transactions, migrations, backups."""
