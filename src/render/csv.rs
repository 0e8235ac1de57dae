//! Placeholder.
use super::Sheet;
pub(super) fn render(_sheet: &Sheet<'_>) -> String {
    String::new()
}
