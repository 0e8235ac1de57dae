//! Catalogues of any size, for benches and tests: alike in shape to a curated one, and the same for the same seed everywhere.
//!
//! The first [`CORE`] steps are an area of their own with the ladder of roles. They are the same in a catalogue of any size, and require
//! nothing outside: what a role needs in a catalogue of a million steps is what it needs in one of a thousand.

use crate::draft::{
    AreaDraft, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
    USUAL_FIT, USUAL_POPULARITY,
};
use crate::source::Identifiers;
use crate::units::{Proficiency, ResourceKind};

/// The steps of the area that the roles ask for, and of every further one.
pub const CORE: usize = 1_000;

/// The roles, lowest first.
pub const ROLES: [&str; 4] = ["rung-1", "rung-2", "rung-3", "rung-4"];

/// A requirement names topics at most this far back, but for one in ten.
const WINDOW: usize = 60;

/// A catalogue of about `steps` steps, in areas of [`CORE`]; the same for the same seed.
pub fn generate(steps: usize, seed: u64) -> Draft {
    let mut draft = Draft::default();
    let mut core = Vec::new();
    for number in 0..steps.div_ceil(CORE).max(1) {
        // Each area has its own stream, so that it does not depend on how many there are.
        let mut random = Random(seed ^ (number as u64).wrapping_mul(0xd134_2543_de82_ef95));
        let size = CORE.min(steps - number * CORE);
        let made = area(&mut draft, number, size, &core, &mut random);
        if number == 0 {
            draft.roles = ladder(&made, &mut random);
            core = made;
        }
    }
    draft
}

/// The highest steps of an area's last topics: goals that need much of the area, and none that another one needs.
pub fn goals(area: usize, count: usize, draft: &Draft) -> Vec<String> {
    let slug = area_slug(area);
    let topics: Vec<_> = draft.topics.iter().filter(|topic| topic.area.value == slug).collect();
    let highest = |topic: &&TopicDraft| {
        topic.levels.last().map(|level| format!("{}@{}", topic.slug.value, level.level.value))
    };
    topics.iter().rev().take(count).filter_map(highest).collect()
}

fn area_slug(number: usize) -> String {
    format!("area-{number:04}")
}

/// Adds an area with its topics and their resources; returns the steps, each topic's levels together.
fn area(
    draft: &mut Draft,
    number: usize,
    size: usize,
    core: &[Vec<String>],
    random: &mut Random,
) -> Vec<Vec<String>> {
    let area = area_slug(number);
    draft.areas.push(AreaDraft {
        aliases: Vec::new(),
        slug: area.clone().into(),
        title: format!("Area {number}"),
        summary: None,
    });
    let mut made: Vec<Vec<String>> = Vec::new();
    let mut left = size;
    while left > 0 {
        let count = [1, 1, 2, 2, 3][random.below(5)].min(left);
        left -= count;
        let slug = format!("a{number:04}-topic-{:04}", made.len());
        let levels = &[Proficiency::Working, Proficiency::Proficient, Proficiency::Expert][..count];
        draft.topics.push(TopicDraft {
            aliases: Vec::new(),
            slug: slug.clone().into(),
            title: format!("Topic {} of area {number}", made.len()),
            names: Vec::new(),
            area: area.clone().into(),
            summary: "What it is, what it is good for, and where it is the wrong choice.".to_owned(),
            elective: None,
            popularity: USUAL_POPULARITY.into(),
            links: Vec::new(),
            levels: levels.iter().map(|&at| level(at, &made, core, random)).collect(),
        });
        let steps: Vec<String> = levels.iter().map(|level| format!("{slug}@{level}")).collect();
        draft.resources.push(resource(&slug, "guide", &steps, random));
        if random.below(2) == 0 {
            let with_last = made.last().into_iter().flatten().chain(&steps).cloned().collect::<Vec<_>>();
            draft.resources.push(resource(&slug, "book", &with_last, random));
        }
        made.push(steps);
    }
    made
}

