"""Events to be judged in other tools, and judgements back from them."""
