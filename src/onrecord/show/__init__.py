"""The record -> what people and programs read."""
