//! Roadmaps, each computed once: equal requests on the same revision share one, those under way too.

use std::sync::Arc;

use tokio::time::Instant;
use tracing::{Instrument as _, debug_span};
use waymark_planner::ids::StepId;
use waymark_planner::measures::Measures;
use waymark_planner::placement::{self, Placement, PlacementRequest};
use waymark_planner::resources::{self, ResourcePlan};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{
    self as planner, Catalog, Choice, Effort, Meter, NoRoadmap, Request, ResourceWishes, Roadmap,
};

use super::allowance::{Allowance, Unplanned};
use super::lazy::Lazy;
use super::memo::Memo;
use crate::catalog::Snapshot;
use crate::telemetry::figures;

/// How much of the memory each kind of answer may have, in hundredths.
const SHARES: [u64; 3] = [70, 20, 10];

/// How many bytes of a text take as long as one visit of a search.
const BYTES_A_VISIT: u64 = 8;
/// How many pairs of steps that are measured take as long as one visit of a search: they are bits.
const PAIRS_A_VISIT: u64 = 1_024;

/// Cache of plans, bounded in bytes; what is asked for least goes first. A clone is another handle to the same.
///
/// Planning depends on the content of the catalogue and on the request in its normal form, and on nothing else: that is the key. What was planned on
/// a catalogue that is gone is asked for no more, and makes room for what is.
#[derive(Clone)]
pub struct Plans {
    roadmaps: Memo<Request, Result<Arc<Shared>, NoRoadmap>>,
    resources: Memo<(Request, ResourceWishes), ResourcePlan>,
    placements: Memo<PlacementRequest, Result<Placement, NoRoadmap>>,
}

/// Plans for one request, within its allowance. A clone is another handle to the same.
#[derive(Clone)]
pub struct Planner {
    plans: Plans,
    allowance: Arc<Allowance>,
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

/// Roadmaps side by side: see [`planner::Comparison`].
#[derive(Clone, Debug)]
pub struct Compared {
    /// The roadmaps, in the order of the requests.
    pub options: Vec<Result<Planned, NoRoadmap>>,
    /// The steps on every roadmap that there is, ascending.
    pub shared: Vec<StepId>,
    /// The day in which the first step begins that not all share; `None` where they share all.
    pub decide_by: Option<Day>,
}

impl Plans {
    /// Remembers plans of about so many bytes; with 0 only equal requests in flight share theirs.
    pub fn new(bytes: u64) -> Self {
        let [roadmaps, resources, placements] = SHARES.map(|share| bytes / 100 * share);
        Self {
            roadmaps: Memo::new("roadmaps", roadmaps, |request, planned| {
                request.bytes() + planned.as_ref().map_or(0, |planned| planned.bytes)
            }),
            resources: Memo::new("resources", resources, |(request, _), plan| request.bytes() + plan.bytes()),
            placements: Memo::new("placements", placements, |request, placed| {
                request.bytes() + placed.as_ref().map_or(0, Placement::bytes)
            }),
        }
    }

    /// The planner of a request that may spend so much effort.
    pub fn planner(&self, effort: Effort) -> Planner {
        Planner { plans: self.clone(), allowance: Arc::new(Allowance::new(effort)) }
    }
}

impl Planner {
    /// The roadmap for a request whose ids are those of the snapshot: see [`planner::plan`].
    pub async fn roadmap(
        &self,
        snapshot: &Arc<Snapshot>,
        request: Request,
    ) -> Result<Result<Planned, NoRoadmap>, Unplanned> {
        let request = request.normalised();
        let asked = request.clone();
        let compute = move |snapshot: &Snapshot, meter: &Meter| {
            let began = Instant::now();
            let planned = planner::plan_metered(&snapshot.catalog, asked.clone(), meter);
            figures::planned(began.elapsed());
            planned.map(|roadmap| Shared::new(&snapshot.catalog, roadmap))
        };
        let planned = self.plans.roadmaps.get(snapshot, request, &self.allowance, compute);
        let planned = planned.instrument(debug_span!("plan")).await?;
        Ok((*planned).clone().map(|shared| Planned { snapshot: snapshot.clone(), shared }))
    }

    /// The roadmaps for several requests: see [`planner::compare`].
    pub async fn comparison(
        &self,
        snapshot: &Arc<Snapshot>,
        requests: Vec<Request>,
    ) -> Result<Compared, Unplanned> {
        let mut alone = Vec::with_capacity(requests.len());
        for request in &requests {
            alone.extend(self.roadmap(snapshot, request.clone()).await?);
        }
        let shared = planner::shared_steps(alone.iter().map(Planned::roadmap));
        let mut options = Vec::with_capacity(requests.len());
        for request in requests {
            options.push(self.roadmap(snapshot, Request { early: shared.clone(), ..request }).await?);
        }
        let decide_by = planner::decide_by(options.iter().flatten().map(Planned::roadmap), &shared);
        Ok(Compared { options, shared, decide_by })
    }

    /// The resources for a roadmap: see [`resources::choose`].
    pub async fn resources(
        &self,
        planned: &Planned,
        wishes: &ResourceWishes,
    ) -> Result<Arc<ResourcePlan>, Unplanned> {
        let key = (planned.roadmap().request.clone(), wishes.clone());
        let (shared, wishes) = (planned.shared.clone(), wishes.clone());
        let compute = move |snapshot: &Snapshot, meter: &Meter| {
            resources::choose(&snapshot.catalog, &shared.roadmap, &wishes, meter)
        };
        self.plans.resources.get(&planned.snapshot, key, &self.allowance, compute).await
    }

