//! Roadmaps, each computed once: equal requests on the same revision share one, those under way too.

use std::sync::Arc;

use tokio::time::Instant;
use tracing::{Instrument as _, debug_span};
use waymark_planner::ids::StepId;
use waymark_planner::measures::Measures;
use waymark_planner::resources::{self, ResourcePlan};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{
    self as planner, Catalog, Choice, Comparison, NoRoadmap, Request, ResourceWishes, Roadmap,
};

use super::lazy::{Lazy, Lost};
use super::memo::Memo;
use crate::catalog::Snapshot;
use crate::telemetry::figures;

/// How much of the memory each kind of answer may have, in hundredths.
const SHARES: [u64; 3] = [60, 20, 20];

/// Cache of plans, bounded in bytes; what is asked for least goes first. A clone is another handle to the same.
///
/// Planning depends on the content of the catalogue and on the request in its normal form, and on nothing else: that is the key. What was planned on
/// a catalogue that is gone is asked for no more, and makes room for what is.
#[derive(Clone)]
pub struct Plans {
    roadmaps: Memo<Request, Result<Arc<Shared>, NoRoadmap>>,
    comparisons: Memo<Vec<Request>, SharedComparison>,
    resources: Memo<(Request, ResourceWishes), ResourcePlan>,
}

/// A roadmap with the snapshot whose ids it has, and with what is computed from it when it is first
/// asked for. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Planned {
    snapshot: Arc<Snapshot>,
    shared: Arc<Shared>,
}

/// The part of a planned roadmap that is cached. It holds no snapshot, so that a cached plan keeps no
/// old catalogue in memory: [`Plans`] puts it beside the snapshot that it is asked for on.
#[derive(Debug)]
struct Shared {
    roadmap: Roadmap,
    /// About how much memory it takes with all that may yet be asked of it.
    bytes: usize,
    choices: Lazy<Arc<Vec<Choice>>>,
    assumed_choices: Lazy<Arc<Vec<Choice>>>,
    necessary: Lazy<Arc<Vec<bool>>>,
    measures: Lazy<Arc<Vec<Measures>>>,
}

/// Roadmaps side by side: see [`Comparison`].
#[derive(Clone, Debug)]
pub struct Compared {
    snapshot: Arc<Snapshot>,
    shared: Arc<SharedComparison>,
}

/// The part of a comparison that is cached.
#[derive(Debug)]
struct SharedComparison {
    options: Vec<Result<Arc<Shared>, NoRoadmap>>,
    shared: Vec<StepId>,
    decide_by: Option<Day>,
}

impl Plans {
    /// Remembers plans of about so many bytes; with 0 only equal requests in flight share theirs.
    pub fn new(bytes: u64) -> Self {
        let [roadmaps, comparisons, resources] = SHARES.map(|share| bytes / 100 * share);
        Self {
            roadmaps: Memo::new("roadmaps", roadmaps, |request, planned| {
                request.bytes() + planned.as_ref().map_or(0, |planned| planned.bytes)
            }),
            comparisons: Memo::new("comparisons", comparisons, |requests, compared| {
                let options = compared.options.iter().flatten().map(|planned| planned.bytes);
                requests.iter().map(Request::bytes).chain(options).sum()
            }),
            resources: Memo::new("resources", resources, |(request, _), plan| request.bytes() + plan.bytes()),
        }
    }

    /// The roadmap for a request whose ids are those of the snapshot: see [`planner::plan`].
    pub async fn roadmap(
        &self,
        snapshot: &Arc<Snapshot>,
        request: Request,
    ) -> Result<Result<Planned, NoRoadmap>, Lost> {
        let request = request.normalised();
        let asked = request.clone();
        let compute = move |snapshot: &Snapshot| {
            let began = Instant::now();
            let planned = planner::plan(&snapshot.catalog, asked);
            figures::planned(began.elapsed());
            planned.map(|roadmap| Shared::new(&snapshot.catalog, roadmap))
        };
        let planned = self.roadmaps.get(snapshot, request, compute).instrument(debug_span!("plan")).await?;
        Ok((*planned).clone().map(|shared| Planned { snapshot: snapshot.clone(), shared }))
    }

