//! A server without a socket: the router over a database of its own.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response};
use chrono::{DateTime, TimeZone, Utc};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use http_body_util::BodyExt as _;
use sea_orm::{ActiveModelTrait, ConnectionTrait as _, EntityTrait, IntoActiveModel, ModelTrait, Statement};
use serde_json::{Value, json};
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use uuid::Uuid;
use waymark::accounts::{Entropy, Outside, Rank};
use waymark::catalog::Snapshot;
use waymark::config::{AccountSettings, HttpSettings, LiveSettings, ServerSettings};
use waymark::graphql::{Answer, Asker, Schema, Scope, World};
use waymark::http::{Answers, App as State, Live, Ready, router};
use waymark::service::{self, Clock, Current, Learners, Plans};
use waymark::store::Store;
use waymark_planner::Effort;

use crate::database::Database;

/// The password of every learner.
pub(crate) const PASSWORD: &str = "three plain words";

/// The router, and the database that it answers from. That goes last.
pub(crate) struct App {
    router: Router,
    pub(crate) world: Arc<World>,
    follower: AbortHandle,
    database: Database,
}

/// Somebody who asks: with the cookie that the last answer set, or a token.
pub(crate) struct Client<'a> {
    app: &'a App,
    cookie: RefCell<Option<String>>,
    /// The cookie by which accounts know the device.
    pub(crate) device: RefCell<Option<String>>,
    token: Option<String>,
}

/// A step as an input.
pub(crate) fn step(topic: &str, level: &str) -> Value {
    json!({ "topic": topic, "level": level })
}

impl Client<'_> {
    /// Keeps a roadmap; its id.
    pub(crate) fn saves(&self, roadmap: &Value) -> Value {
        let input = json!({ "title": "Up", "roadmap": roadmap });
        self.does("saveRoadmap", &input, "roadmap { id }")["roadmap"]["id"].clone()
    }

    /// The same once more, with a cookie of its own.
    pub(crate) fn again(&self) -> Self {
        Self {
            app: self.app,
            cookie: self.cookie.clone(),
            device: self.device.clone(),
            token: self.token.clone(),
        }
    }

    /// The JSON answer to a query.
    pub(crate) fn ask_with(&self, query: &str, variables: &Value) -> Value {
        let answer = self.send(&json!({ "query": query, "variables": variables }), &[]);
        serde_json::from_slice(answer.body()).unwrap()
    }

    /// The text of the answer to a query, its fields in the order of the query.
    pub(crate) fn ask_text(&self, query: &str) -> String {
        String::from_utf8(self.send(&json!({ "query": query }), &[]).into_body()).unwrap()
    }

    /// The JSON answer to a query without variables.
    pub(crate) fn ask(&self, query: &str) -> Value {
        self.ask_with(query, &Value::Null)
    }

    /// What a mutation with one `input` answers, of which `selection` is selected. It must have done something.
    pub(crate) fn does(&self, mutation: &str, input: &Value, selection: &str) -> Value {
        let answer = self.tries(mutation, input, &format!("{selection} userErrors {{ code field message }}"));
        let payload = &answer["data"][mutation];
        assert!(payload["userErrors"] == json!([]), "{mutation}: {answer:#}");
        payload.clone()
    }

    /// The whole answer to a mutation with one `input`.
    pub(crate) fn tries(&self, mutation: &str, input: &Value, selection: &str) -> Value {
        let mut kind: String = match mutation {
            "startStep" | "completeStep" | "reopenStep" => "RoadmapStep".into(),
            "replan" | "deleteRoadmap" | "shareRoadmap" | "unshareRoadmap" | "studyCalendar"
            | "closeStudyCalendar" => "SavedRoadmap".into(),
            "revokeAccessToken" | "endSession" => "Revoke".into(),
            other => other.into(),
        };
        kind[..1].make_ascii_uppercase();
        let query =
            format!("mutation M($input: {kind}Input!) {{ {mutation}(input: $input) {{ {selection} }} }}");
        self.ask_with(&query, &json!({ "input": input }))
    }

    /// The answer to a body, with more headers.
    pub(crate) fn send(&self, body: &Value, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
        let answer = self.app.send(self.request(body, headers));
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let kept = (!pair.ends_with('=')).then(|| pair.to_owned());
            let jar = if pair.contains("waymark-device=") { &self.device } else { &self.cookie };
            *jar.borrow_mut() = kept;
        }
        answer
    }

    /// A request with a body, and with more headers.
    pub(crate) fn request(&self, body: &Value, headers: &[(&str, &str)]) -> Request<Body> {
        let mut request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("host", "localhost:8000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for cookie in [&self.cookie, &self.device] {
            if let Some(cookie) = &*cookie.borrow() {
                request = request.header("cookie", format!("other=1; {cookie}"));
            }
        }
        request.body(Body::from(body.to_string())).unwrap()
    }

    /// A request for a path, and with more headers.
    pub(crate) fn look(&self, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
        let mut request = self.request(&Value::Null, headers);
        *request.method_mut() = Method::GET;
        *request.uri_mut() = path.parse().unwrap();
        *request.body_mut() = Body::empty();
        request
    }

    /// Who it is in the terms of the server, for what does not go over HTTP.
    pub(crate) fn asker(&self) -> Asker {
        let text = self.token.clone().or_else(|| {
            let cookie = self.cookie.borrow();
            cookie.as_ref().and_then(|cookie| cookie.split_once('=').map(|(_, token)| token.to_owned()))
        });
        let accounts = &self.app.learners().accounts;
        let who = text.and_then(|token| self.app.wait(accounts.recognise(&token)).unwrap());
        Asker { who, ..Asker::default() }
    }
}

