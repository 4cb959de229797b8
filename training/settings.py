"""Every number of the recipe, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What one training run is made of; sizes in vector components."""

    seed: int = 0
    threads: int = 2
    epochs: int = 6  # passes over treebanks and names
    event_repeats: int = 2  # passes over event reports in each of them
    pieces_per_batch: int = 1400
    max_pieces: int = 160  # longer treebank sentences are left out

    finish_passes: int = 3  # over the real reports, events' own layers only
    finish_encoder_rate: float = 1e-4
    finish_head_rate: float = 5e-4

    encoder_rate: float = 3e-4
    head_rate: float = 2e-3
    warmup_steps: int = 60
    weight_decay: float = 0.01
    clip: float = 1.0
    dropout: float = 0.15

    arc_size: int = 256
    relation_size: int = 96
    link_size: int = 128
    max_distance: int = 12  # words; farther pairs share one distance weight
    min_relation: int = 5  # relations seen less often are left out

    upos_weight: float = 0.5
    xpos_weight: float = 0.5
    arc_weight: float = 1.0
    relation_weight: float = 1.0
    name_weight: float = 2.0
    trigger_weight: float = 3.0
    factuality_weight: float = 0.5
    cue_weight: float = 2.0
    form_weight: float = 0.3
    link_weight: float = 0.4
    link_positive: float = 2.0  # a missed party costs this much more than a wrong one
    unsure_weight: float = 0.5  # events and statements the annotator was unsure of

    recased_share: float = 0.1  # sentences shown as if in another case, for headlines
    calibration_sentences: int = 800
