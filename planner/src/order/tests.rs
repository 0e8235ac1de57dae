use super::*;
use proptest::prelude::*;

fn jobs(text: &[(u64, u64, &[u32])]) -> Jobs {
    Jobs {
        length: text.iter().map(|job| job.0).collect(),
        weight: text.iter().map(|job| job.1).collect(),
        before: text.iter().map(|job| job.2.to_vec()).collect(),
    }
}

#[test]
fn without_precedence_it_is_smiths_rule() {
    assert_eq!(jobs(&[(4, 1, &[]), (1, 1, &[]), (2, 3, &[])]).order(&Meter::default()), [2, 1, 0]);
}

#[test]
fn a_long_means_to_a_great_end_comes_before_a_small_end() {
    assert_eq!(jobs(&[(5, 1, &[]), (3, 0, &[]), (1, 9, &[1])]).order(&Meter::default()), [1, 2, 0]);
}

#[test]
fn ties_go_to_the_smaller_number() {
    assert_eq!(jobs(&[(2, 1, &[]), (2, 1, &[]), (2, 1, &[])]).order(&Meter::default()), [0, 1, 2]);
}

fn any_jobs(most: usize) -> impl Strategy<Value = Jobs> {
    prop::collection::vec(
        (1u64..9, 0u64..4, prop::collection::vec(any::<prop::sample::Index>(), 0..3)),
        1..most,
    )
    .prop_map(|rows| {
        let before = |(i, row): (usize, &(u64, u64, Vec<prop::sample::Index>))| {
            let mut before: Vec<u32> =
                row.2.iter().filter(|_| i > 0).map(|index| small(index.index(i))).collect();
            before.sort_unstable();
            before.dedup();
            before
        };
        Jobs {
            length: rows.iter().map(|row| row.0).collect(),
            weight: rows.iter().map(|row| row.1).collect(),
            before: rows.iter().enumerate().map(before).collect(),
        }
    })
}

fn weighted_completion(jobs: &Jobs, order: &[usize]) -> u128 {
    let mut elapsed = 0u128;
    order.iter().fold(0, |sum, &job| {
        elapsed += u128::from(jobs.length[job]);
        sum + u128::from(jobs.weight[job]) * elapsed
    })
}

fn is_valid(jobs: &Jobs, order: &[usize]) -> bool {
    let mut place = vec![usize::MAX; order.len()];
    order.iter().enumerate().for_each(|(i, &job)| place[job] = i);
    order.len() == jobs.length.len()
        && (0..order.len()).all(|job| jobs.before[job].iter().all(|&b| place[b as usize] < place[job]))
}

#[test]
fn a_tree_is_contracted_to_nothing() {
    let out = jobs(&[(3, 1, &[]), (2, 5, &[0]), (1, 1, &[0]), (4, 9, &[2]), (1, 0, &[2])]);
    let into = jobs(&[(3, 1, &[]), (2, 5, &[]), (1, 1, &[0, 1]), (4, 9, &[]), (1, 3, &[2, 3])]);
    for tree in [out, into] {
        assert_eq!(forest::contract(&tree).jobs, Jobs::default());
        let optimum = weighted_completion(&tree, &exact::order(&tree, &Meter::default()).unwrap());
        assert_eq!(weighted_completion(&tree, &tree.order(&Meter::default())), optimum);
    }
}

#[test]
fn a_deep_and_tangled_network_is_ordered_with_what_looks_there_are() {
    // Two chains, each job after the one before it in both: paths of any length that no look far ahead tells apart.
    let n: u32 = 20_000;
    let before = |job: u32| if job < 2 { vec![] } else { vec![job - 2 - job % 2, job - 1 - job % 2] };
    let tangled = Jobs {
        length: (0..u64::from(n)).map(|job| 1 + job * 7_919 % 97).collect(),
        weight: (0..u64::from(n)).map(|job| 1 + job * 104_729 % 3).collect(),
        before: (0..n).map(before).collect(),
    };
    assert!(is_valid(&tangled, &tangled.order(&Meter::default())));
}

proptest! {
    #[test]
    fn sidneys_blocks_lose_nothing(jobs in any_jobs(12)) {
        let blocks = sidney::blocks(&jobs, &Meter::default());
        let order: Vec<usize> = blocks.iter().flat_map(|block| jobs.within(block, &Meter::default())).collect();
        prop_assert!(is_valid(&jobs, &order));
        let optimum = weighted_completion(&jobs, &exact::order(&jobs, &Meter::default()).unwrap());
        prop_assert_eq!(weighted_completion(&jobs, &order), optimum);
    }

    #[test]
    fn what_is_contracted_loses_nothing(jobs in any_jobs(12)) {
        let order = jobs.order(&Meter::default());
        prop_assert!(is_valid(&jobs, &order));
        let optimum = weighted_completion(&jobs, &exact::order(&jobs, &Meter::default()).unwrap());
        prop_assert_eq!(weighted_completion(&jobs, &order), optimum);
    }

    #[test]
    fn the_greedy_order_mended_is_within_a_factor_of_two(jobs in any_jobs(12)) {
        let mended = mend::mended(&jobs, greedy::order(&jobs), &Meter::default());
        prop_assert!(is_valid(&jobs, &mended));
        prop_assert!(weighted_completion(&jobs, &mended) <= 2 * weighted_completion(&jobs, &exact::order(&jobs, &Meter::default()).unwrap()));
    }

    #[test]
    fn many_jobs_are_ordered_too(jobs in any_jobs(150)) {
        prop_assert!(is_valid(&jobs, &jobs.order(&Meter::default())));
    }
}
