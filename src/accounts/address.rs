//! Addresses of accounts. Each mailbox has one form here, in ASCII, so that no two accounts look the same.
//!
//! The local part is ASCII. Mail servers that take more (SMTPUTF8, RFC 6531) are few, and letters that
//! look like others would let somebody pass for somebody else. A domain may be internationalised: it is
//! kept as mail servers write it, in Punycode (UTS 46), which looks like nothing but itself.

use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization as _;

use super::name::is_unseen;

/// The most bytes of an address (RFC 5321, erratum 1690).
const LONGEST: usize = 254;

/// What is wrong with an address that somebody has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not of the form of an address.
    #[error("Write an address such as ada@example.org.")]
    Form,
    /// Invisible characters.
    #[error("The address has characters in it that can't be seen: type it anew instead of pasting it.")]
    Unseen,
    /// Letters beyond ASCII before the @.
    #[error("Before the @ an address has letters from a to z without accents, digits and signs alone here.")]
    LocalPart,
}

/// The one form of an address: in lower case and ASCII.
///
/// # Errors
/// What is wrong with it.
pub fn address(text: &str) -> Result<String, AddressError> {
    let text = text.trim();
    // Four bytes for each that is counted: what is longer is none in any form.
    if text.len() > 4 * LONGEST {
        return Err(AddressError::Form);
    }
    if text.chars().any(is_unseen) {
        return Err(AddressError::Unseen);
    }
    // Full-width letters and the like are other ways to type the same.
    let text: String = text.nfkc().collect();
    let (local, domain) = text.rsplit_once('@').ok_or(AddressError::Form)?;
    let local = local.to_lowercase();
    if !local.is_ascii() {
        return Err(AddressError::LocalPart);
    }
    let domain = idna::domain_to_ascii_strict(domain).map_err(|_| AddressError::Form)?;
    let address = format!("{local}@{domain}");
    // Quoted local parts are of use to nobody but those who want to be taken for others.
    let is_plain = !local.contains(['"', ' ', '(', ')', '\\']);
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let is_address = EmailAddress::parse_with_options(&address, options).is_ok();
    // The last label of a host is a name, else it is an address of the network.
    let is_named =
        domain.rsplit('.').next().is_some_and(|label| label.bytes().any(|b| b.is_ascii_alphabetic()));
    (is_plain && is_address && is_named && address.len() <= LONGEST)
        .then_some(address)
        .ok_or(AddressError::Form)
}

/// The forms under which the account of an address may be found, most likely first: the one form, and those
/// in which earlier versions kept what is not ASCII. None if it cannot be the address of an account.
pub fn address_forms(text: &str) -> Vec<String> {
    let canonical = address(text).ok();
    let in_unicode = canonical.as_deref().and_then(|address| {
        let (local, domain) = address.split_once('@')?;
        Some(format!("{local}@{}", idna::domain_to_unicode(domain).0))
    });
    let mut forms: Vec<String> = Vec::new();
    for form in [earlier(text).filter(|form| !form.is_ascii()), canonical, in_unicode].into_iter().flatten() {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// An address as earlier versions kept it, which took any letters.
fn earlier(text: &str) -> Option<String> {
    let address = text.trim().to_lowercase();
    let (local, host) = address.rsplit_once('@')?;
    let is_host = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let is_plain = !address.chars().any(|c| c.is_whitespace() || c.is_control());
    (!local.is_empty() && is_host && is_plain && address.len() <= LONGEST).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_one_mailbox_are_one_address() {
        for text in [" Ada@Example.ORG ", "ADA@EXAMPLE.org", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ"]
        {
            assert_eq!(address(text).as_deref(), Ok("ada@example.org"), "{text}");
        }
        let composed = address("ada@b\u{fc}cher.example");
        for text in ["ada@bu\u{308}cher.example", "Ada@BÜCHER.example", "ada@xn--bcher-kva.example"] {
            assert_eq!(address(text), composed, "{text}");
        }
        assert_eq!(composed.as_deref(), Ok("ada@xn--bcher-kva.example"));
        assert_eq!(address("o'neil+news@mail.example.org").as_deref(), Ok("o'neil+news@mail.example.org"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for none in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@localhost",
            "ada@example.",
            "a da@example.org",
            "ada@@example.org",
            ".ada@example.org",
            "ada.@example.org",
            "a..da@example.org",
            "\"ada\"@example.org",
            "Ada <ada@example.org>",
            "ada@[192.0.2.1]",
            "ada@192.0.2.1",
            "ada@example..org",
            "ada@-example.org",
            "ada@exa_mple.org",
            "ada@xn--a.example",
            "ada(x)@example.org",
        ] {
            assert_eq!(address(none), Err(AddressError::Form), "{none}");
        }
        assert_eq!(address(&format!("{}@example.org", "a".repeat(65))), Err(AddressError::Form));
        assert_eq!(address(&format!("ada@{}org", "example.".repeat(40))), Err(AddressError::Form));
        assert_eq!(address(&format!("{}@example.org", "a".repeat(1 << 20))), Err(AddressError::Form));
    }

    #[test]
    fn what_looks_like_another_address_is_refused_or_spelt_out() {
        for unseen in [
            "a\u{200b}da@example.org",
            "ada@example\u{ad}.org",
            "\u{202e}ada@example.org",
            "ada@\u{2060}example.org",
            "a\u{fe0f}da@example.org",
            "ada\u{0}@example.org",
            "a\u{3164}da@example.org",
        ] {
            assert_eq!(address(unseen), Err(AddressError::Unseen), "{unseen:?}");
        }
        // A Cyrillic a, an a with an accent, a Greek omicron, a dotless i.
        for local in ["\u{430}da", "\u{e1}da", "b\u{3bf}b", "al\u{131}ce"] {
            assert_eq!(address(&format!("{local}@example.org")), Err(AddressError::LocalPart), "{local}");
        }
        let cyrillic = address("ada@ex\u{430}mple.org").unwrap();
        assert!(cyrillic.starts_with("ada@xn--") && cyrillic.is_ascii(), "{cyrillic}");
    }

    #[test]
    fn an_account_is_found_under_the_forms_of_earlier_versions() {
        assert_eq!(address_forms("Ada@example.org"), ["ada@example.org"]);
        assert_eq!(address_forms("Zoë@example.org"), ["zoë@example.org"]);
        assert_eq!(
            address_forms("ada@xn--bcher-kva.example"),
            ["ada@xn--bcher-kva.example", "ada@bücher.example"]
        );
        assert_eq!(address_forms("ada@Bücher.example"), ["ada@bücher.example", "ada@xn--bcher-kva.example"]);
        assert_eq!(address_forms("ada"), [""; 0]);
    }
}
