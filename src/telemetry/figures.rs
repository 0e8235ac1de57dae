//! Figures for Prometheus, by their names.

use std::collections::HashMap;
use std::time::Duration;

use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, histogram,
};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// The seconds that a request took, by operation and by how it ended.
const REQUESTS: &str = "waymark_request_seconds";
/// The seconds that a roadmap took to be planned.
const PLANS: &str = "waymark_plan_seconds";
/// Questions to a cache, by cache and by whether it knew.
const CACHE: &str = "waymark_cache_questions_total";
/// Requests that were turned away, by why.
const REFUSED: &str = "waymark_refused_total";
/// WebSockets and event streams that are open.
pub const LIVE: &str = "waymark_live_connections";
/// Operations that are under way on them.
pub const OPERATIONS: &str = "waymark_live_operations";
/// Requests that are being executed.
pub const RUNNING: &str = "waymark_requests_running";
/// Downloads of learners' own data that are under way.
pub const EXPORTS: &str = "waymark_exports_running";
/// The catalogue's revision.
pub const REVISION: &str = "waymark_catalog_revision";
/// Connections to the database, by pool and by what they do.
pub const POOL: &str = "waymark_database_connections";
/// Failures of the database, by kind.
pub const ERRORS: &str = "waymark_database_errors_total";
/// Statements that the database has executed.
pub const STATEMENTS: &str = "waymark_database_statements_total";

/// The upper bounds of a histogram's buckets, in seconds: from what a cached answer takes to what is given up.
const BUCKETS: [f64; 14] =
    [0.0001, 0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Starts to count. Only what has been started is counted, and only once in a process.
///
/// # Errors
/// Where there are figures already.
pub fn start() -> Result<PrometheusHandle, BuildError> {
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    // Somebody else's recorder, if there is one already, is as good.
    drop(metrics::set_global_recorder(recorder));
    describe_histogram!(
        REQUESTS,
        metrics::Unit::Seconds,
        "How long requests took, by operation and outcome."
    );
    describe_histogram!(PLANS, metrics::Unit::Seconds, "How long roadmaps took to be planned.");
    describe_counter!(CACHE, "Questions to a cache, by cache and by whether it knew.");
    describe_counter!(REFUSED, "Requests that were turned away, by why.");
    describe_gauge!(LIVE, "WebSockets and event streams that are open.");
    describe_gauge!(OPERATIONS, "Operations that are under way on WebSockets.");
    describe_gauge!(RUNNING, "Requests that are being executed.");
    describe_gauge!(EXPORTS, "Downloads of learners' own data that are under way.");
    describe_gauge!(REVISION, "The revision of the catalogue that is answered from.");
    describe_counter!(STATEMENTS, "Statements that the database has executed.");
    describe_counter!(ERRORS, "Failures of the database, by kind.");
    describe_gauge!(POOL, "Connections to the database, by pool and state.");
    Ok(handle)
}

/// Sums up what has been noted, again and again: what nobody asks for would pile up otherwise. Never ends.
pub async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP_EVERY).await;
        handle.run_upkeep();
    }
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// It was at fault.
    Refused,
    /// The server was at fault.
    Failed,
}

/// The figures of requests, by operation. Names that anybody may send would be figures without number: those of a list are told apart, the
/// others are one.
pub struct Requests {
    by_name: HashMap<String, [Histogram; 3]>,
    others: [Histogram; 3],
}

impl Requests {
    /// Tells the operations of a list apart.
    pub fn new(names: &[String]) -> Self {
        let by_name = names.iter().map(|name| (name.clone(), histograms(name))).collect();
        Self { by_name, others: histograms("other") }
    }

    /// Notes a request.
    pub fn note(&self, operation: Option<&str>, outcome: Outcome, took: Duration) {
        let of_operation = operation.and_then(|name| self.by_name.get(name)).unwrap_or(&self.others);
        of_operation[outcome as usize].record(took);
    }
}

fn histograms(operation: &str) -> [Histogram; 3] {
    ["answered", "refused", "failed"]
        .map(|outcome| histogram!(REQUESTS, "operation" => operation.to_owned(), "outcome" => outcome))
}

/// Notes how long a roadmap took to be planned.
pub fn planned(took: Duration) {
    histogram!(PLANS).record(took);
}

/// Notes a request that was turned away, for the figures and for the log.
pub fn refused(why: &'static str) {
    counter!(REFUSED, "why" => why).increment(1);
    super::refusals::note(why);
}

/// One more of what a gauge counts, until it is dropped.
pub struct Counted(Gauge);

impl Counted {
    /// One more of what a gauge counts.
    pub fn new(gauge: &Gauge) -> Self {
        gauge.increment(1);
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

/// Counts how often a cache knew what it was asked.
#[derive(Clone)]
pub struct CacheFigures {
    hits: Counter,
    misses: Counter,
}

impl CacheFigures {
    /// Of the cache of a name.
    pub fn new(cache: &'static str) -> Self {
        let of = |outcome| counter!(CACHE, "cache" => cache, "outcome" => outcome);
        Self { hits: of("hit"), misses: of("miss") }
    }

    /// Notes a question.
    pub fn note(&self, is_hit: bool) {
        if is_hit { self.hits.increment(1) } else { self.misses.increment(1) }
    }
}
