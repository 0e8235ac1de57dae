//! What the README shows is what happens.

use std::path::Path;

#[test]
fn every_link_into_the_repository_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "docs/ARCHITECTURE.md",
        "docs/curators.md",
        "docs/exports.md",
        "docs/guide.md",
        "docs/operations.md",
        "docs/privacy.md",
        "docs/security.md",
    ] {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let folder = root.join(page).parent().unwrap().to_owned();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let outside = target.contains("://") || target.starts_with('#');
            let file = target.split('#').next().unwrap_or_default();
            assert!(outside || folder.join(file).exists(), "{page} links to {target}, which is not there");
        }
    }
}
