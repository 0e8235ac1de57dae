//! Two devices of one learner: what does not conflict is done on both, and in some order.

use std::sync::{Arc, Mutex};

use chrono::{TimeZone as _, Utc};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use waymark::accounts::Rank;
use waymark::graphql::Asker;
use waymark::service::{Clock, Via, Who};

use crate::app::{App, Client, step};

/// A clock on which something happens the next time that somebody looks at it.
#[derive(Clone, Default)]
struct Trap(Arc<Mutex<Option<Sprung>>>);

/// What is done when a trap is sprung.
type Sprung = Box<dyn FnOnce() + Send>;

impl Trap {
    fn clock(&self) -> Clock {
        let trap = self.clone();
        Arc::new(move || {
            let happens = trap.0.lock().unwrap().take();
            if let Some(happens) = happens {
                happens();
            }
            Utc.with_ymd_and_hms(2026, 1, 5, 12, 0, 0).unwrap()
        })
    }
}

/// What two devices may do at the same time, as mutations on a roadmap.
fn mutations(id: &Value, entry: &Value) -> Vec<(&'static str, String)> {
    let docker = "step: { topic: \"docker\", level: AWARE }";
    let working = "step: { topic: \"docker\", level: WORKING }";
    let kubernetes = "{ topic: \"kubernetes\", level: WORKING }";
    let all = [
        ("updateRoadmap", format!("id: {id}, hoursPerWeek: 12")),
        ("updateRoadmap", format!("id: {id}, goals: [{kubernetes}]")),
        ("updateRoadmap", format!("id: {id}, title: \"Higher\"")),
        ("archiveRoadmap", format!("id: {id}")),
        ("replan", format!("id: {id}")),
        ("startStep", format!("roadmap: {id}, {docker}")),
        ("completeStep", format!("roadmap: {id}, {docker}")),
        ("reopenStep", format!("roadmap: {id}, step: {{ topic: \"java\", level: WORKING }}")),
        ("skipStep", format!("roadmap: {id}, {working}, reason: KNOWN")),
        ("logStudy", format!("roadmap: {id}, hours: 1")),
        ("logStudy", format!("roadmap: {id}, hours: 1, {docker}")),
        ("deleteStudy", format!("id: {entry}")),
        ("recordSkills", format!("skills: [{kubernetes}]")),
        ("forgetSkills", "skills: [{ topic: \"go\" }]".to_owned()),
        ("rateResource", "resource: \"java-book\", stars: 4".to_owned()),
        ("shareRoadmap", format!("id: {id}")),
        ("studyCalendar", format!("id: {id}")),
    ];
    let written = |(name, input): (&'static str, String)| {
        (name, format!("mutation {{ {name}(input: {{ {input} }}) {{ userErrors {{ code message }} }} }}"))
    };
    all.map(written).into()
}

/// A learner who asks without a socket, and without a password to be hashed.
struct Device<'a> {
    app: &'a App,
    asker: Asker,
}

impl<'a> Device<'a> {
    /// A new learner.
    fn new(app: &'a App) -> Self {
        let learners = app.learners();
        let (id, now) = (learners.fresh_id(), (app.world.clock)());
        let account = waymark_entity::learner::Model {
            id,
            email: Some(format!("{id}@example.org")),
            name: None,
            password_hash: None,
            issuer: None,
            subject: None,
            role: "LEARNER".into(),
            created_at: now,
        };
        assert!(app.wait(learners.store.add_learner(account)).unwrap());
        let until = now + chrono::TimeDelta::days(1);
        let who = Who { id, rank: Rank::Learner, via: Via::Session(id), until };
        Self { app, asker: Asker { who: Some(who), ..Asker::default() } }
    }

    async fn asks(&self, document: &str) -> Value {
        let scope = self.app.world.scope_of(self.asker.clone(), None);
        let answer = self.app.events(scope, document).await.next().await.unwrap();
        serde_json::from_slice(&answer.json()).unwrap()
    }

    fn ask(&self, document: &str) -> Value {
        self.app.wait(self.asks(document))
    }

    /// What a mutation answers that must do something.
    fn does(&self, mutation: &str, input: &str, selection: &str) -> Value {
        let document = format!(
            "mutation {{ {mutation}(input: {{ {input} }}) {{ {selection} userErrors {{ message }} }} }}"
        );
        let answer = self.ask(&document);
        assert_eq!(answer["data"][mutation]["userErrors"], json!([]), "{document}: {answer}");
        answer["data"][mutation].clone()
    }
}

