"""How long it took until those who follow on other servers saw a change."""

from cluster import Cluster
from curators import Made
from followers import Follower
from load import Acknowledged


def of_roadmaps(cluster: Cluster, changes: list[Acknowledged], followers: list[Follower], roadmaps: dict[int, str]) -> dict:
    """Of changes that were made through one server and followed on another."""
    pairs = [
        (change.at, change.change, follower)
        for change in changes
        for follower in followers
        if follower.roadmap and follower.roadmap == roadmaps.get(change.learner) and follower.replica != change.replica
    ]
    return told(cluster, pairs)


def of_catalogue(cluster: Cluster, revisions: list[Made], followers: list[Follower]) -> dict:
    pairs = [
        (made.at, made.revision, follower)
        for made in revisions
        for follower in followers
        if not follower.roadmap and follower.replica != made.replica
    ]
    return told(cluster, pairs)


def told(cluster: Cluster, pairs: list[tuple[float, int, Follower]]) -> dict:
    """What was disturbed is told apart: no server sees anything while it is not there. What was seen before the writer had the answer counts
    as seen at once."""
    calm, disturbed, never = [], [], 0
    for at, number, follower in pairs:
        seen = follower.seen.when(number)
        if seen is None:
            never += 1
            continue
        seconds = max(0.0, seen - at)
        is_disturbed = cluster.is_disturbed(follower.replica, at, max(at, seen))
        (disturbed if is_disturbed else calm).append(seconds)
    return {"undisturbed": percentiles(calm), "disturbed": percentiles(disturbed), "never seen": never}


def percentiles(seconds: list[float]) -> dict:
    if not seconds:
        return {"count": 0}
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3)

    return {"count": len(ordered), "p50": at(0.5), "p99": at(0.99), "max": round(ordered[-1], 3)}