    /// The roadmaps for several requests: see [`planner::compare`].
    pub async fn comparison(
        &self,
        snapshot: &Arc<Snapshot>,
        requests: Vec<Request>,
    ) -> Result<Compared, Lost> {
        let requests: Vec<_> = requests.into_iter().map(Request::normalised).collect();
        let asked = requests.clone();
        let compute = move |snapshot: &Snapshot| {
            SharedComparison::new(&snapshot.catalog, planner::compare(&snapshot.catalog, asked))
        };
        let shared = self.comparisons.get(snapshot, requests, compute).await?;
        Ok(Compared { snapshot: snapshot.clone(), shared })
    }

    /// The resources for a roadmap: see [`resources::choose`].
    pub async fn resources(
        &self,
        planned: &Planned,
        wishes: &ResourceWishes,
    ) -> Result<Arc<ResourcePlan>, Lost> {
        let key = (planned.roadmap().request.clone(), wishes.clone());
        let (shared, wishes) = (planned.shared.clone(), wishes.clone());
        let compute =
            move |snapshot: &Snapshot| resources::choose(&snapshot.catalog, &shared.roadmap, &wishes);
        self.resources.get(&planned.snapshot, key, compute).await
    }
}

impl Shared {
    fn new(catalog: &Catalog, roadmap: Roadmap) -> Arc<Self> {
        Arc::new(Self {
            bytes: 2 * roadmap.bytes() + choices_bytes(catalog, &roadmap),
            roadmap,
            choices: Lazy::default(),
            assumed_choices: Lazy::default(),
            necessary: Lazy::default(),
            measures: Lazy::default(),
        })
    }
}

impl Planned {
    /// The snapshot that it was planned on, or one of equal content: all ids in it are of that catalogue.
    pub const fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The roadmap itself.
    pub fn roadmap(&self) -> &Roadmap {
        &self.shared.roadmap
    }

    /// What was decided between alternatives: see [`Roadmap::choices`].
    pub async fn choices(&self) -> Result<Arc<Vec<Choice>>, Lost> {
        let Self { snapshot, shared } = self.clone();
        let compute = move || Arc::new(shared.roadmap.choices(&snapshot.catalog));
        self.shared.choices.get(compute).await
    }

    /// The choices, where they have been asked for before.
    pub fn computed_choices(&self) -> Option<&[Choice]> {
        self.shared.choices.computed().map(|choices| &choices[..])
    }

    /// What was assumed between alternatives: see [`Roadmap::assumed_choices`].
    pub async fn assumed_choices(&self) -> Result<Arc<Vec<Choice>>, Lost> {
        let Self { snapshot, shared } = self.clone();
        let compute = move || Arc::new(shared.roadmap.assumed_choices(&snapshot.catalog));
        self.shared.assumed_choices.get(compute).await
    }

    /// What was assumed between alternatives, where it has been asked for before.
    pub fn computed_assumed_choices(&self) -> Option<&[Choice]> {
        self.shared.assumed_choices.computed().map(|choices| &choices[..])
    }

    /// For each step whether every least-hours plan has it: see [`Roadmap::necessary`].
    pub async fn necessary(&self) -> Result<Arc<Vec<bool>>, Lost> {
        let Self { snapshot, shared } = self.clone();
        let compute = move || Arc::new(shared.roadmap.necessary(&snapshot.catalog));
        self.shared.necessary.get(compute).await
    }

    /// What is necessary, where it has been asked for before.
    pub fn computed_necessary(&self) -> Option<&[bool]> {
        self.shared.necessary.computed().map(|necessary| &necessary[..])
    }

    /// For each step its measures on the roadmap: see [`Roadmap::measures`].
    pub async fn measures(&self) -> Result<Arc<Vec<Measures>>, Lost> {
        let shared = self.shared.clone();
        self.shared.measures.get(move || Arc::new(shared.roadmap.measures())).await
    }

