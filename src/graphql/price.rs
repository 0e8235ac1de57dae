//! The prices of fields, each at its field: the directive `@cost` of the schema. A field without one costs a unit.
//! `document/cost.rs` adds them up.

use async_graphql::TypeDirective;

/// A plan, in fields: measured on the embedded catalogue. What has an id may be one.
pub(super) const ROADMAP: u32 = 2_000;
/// A whole placement: its plans, and the states of knowledge that are weighed.
pub(super) const PLACEMENT: u32 = 3 * ROADMAP;
/// A roadmap in a comparison: planned, and planned as a part of what all share.
pub(super) const COMPARED: u32 = 2 * ROADMAP;
/// A roadmap's further searches, and its texts.
pub(super) const SEARCH: u32 = 1_000;
/// The simulated futures of a forecast.
pub(super) const FORECAST: u32 = 2_000;
/// Two catalogues that are read and compared.
pub(super) const DIFFERENCE: u32 = 20_000;
/// A change of the catalogue: the whole of it is validated, written and indexed.
pub(super) const CURATION: u32 = 20_000;
/// A catalogue written as a text, which is most of an answer.
pub(super) const TEXT: u32 = 100_000;
/// Hashing a password.
pub(super) const PASSWORD: u32 = 2_000;

/// What computing the field costs, in units, beside what is selected in it; 1 where there is no such directive. With `per` it is answered for each
/// item of that argument, and all of it counts as often. The items of lists in arguments cost a unit each, and what is selected in a list
/// counts for each of its items: those of a page are `first` or `last`, those of any other list 5. Add `"extensions": {"cost": true}`
/// to a request to see its cost. Limits are in `docs/security.md`.
#[TypeDirective(location = "FieldDefinition")]
pub fn cost(weight: u32, per: Option<String>) {}
