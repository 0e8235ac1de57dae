//! How a mutation is done: once, however often it is asked for under one name, and again where others were in the way of its transaction.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Context;
use uuid::Uuid;

use crate::accounts::{digest, random};
use crate::graphql::error::{ApiError, Code};
use crate::graphql::scope::Scope;
use crate::graphql::secrets::without_secrets;
use crate::graphql::user_errors::{Failed, UserError, UserErrorCode, client_mutation_id, scope_of};
use crate::service::Lost;
use crate::store::learners::instant;
use crate::store::{Act, Outcome, Request};
use crate::telemetry::figures;

/// How often something is done anew where others were in the way.
const ATTEMPTS: u32 = 10;
/// The pause before the first of them and the longest, in milliseconds; it doubles, and half of it is chance.
const PAUSE: u64 = 8;
const LONGEST: u64 = 250;

/// Does what somebody asks for, in one transaction. Requests are told apart without their secret arguments: `again` has to look whether those are
/// the same where that matters. Where the client gave it a name and the learner has asked for it by that name before, nothing is
/// done, and `again` answers from what came of it then.
///
/// # Errors
/// Those of what is done; and where the name was given to something else.
pub(super) async fn once<I, T>(
    ctx: &Context<'_>,
    input: &I,
    act: impl AsyncFn(&Scope, &I) -> Result<T, Failed>,
    again: impl AsyncFn(&Scope, &I, Outcome) -> Result<T, Failed>,
) -> Result<T, Failed> {
    let scope = scope_of(ctx)?;
    let Some(learner) = scope.asker().who.as_ref().map(|who| who.id) else { return act(scope, input).await };
    let request = request(ctx)?;
    of_learner(scope, learner, request.as_ref(), input, act, again).await
}

/// As [`once`], of a learner and a request that are known.
async fn of_learner<I, T>(
    scope: &Scope,
    learner: Uuid,
    request: Option<&Request>,
    input: &I,
    act: impl AsyncFn(&Scope, &I) -> Result<T, Failed>,
    again: impl AsyncFn(&Scope, &I, Outcome) -> Result<T, Failed>,
) -> Result<T, Failed> {
    if let Some(outcome) = done(scope, learner, request).await? {
        return again(&scope.fresh()?, input, outcome).await;
    }
    count_write(scope, learner)?;
    for attempt in 0.. {
        let doing = Arc::new(Act::new(learner, request.cloned(), instant(scope.now())));
        let came = act(&scope.acting(&doing)?, input).await;
        if came.is_ok() && !doing.is_open() {
            return came;
        }
        // The same request may have been done meanwhile, through another server for example: what is refused now is what it has done, and where
        // nothing was left to do, that is why.
        match done(scope, learner, request).await {
            Ok(Some(outcome)) => return again(&scope.fresh()?, input, outcome).await,
            Err(error) if !doing.is_undone() => return Err(error),
            _ => {}
        }
        if !doing.is_undone() || attempt == ATTEMPTS {
            return came;
        }
        pause(scope, attempt).await?;
    }
    Err(Lost::Fault.into())
}

/// Counts a change by an account. What was done before is not counted again.
fn count_write(scope: &Scope, account: Uuid) -> Result<(), Failed> {
    let Some(rate) = &scope.writers()?.write_rate else { return Ok(()) };
    rate.take(account).map_err(|seconds| {
        figures::refused("writes");
        let message = format!("This account changes more than is taken at once: try again in {seconds} s.");
        ApiError::new(Code::RateLimited, message).with("retryAfter", seconds.into()).into()
    })
}

/// What is asked for, where the client gave it a name.
fn request(ctx: &Context<'_>) -> Result<Option<Request>, Failed> {
    let Some(name) = client_mutation_id(ctx) else { return Ok(None) };
    if name.is_empty() {
        let message = "A name for a request has at least one character.";
        return Err(UserError::new("input.clientMutationId", UserErrorCode::Invalid, message).into());
    }
    let arguments = ctx.field().arguments().map_err(|_| Lost::Fault)?;
    let arguments = arguments.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
    let field = &ctx.item.node.name.node;
    // A digest of a password is as good as the password: whoever has it tries passwords until one fits.
    let arguments = without_secrets(&ctx.schema_env.registry, "Mutation", field, arguments);
    // Of what is not text, such as a file, nothing is told apart.
    let text = serde_json::to_string(&arguments).unwrap_or_default();
    Ok(Some(Request { name, digest: digest(&format!("{field} {text}")) }))
}

