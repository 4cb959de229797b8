from onrecord.llm.manners import Manners
from onrecord.llm.prompt import ANSWER_TOKENS

SCHEMA = {"type": "object"}


def test_all_is_asked_for_at_first():
    assert Manners().parameters(SCHEMA) == {
        "max_tokens": ANSWER_TOKENS,
        "temperature": 0,
        "seed": 1,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "coded", "strict": True, "schema": SCHEMA},
        },
    }


def test_a_form_that_is_refused_gives_way_to_a_plainer_one():
    first = Manners().after("'response_format' must be json_object or text")
    assert first == Manners(form="json_object")
    second = first.after("json_object is not supported")
    assert second == Manners(form="text")
    assert second.parameters(SCHEMA) == {
        "max_tokens": ANSWER_TOKENS,
        "temperature": 0,
        "seed": 1,
    }
    assert second.after("response_format is unknown") is None


def test_each_parameter_gives_way_once():
    manners = Manners().after("Unsupported parameter: max_tokens")
    assert manners == Manners(most="max_completion_tokens")
    assert manners.after("Unsupported parameter: max_tokens") is None
    assert manners.after("`temperature` does not support 0") == Manners(
        most="max_completion_tokens", temperature=False
    )
    assert Manners().after("Unknown field: seed") == Manners(seed=False)


def test_a_refusal_that_names_nothing_changes_nothing():
    assert Manners().after("the prompt is too long") is None
