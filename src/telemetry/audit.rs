//! The audit trail: lines of JSON on standard error, whatever else is logged and wherever it goes.

use std::io::stderr;

use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

/// The target of its lines, as `accounts::audit` has it.
const TARGET: &str = "audit";

/// The layer that writes them. The request that a line belongs to stands beside it.
pub fn audit_trail<S, W>(writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false);
    lines.with_writer(writer).with_filter(filter_fn(is_audit)).boxed()
}

/// Whether something is a line of the audit trail, or a span that one may belong to.
fn is_audit(metadata: &tracing::Metadata<'_>) -> bool {
    metadata.target() == TARGET || (metadata.is_span() && metadata.name() == "request")
}

/// Whether something may stand in the other logs. Libraries tell at their finest what they have read and
/// written, passwords included: that is nobody's business.
pub(super) fn is_ordinary(metadata: &tracing::Metadata<'_>) -> bool {
    metadata.target() != TARGET
        && (*metadata.level() < tracing::Level::TRACE || metadata.target().starts_with("waymark"))
}

/// Starts the audit trail alone, for a command beside the server.
pub fn start_audit_trail() {
    // Somebody else's subscriber, if there is one already, is as good.
    drop(tracing_subscriber::registry().with(audit_trail(stderr)).try_init());
}
