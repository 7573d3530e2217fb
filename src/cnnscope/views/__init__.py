"""Views: how a node is explained. A folder a kind: layout (where), numbers (what), drawing."""
