import msgspec

from onrecord.llm.prompt import make_prompt, make_schema
from onrecord.ontology import load_ontology


def test_the_instructions_hold_every_code_and_no_open_slot():
    ontology = load_ontology()
    prompt = make_prompt(ontology)
    assert "{{" not in prompt.text
    for name, entry in ontology.event_types.items():
        assert f"- {name}: {entry.description}" in prompt.text
    for context in ontology.contexts:
        assert context in prompt.text


def test_the_digest_follows_the_codes():
    ontology = load_ontology()
    fewer = msgspec.structs.replace(ontology, contexts=ontology.contexts[1:])
    assert make_prompt(ontology).digest == make_prompt(ontology).digest
    assert make_prompt(ontology).digest != make_prompt(fewer).digest


def test_the_schema_is_one_that_strict_endpoints_take():
    """All keys required, none beside, as "strict" asks."""
    objects = []

    def walk(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                objects.append(schema)
            for value in schema.values():
                walk(value)
        elif isinstance(schema, list):
            for value in schema:
                walk(value)

    walk(make_schema(load_ontology()))
    assert objects
    for schema in objects:
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False


def test_every_code_of_the_schema_is_the_ontologys():
    ontology = load_ontology()
    schema = make_schema(ontology)
    event = schema["properties"]["events"]["items"]["properties"]
    assert event["type"]["enum"] == list(ontology.event_types)
    assert event["contexts"]["items"]["properties"]["value"]["enum"] == list(
        ontology.contexts
    )
