"""Compiling to ``.pyc``, drawing, memory snapshot: what is made in Pyodide under Node.js."""