impl App {
    /// Nobody yet.
    pub(crate) fn client(&self) -> Client<'_> {
        Client { app: self, cookie: RefCell::default(), device: RefCell::default(), token: None }
    }

    /// Somebody with a token.
    pub(crate) fn program(&self, token: &Value) -> Client<'_> {
        Client { token: Some(token.as_str().unwrap().to_owned()), ..self.client() }
    }

    /// A new learner, signed in.
    pub(crate) fn learner(&self, name: &str) -> Client<'_> {
        let client = self.client();
        let account = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
        client.does("signUp", &account, "");
        client.does("signIn", &account, "viewer { email }");
        client
    }

    /// A curator of a name, signed in.
    pub(crate) fn curator(&self, name: &str) -> Client<'_> {
        let client = self.learner(name);
        let store = &self.learners().store;
        self.wait(async {
            let account = store.learner_of_address(&format!("{name}@example.org")).await.unwrap().unwrap();
            assert!(store.set_role(account.id, Rank::Curator.name()).await.unwrap());
        });
        client
    }

    /// An admin of a name, signed in.
    pub(crate) fn admin(&self, name: &str) -> Client<'_> {
        let client = self.learner(name);
        let id = client.asker().who.unwrap().id;
        assert!(self.wait(self.learners().store.set_role(id, Rank::Admin.name())).unwrap());
        client
    }

    /// Learners, as the server has them.
    pub(crate) fn learners(&self) -> &Learners {
        self.world.learners.as_ref().unwrap()
    }

    /// Waits for something in the app's runtime. What never comes fails the test, after two minutes.
    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        let patient = async { tokio::time::timeout(Duration::from_mins(2), future).await };
        self.database.runtime.block_on(patient).expect("what was waited for never came")
    }

    /// Ends looking for what other servers do, which takes statements of its own from time to time.
    pub(crate) fn stop_following(&self) {
        self.follower.abort();
    }

    /// The fewest statements of several tries: that a session is used is noted beside the first requests.
    pub(crate) fn statements(&self, work: impl Fn()) -> u64 {
        let store = &self.learners().store;
        let count = || {
            let before = store.statements();
            work();
            store.statements() - before
        };
        (0..10).map(|_| count()).min().unwrap()
    }

    /// Waits until all that has happened so far has been told to those who follow.
    pub(crate) fn settle(&self) {
        let last = self.learner("last");
        let mut told = self.learners().notices.follow(last.asker().who.unwrap().id);
        let skills = json!({ "skills": [step("go", "WORKING")] });
        last.does("recordSkills", &skills, "");
        self.wait(told.changed()).unwrap();
    }

    /// The first event of a subscription, or the error that it has instead. Until there is one everybody is told that something has changed.
    pub(crate) fn first_event(&self, client: &Client<'_>, subscription: &str) -> Value {
        let scope = self.world.scope_of(client.asker(), None);
        self.wait(async {
            let mut events = self.events(scope, subscription).await;
            let telling = async {
                let all = self.learners().store.learners().await.unwrap();
                loop {
                    for learner in &all {
                        self.learners().notices.tell(learner.id);
                    }
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                event = events.next() => serde_json::from_slice(&event.unwrap().json()).unwrap(),
                () = telling => unreachable!(),
            }
        })
    }

    /// What a subscription tells.
    pub(crate) async fn events(&self, scope: Scope, subscription: &str) -> BoxStream<'static, Answer> {
        // Made once: that takes longer than most of what is asked.
        static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::new);
        let prepared = SCHEMA.prepare(async_graphql::Request::new(subscription)).await.unwrap();
        SCHEMA.stream(prepared, scope).await
    }

    /// Executes a statement as anyone with the database's password could.
    pub(crate) fn execute(&self, sql: &str) {
        self.wait(async {
            self.database.connect().await.execute_unprepared(sql).await.unwrap();
        });
    }

    /// The folder of the database, where that is a file.
    pub(crate) fn folder(&self) -> &Path {
        self.database.folder.path()
    }

    /// Whatever stands in a column of text.
    pub(crate) fn every_text(&self) -> Vec<String> {
        self.wait(async {
            let database = self.database.connect().await;
            let backend = database.get_database_backend();
            let columns = match backend {
                sea_orm::DbBackend::Postgres => {
                    "SELECT table_name::text, column_name::text FROM information_schema.columns \
                     WHERE table_schema = current_schema() AND data_type = 'text'"
                }
                _ => {
                    "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c \
                     WHERE t.type = 'table' AND c.type = 'TEXT' COLLATE NOCASE"
                }
            };
            let columns = database.query_all_raw(Statement::from_string(backend, columns)).await.unwrap();
            let mut texts = Vec::new();
            for row in columns {
                let table: String = row.try_get_by_index(0).unwrap();
                let column: String = row.try_get_by_index(1).unwrap();
                let sql = format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                let rows = database.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
                texts.extend(rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()));
            }
            texts
        })
    }

    /// Sums up the logs that were written as they are.
    pub(crate) fn sum_study_logs(&self) {
        let summed =
            self.wait(async { waymark_migration::sum_study_logs(&self.database.connect().await).await });
        summed.unwrap();
    }

    /// Writes rows as they are.
    pub(crate) fn insert<M>(&self, rows: &[M])
    where
        M: IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + ModelTrait,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity>,
    {
        self.wait(async {
            let database = self.database.connect().await;
            for rows in rows.chunks(500) {
                let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
                M::Entity::insert_many(rows).exec_without_returning(&database).await.unwrap();
            }
        });
        self.sum_study_logs();
    }

    /// For each table of learners whose the rows are.
    pub(crate) fn owners(&self) -> BTreeMap<&'static str, BTreeSet<Uuid>> {
        self.wait(async {
            let database = self.database.connect().await;
            let mut owners = BTreeMap::new();
            let tables = [
                "credentials",
                "skills",
                "ratings",
                "roadmaps",
                "roadmap_versions",
                "step_states",
                "study",
                "study_steps",
                "study_weeks",
                "links",
                "requests",
                "owners",
            ];
            for table in tables {
                let sql = format!("SELECT DISTINCT learner_id FROM {table}");
                let query = Statement::from_string(database.get_database_backend(), sql);
                let rows = database.query_all_raw(query).await.unwrap();
                owners.insert(table, rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect());
            }
            owners
        })
    }

    /// Puts a catalogue in the place of the current one, as an import does.
    pub(crate) fn import(&self, yaml: &str) {
        let file = self.database.folder.path().join("catalog.yaml");
        std::fs::write(&file, yaml).unwrap();
        self.import_from(&file);
    }

    /// As [`App::import`], from a folder or a file.
    pub(crate) fn import_from(&self, file: &Path) {
        let store = &self.learners().store;
        self.wait(async {
            service::import(store, file, None, &self.world.clock).await.unwrap();
            self.world.current.swap(service::stored(store).await.unwrap().unwrap());
        });
    }

    /// On the small catalogue of the fixtures.
    pub(crate) fn small() -> Self {
        Self::speaking(HttpSettings::default())
    }

    /// As [`App::small`], with settings of HTTP.
    pub(crate) fn speaking(http: HttpSettings) -> Self {
        Self::start(Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml")), http)
    }

    /// On the catalogue whose texts mean something to one format or another.
    pub(crate) fn nasty() -> Self {
        Self::start(
            Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nasty.yaml")),
            HttpSettings::default(),
        )
    }

    /// On the catalogue that the server brings.
    pub(crate) fn embedded() -> Self {
        Self::start(None, HttpSettings::default())
    }

    /// On the small catalogue, with a clock of its own.
    pub(crate) fn at(clock: Clock) -> Self {
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml");
        Self::start_as(Some(&catalog), HttpSettings::default(), unlimited(), clock)
    }

    /// On the catalogue that the server brings, with a clock of its own.
    pub(crate) fn embedded_at(clock: Clock) -> Self {
        Self::start_as(None, HttpSettings::default(), unlimited(), clock)
    }

    /// On the catalogue that the server brings, with settings of what it takes.
    pub(crate) fn taking(server: ServerSettings) -> Self {
        Self::start_as(None, HttpSettings::default(), server, Self::clock())
    }

    fn start(catalog: Option<&Path>, http: HttpSettings) -> Self {
        Self::start_as(catalog, http, unlimited(), Self::clock())
    }

    /// The day of all answers.
    fn clock() -> Clock {
        Arc::new(|| Utc.with_ymd_and_hms(2026, 1, 5, 12, 0, 0).unwrap())
    }

    /// On the small catalogue, believing another provider of identities, with a clock of its own.
    pub(crate) fn trusting_at(outside: Outside, clock: Clock) -> Self {
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml");
        let (http, server) = (HttpSettings::default(), unlimited());
        Self::start_with(Some(&catalog), http, server, clock, Some(outside))
    }

    /// On the small catalogue, believing another provider of identities.
    pub(crate) fn trusting(outside: Outside) -> Self {
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small.yaml");
        let (http, server) = (HttpSettings::default(), unlimited());
        Self::start_with(Some(&catalog), http, server, Self::clock(), Some(outside))
    }

    fn start_as(catalog: Option<&Path>, http: HttpSettings, server: ServerSettings, clock: Clock) -> Self {
        Self::start_with(catalog, http, server, clock, None)
    }

    fn start_with(
        catalog: Option<&Path>,
        http: HttpSettings,
        server: ServerSettings,
        clock: Clock,
        outside: Option<Outside>,
    ) -> Self {
        Self::on(Database::empty(), catalog, http, server, clock, outside)
    }

    /// On a database that an earlier release made, with a clock of its own.
    pub(crate) fn on_release(last_migration: &str, clock: Clock) -> Self {
        let (http, server) = (HttpSettings::default(), unlimited());
        Self::on(Database::of_release(last_migration), None, http, server, clock, None)
    }

    fn on(
        database: Database,
        catalog: Option<&Path>,
        http: HttpSettings,
        server: ServerSettings,
        clock: Clock,
        outside: Option<Outside>,
    ) -> Self {
        let (snapshot, store) = database.runtime.block_on(async {
            let store = Store::open(&database.url).await.unwrap();
            store.migrate().await.unwrap();
            service::start(&store, catalog, &clock).await.unwrap();
            // As the database gives it back.
            let snapshot = service::stored(&store).await.unwrap().unwrap();
            (snapshot, store)
        });
        let learners = Learners::new(store, clock, entropy(), outside).unwrap();
        let learners = learners.limited(server.write_rate, server.write_burst);
        let (world, follower) = world(&database, snapshot, learners);
        let state = State {
            schema: Schema::new(),
            world: world.clone(),
            answers: Answers::new(1 << 20, Duration::from_secs(http.max_age)),
            http,
            accounts: AccountSettings::default(),
            server,
            ready: Ready::default(),
            live: Live::new(LiveSettings::default(), CancellationToken::new()),
        };
        Self { router: router(state), world, follower, database }
    }

    /// The URL of the database.
    pub(crate) fn database_url(&self) -> String {
        self.database.url.clone()
    }

    /// What another server sees that has begun on the same database.
    pub(crate) fn beside(&self) -> Arc<World> {
        let clock = self.world.clock.clone();
        let (snapshot, store) = self.wait(async {
            let store = Store::open(&self.database.url).await.unwrap();
            (service::stored(&store).await.unwrap().unwrap(), store)
        });
        world(&self.database, snapshot, Learners::new(store, clock, entropy(), None).unwrap()).0
    }

    /// The answer to any request.
    pub(crate) fn send(&self, request: Request<Body>) -> Response<Vec<u8>> {
        self.database.runtime.block_on(self.answered(request))
    }

    /// A request that is being executed until it is dropped: it waits for something already.
    pub(crate) fn under_way(&self, request: Request<Body>) -> impl Future {
        let mut answer = Box::pin(self.router.clone().oneshot(request));
        let poll = std::future::poll_fn(|cx| Poll::Ready(answer.as_mut().poll(cx)));
        if let Poll::Ready(answer) = self.wait(poll) {
            panic!("it is answered already: {answer:?}");
        }
        answer
    }

    /// The beginning of an answer that goes on: while the rest of it is not read, its request is under way.
    pub(crate) fn begin(&self, request: Request<Body>) -> Body {
        self.database.runtime.block_on(async {
            let mut body = self.router.clone().oneshot(request).await.unwrap().into_body();
            body.frame().await.unwrap().unwrap();
            body
        })
    }

    /// What comes next of an answer that goes on.
    pub(crate) fn next_frame(&self, mut body: Body) -> String {
        self.wait(async move {
            let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
            String::from_utf8(frame.to_vec()).unwrap()
        })
    }

    async fn answered(&self, request: Request<Body>) -> Response<Vec<u8>> {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        Response::from_parts(parts, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    /// The JSON answer to a query.
    pub(crate) fn ask_blocking(&self, query: &str, variables: &Value) -> Value {
        self.post(&json!({ "query": query, "variables": variables }))
    }

    /// The JSON answer to a body.
    pub(crate) fn post(&self, body: &Value) -> Value {
        serde_json::from_slice(&self.posted(body)).unwrap()
    }

    fn posted(&self, body: &Value) -> Vec<u8> {
        let request = Request::post("/graphql").header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).into_body()
    }

    /// The text of the answer to a query without variables, its fields in the order of the query.
    pub(crate) fn ask_text(&self, query: &str) -> String {
        String::from_utf8(self.posted(&json!({ "query": query }))).unwrap()
    }

    /// The answer to a query without variables.
    pub(crate) fn ask(&self, query: &str) -> Value {
        self.ask_blocking(query, &Value::Null)
    }
}

/// What another server sees that has begun on a database, in a runtime of its own.
pub(crate) async fn server_on(url: &str) -> Arc<World> {
    let store = Store::open(url).await.unwrap();
    let snapshot = service::stored(&store).await.unwrap().unwrap();
    let learners = Learners::new(store, App::clock(), entropy(), None).unwrap();
    Arc::new(World {
        current: Current::new(snapshot),
        plans: Plans::new(1 << 20),
        effort: Effort::default(),
        clock: App::clock(),
        learners: Some(Arc::new(learners)),
    })
}

/// Settings without a write rate: the clock of most tests stands still.
fn unlimited() -> ServerSettings {
    ServerSettings { write_rate: 0, ..ServerSettings::default() }
}

/// What a server sees, and what has it follow others.
fn world(database: &Database, snapshot: Arc<Snapshot>, learners: Learners) -> (Arc<World>, AbortHandle) {
    let (store, clock) = (learners.store.clone(), learners.clock.clone());
    let world = Arc::new(World {
        current: Current::new(snapshot),
        plans: Plans::new(1 << 20),
        effort: Effort::default(),
        clock: clock.clone(),
        learners: Some(Arc::new(learners.clone())),
    });
    let follow = service::follow(store, world.current.clone(), learners.notices, clock);
    let follower = database.runtime.spawn(follow).abort_handle();
    (world, follower)
}

/// The same secrets each time, all of them different.
fn entropy() -> Entropy {
    let made = AtomicU64::new(0);
    Arc::new(move |buffer| {
        let number = made.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        for (i, byte) in buffer.iter_mut().enumerate() {
            *byte = number[i % 8] ^ u8::try_from(i).unwrap();
        }
    })
}

/// A clock that is set by hand.
#[derive(Clone)]
pub(crate) struct Hand(Arc<Mutex<DateTime<Utc>>>);

impl Hand {
    /// At noon of a day.
    pub(crate) fn at(day: &str) -> Self {
        Self(Arc::new(Mutex::new(noon(day))))
    }

    /// The clock.
    pub(crate) fn clock(&self) -> Clock {
        let time = self.0.clone();
        Arc::new(move || *time.lock().unwrap())
    }

    /// Moves it.
    pub(crate) fn add(&self, time: chrono::TimeDelta) {
        *self.0.lock().unwrap() += time;
    }

    /// Sets it to noon of a day.
    pub(crate) fn set(&self, day: &str) {
        *self.0.lock().unwrap() = noon(day);
    }
}

fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}
