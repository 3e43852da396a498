"""Ids sort by the time they were made."""

from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

from tbcp_qual.coding.ids import new_id


def test_ids_made_one_after_another_sort_in_that_order() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))


def test_ids_are_uuids_of_version_7() -> None:
    read = UUID(new_id())
    assert (read.version, read.variant) == (7, RFC_4122)


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [
            made_id for made_ids in pool.map(lambda _: [new_id() for _ in range(500)], range(8)) for made_id in made_ids
        ]
    assert len(set(made)) == 4000
