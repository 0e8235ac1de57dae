//! Who a request is from: a token in its `Authorization`, or the cookie of a session.
//!
//! A cookie is sent by the browser whether the page that asks means it or not. So it counts only where the page is one of this server's: the cookie is
//! `SameSite=Strict`, and a request with a foreign `Origin` is nobody's.

use axum::http::{HeaderMap, header};

use super::Server;
use super::client::Peer;
use super::graphql::{Refusal, is_own_page};
use crate::graphql::{Asker, Cookie};
use crate::service::Who;

/// Who asks.
///
/// # Errors
/// Where a token does not hold. A cookie that does not any more is passed over.
pub(super) async fn asker(
    server: &Server,
    headers: &HeaderMap,
    peer: Option<Peer>,
    can_set_cookies: bool,
) -> Result<Asker, Refusal> {
    let cookie = cookie_of(headers, server.app.accounts.insecure_cookies);
    let who = match bearer(headers) {
        Some(token) => Some(of_token(server, token?).await?),
        None => match cookie_value(headers, cookie.name()).filter(|_| is_own_page(headers)) {
            Some(token) => recognised(server, token).await?,
            None => None,
        },
    };
    let client = server.rates.client(peer, headers).map_or_else(String::new, |client| client.to_string());
    let device = cookie_value(headers, cookie.device_name()).filter(|_| is_own_page(headers));
    let (cookie, device) = (can_set_cookies.then_some(cookie), device.map(str::to_owned));
    Ok(Asker { who, client, cookie, device })
}

/// Whether nothing in a request says who asks. That a device was used to sign in before says nothing.
pub(super) fn is_anonymous(headers: &HeaderMap) -> bool {
    let devices = [true, false].map(|is_secure| Cookie { is_secure }.device_name());
    let is_device = |(name, _): (&str, &str)| devices.contains(&name);
    let mut lines = headers.get_all(header::COOKIE).into_iter();
    !headers.contains_key(header::AUTHORIZATION)
        && lines
            .all(|line| line.to_str().is_ok_and(|line| pairs(line).all(|pair| pair.is_some_and(is_device))))
}

/// Whom a token is of.
///
/// # Errors
/// Where it does not hold.
pub(super) async fn of_token(server: &Server, token: &str) -> Result<Who, Refusal> {
    recognised(server, token).await?.ok_or_else(Refusal::bad_token)
}

async fn recognised(server: &Server, token: &str) -> Result<Option<Who>, Refusal> {
    let Some(learners) = &server.app.world.learners else { return Ok(None) };
    tokio::select! {
        found = learners.accounts.recognise(token) => {
            found.map_err(|lost| Refusal::lost(lost, learners.store.trouble().is_some()))
        }
        () = learners.store.unreachable() => Err(Refusal::unavailable()),
    }
}

/// The token of `Authorization: Bearer …`; `None` where there is no such header.
fn bearer(headers: &HeaderMap) -> Option<Result<&str, Refusal>> {
    let value = headers.get(header::AUTHORIZATION)?;
    let parts = value.to_str().ok().and_then(|text| text.split_once(' '));
    let token = parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Some(token.map(|(_, token)| token.trim()).ok_or_else(Refusal::bad_token))
}

/// The cookie of this server: over TLS alone, unless the browser and the server are on one machine, or the settings say so.
fn cookie_of(headers: &HeaderMap, is_insecure: bool) -> Cookie {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let is_local = name == "localhost" || name == "[::1]" || name.starts_with("127.");
    Cookie { is_secure: !is_insecure && !is_local }
}

/// The value of a cookie.
fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(pairs).flatten();
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

/// The cookies of a header; `None` for what is none.
fn pairs(line: &str) -> impl Iterator<Item = Option<(&str, &str)>> {
    line.split(';').map(|pair| pair.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &header::HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_goes_without_tls_only_on_one_machine() {
        let of = |host: &str| cookie_of(&headers(&header::HOST, &[host]), false).name();
        for local in ["localhost:8000", "localhost", "127.0.0.1:8000", "[::1]:8000"] {
            assert_eq!(of(local), "waymark", "{local}");
        }
        for other in
            ["example.org", "example.org:8000", "localhost.example.org", "192.0.2.1:80", "[2001:db8::1]"]
        {
            assert_eq!(of(other), "__Host-waymark", "{other}");
        }
        assert_eq!(cookie_of(&headers(&header::HOST, &["10.0.0.1"]), true).name(), "waymark");
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let of =
            |lines: &[&str]| cookie_value(&headers(&header::COOKIE, lines), "waymark").map(str::to_owned);
        assert_eq!(of(&["a=1; waymark=secret; b=2"]).as_deref(), Some("secret"));
        assert_eq!(of(&["a=1", "waymark=secret"]).as_deref(), Some("secret"));
        assert_eq!(of(&["xwaymark=secret; waymark2=x"]), None);
    }

    #[test]
    fn a_device_that_is_known_does_not_say_who_asks() {
        let is = |lines: &[&str]| is_anonymous(&headers(&header::COOKIE, lines));
        assert!(is(&[]) && is(&["waymark-device=a"]) && is(&["__Host-waymark-device=a; waymark-device=b"]));
        assert!(
            !is(&["waymark-device=a; waymark=b"]) && !is(&["waymark-device=a", "other=b"]) && !is(&["x"])
        );
        assert!(!is_anonymous(&headers(&header::AUTHORIZATION, &["Bearer x"])));
    }

    #[test]
    fn only_a_bearer_has_a_token() {
        let of = |value: &str| {
            bearer(&headers(&header::AUTHORIZATION, &[value])).map(|token| token.ok().map(str::to_owned))
        };
        assert_eq!(of("Bearer abc"), Some(Some("abc".to_owned())));
        assert_eq!(of("bearer  abc "), Some(Some("abc".to_owned())));
        assert_eq!((of("Basic abc"), of("abc")), (Some(None), Some(None)));
    }
}
