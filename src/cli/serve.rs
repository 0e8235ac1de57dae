//! `waymark serve`.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use waymark_planner::Effort;

use tracing::info;

use super::supervisor::{State, keep_telling_alive, tell};
use super::{Failure, counts, print};
use crate::accounts::{Outside, system_entropy};
use crate::config::{AccountSettings, SchemaSettings, ServeSettings};
use crate::graphql::{BUILD, Schema, Store as DocumentStore, World};
use crate::http::{Admin, Answers, App, Live, Ready, admin, router, serve};
use crate::service::{self, Current, Learners, Plans, Watched};
use crate::store::Store;
use crate::telemetry::{self, figures};

/// The unit of settings of memory, in bytes.
const MIB: u64 = 1 << 20;

/// Creates the database where it is not there, migrates, loads the catalogue, and serves until it is told to stop.
pub(super) async fn run(settings: ServeSettings) -> Result<(), Failure> {
    let telemetry = telemetry::start()?;
    let served = serve_all(settings).await;
    // It waits for the collector, which must not keep the runtime.
    tokio::task::spawn_blocking(|| telemetry.end()).await?;
    served
}

async fn serve_all(settings: ServeSettings) -> Result<(), Failure> {
    // First, so that a port in use is said before anything is written.
    let listener = listen(settings.listen, "--listen").await?;
    let ready = Ready::default();
    let administered = match settings.server.admin_listen {
        Some(address) => Some(administer(address, &ready).await?),
        None => None,
    };
    let clock = service::system_clock();
    let store = Store::open(&settings.database.database).await?;
    store.migrate().await?;
    let snapshot = service::start(&store, settings.catalog.as_deref(), &clock).await?;
    let address = listener.local_addr()?;
    let banner = format!(
        "Waymark serves {} (revision {}) from {}.\n\n  Web client  http://{address}/\n  GraphiQL    http://{address}/graphiql\n  API         http://{address}/graphql\n\nStop it with Ctrl-C.\n",
        counts(&snapshot.catalog),
        snapshot.revision,
        store.place(),
    );
    let outside = outside(&settings.accounts)?;
    let learners = Learners::new(store.clone(), clock.clone(), system_entropy(), outside)?;
    let learners = Arc::new(learners.limited(settings.server.write_rate, settings.server.write_burst));
    let world = Arc::new(World {
        current: Current::new(snapshot.clone()),
        plans: Plans::new(settings.plan_cache.saturating_mul(MIB)),
        effort: Effort::default(),
        clock,
        learners: Some(learners.clone()),
    });
    if let Some(administered) = administered {
        administered.get_or_init(|| world.clone());
    }
    let watching = store.clone();
    let watch = tokio::spawn(async move { watching.watch().await });
    let follower = tokio::spawn(service::follow(
        store.clone(),
        world.current.clone(),
        learners.notices.clone(),
        world.clock.clone(),
    ));
    let end = CancellationToken::new();
    let app = app(&settings, world, ready.clone(), end.clone())?;
    tokio::spawn(telemetry::keep_logging_refusals());
    let (routes, stop) = (router(app), stop_signal()?);
    // Nothing can fail any more.
    ready.begin(Watched::new(store.clone()));
    tell(State::Ready);
    info!(
        %address,
        revision = snapshot.revision,
        digest = %snapshot.id,
        database = store.place(),
        version = env!("CARGO_PKG_VERSION"),
        build = BUILD,
        "serving"
    );
    tokio::spawn(keep_telling_alive());
    tokio::spawn(ending(stop, ready, settings.server.drain_delay, end.clone()));
    // Last: whoever reads it may ask, and nothing is left that can fail.
    print(&banner)?;
    serve(listener, routes, &settings.server, &settings.live, end).await;
    follower.abort();
    watch.abort();
    store.close().await?;
    telemetry::log_refusals();
    info!("the database is closed: the server has ended");
    print("Stopped.\n")
}

/// The outside provider, where one is named.
fn outside(settings: &AccountSettings) -> Result<Option<Outside>, Failure> {
    let AccountSettings { oidc_issuer, oidc_audience, oidc_keys, oidc_algorithms, .. } = settings.clone();
    let (Some(issuer), Some(audience), Some(keys)) = (oidc_issuer, oidc_audience, oidc_keys) else {
        return Ok(None);
    };
    Ok(Some(Outside::new(issuer, &audience, &oidc_algorithms, keys)?))
}

/// What is served as the settings say.
fn app(
    settings: &ServeSettings,
    world: Arc<World>,
    ready: Ready,
    end: CancellationToken,
) -> Result<App, Failure> {
    let max_age = Duration::from_secs(settings.http.max_age);
    Ok(App {
        schema: Schema::with(&settings.schema, store_of_documents(&settings.schema)?),
        world,
        answers: Answers::new(settings.answer_cache.saturating_mul(MIB), max_age),
        http: settings.http.clone(),
        accounts: settings.accounts.clone(),
        server: settings.server.clone(),
        live: Live::new(settings.live.clone(), end),
        ready,
    })
}

/// Opens the address for those who run the server, which ends with the process, and begins to count for it. What it watches is given to it when
/// it is there.
async fn administer(address: SocketAddr, ready: &Ready) -> Result<Arc<OnceLock<Arc<World>>>, Failure> {
    let listener = listen(address, "--admin-listen").await?;
    let (figures, world) = (figures::start()?, Arc::<OnceLock<Arc<World>>>::default());
    let routes = admin(Admin { figures: figures.clone(), ready: ready.clone(), world: world.clone() });
    tokio::spawn(axum::serve(listener, routes).into_future());
    tokio::spawn(figures::upkeep(figures));
    Ok(world)
}

/// When the server is told to end: first it says that it is not ready, so that no balancer sends it more; then what would stay open for ever
/// ends, and no more connections are taken.
async fn ending(stop: impl Future<Output = ()>, ready: Ready, delay: Duration, end: CancellationToken) {
    stop.await;
    tell(State::Stopping);
    ready.end();
    info!(
        drain_delay_seconds = delay.as_secs_f64(),
        "told to end: /ready answers 503, requests are answered still"
    );
    tokio::time::sleep(delay).await;
    info!("taking no more connections, and ending those that stay open");
    end.cancel();
}

/// Listens on an address, or says what stands in the way and which flag names another.
async fn listen(address: SocketAddr, flag: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let advice = match error.kind() {
            ErrorKind::AddrInUse => "another program has it: choose another one",
            ErrorKind::PermissionDenied => "the port is reserved: choose one above 1023",
            ErrorKind::AddrNotAvailable => "this machine has no such address: choose another one",
            _ => "choose another one",
        };
        format!("the server can't listen on {address}: {advice} with {flag}").into()
    })
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

/// The documents of the manifest, where there is one.
fn store_of_documents(settings: &SchemaSettings) -> Result<DocumentStore, Failure> {
    let Some(path) = &settings.trusted_documents else { return Ok(DocumentStore::new()) };
    let wrong = |what: String| format!("the manifest {}: {what}", path.display());
    let manifest =
        std::fs::read_to_string(path).map_err(|error| wrong(format!("it can't be read: {error}")))?;
    Ok(DocumentStore::trusting(&manifest, settings.trusted_mode).map_err(wrong)?)
}