/// The error of an idempotency key that comes with another request than before.
pub(super) fn another_request() -> Failed {
    let message = "This clientMutationId was given to another request before: give each request its own, and the same to \
                   the same one sent again.";
    ApiError::argument("input.clientMutationId", message).into()
}

/// What came of a request before; `None` where it was not made.
async fn done(scope: &Scope, learner: Uuid, request: Option<&Request>) -> Result<Option<Outcome>, Failed> {
    let Some(request) = request else { return Ok(None) };
    let Some((digest, outcome)) = scope.writers()?.store.outcome(learner, &request.name).await? else {
        return Ok(None);
    };
    if digest != request.digest {
        return Err(another_request());
    }
    Ok(Some(outcome))
}

/// Lets the others go first.
async fn pause(scope: &Scope, attempt: u32) -> Result<(), Failed> {
    let [chance] = random::<1>(&scope.learners()?.entropy);
    let most = (PAUSE << attempt).min(LONGEST);
    tokio::time::sleep(Duration::from_millis(most / 2 + most * u64::from(chance) / 512)).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use waymark_entity::{learner, rating};
    use waymark_planner::Effort;

    use super::*;
    use crate::catalog::{Snapshot, embedded};
    use crate::graphql::scope::{Asker, World};
    use crate::service::{Current, Learners, Plans};
    use crate::store::Store;

    const ADA: Uuid = Uuid::from_u128(1);

    /// A server on a database, as somebody sees it who has an account there.
    async fn server(url: &str) -> Scope {
        let store = Store::open(url).await.unwrap();
        store.migrate().await.unwrap();
        let clock: crate::service::Clock = Arc::new(|| "2026-01-05T12:00:00Z".parse().unwrap());
        let ada = learner::Model {
            id: ADA,
            email: Some("ada@example.org".into()),
            name: None,
            password_hash: None,
            issuer: None,
            subject: None,
            role: "LEARNER".into(),
            created_at: clock(),
        };
        store.add_learner(ada).await.unwrap();
        let learners = Learners::new(store, clock.clone(), Arc::new(|bytes| bytes.fill(1)), None).unwrap();
        let world = World {
            current: Current::new(Snapshot::new(1, embedded().unwrap())),
            plans: Plans::new(1 << 10),
            effort: Effort::default(),
            clock,
            learners: Some(Arc::new(learners)),
        };
        Arc::new(world).scope_of(Asker::default(), None)
    }

    /// Has a book get as many stars.
    async fn rate(scope: &Scope, stars: i32) -> Result<String, Failed> {
        let rated = rating::Model { learner_id: ADA, resource: "book".into(), stars, rated_at: scope.now() };
        scope.learners()?.store.rate(rated, &[]).await?.unwrap();
        Ok("done".into())
    }

    async fn told(_: &Scope, (): &(), _: Outcome) -> Result<String, Failed> {
        Ok("told again".into())
    }

    /// The other server is in the middle of its transaction when this one looks whether it was done, and at its end when this one begins.
    #[tokio::test]
    async fn what_another_server_does_meanwhile_is_told_again_where_nothing_was_left_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/waymark.db", folder.path().display());
        let (here, there) = (server(&url).await, server(&url).await);
        let request = Request { name: "one".into(), digest: "abc".into() };
        let act = async |_: &Scope, (): &()| {
            let there =
                of_learner(&there, ADA, Some(&request), &(), async |scope, ()| rate(scope, 5).await, told);
            assert_eq!(there.await.ok().unwrap(), "done");
            Ok("nothing was to be done".to_owned())
        };
        let came = of_learner(&here, ADA, Some(&request), &(), act, told).await;
        assert_eq!(came.ok().unwrap(), "told again");
        // What has written nothing, and was not done by anybody, is answered as it came; so is what has no name.
        let idle = async |_: &Scope, (): &()| Ok("idle".to_owned());
        let other = Request { name: "two".into(), ..request.clone() };
        for request in [Some(&other), None] {
            assert_eq!(of_learner(&here, ADA, request, &(), idle, told).await.ok().unwrap(), "idle");
        }
    }
}
