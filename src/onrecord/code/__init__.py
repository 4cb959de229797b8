"""AnnotatedDocument -> events and statements; every cell cites words."""