    /// The placement of a learner: see [`placement::place`].
    pub async fn placement(
        &self,
        snapshot: &Arc<Snapshot>,
        request: PlacementRequest,
    ) -> Result<Arc<Result<Placement, NoRoadmap>>, Unplanned> {
        let request = request.normalised();
        let asked = request.clone();
        let compute =
            move |snapshot: &Snapshot, meter: &Meter| placement::place(&snapshot.catalog, &asked, meter);
        self.plans.placements.get(snapshot, request, &self.allowance, compute).await
    }

    /// What was decided between alternatives: see [`Roadmap::choices`].
    pub async fn choices(&self, planned: &Planned) -> Result<Arc<Vec<Choice>>, Unplanned> {
        let Planned { snapshot, shared } = planned.clone();
        let compute = move |meter: &Meter| Arc::new(shared.roadmap.choices(&snapshot.catalog, meter));
        planned.shared.choices.get(&self.allowance, compute).await
    }

    /// What was assumed between alternatives: see [`Roadmap::assumed_choices`].
    pub async fn assumed_choices(&self, planned: &Planned) -> Result<Arc<Vec<Choice>>, Unplanned> {
        let Planned { snapshot, shared } = planned.clone();
        let compute = move |meter: &Meter| Arc::new(shared.roadmap.assumed_choices(&snapshot.catalog, meter));
        planned.shared.assumed_choices.get(&self.allowance, compute).await
    }

    /// For each step whether every least-hours plan has it: see [`Roadmap::necessary`].
    pub async fn necessary(&self, planned: &Planned) -> Result<Arc<Vec<bool>>, Unplanned> {
        let Planned { snapshot, shared } = planned.clone();
        let compute = move |meter: &Meter| Arc::new(shared.roadmap.necessary(&snapshot.catalog, meter));
        planned.shared.necessary.get(&self.allowance, compute).await
    }

    /// For each step its measures on the roadmap: see [`Roadmap::measures`].
    pub async fn measures(&self, planned: &Planned) -> Result<Arc<Vec<Measures>>, Unplanned> {
        let shared = planned.shared.clone();
        let compute = move |meter: &Meter| {
            let steps = shared.roadmap.steps.len() as u64;
            meter.count(steps * steps / PAIRS_A_VISIT);
            Arc::new(shared.roadmap.measures())
        };
        planned.shared.measures.get(&self.allowance, compute).await
    }

    /// A text that is written of a roadmap.
    pub async fn written<E: Send + 'static>(
        &self,
        write: impl FnOnce() -> Result<String, E> + Send + 'static,
    ) -> Result<Result<String, E>, Unplanned> {
        let write = move |meter: &Meter| {
            let text = write()?;
            meter.count(text.len() as u64 / BYTES_A_VISIT);
            Ok(text)
        };
        self.allowance.run(write).await
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

    /// The choices, where they have been asked for before.
    pub fn computed_choices(&self) -> Option<&[Choice]> {
        self.shared.choices.computed().map(|choices| &choices[..])
    }

    /// What was assumed between alternatives, where it has been asked for before.
    pub fn computed_assumed_choices(&self) -> Option<&[Choice]> {
        self.shared.assumed_choices.computed().map(|choices| &choices[..])
    }

    /// What is necessary, where it has been asked for before.
    pub fn computed_necessary(&self) -> Option<&[bool]> {
        self.shared.necessary.computed().map(|necessary| &necessary[..])
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

#[cfg(test)]
mod tests {
    use waymark_planner::testing;

    use super::*;

    /// The fewest hours to a step on a snapshot, after everything else was computed for the plan too,
    /// which reads the catalogue by the ids in it.
    async fn hours(planner: &Planner, snapshot: &Arc<Snapshot>, goal: &str) -> f64 {
        let step = testing::step(&snapshot.catalog, goal);
        let request = Request { goals: vec![step], ..testing::request(10.0) };
        let plan = planner.roadmap(snapshot, request.clone()).await.unwrap().unwrap();
        planner.choices(&plan).await.unwrap();
        planner.necessary(&plan).await.unwrap();
        planner.measures(&plan).await.unwrap();
        planner.resources(&plan, &ResourceWishes::default()).await.unwrap();
        let compared = planner.comparison(snapshot, vec![request.clone(), request]).await.unwrap();
        for option in compared.options {
            assert_eq!(option.unwrap().roadmap().steps, plan.roadmap().steps);
        }
        assert!(Arc::ptr_eq(plan.snapshot(), snapshot));
        plan.roadmap().hours.as_f64()
    }

    /// The first step has the same id in both, so the requests are equal; the second catalogue is
    /// smaller, so the ids of the first one's plan are out of its bounds.
    #[tokio::test]
    async fn a_plan_of_one_catalogue_is_not_answered_for_another_of_the_same_number() {
        let planner = Plans::new(1 << 20).planner(Effort::default());
        let of = |steps: &str| Snapshot::new(1, testing::catalog(steps, &[]));
        let before = of("a@W:1(x@W|y@W z@W) x@W:100 y@W:50 z@W:97");
        let after = of("a@W:1(b@W) b@W:371");
        for _ in 0..2 {
            assert_eq!(hours(&planner, &before, "a@WORKING").await.to_string(), "148");
            assert_eq!(hours(&planner, &after, "a@WORKING").await.to_string(), "372");
        }
    }
}
