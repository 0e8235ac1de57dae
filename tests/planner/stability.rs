//! Small changes of the input change the order little. Measured on the embedded catalogue by Kendall's distance: of all pairs of steps
//! that both roadmaps have, the share that stands the other way round.

use waymark::catalog::embedded;
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Catalog, Pace, Request, Roadmap, plan, testing};

fn request(catalog: &Catalog) -> Request {
    Request {
        from: catalog.role("mid-level-backend-engineer"),
        to: catalog.role("backend-architect"),
        prefer: vec![catalog.topic("java").unwrap()],
        ..testing::request(6.0)
    }
}

/// The share of the common steps' pairs that stand the other way round.
fn distance(a: &Roadmap, b: &Roadmap) -> f64 {
    let in_b = b.positions();
    let places: Vec<usize> = a.steps.iter().filter_map(|planned| in_b.get(&planned.step)).copied().collect();
    let pairs = places.len() * places.len().saturating_sub(1) / 2;
    let turned =
        (0..places.len()).map(|i| places[i + 1..].iter().filter(|&&later| later < places[i]).count());
    #[allow(clippy::cast_precision_loss)]
    let share = turned.sum::<usize>() as f64 / pairs.max(1) as f64;
    share
}

/// Holds the mean and the largest distance to their bounds, and prints them for `docs/planning.md`.
fn assert_little(catalog: &Catalog, base: &Request, what: &str, changed: impl Iterator<Item = Request>) {
    let before = plan(catalog, base.clone()).unwrap();
    let after = changed.filter_map(|request| plan(catalog, request).ok());
    let distances: Vec<f64> = after.map(|after| distance(&before, &after)).collect();
    assert!(distances.len() > 50, "{what}: nothing to measure");
    #[allow(clippy::cast_precision_loss)]
    let mean = distances.iter().sum::<f64>() / distances.len() as f64;
    let most = distances.iter().fold(0.0, |most: f64, &distance| most.max(distance));
    #[allow(clippy::print_stdout)] // what the documents say, with --nocapture
    {
        println!("{what}: {} changes, {mean:.4} on average, {most:.4} at most", distances.len());
    }
    assert!(mean < 0.01 && most < 0.05, "{what}: {mean} on average, {most} at most");
}

#[test]
fn a_small_change_of_the_input_changes_the_order_little() {
    let catalog = embedded().unwrap();
    let from_mid_level = request(&catalog);
    let from_nothing = Request { from: None, ..from_mid_level.clone() };
    for base in [&from_mid_level, &from_nothing] {
        let roadmap = plan(&catalog, base.clone()).unwrap();
        let positions = roadmap.positions();
        let skills =
            roadmap.steps.iter().map(|planned| Request { skills: vec![planned.step], ..base.clone() });
        assert_little(&catalog, base, "a skill more", skills);
        let goals = catalog.steps().ids().filter(|step| !positions.contains_key(step));
        let goals = goals.map(|step| Request { goals: vec![step], ..base.clone() });
        assert_little(&catalog, base, "a goal more", goals);
        let prefer = |topic| [&base.prefer[..], &[topic]].concat();
        let wishes = catalog.topics().ids().map(|topic| Request { prefer: prefer(topic), ..base.clone() });
        assert_little(&catalog, base, "a preference more", wishes);
    }
}

#[test]
fn the_pace_does_not_change_the_order_but_what_fits_comes_first() {
    let catalog = embedded().unwrap();
    let base = request(&catalog);
    let before = plan(&catalog, base.clone()).unwrap();
    for hours in [1.0, 12.0, 40.0] {
        let pace = Pace {
            hours_per_week: Hours::positive(hours).unwrap(),
            start: Day(20_100),
            finish_by: None,
            pauses: vec![(Day(20_110), Day(20_120))],
        };
        let after = plan(&catalog, Request { pace: pace.clone(), ..base.clone() }).unwrap();
        assert!(before.steps.iter().map(|p| p.step).eq(after.steps.iter().map(|p| p.step)));
        let pace = Pace { finish_by: Some(Day(20_200)), ..pace };
        let divided = plan(&catalog, Request { pace, ..base.clone() }).unwrap();
        let places = before.positions();
        let kept = divided.steps.iter().take_while(|planned| !planned.deferred).count();
        for part in [&divided.steps[..kept], &divided.steps[kept..]] {
            assert!(part.is_sorted_by_key(|planned| places[&planned.step]));
        }
    }
}
