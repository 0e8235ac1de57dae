//! `waymark serve`.

use std::io::IsTerminal as _;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;
use waymark_planner::Effort;

use super::{Failure, counts, print};
use crate::config::{SchemaSettings, ServeSettings};
use crate::graphql::{Schema, Store as DocumentStore, World};
use crate::http::{Answers, App, Live, router};
use crate::service::{self, Current, Plans};
use crate::store::Store;

/// The unit of settings of memory, in bytes.
const MIB: u64 = 1 << 20;

/// Creates the database where it is not there, migrates, loads the catalogue, and serves until it is told to stop.
pub(super) async fn run(settings: ServeSettings) -> Result<(), Failure> {
    start_logging();
    // First, so that a port in use is said before anything is written.
    let listener = tokio::net::TcpListener::bind(settings.listen).await.map_err(|error| {
        let advice = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program has it: choose another one with --listen",
            std::io::ErrorKind::PermissionDenied => {
                "the port is reserved: choose one above 1023 with --listen"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address: choose another one with --listen"
            }
            _ => "choose another one with --listen",
        };
        format!("the server can't listen on {}: {advice}", settings.listen)
    })?;
    let clock = service::system_clock();
    let store = Store::open(&settings.database.database).await?;
    store.migrate().await?;
    let snapshot = service::start(&store, settings.catalog.as_deref(), &clock).await?;
    let address = listener.local_addr()?;
    let stop = stop_signal()?;
    print(&format!(
        "Waymark serves {} (revision {}) from {}.\n\n  GraphiQL  http://{address}/graphiql\n  API       http://{address}/graphql\n\nStop it with Ctrl-C.\n",
        counts(&snapshot.catalog),
        snapshot.revision,
        store.place(),
    ))?;
    let current = Current::new(snapshot);
    let follower = tokio::spawn(service::follow(store.clone(), current.clone()));
    let end = CancellationToken::new();
    let app = App {
        schema: Schema::with(&settings.schema, store_of_documents(&settings.schema)?),
        world: World {
            current,
            plans: Plans::new(settings.plan_cache.saturating_mul(MIB)),
            effort: Effort::default(),
            clock,
        },
        answers: Answers::new(
            settings.answer_cache.saturating_mul(MIB),
            Duration::from_secs(settings.http.max_age),
        ),
        http: settings.http,
        live: Live::new(settings.live, end.clone()),
    };
    let ending = async move {
        stop.await;
        // What would stay open for ever ends first.
        end.cancel();
    };
    axum::serve(listener, router(app)).with_graceful_shutdown(ending).await?;
    follower.abort();
    store.close().await?;
    print("Stopped.\n")
}

/// Completes on Ctrl-C, or on the signal that service managers send. Both are caught from this call on, so a server that has said where
/// it listens ends cleanly however soon it is told to.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the system's own way of ending the process is left.
            std::future::pending::<()>().await;
        }
    })
}

/// `WAYMARK_LOG` filters as `RUST_LOG` does elsewhere; JSON where nobody reads along.
fn start_logging() {
    let filter = EnvFilter::try_from_env("WAYMARK_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() { logs.try_init() } else { logs.json().try_init() };
    // Somebody else's subscriber is as good.
    drop(started);
}

/// The documents of the manifest, where there is one.
fn store_of_documents(settings: &SchemaSettings) -> Result<DocumentStore, Failure> {
    let Some(path) = &settings.trusted_documents else { return Ok(DocumentStore::new()) };
    let wrong = |what: String| format!("the manifest {}: {what}", path.display());
    let manifest =
        std::fs::read_to_string(path).map_err(|error| wrong(format!("it can't be read: {error}")))?;
    Ok(DocumentStore::trusting(&manifest, settings.trusted_mode).map_err(wrong)?)
}
