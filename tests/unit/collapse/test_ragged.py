import numpy as np

from onrecord.collapse.ragged import (
    first_of_each,
    ranges,
    ranks,
    sort_rows,
    starts_of,
)


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, np.int64)


def test_starts_end_with_where_all_end() -> None:
    assert starts_of(ints(2, 0, 3)).tolist() == [0, 2, 2, 5]


def test_ranges_stand_one_after_another_and_may_be_empty() -> None:
    assert ranges(ints(7, 3, 1), ints(2, 0, 3)).tolist() == [7, 8, 1, 2, 3]


def test_ranks_begin_anew_with_each_row() -> None:
    assert ranks(ints(4, 4, 4, 6, 9, 9)).tolist() == [0, 1, 2, 0, 0, 1]


def test_rows_are_sorted_by_row_then_value_and_equal_ones_stay() -> None:
    rows, values = ints(1, 0, 1, 0, 1), ints(5, 9, 3, 2, 3)
    expected = [3, 1, 2, 4, 0]
    assert sort_rows(rows, values).tolist() == expected
    assert sort_rows(rows, values.astype(np.uint32)).tolist() == expected
    assert (
        sort_rows(rows, values.astype(np.uint64) << np.uint64(40)).tolist() == expected
    )


def test_first_of_each_row_and_value_are_kept_in_order() -> None:
    rows, values = ints(0, 0, 0, 1, 1, 1), ints(8, 3, 8, 3, 3, 8)
    assert first_of_each(rows, values).tolist() == [0, 1, 3, 5]
