"""Events by a language model: any endpoint that speaks OpenAI's protocol.

    prompt      the codebook as instructions and as a schema of answers
    pieces      a report as pieces of whole sentences
    wire        one HTTP request: what may leave, and what may come back
    asker       requests with tries, pace, budget and kept answers
    quote       where quoted words stand in a sentence
    cells, events, statements   an entry of an answer -> an event or attribution
    door        an answer -> events and attributions; what has no words is dropped
    coder       reports -> coded reports, some being asked for at the same time
    account     what it took and what was dropped

Nothing is imported or sent unless a run names this coder. What understands the report,
resolves its parties, times and places, and all that comes after coding is the same as
without it.
"""
