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

/// What has been planned, bounded in bytes; what is asked for least goes first. A clone is another handle to the same.
///
/// Planning depends on the revision and on the request in its normal form, and on nothing else: that is the key. What was planned on a
/// revision that is gone is asked for no more, and makes room for what is.
#[derive(Clone)]
pub struct Plans {
    roadmaps: Memo<Request, Result<Arc<Planned>, NoRoadmap>>,
    comparisons: Memo<Vec<Request>, Compared>,
    resources: Memo<(Request, ResourceWishes), ResourcePlan>,
}

/// A roadmap with what is computed from it when it is first asked for.
#[derive(Debug)]
pub struct Planned {
    roadmap: Roadmap,
    /// About how much memory it takes with all that may yet be asked of it.
    bytes: usize,
    choices: Lazy<Arc<Vec<Choice>>>,
    necessary: Lazy<Arc<Vec<bool>>>,
    measures: Lazy<Arc<Vec<Measures>>>,
}

/// Roadmaps side by side: see [`Comparison`].
#[derive(Debug)]
pub struct Compared {
    /// In the order of the requests.
    pub options: Vec<Result<Arc<Planned>, NoRoadmap>>,
    /// The steps on every roadmap that there is, ascending.
    pub shared: Vec<StepId>,
    /// The day in which the first step begins that not all share; `None` where they share all.
    pub decide_by: Option<Day>,
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

    /// The roadmap for a request: see [`planner::plan`].
    pub async fn roadmap(
        &self,
        snapshot: &Arc<Snapshot>,
        request: Request,
    ) -> Result<Result<Arc<Planned>, NoRoadmap>, Lost> {
        let request = request.normalised();
        let (revision, snapshot, asked) = (snapshot.revision, snapshot.clone(), request.clone());
        let compute = move || {
            let began = Instant::now();
            let planned = planner::plan(&snapshot.catalog, asked);
            figures::planned(began.elapsed());
            planned.map(|roadmap| Planned::new(&snapshot.catalog, roadmap))
        };
        let planned = self.roadmaps.get(revision, request, compute).instrument(debug_span!("plan")).await?;
        Ok((*planned).clone())
    }

    /// The roadmaps for several requests: see [`planner::compare`].
    pub async fn comparison(
        &self,
        snapshot: &Arc<Snapshot>,
        requests: Vec<Request>,
    ) -> Result<Arc<Compared>, Lost> {
        let requests: Vec<_> = requests.into_iter().map(Request::normalised).collect();
        let (revision, snapshot, asked) = (snapshot.revision, snapshot.clone(), requests.clone());
        let compute = move || Compared::new(&snapshot.catalog, planner::compare(&snapshot.catalog, asked));
        self.comparisons.get(revision, requests, compute).await
    }

    /// The resources for a roadmap: see [`resources::choose`].
    pub async fn resources(
        &self,
        snapshot: &Arc<Snapshot>,
        planned: &Arc<Planned>,
        wishes: &ResourceWishes,
    ) -> Result<Arc<ResourcePlan>, Lost> {
        let key = (planned.roadmap.request.clone(), wishes.clone());
        let (revision, snapshot, planned, wishes) =
            (snapshot.revision, snapshot.clone(), planned.clone(), wishes.clone());
        let compute = move || {
            let steps: Vec<_> = planned.roadmap.steps.iter().map(|planned| planned.step).collect();
            resources::choose(&snapshot.catalog, &steps, &wishes, planned.roadmap.request.effort)
        };
        self.resources.get(revision, key, compute).await
    }
}

impl Planned {
    fn new(catalog: &Catalog, roadmap: Roadmap) -> Arc<Self> {
        Arc::new(Self {
            bytes: 2 * roadmap.bytes() + choices_bytes(catalog, &roadmap),
            roadmap,
            choices: Lazy::default(),
            necessary: Lazy::default(),
            measures: Lazy::default(),
        })
    }

    /// The roadmap itself.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }

    /// What was decided between alternatives: see [`Roadmap::choices`]. The snapshot must be the one that it was planned on.
    pub async fn choices(self: &Arc<Self>, snapshot: &Arc<Snapshot>) -> Result<Arc<Vec<Choice>>, Lost> {
        let (planned, snapshot) = (self.clone(), snapshot.clone());
        self.choices.get(move || Arc::new(planned.roadmap.choices(&snapshot.catalog))).await
    }

    /// The choices, where they have been asked for before.
    pub fn computed_choices(&self) -> Option<&[Choice]> {
        self.choices.computed().map(|choices| &choices[..])
    }

    /// For each step whether every least-hours plan has it: see [`Roadmap::necessary`]. The snapshot as above.
    pub async fn necessary(self: &Arc<Self>, snapshot: &Arc<Snapshot>) -> Result<Arc<Vec<bool>>, Lost> {
        let (planned, snapshot) = (self.clone(), snapshot.clone());
        self.necessary.get(move || Arc::new(planned.roadmap.necessary(&snapshot.catalog))).await
    }

    /// What is necessary, where it has been asked for before.
    pub fn computed_necessary(&self) -> Option<&[bool]> {
        self.necessary.computed().map(|necessary| &necessary[..])
    }

    /// For each step its measures on the roadmap: see [`Roadmap::measures`].
    pub async fn measures(self: &Arc<Self>) -> Result<Arc<Vec<Measures>>, Lost> {
        let planned = self.clone();
        self.measures.get(move || Arc::new(planned.roadmap.measures())).await
    }

    /// The measures, where they have been asked for before.
    pub fn computed_measures(&self) -> Option<&[Measures]> {
        self.measures.computed().map(|measures| &measures[..])
    }
}

/// The most that the choices of a roadmap can take: every alternative of everything that it requires.
fn choices_bytes(catalog: &Catalog, roadmap: &Roadmap) -> usize {
    let ladder = roadmap.request.to.map(|role| catalog.ladder(role)).unwrap_or_default();
    let of_roles = ladder.into_iter().flat_map(|role| catalog.role_requires(role));
    let of_steps = roadmap.steps.iter().flat_map(|planned| catalog.requires(planned.step));
    let alternatives =
        of_roles.chain(of_steps).map(|entry| catalog.any_of(entry).len()).filter(|&ways| ways > 1);
    alternatives.map(|ways| size_of::<Choice>() + ways * size_of::<(StepId, Option<Hours>)>()).sum()
}

impl Compared {
    fn new(catalog: &Catalog, comparison: Comparison) -> Self {
        let options =
            comparison.options.into_iter().map(|option| option.map(|roadmap| Planned::new(catalog, roadmap)));
        Self { options: options.collect(), shared: comparison.shared, decide_by: comparison.decide_by }
    }
}
