//! The planner takes any catalogue that its checks accept, and any request: it answers, and the answer holds.

#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use waymark_planner::draft::{
    AreaDraft, CoverDraft, Draft, EntryDraft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::resources::choose;
use waymark_planner::source::Identifiers;
use waymark_planner::units::{Day, Hours, Price, Proficiency, ResourceKind};
use waymark_planner::{Catalog, Effort, Meter, Pace, Request, ResourceWishes, Roadmap, compare, plan};

/// Small, so that the fuzzer gets through many: large searches are the benches' matter.
const EFFORT: Effort = Effort(200_000);

fuzz_target!(|bytes: &[u8]| {
    let _ = run(&mut Unstructured::new(bytes));
});

fn run(input: &mut Unstructured<'_>) -> Result<()> {
    let Ok(catalog) = Catalog::new(draft(input)?) else { return Ok(()) };
    let request = request(input, &catalog)?;
    let wishes = wishes(input)?;
    if let Ok(roadmap) = plan(&catalog, request.clone()) {
        holds(&catalog, &roadmap, &wishes);
    }
    if let Ok(other) = self::request(input, &catalog) {
        let compared = compare(&catalog, vec![request, other]);
        assert_eq!(compared.options.len(), 2);
    }
    Ok(())
}

fn holds(catalog: &Catalog, roadmap: &Roadmap, wishes: &ResourceWishes) {
    assert!(roadmap.lower_bound <= roadmap.hours);
    assert_eq!(roadmap.is_proven_minimal(), roadmap.lower_bound == roadmap.hours);
    let positions = roadmap.positions();
    assert_eq!(positions.len(), roadmap.steps.len());
    let held_before = |step: &StepId, position: usize| {
        roadmap.knows(*step) || positions.get(step).is_some_and(|&at| at < position)
    };
    for (position, planned) in roadmap.steps.iter().enumerate() {
        assert!(planned.starts_on <= planned.finishes_on);
        for entry in catalog.requires(planned.step) {
            let any_of = catalog.any_of(entry);
            assert!(any_of.iter().any(|step| held_before(step, position)), "a step stands before what it needs");
        }
        assert!(!roadmap.reasons(position).is_empty(), "a step that nothing asks for");
    }
    let held = |step: &StepId| held_before(step, roadmap.steps.len());
    assert!(roadmap.request.goals.iter().all(held), "a goal that is not reached");
    for rung in roadmap.request.to.map(|role| catalog.ladder(role)).unwrap_or_default() {
        for entry in catalog.role_requires(rung) {
            assert!(catalog.any_of(entry).iter().any(held), "a role that is not reached");
        }
    }
    assert_eq!(roadmap.necessary(catalog, &Meter::default()).len(), roadmap.steps.len());
    for choice in roadmap.choices(catalog, &Meter::default()) {
        assert!(positions.contains_key(&choice.taken));
        let taken = choice.alternatives.iter().find(|(step, _)| *step == choice.taken);
        assert_eq!(taken, Some(&(choice.taken, Some(Hours::ZERO))));
    }
    roadmap.measures();
    for choice in roadmap.assumed_choices(catalog, &Meter::default()) {
        assert!(roadmap.knows(choice.taken));
    }
    choose(catalog, roadmap, wishes, &Meter::default());
}

/// Topics whose levels mostly require earlier topics, so that few catalogues are refused for a cycle.
fn draft(input: &mut Unstructured<'_>) -> Result<Draft> {
    let topics = input.int_in_range(1..=24)?;
    let mut steps: Vec<String> = Vec::new();
    let mut draft = Draft { areas: vec![AreaDraft { aliases: Vec::new(), slug: "a".to_owned().into(), title: "A".into(), summary: None }], ..Draft::default() };
    for at in 0..topics {
        let slug = format!("t{at}");
        let mut levels = Vec::new();
        for level in Proficiency::ALL {
            if !input.ratio(2, 5)? {
                continue;
            }
            levels.push(LevelDraft {
                aliases: Vec::new(),
                level: level.into(),
                hours: hours(input)?.into(),
                outcome: String::new(),
                practice: None,
                requires: entries(input, &steps, 3, false)?,
                recommends: entries(input, &steps, 1, false)?,
            });
        }
        if levels.is_empty() {
            levels.push(LevelDraft {
                aliases: Vec::new(),
                level: Proficiency::Working.into(),
                hours: hours(input)?.into(),
                outcome: String::new(),
                practice: None,
                requires: Vec::new(),
                recommends: Vec::new(),
            });
        }
        steps.extend(levels.iter().map(|level| format!("{slug}@{}", level.level.value)));
        draft.topics.push(TopicDraft { aliases: Vec::new(), slug: slug.into(), title: "T".into(), names: Vec::new(), area: "a".to_owned().into(), summary: "S".into(), elective: None, popularity: input.int_in_range(0..=100)?.into(), links: Vec::new(), levels });
    }
    for rung in 0..input.int_in_range(0..=4usize)? {
        let after = match rung {
            0 => None,
            _ => Some(format!("r{}", input.int_in_range(0..=rung - 1)?).into()),
        };
        draft.roles.push(RoleDraft {
            aliases: Vec::new(),
            slug: format!("r{rung}").into(),
            title: "R".into(),
            summary: "S".into(),
            after,
            requires: entries(input, &steps, 5, true)?,
        });
    }
    for at in 0..input.int_in_range(0..=12usize)? {
        draft.resources.push(resource(input, at, &steps)?);
    }
    Ok(draft)
}

