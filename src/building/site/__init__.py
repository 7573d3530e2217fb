"""Static site: pages, Content-Security-Policy, service worker's list, one-file page, server."""
