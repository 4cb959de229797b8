"""Views on a record: what commands, the service and the page show alike."""