fn entries(input: &mut Unstructured<'_>, steps: &[String], most: usize, weighted: bool) -> Result<Vec<EntryDraft>> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let count = input.int_in_range(0..=most)?;
    (0..count)
        .map(|_| {
            let ways = input.int_in_range(1..=4usize)?;
            let any_of = (0..ways).map(|_| Ok(input.choose(steps)?.clone().into())).collect::<Result<_>>()?;
            let weight = if weighted { input.int_in_range(1..=3)? } else { 1 };
            Ok(EntryDraft { any_of, weight: weight.into(), reason: None, origin: Origin::default() })
        })
        .collect()
}

fn hours(input: &mut Unstructured<'_>) -> Result<f64> {
    Ok(match input.int_in_range(0..=9u8)? {
        0 => 1e9,
        1 => 1e-6,
        2 => 0.5,
        _ => f64::from(input.int_in_range(1..=60u8)?),
    })
}

fn resource(input: &mut Unstructured<'_>, at: usize, steps: &[String]) -> Result<ResourceDraft> {
    let mut covers: Vec<CoverDraft> = Vec::new();
    for _ in 0..input.int_in_range(1..=4u8)? {
        let step = input.choose(steps)?;
        if covers.iter().all(|cover| cover.step.value != *step) {
            covers.push(CoverDraft { step: step.clone().into(), hours: hours(input)?.into(), fit: input.int_in_range(1..=5)?.into(), section: None });
        }
    }
    Ok(ResourceDraft {
        aliases: Vec::new(),
        slug: format!("x{at}").into(),
        title: "X".into(),
        kind: *input.choose(&ResourceKind::ALL)?,
        url: "https://example.org/".to_owned().into(),
        identifiers: Identifiers::default(),
        attested: None,
        authors: Vec::new(),
        provider: None,
        year: None,
        language: (*input.choose(&["en", "de"])?).to_owned(),
        price: (*input.choose(&[0.0, 0.0, 20.0, 45.5, 1e6])?).into(),
        quality: input.int_in_range(1..=5)?.into(),
        made_for: Vec::new(),
        covers,
    })
}

fn request(input: &mut Unstructured<'_>, catalog: &Catalog) -> Result<Request> {
    let roles: Vec<RoleId> = catalog.roles().ids().collect();
    let steps: Vec<StepId> = catalog.steps().ids().collect();
    let topics: Vec<TopicId> = catalog.topics().ids().collect();
    let role = |input: &mut Unstructured<'_>| -> Result<Option<RoleId>> {
        if roles.is_empty() || input.ratio(1, 3)? { Ok(None) } else { Ok(Some(*input.choose(&roles)?)) }
    };
    Ok(Request {
        from: role(input)?,
        to: role(input)?,
        goals: some(input, &steps, 3)?,
        skills: some(input, &steps, 4)?,
        gaps: some(input, &steps, 2)?,
        begun: Vec::new(),
        early: Vec::new(),
        prefer: some(input, &topics, 3)?,
        avoid: some(input, &topics, 3)?,
        pace: pace(input)?,
        effort: EFFORT,
    })
}

fn some<T: Copy>(input: &mut Unstructured<'_>, all: &[T], most: usize) -> Result<Vec<T>> {
    let count = input.int_in_range(0..=most)?;
    (0..count).map(|_| input.choose(all).copied()).collect()
}

fn pace(input: &mut Unstructured<'_>) -> Result<Pace> {
    let hours_per_week = Hours::positive(*input.choose(&[6.0, 1e-6, 40.0, 168.0, 1e9])?).unwrap_or(Hours::ZERO);
    let start = Day(*input.choose(&[20_000, 0, -700_000, i32::MAX, i32::MIN])?);
    let finish_by = match input.int_in_range(0..=3u8)? {
        0 => None,
        1 => Some(Day(i32::arbitrary(input)?)),
        _ => Some(Day(start.0.saturating_add(i32::from(u8::arbitrary(input)?)))),
    };
    let pauses = (0..input.int_in_range(0..=3u8)?)
        .map(|_| {
            let from = start.0.saturating_add(i32::from(i16::arbitrary(input)?));
            Ok((Day(from), Day(from.saturating_add(i32::from(u8::arbitrary(input)?)))))
        })
        .collect::<Result<_>>()?;
    Ok(Pace { hours_per_week, start, finish_by, pauses })
}

fn wishes(input: &mut Unstructured<'_>) -> Result<ResourceWishes> {
    let budget = if bool::arbitrary(input)? { Some(Price::from_cents(u64::from(u16::arbitrary(input)?))) } else { None };
    Ok(ResourceWishes {
        languages: if bool::arbitrary(input)? { vec!["en".to_owned()] } else { vec!["de".to_owned(), "en".to_owned()] },
        free_only: bool::arbitrary(input)?,
        prefer_kinds: some(input, &ResourceKind::ALL, 2)?,
        exclude_kinds: some(input, &ResourceKind::ALL, 2)?,
        budget,
        hour_value: Price::from_cents(u64::from(u16::arbitrary(input)?) + 1),
    })
}