/// A learner with a roadmap on which one step is done, one skill recorded and some time logged.
fn prepared(app: &App) -> (Device<'_>, Vec<(&'static str, String)>) {
    let ada = Device::new(app);
    ada.does("recordSkills", "skills: [{ topic: \"go\", level: WORKING }]", "");
    let java = "{ topic: \"java\", level: WORKING }";
    let roadmap = format!("title: \"Up\", roadmap: {{ to: \"manager\", goals: [{java}] }}");
    let id = ada.does("saveRoadmap", &roadmap, "roadmap { id }")["roadmap"]["id"].clone();
    ada.does("completeStep", &format!("roadmap: {id}, step: {java}"), "");
    let logged = ada.does("logStudy", &format!("roadmap: {id}, hours: 2"), "entry { id }");
    let all = mutations(&id, &logged["entry"]["id"]);
    (ada, all)
}

/// Everything that the mutations change.
fn state(ada: &Device<'_>) -> Value {
    let query = "{ viewer {
        skills(first: 100) { nodes { topic level source } }
        roadmaps(includeArchived: true) { nodes {
            title archivedAt input { goals { topic { slug } level } hoursPerWeek avoid { slug } }
            version { hours steps(first: 100) { nodes { topic level state } } }
            studyLog { totalCount nodes { hours topic } }
            progress { hoursSpent stepsDone }
        } }
    } resource(slug: \"java-book\") { viewerRating } }";
    let answer = ada.ask(query);
    assert_eq!(answer.get("errors"), None, "{answer}");
    let mut data = answer["data"].clone();
    let log = &mut data["viewer"]["roadmaps"]["nodes"][0]["studyLog"]["nodes"];
    log.as_array_mut().unwrap().sort_by_key(Value::to_string);
    data
}

/// One may leave nothing to do for the other, or nothing that it is about: that is said, and is no conflict.
fn assert_done(answer: &Value, what: &str) {
    let is_plain = |error: &Value| error["extensions"]["code"] == "BAD_USER_INPUT";
    let errors = answer["errors"].as_array();
    assert!(errors.into_iter().flatten().all(is_plain), "{what}: {answer}");
    let payload = answer["data"].as_object().unwrap().values().next().unwrap();
    let errors = payload["userErrors"].as_array();
    assert!(errors.into_iter().flatten().all(|error| error["code"] == "INVALID"), "{what}: {answer}");
}

/// The states that come of doing two things one after the other, in both orders.
fn in_order(app: &App, one: usize, other: usize) -> [Value; 2] {
    [(one, other), (other, one)].map(|(first, second)| {
        let (ada, all) = prepared(app);
        for which in [first, second] {
            ada.ask(&all[which].1);
        }
        state(&ada)
    })
}

fn assert_in_some_order(app: &App, ada: &Device<'_>, one: usize, other: usize, what: &str) {
    let (found, orders) = (state(ada), in_order(app, one, other));
    assert!(orders.contains(&found), "{what}:\n{found:#}\nis neither\n{:#}\nnor\n{:#}", orders[0], orders[1]);
}

/// The answer of another server to a mutation.
fn elsewhere(url: String, asker: Asker, mutation: String) -> Value {
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = crate::app::server_on(&url).await;
            let schema = waymark::graphql::Schema::new();
            let prepared = schema.prepare(async_graphql::Request::new(mutation)).await.unwrap();
            let mut answers = schema.stream(prepared, world.scope_of(asker, None)).await;
            serde_json::from_slice(&answers.next().await.unwrap().json()).unwrap()
        })
    });
    thread.join().unwrap()
}

/// Whatever another device does after this one has planned, and before it writes.
#[test]
fn what_plans_is_done_beside_everything_else() {
    let trap = Trap::default();
    let app = App::at(trap.clock());
    let mut met = 0;
    for planning in [0, 1, 4, 8] {
        for other in 0..prepared(&app).1.len() {
            let (ada, all) = prepared(&app);
            let what = format!("{} beside {}", all[planning].1, all[other].1);
            let (url, asker, mutation) = (app.database_url(), ada.asker.clone(), all[other].1.clone());
            let scope = app.world.scope_of(ada.asker.clone(), None);
            let answered = Arc::new(Mutex::new(None));
            let told = answered.clone();
            // The clock is looked at between planning and writing, and nowhere else on the way.
            *trap.0.lock().unwrap() = Some(Box::new(move || {
                *told.lock().unwrap() = Some(elsewhere(url, asker, mutation));
            }));
            let answer = app.wait(async {
                let answer = app.events(scope, &all[planning].1).await.next().await.unwrap();
                serde_json::from_slice::<Value>(&answer.json()).unwrap()
            });
            assert_done(&answer, &what);
            // What changes nothing is not written, and nobody looks at the clock.
            drop(trap.0.lock().unwrap().take());
            let Some(other_answer) = answered.lock().unwrap().take() else { continue };
            assert_done(&other_answer, &what);
            assert_in_some_order(&app, &ada, planning, other, &what);
            met += 1;
        }
    }
    assert!(met > 40, "{met}");
}

