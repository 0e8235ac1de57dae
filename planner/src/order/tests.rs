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
    assert_eq!(jobs(&[(4, 1, &[]), (1, 1, &[]), (2, 3, &[])]).order(), [2, 1, 0]);
}

#[test]
fn a_long_means_to_a_great_end_comes_before_a_small_end() {
    assert_eq!(jobs(&[(5, 1, &[]), (3, 0, &[]), (1, 9, &[1])]).order(), [1, 2, 0]);
}

#[test]
fn ties_go_to_the_smaller_number() {
    assert_eq!(jobs(&[(2, 1, &[]), (2, 1, &[]), (2, 1, &[])]).order(), [0, 1, 2]);
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

proptest! {
    #[test]
    fn sidneys_blocks_lose_nothing(jobs in any_jobs(12)) {
        let order = jobs.order();
        prop_assert!(is_valid(&jobs, &order));
        let optimum = weighted_completion(&jobs, &exact::order(&jobs).unwrap());
        prop_assert_eq!(weighted_completion(&jobs, &order), optimum);
    }

    #[test]
    fn the_greedy_order_mended_is_within_a_factor_of_two(jobs in any_jobs(12)) {
        let mended = mend::mended(&jobs, greedy::order(&jobs));
        prop_assert!(is_valid(&jobs, &mended));
        prop_assert!(weighted_completion(&jobs, &mended) <= 2 * weighted_completion(&jobs, &exact::order(&jobs).unwrap()));
    }

    #[test]
    fn many_jobs_are_ordered_too(jobs in any_jobs(150)) {
        prop_assert!(is_valid(&jobs, &jobs.order()));
    }
}
