"""The state: what the page shows, as one frozen value; its steps, its URL, the tour's stops."""