/// All pairs, as they happen to come together.
#[test]
fn all_pairs_are_done_at_the_same_time() {
    let app = App::small();
    let count = prepared(&app).1.len();
    for one in 0..count {
        for other in one + 1..count {
            let (ada, all) = prepared(&app);
            let what = format!("{} beside {}", all[one].1, all[other].1);
            let (a, b) = app.wait(async { tokio::join!(ada.asks(&all[one].1), ada.asks(&all[other].1)) });
            assert_done(&a, &what);
            assert_done(&b, &what);
            assert_in_some_order(&app, &ada, one, other, &what);
        }
    }
}

/// A device that changes the wishes again and again, and one that logs time.
#[test]
fn logging_time_is_no_conflict_in_thousands_of_changes() {
    const ROUNDS: usize = 1_000;
    let app = App::small();
    let (desk, phone) = (app.learner("ada"), app.learner("ada"));
    let id = desk.saves(&json!({ "from": "developer", "to": "manager" }));
    let (at_desk, on_phone) =
        (app.world.scope_of(desk.asker(), None), app.world.scope_of(phone.asker(), None));
    let ask = async |scope: &waymark::graphql::Scope, mutation: String| {
        let answer = app.events(scope.clone(), &mutation).await.next().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer.json()).unwrap();
        assert_eq!(answer.get("errors"), None, "{mutation}: {answer}");
    };
    app.wait(async {
        let updates = async {
            for round in 0..ROUNDS {
                let hours = 4 + round % 20;
                let input = format!("id: {id}, hoursPerWeek: {hours}");
                ask(
                    &at_desk,
                    format!("mutation {{ updateRoadmap(input: {{ {input} }}) {{ roadmap {{ id }} }} }}"),
                )
                .await;
            }
        };
        let logs = async {
            for round in 0..ROUNDS {
                let input = format!("roadmap: {id}, hours: 0.01, day: \"2025-{:02}-05\"", 1 + round % 12);
                ask(&on_phone, format!("mutation {{ logStudy(input: {{ {input} }}) {{ entry {{ id }} }} }}"))
                    .await;
            }
        };
        tokio::join!(updates, logs);
    });
    let query = "query Q($id: ID!) { savedRoadmap(id: $id) { studyLog { totalCount } version { number } } }";
    let kept = &desk.ask_with(query, &json!({ "id": id }))["data"]["savedRoadmap"];
    assert_eq!(kept["studyLog"]["totalCount"], ROUNDS);
    assert_eq!(kept["version"]["number"], ROUNDS + 1);
}

#[test]
fn who_says_what_was_seen_is_told_of_a_conflict_and_logging_time_is_none() {
    let app = App::small();
    let (desk, phone) = (app.learner("ada"), app.learner("ada"));
    let id = desk.saves(&json!({ "from": "developer", "to": "manager" }));
    let number = |client: &Client<'_>| {
        let query = "query Q($id: ID!) { savedRoadmap(id: $id) { changeNumber } }";
        client.ask_with(query, &json!({ "id": id }))["data"]["savedRoadmap"]["changeNumber"].clone()
    };
    let seen = number(&desk);
    phone.does("logStudy", &json!({ "roadmap": id, "hours": 1 }), "entry { id }");
    phone.does("shareRoadmap", &json!({ "id": id }), "secret");
    phone.does("rateResource", &json!({ "resource": "java-book", "stars": 4 }), "resource { slug }");
    assert_ne!(number(&desk), seen, "those who follow it are told");
    let update =
        |hours: i32, seen: &Value| json!({ "id": id, "hoursPerWeek": hours, "expectedChangeNumber": seen });
    desk.does("updateRoadmap", &update(9, &seen), "roadmap { id }");
    for (mutation, input) in [
        ("updateRoadmap", json!({ "id": id, "hoursPerWeek": 3 })),
        ("updateRoadmap", json!({ "id": id, "title": "Higher" })),
        ("startStep", json!({ "roadmap": id, "step": step("docker", "AWARE") })),
        ("completeStep", json!({ "roadmap": id, "step": step("docker", "AWARE") })),
        ("logStudy", json!({ "roadmap": id, "hours": 1, "step": step("docker", "WORKING") })),
    ] {
        let seen = number(&desk);
        phone.does(mutation, &input, "roadmap { id }");
        for input in [update(10, &seen), json!({ "id": id, "title": "Lower", "expectedChangeNumber": seen })]
        {
            let refused = desk.tries("updateRoadmap", &input, "roadmap { id }");
            assert_eq!(refused["errors"][0]["extensions"]["code"], "CONFLICT", "{mutation} {refused}");
        }
    }
    desk.does("updateRoadmap", &update(11, &number(&desk)), "roadmap { id }");
}
