"""Make the reader model from annotated text. See training/README.md."""
