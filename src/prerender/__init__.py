"""What is drawn while the page is built: its skeleton, and the article's figures."""
