"""Whatever reports tell, the reader takes apart, takes back or deletes: the stories stay sound."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.store import Store
from reader.store.health import health
from tests.store.shelf import entry, put

PLACES = st.integers(0, 11)
ACTS = st.one_of(
    st.tuples(st.just("meet"), st.lists(PLACES, min_size=2, max_size=2, unique=True)),
    st.tuples(st.just("part"), st.lists(PLACES, min_size=1, max_size=4)),
    st.tuples(st.just("each"), st.lists(PLACES, min_size=1, max_size=4)),
    st.tuples(st.just("back"), st.lists(PLACES, min_size=1, max_size=1)),
    st.tuples(st.just("gone"), st.lists(PLACES, min_size=1, max_size=1)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ACTS, max_size=9))
def test_stories_stay_sound(acts):
    with Store.open(":memory:") as store:
        feeds = [store.feeds.add(f"https://{n}.example/")[0] for n in range(3)]
        ids = [
            id for n, feed in enumerate(feeds) for id in put(store, feed, *map(entry, range(n, 12, 3))).new
        ]
        store.stories.put(ids[:5], ids[0])
        store.stories.put(ids[5:9], ids[5])
        for kind, places in acts:
            act(store, kind, [ids[place] for place in places])
            sound(store, ids)


def act(store, kind, ids):
    if kind == "meet":
        meet(store, *ids)
    elif kind in ("part", "each"):
        store.stories.part(ids, each=kind == "each")
    elif kind == "back" and store.stories.division(ids[0]):
        store.stories.rejoin(store.stories.division(ids[0]))
    elif kind == "gone":
        store.articles.remove(ids)


def meet(store, *ids):
    """Let two reports turn out to tell one story, as at ingest: never what the reader parted."""
    if len(store.lists.rows(ids)) < 2:
        return
    numbers = [store.stories.of([id]).get(id, 0) for id in ids]
    one, other = [store.lists.story(id) for id in ids]
    if set(one) != set(other) and not store.stories.apart(one) & set(other):
        oldest = min((one, numbers[0]), (other, numbers[1]), key=lambda pair: min(pair[0]))
        story = oldest[1] or min(oldest[0])
        store.stories.put([*one, *other], story)


def sound(store, ids):
    """Each story has two articles or more, a sum, a number of its own, and nothing in it that was parted."""
    left = {row.id: row for row in store.lists.rows(ids)}
    stories = {}
    for id, story in store.stories.of(left).items():
        stories.setdefault(story, set()).add(id)
    found = {story: rest for story, *rest in store.db.rows("SELECT number, lead, sources FROM story")}
    assert set(stories) == set(found)
    for story, members in stories.items():
        lead, sources = found[story]
        assert len(members) > 1
        assert lead in members
        assert sources == len({left[id].feed for id in members})
        assert story in members or story not in left
        assert not store.stories.apart(members) & members
    assert health(store.db).astray == 0