fn level(at: Proficiency, made: &[Vec<String>], core: &[Vec<String>], random: &mut Random) -> LevelDraft {
    let count = if made.is_empty() { 0 } else { random.below(4) };
    let requires = (0..count).map(|_| {
        let ways = [1, 1, 1, 2, 3][random.below(5)];
        let outside = !core.is_empty() && random.below(20) == 0;
        let any_of = (0..ways).map(|_| if outside { pick(core, random) } else { recent(made, random) });
        entry(any_of.collect(), 1)
    });
    LevelDraft {
        aliases: Vec::new(),
        requires: requires.collect(),
        level: at.into(),
        hours: f64::from(u32::try_from(4 + random.below(40)).unwrap_or(4)).into(),
        outcome: "Builds, runs and mends it in production, and says when it is the wrong choice.".to_owned(),
        practice: None,
        recommends: Vec::new(),
    }
}

/// A step of one of the last topics, or one time in ten of any.
fn recent(made: &[Vec<String>], random: &mut Random) -> String {
    let window = if random.below(10) == 0 { made.len() } else { WINDOW.min(made.len()) };
    pick(&made[made.len() - window..], random)
}

/// A topic's first level two times in three, or else its last.
fn pick(topics: &[Vec<String>], random: &mut Random) -> String {
    let topic = &topics[random.below(topics.len())];
    let level = if random.below(3) == 0 { topic.len() - 1 } else { 0 };
    topic[level].clone()
}

fn entry(any_of: Vec<String>, weight: i64) -> EntryDraft {
    EntryDraft {
        any_of: any_of.into_iter().map(Into::into).collect(),
        weight: weight.into(),
        reason: None,
        origin: Origin::default(),
    }
}

/// Each role asks for steps of its share of the topics: the higher the role, the later the topics.
fn ladder(topics: &[Vec<String>], random: &mut Random) -> Vec<RoleDraft> {
    let share = topics.len().div_ceil(ROLES.len()).max(1);
    let role = |(rung, topics): (usize, &[Vec<String>])| RoleDraft {
        aliases: Vec::new(),
        slug: ROLES[rung].to_owned().into(),
        title: format!("Rung {}", rung + 1),
        summary: "Holds what the rungs below it hold, and more.".to_owned(),
        after: rung.checked_sub(1).map(|below| ROLES[below].to_owned().into()),
        requires: (0..20)
            .map(|_| {
                let ways = [1, 1, 1, 2][random.below(4)];
                entry((0..ways).map(|_| pick(topics, random)).collect(), [1, 2, 3][random.below(3)])
            })
            .collect(),
    };
    topics.chunks(share).enumerate().map(role).collect()
}

fn resource(topic: &str, what: &str, steps: &[String], random: &mut Random) -> ResourceDraft {
    let cover = |step: &String| CoverDraft {
        step: step.clone().into(),
        hours: f64::from(u32::try_from(3 + random.below(40)).unwrap_or(3)).into(),
        fit: USUAL_FIT.into(),
        section: None,
    };
    let covers: Vec<CoverDraft> = steps.iter().map(cover).collect();
    ResourceDraft {
        aliases: Vec::new(),
        slug: format!("{topic}-{what}").into(),
        title: format!("The {what} to {topic}"),
        kind: if what == "book" { ResourceKind::Book } else { ResourceKind::Documentation },
        url: format!("https://example.org/{topic}/{what}").into(),
        identifiers: Identifiers::default(),
        attested: None,
        authors: Vec::new(),
        provider: None,
        year: None,
        language: "en".to_owned(),
        price: if what == "book" { 40.0 } else { 0.0 }.into(),
        quality: [2, 3, 4, 5][random.below(4)].into(),
        made_for: Vec::new(),
        covers,
    }
}

/// `SplitMix64` (Steele, Lea and Flood 2014): the same numbers on every machine and in every version.
struct Random(u64);

impl Random {
    /// A number from 0 to `n` - 1; the bias is below n / 2⁶⁴.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from((u128::from(z) * n as u128) >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn a_larger_catalogue_begins_with_the_smaller_one() {
        let (small, large) = (generate(1_000, 7), generate(3_500, 7));
        assert_eq!(large.topics[..small.topics.len()], small.topics);
        assert_eq!(large.roles, small.roles);
        assert_ne!(generate(1_000, 8).topics, small.topics);
        let catalog = Catalog::new(large).unwrap();
        assert_eq!(catalog.steps().len(), 3_500);
    }
}
