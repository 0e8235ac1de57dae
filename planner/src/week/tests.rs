use super::*;
use crate::request::Request;
use crate::roadmap::plan;
use crate::testing;

/// Three steps of 5, 4 and 12 hours one after the other, at 7 hours a week from day 0, with days 9 and 10 off.
fn roadmap() -> (Catalog, Roadmap) {
    let catalog = testing::catalog("a@W:5 b@W:4(a@W) c@W:12(b@W)", &[]);
    let mut request = Request { goals: vec![testing::step(&catalog, "c@WORKING")], ..testing::request(7.0) };
    request.pace.start = Day(0);
    request.pace.pauses = vec![(Day(9), Day(10))];
    let roadmap = plan(&catalog, request).unwrap();
    (catalog, roadmap)
}

fn week(first: i32) -> Vec<(usize, f64, bool)> {
    let (catalog, roadmap) = roadmap();
    let week = roadmap.week(&catalog, Day(first));
    week.into_iter().map(|step| (step.position, step.hours.as_f64(), step.finishes)).collect()
}

#[test]
fn a_week_has_its_hours_and_says_what_ends() {
    assert_eq!(week(0), [(0, 5.0, true), (1, 2.0, false)]);
    assert_eq!(week(1), [(0, 4.0, true), (1, 3.0, false)]);
}

#[test]
fn days_off_take_hours_away() {
    assert_eq!(week(7), [(1, 2.0, true), (2, 3.0, false)]);
    assert_eq!(week(9), [(2, 5.0, false)]);
}

#[test]
fn before_the_start_and_after_the_end_there_is_nothing_to_do() {
    assert_eq!(week(-7), []);
    assert_eq!(week(-3), [(0, 4.0, false)]);
    assert_eq!(week(21), [(2, 2.0, true)]);
    assert_eq!(week(23), []);
    assert_eq!(week(i32::MAX), []);
    assert_eq!(week(i32::MIN), []);
}

#[test]
fn a_step_ends_in_the_week_that_has_its_last_day_and_the_weeks_have_all_hours() {
    let (catalog, roadmap) = roadmap();
    let weeks: Vec<_> = (0..4).map(|week| (7 * week, roadmap.week(&catalog, Day(7 * week)))).collect();
    let hours: Hours = weeks.iter().flat_map(|(_, week)| week).map(|step| step.hours).sum();
    assert_eq!(hours, roadmap.hours);
    for (first, week) in &weeks {
        for step in week {
            let last = roadmap.steps[step.position].finishes_on;
            assert_eq!(step.finishes, (Day(*first)..Day(first + 7)).contains(&last));
        }
    }
}
