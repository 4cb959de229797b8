"""How good the program is, on gold data that it was not trained on."""
