"""The figures of the article, drawn while the page is built: one picture a file, pure."""