    /// The measures, where they have been asked for before.
    pub fn computed_measures(&self) -> Option<&[Measures]> {
        self.shared.measures.computed().map(|measures| &measures[..])
    }
}

/// About the most that the choices of a roadmap can take: every alternative of everything that it, and what is assumed, requires.
fn choices_bytes(catalog: &Catalog, roadmap: &Roadmap) -> usize {
    let roles = [roadmap.request.from, roadmap.request.to].into_iter().flatten();
    let of_roles = roles.flat_map(|role| catalog.ladder(role)).flat_map(|role| catalog.role_requires(role));
    let known = roadmap.assumed.iter().chain(&roadmap.request.skills).copied();
    let steps = roadmap.steps.iter().map(|planned| planned.step).chain(known);
    let of_steps = steps.flat_map(|step| catalog.requires(step));
    let alternatives =
        of_roles.chain(of_steps).map(|entry| catalog.any_of(entry).len()).filter(|&ways| ways > 1);
    alternatives.map(|ways| size_of::<Choice>() + ways * size_of::<(StepId, Option<Hours>)>()).sum()
}

impl SharedComparison {
    fn new(catalog: &Catalog, comparison: Comparison) -> Self {
        let options =
            comparison.options.into_iter().map(|option| option.map(|roadmap| Shared::new(catalog, roadmap)));
        Self { options: options.collect(), shared: comparison.shared, decide_by: comparison.decide_by }
    }
}

impl Compared {
    /// The roadmaps, in the order of the requests.
    pub fn options(&self) -> impl Iterator<Item = Result<Planned, &NoRoadmap>> {
        let planned =
            |shared: &Arc<Shared>| Planned { snapshot: self.snapshot.clone(), shared: shared.clone() };
        self.shared.options.iter().map(move |option| option.as_ref().map(planned))
    }

    /// The steps on every roadmap that there is, ascending.
    pub fn shared(&self) -> &[StepId] {
        &self.shared.shared
    }

    /// The day in which the first step begins that not all share; `None` where they share all.
    pub fn decide_by(&self) -> Option<Day> {
        self.shared.decide_by
    }
}

#[cfg(test)]
mod tests {
    use waymark_planner::testing;

    use super::*;

    /// The fewest hours to a step on a snapshot, after everything else was computed for the plan too,
    /// which reads the catalogue by the ids in it.
    async fn hours(plans: &Plans, snapshot: &Arc<Snapshot>, goal: &str) -> f64 {
        let step = testing::step(&snapshot.catalog, goal);
        let request = Request { goals: vec![step], ..testing::request(10.0) };
        let planned = plans.roadmap(snapshot, request.clone()).await.unwrap().unwrap();
        planned.choices().await.unwrap();
        planned.necessary().await.unwrap();
        planned.measures().await.unwrap();
        plans.resources(&planned, &ResourceWishes::default()).await.unwrap();
        let compared = plans.comparison(snapshot, vec![request.clone(), request]).await.unwrap();
        for option in compared.options() {
            assert_eq!(option.unwrap().roadmap(), planned.roadmap());
        }
        assert!(Arc::ptr_eq(planned.snapshot(), snapshot));
        planned.roadmap().hours.as_f64()
    }

    /// The first step has the same id in both, so the requests are equal; the second catalogue is
    /// smaller, so the ids of the first one's plan are out of its bounds.
    #[tokio::test]
    async fn a_plan_of_one_catalogue_is_not_answered_for_another_of_the_same_number() {
        let plans = Plans::new(1 << 20);
        let of = |steps: &str| Snapshot::new(1, testing::catalog(steps, &[]));
        let before = of("a@W:1(x@W|y@W z@W) x@W:100 y@W:50 z@W:97");
        let after = of("a@W:1(b@W) b@W:371");
        for _ in 0..2 {
            assert_eq!(hours(&plans, &before, "a@WORKING").await.to_string(), "148");
            assert_eq!(hours(&plans, &after, "a@WORKING").await.to_string(), "372");
        }
    }
}
