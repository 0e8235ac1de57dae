//! Cookies of sessions and devices, as answers set them.

use async_graphql::Context;

use crate::accounts::DEVICE_DAYS;
use crate::graphql::scope::Scope;
use crate::graphql::user_errors::Failed;

/// The header that sets a cookie.
pub(super) const SET_COOKIE: &str = "set-cookie";

/// Has the browser forget its session.
pub(super) fn remove(ctx: &Context<'_>, scope: &Scope) {
    if let Some(cookie) = scope.asker().cookie {
        ctx.append_http_header(SET_COOKIE, cookie.set("", 0));
    }
}

/// Has the browser's device be known to the account and its password.
pub(super) async fn remember_device(ctx: &Context<'_>, scope: &Scope) -> Result<(), Failed> {
    let asker = scope.asker();
    if let (Some(cookie), Some(who)) = (asker.cookie, &asker.who) {
        let device = scope.learners()?.accounts.device(who.id, asker.device.as_deref()).await?;
        ctx.append_http_header(SET_COOKIE, cookie.set_device(&device, DEVICE_DAYS));
    }
    Ok(())
}

/// Has the browser forget that the account was used on its device.
pub(super) fn forget_device(ctx: &Context<'_>, scope: &Scope) {
    let asker = scope.asker();
    if let (Some(cookie), Some(who), Some(device)) = (asker.cookie, &asker.who, &asker.device) {
        let device = crate::accounts::forget_device(Some(device), who.id);
        ctx.append_http_header(SET_COOKIE, cookie.set_device(&device, DEVICE_DAYS));
    }
}
