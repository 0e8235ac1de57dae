//! The log of a test, as a server writes it.
//!
//! Tests run side by side, and what is enabled is remembered for all threads together: so there is one
//! subscriber, which writes for each thread what that wants to have.

use std::cell::RefCell;
use std::io::{Result, Write};
use std::sync::Once;

use serde_json::Value;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, dynamic_filter_fn};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use waymark::telemetry::audit_trail;

thread_local! {
    /// All that is logged at `debug` on this thread, if somebody wants to have it.
    static DEBUG: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
    /// The audit trail of this thread, likewise.
    static AUDIT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes for the thread that it is on.
struct Writer(&'static std::thread::LocalKey<RefCell<Option<Vec<u8>>>>);

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.with_borrow_mut(|log| log.iter_mut().for_each(|log| log.extend(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

fn subscribe() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The spans with all that they have noted.
        let layer = tracing_subscriber::fmt::layer().with_ansi(false).with_span_events(FmtSpan::FULL);
        let layer = layer.with_writer(|| Writer(&DEBUG)).with_filter(LevelFilter::DEBUG);
        let layer = layer.with_filter(dynamic_filter_fn(|_, _| DEBUG.with_borrow(Option::is_some)));
        tracing_subscriber::registry().with(layer).with(audit_trail(|| Writer(&AUDIT))).init();
    });
}

fn written<T>(
    log: &'static std::thread::LocalKey<RefCell<Option<Vec<u8>>>>,
    test: impl FnOnce() -> T,
) -> (T, String) {
    subscribe();
    log.set(Some(Vec::new()));
    let done = test();
    (done, String::from_utf8(log.take().unwrap()).unwrap())
}

/// What is logged at `debug` while something is done.
pub(crate) fn debugged<T>(test: impl FnOnce() -> T) -> (T, String) {
    written(&DEBUG, test)
}

/// The lines of the audit trail that are written while something is done.
pub(crate) fn audited<T>(test: impl FnOnce() -> T) -> (T, Vec<Value>) {
    let (done, log) = written(&AUDIT, test);
    (done, log.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
