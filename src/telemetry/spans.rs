//! Logs, pretty on a terminal and JSON otherwise; and spans, to a collector where the environment names one.

use std::io::IsTerminal as _;
use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::callsite::Identifier;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::{Context, Filter, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer};

use super::audit::{audit_trail, is_ordinary};

/// What is logged where `WAYMARK_LOG` says nothing.
const USUAL: &str = "info,sqlx=warn,sea_orm_migration=warn,opentelemetry=warn";
/// What goes to the collector: our spans, not those of the libraries that send them.
const EXPORTED: &str = "off,waymark=debug";
/// The variables that say where a collector is, as OpenTelemetry names them.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/// The most warnings and errors a second from one place in the code, in the long run and at once. An
/// attacker who finds what fails does not fill the disk with it.
const FAULTS_A_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();
const FAULTS_AT_ONCE: NonZeroU32 = NonZeroU32::new(100).unwrap();

/// What must be told to end, so that nothing is lost on the way.
#[derive(Default)]
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Sends what has not been sent. Blocks until then.
    pub fn end(self) {
        if let Some(Err(error)) = self.0.map(|provider| provider.shutdown()) {
            tracing::warn!(%error, "the last spans could not be sent to the collector");
        }
    }
}

/// Starts logs, which `WAYMARK_LOG` filters as `RUST_LOG` does elsewhere, and spans to a collector where the usual variables name one
/// (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_SERVICE_NAME`, …).
///
/// # Errors
/// What is wrong with those variables.
pub fn start() -> Result<Telemetry, ExporterBuildError> {
    let filter = EnvFilter::try_from_env("WAYMARK_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    let provider = provider()?;
    let spans = provider.as_ref().map(|provider| {
        let tracer = provider.tracer("waymark");
        tracing_opentelemetry::layer().with_tracer(tracer).with_filter(EnvFilter::new(EXPORTED))
    });
    // Somebody else's subscriber, if there is one already, is as good.
    let logs = logs().with_filter(filter.and(BoundedFaults::new()).and(filter_fn(is_ordinary)));
    let audit = audit_trail(std::io::stderr);
    drop(tracing_subscriber::registry().with(logs).with(audit).with(spans).try_init());
    log_panics();
    Ok(Telemetry(provider))
}

/// Leaves out warnings and errors of which one place in the code has too many. How many were left out
/// is told beside the refusals.
struct BoundedFaults(DefaultKeyedRateLimiter<Identifier>);

impl BoundedFaults {
    fn new() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(FAULTS_A_SECOND).allow_burst(FAULTS_AT_ONCE)))
    }

    fn admits(&self, metadata: &Metadata<'_>) -> bool {
        // Levels are ordered by how much they tell.
        let is_bounded = *metadata.level() <= Level::WARN;
        let is_admitted = !is_bounded || self.0.check_key(&metadata.callsite()).is_ok();
        if !is_admitted {
            super::refusals::note("lines of the log");
        }
        is_admitted
    }
}

impl<S> Filter<S> for BoundedFaults {
    fn enabled(&self, _: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        true
    }

    fn event_enabled(&self, event: &Event<'_>, _: &Context<'_, S>) -> bool {
        self.admits(event.metadata())
    }
}

fn logs<S: Subscriber + for<'a> LookupSpan<'a>>() -> Box<dyn Layer<S> + Send + Sync> {
    let logs = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() { logs.boxed() } else { logs.json().boxed() }
}

fn provider() -> Result<Option<SdkTracerProvider>, ExporterBuildError> {
    let is_named = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !ENDPOINTS.iter().any(is_named) {
        return Ok(None);
    }
    let exporter = SpanExporter::builder().with_http().build()?;
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES go before.
    let name = std::env::var("OTEL_SERVICE_NAME").unwrap_or_else(|_| "waymark".to_owned());
    let resource = Resource::builder().with_service_name(name).build();
    Ok(Some(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build()))
}

/// A panic is a line of the log like any other, with the request that it happened in.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("without words");
        tracing::error!(place, "panicked: {words}");
    }));
}

#[cfg(test)]
mod tests {
    use std::io::{Result, Write};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn faults_from_one_place_are_few_in_a_second() {
        let lines = Lines::default();
        let writer = lines.clone();
        let logs = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
        let logs = tracing_subscriber::registry().with(logs.with_filter(BoundedFaults::new()));
        tracing::subscriber::with_default(logs, || {
            for number in 0..10_000 {
                tracing::warn!("from one place");
                tracing::info!("that all is well");
                if number % 1_000 == 0 {
                    tracing::error!("from another");
                }
            }
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let count = |words: &str| text.matches(words).count();
        // A hundred at once, and then twenty for each second that this took.
        assert!((100..1_000).contains(&count("from one place")), "{}", count("from one place"));
        assert_eq!((count("that all is well"), count("from another")), (10_000, 10));
    }
}
