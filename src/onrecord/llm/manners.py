"""What an endpoint takes: endpoints that speak one protocol differ in its details.

A request begins with all we would like. Where the endpoint refuses it and its message
names one of these parameters, the next form of that parameter is used from then on.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.llm.prompt import ANSWER_TOKENS, SEED, TEMPERATURE, Schema

# Names of the protocol, as messages of endpoints show them.
FORMAT_WORDS = ("response_format", "json_schema", "json_object", "structured output")
FORMS = ("json_schema", "json_object", "text")


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """The form of each parameter; False leaves it out."""

    form: str = FORMS[0]
    most: str = "max_tokens"
    temperature: bool = True
    seed: bool = True

    def parameters(self, schema: Schema) -> Mapping[str, Any]:
        """Return the parameters of a request beside model and messages."""
        found: dict[str, Any] = {self.most: ANSWER_TOKENS}
        if self.temperature:
            found["temperature"] = TEMPERATURE
        if self.seed:
            found["seed"] = SEED
        if self.form == "json_schema":
            found["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "coded", "strict": True, "schema": schema},
            }
        elif self.form == "json_object":
            found["response_format"] = {"type": "json_object"}
        return found

    def after(self, refusal: str) -> "Manners | None":
        """Return what to try after a refusal; None where it names nothing of these."""
        said = refusal.lower()
        changed: dict[str, Any] = {}
        if self.form != FORMS[-1] and any(word in said for word in FORMAT_WORDS):
            changed["form"] = FORMS[FORMS.index(self.form) + 1]
        elif self.most == "max_tokens" and "max_tokens" in said:
            changed["most"] = "max_completion_tokens"
        elif self.temperature and "temperature" in said:
            changed["temperature"] = False
        elif self.seed and "seed" in said:
            changed["seed"] = False
        return msgspec.structs.replace(self, **changed) if changed else None
