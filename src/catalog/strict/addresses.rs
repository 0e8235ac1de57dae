//! Addresses that lead to the page that teaches.

use waymark_planner::Catalog;
use waymark_planner::units::ResourceKind;

use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::places::Places;

/// Parts of paths that name the entrance of documentation, not a page of it.
const ENTRANCES: [&str; 16] = [
    "docs",
    "doc",
    "documentation",
    "en",
    "en-us",
    "latest",
    "stable",
    "current",
    "main",
    "master",
    "manual",
    "reference",
    "index.html",
    "index.htm",
    "index",
    "home",
];

/// Documentation whose address is a bare domain or the root of everything. What is one thing to read or to take part in, such as a
/// book, a course or an article, may well have a domain of its own.
pub(super) fn findings(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let documentation = catalog.resources().iter().filter(|one| one.kind == ResourceKind::Documentation);
    let entrances = documentation.filter(|resource| is_entrance(&resource.url));
    let finding = |resource: &waymark_planner::catalog::Resource| {
        let message = format!(
            "the address of \"{}\" is the entrance of documentation: give that of the page that teaches",
            resource.slug
        );
        places.of_resource(&resource.slug, message)
    };
    entrances.map(finding).collect()
}

fn is_entrance(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let is_entrance = |part: &str| ENTRANCES.iter().any(|entrance| part.eq_ignore_ascii_case(entrance));
    path.split('/').filter(|part| !part.is_empty()).all(|part| is_entrance(part) || is_version(part))
}

/// `3`, `v2`, `1.24`, `3.x`.
fn is_version(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or(part);
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == 'x')
}

#[cfg(test)]
mod tests {
    use super::is_entrance;

    #[test]
    fn entrances_are_told_from_pages() {
        for entrance in [
            "https://kafka.apache.org",
            "https://kafka.apache.org/",
            "https://docs.example.org/en/latest/",
            "http://example.org/docs/v3.x/index.html",
            "https://example.org/Documentation",
        ] {
            assert!(is_entrance(entrance), "{entrance}");
        }
        for page in [
            "https://docs.example.org/en/latest/tutorial/",
            "https://example.org/docs/testing",
            "https://example.org/#testing",
            "https://example.org/?page=testing",
            "https://example.org/docs/3d",
        ] {
            assert!(!is_entrance(page), "{page}");
        }
    }
}
